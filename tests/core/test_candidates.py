import numpy as np
import pytest

from zhiyin.core import Candidates, Kind
from zhiyin.errors import BrokenContract


def test_union_keeps_each_entity_once_and_remembers_who_proposed_it():
    popular = Candidates.of([3, 1], [9.0, 5.0], source="popular")
    alike = Candidates.of([1, 8], [0.2, 0.1], source="alike")
    both = Candidates.union([popular, alike])
    assert both.ids.tolist() == [3, 1, 8]
    assert both.sources["popular"].tolist() == [True, True, False]
    assert both.sources["alike"].tolist() == [False, True, True]
    # 1 is second of one list and first of the other
    np.testing.assert_allclose(both.scores, [1 / 61, 1 / 62 + 1 / 61, 1 / 62], rtol=1e-6)


def test_the_same_number_of_two_kinds_is_two_entities():
    item = Candidates.of([5], source="a")
    post = Candidates.of([5], kind=Kind.POST, source="b")
    assert len(Candidates.union([item, post])) == 2


def test_union_of_nothing_is_empty():
    assert len(Candidates.union([])) == 0


@pytest.mark.parametrize(
    ("ids", "scores"),
    [([1, 1], [0, 0]), ([-1], [0]), ([1], [np.nan]), ([1, 2], [0])],
)
def test_impossible_candidates_are_refused(ids, scores):
    with pytest.raises(BrokenContract):
        Candidates.of(ids, scores)


def test_columns_must_have_a_row_for_each_candidate():
    with pytest.raises(BrokenContract, match="price"):
        Candidates.of([1, 2]).with_fields({"price": np.zeros(3)})


def test_candidates_cannot_be_changed_in_place():
    with pytest.raises(ValueError, match="read-only"):
        Candidates.of([1, 2]).scores[0] = 7


def test_take_carries_columns_and_sources_along():
    found = Candidates.of([4, 2, 9], source="s").with_fields({"price": np.array([1, 2, 3])})
    part = found.take(np.array([2, 0]))
    assert part.ids.tolist() == [9, 4]
    assert part.fields["price"].tolist() == [3, 1]
    assert part.sources["s"].all()
