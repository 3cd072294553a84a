from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.stages import ById, Drop, Fixed
from zhiyin.core import Candidates, Kind, Pipeline, Query, Ref, StagePool, Stages
from zhiyin.core.shown import Shown

refs = st.builds(Ref, st.sampled_from(Kind), st.integers(0, 2**40))


def test_the_text_is_as_short_as_it_is_said_to_be():
    items = Shown.of([Ref(Kind.ITEM, 5), Ref(Kind.ITEM, 300)])
    # two items, 5 and 295 more (0x127 = 39 + 2 * 128), no post, no person
    assert items.to_bytes() == bytes([2, 5, 39 | 0x80, 2, 0, 0])
    many = Shown.of(Ref(Kind.ITEM, number) for number in range(0, 1_000_000, 500))
    assert len(many) == 2000
    assert len(many.to_bytes()) <= 4004


@given(st.sets(refs, max_size=40), st.sets(refs, max_size=40))
def test_a_set_comes_back_and_two_join(one, two):
    both = Shown.from_bytes((Shown.of(one) | Shown.of(two)).to_bytes())
    assert len(both) == len(one | two)
    for kind, number in one | two:
        assert both.marks(Candidates.of([number], kind=kind)).all()
    other = Candidates.of([2**41], kind=Kind.ITEM)
    assert not both.marks(other).any()


@pytest.mark.parametrize(
    "told", [b"", b"\x02\x05", b"\x00\x00", b"\x00\x00\x00\x80", b"\x00\x00\x00\x01"]
)
def test_what_is_no_set_is_refused(told):
    with pytest.raises(ValueError, match="the text"):
        Shown.from_bytes(told)


def test_pages_of_one_list_hold_everything_once():
    pool = StagePool()
    stages = Stages(
        sources=[Fixed(range(50))],
        filters=[Drop(range(45, 50), is_hard=True), Drop([1, 2], is_hard=False, name="seen")],
        scorers=[ById()],
    )
    pipeline = Pipeline(stages, pool, candidates_per_source=4)
    shown, listed = Shown.of(()), []
    for _ in range(20):
        page = pipeline.run(Query(n=4, shown=shown))
        numbers = [item.ref.number for item in page.items]
        if not numbers:
            break
        listed += numbers
        shown |= Shown.of(item.ref for item in page.items)
    pool.close()
    assert sorted(listed) == list(range(45))
