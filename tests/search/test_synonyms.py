"""Queries in other words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.core.synonym import Synonym
from zhiyin.search.aids.related import RelatedQueries
from zhiyin.search.aids.synonyms import MOST, Synonyms, best_of, proposed
from zhiyin.search.asked_queries import AskedQuery
from zhiyin.search.hits import Hits

SAID = Synonyms(
    [
        Synonym.read("sneakers = trainers = 运动鞋"),
        Synonym.read("keyboard -> input device"),
        Synonym.read("土豆 → 马铃薯"),
        Synonym.read("running shoe = jogger"),
    ]
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("red sneakers", {"red trainers", "red 运动鞋"}),
        ("Red TRAINER", {"red sneakers", "red 运动鞋"}),
        ("女运动鞋", {"女sneakers", "女trainers"}),
        ("keyboard", {"input device"}),
        ("input device", set()),
        ("马铃薯", set()),
        ("土豆泥", {"马铃薯泥"}),
        ("running shoes", {"jogger"}),
        ("sneakersonic", set()),
        ("", set()),
    ],
)
def test_words_are_said_otherwise_in_the_ways_that_hold(query: str, expected: set[str]) -> None:
    assert set(SAID.alternatives(query)) == expected


def test_several_words_are_changed_after_one_and_ways_have_an_end() -> None:
    both = SAID.alternatives("sneakers and keyboard")
    assert len(both) == MOST - 1
    assert set(both[:3]) == {"trainers and keyboard", "运动鞋 and keyboard", "sneakers and input device"}  # fmt: skip
    assert set(both[3:]) == {"trainers and input device", "运动鞋 and input device"}
    assert len(SAID.alternatives("sneakers " * 30)) == MOST - 1


def hits(scores: dict[int, float]) -> Hits:
    ordered = sorted(scores.items(), key=lambda one: -one[1])
    numbers = np.array([number for number, _ in ordered], np.int64)
    values = np.array([score for _, score in ordered], np.float32)
    return Hits(numbers, values, np.repeat(values[:, None], 9, axis=1))


def test_an_item_counts_by_the_words_that_fit_it_best_not_by_their_sum() -> None:
    found = best_of([hits({1: 0.5, 2: 0.4}), hits({2: 0.3, 3: 0.45, 1: 0.5})])
    assert found.numbers.tolist() == [1, 3, 2]
    assert found.scores.tolist() == pytest.approx([0.5, 0.45, 0.4])
    assert found.matches[:, 0].tolist() == found.scores.tolist()
    assert best_of([hits({1: 0.5, 2: 0.4}), hits({3: 0.9})], 2).numbers.tolist() == [3, 1]


@given(st.lists(st.dictionaries(st.integers(0, 9), st.floats(0, 1, width=32)), min_size=1))
def test_the_best_of_several_is_the_largest_of_each(told: list[dict[int, float]]) -> None:
    found = best_of([hits(one) for one in told])
    expected = {number: max(o[number] for o in told if number in o) for o in told for number in o}
    assert dict(zip(found.numbers.tolist(), found.scores.tolist(), strict=True)) == expected
    assert found.scores.tolist() == sorted(found.scores.tolist(), reverse=True)


def test_clicks_propose_what_differs_in_a_word_and_never_what_is_narrower() -> None:
    same = {1: 3, 2: 3}
    log = [
        AskedQuery("red sneakers", 9, 7, 0, 20, same),
        AskedQuery("red trainers", 9, 6, 0, 20, same),
        AskedQuery("sneakers", 9, 8, 0, 20, {1: 3, 2: 2, 3: 9}),
        AskedQuery("女 跑鞋", 9, 6, 0, 20, {5: 2, 6: 2}),
        AskedQuery("女 慢跑鞋", 9, 5, 0, 20, {5: 2, 6: 2}),
        AskedQuery("红 sneakers", 9, 3, 0, 20, same),  # of too few people
    ]
    found = proposed(RelatedQueries(log))
    assert [(one.words, one.items, one.people) for one in found] == [
        (("sneakers", "trainers"), 2, 6),
        (("跑鞋", "慢跑鞋"), 2, 5),
    ]
    assert found[0].queries == ("red sneakers", "red trainers")


def test_what_is_chosen_at_random_proposes_nothing() -> None:
    rng = np.random.default_rng(0)
    log = [
        AskedQuery(f"word{number}", 9, 9, 0, 20, {int(i): 1 for i in rng.integers(0, 500, 8)})
        for number in range(40)
    ]
    assert proposed(RelatedQueries(log)) == []
