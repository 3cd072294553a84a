"""Scales, round ticks, and names that do not cover one another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.apps.report.drawing import Scale, shortened, text_width, ticks
from zhiyin.apps.report.labels import placed

reals = st.floats(-1e9, 1e9, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-9)
few = settings(deadline=None, max_examples=25)


@few
@given(st.tuples(reals, reals))
def test_ticks_hold_the_values_and_zero_in_equal_steps(values: tuple[float, float]) -> None:
    low, high = sorted(values)
    made = ticks(low, high)
    slack = 1e-6 * (made[-1] - made[0])
    assert made[0] <= low + slack
    assert made[-1] >= high - slack
    assert 0.0 in made
    assert len(made) <= 9
    steps = [after - before for before, after in pairwise(made)]
    assert steps == pytest.approx([steps[0]] * len(steps))


def test_a_scale_may_run_upward() -> None:
    assert Scale(0.0, 4.0, 100.0, 20.0)(1.0) == 80.0


@few
@given(st.text(max_size=40), st.floats(20, 200))
def test_a_shortened_text_fits(text: str, width: float) -> None:
    cut = shortened(text, width)
    assert text_width(cut) <= width
    assert cut == text or cut.endswith("…")


@few
@given(st.integers(2, 12))
def test_names_of_dots_that_are_one_do_not_cover_one_another(n: int) -> None:
    made = placed([(400.0, 200.0)] * n, [60.0] * n, (0.0, 0.0, 900.0, 400.0))
    boxes = [one.box for one in made]
    for place, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left < right <= 900
        assert 0 <= top < bottom <= 400
        for other in boxes[:place]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


def test_a_name_alone_stands_beside_its_dot() -> None:
    [one] = placed([(100.0, 50.0)], [40.0], (0.0, 0.0, 900.0, 400.0))
    assert (one.x, one.y, one.is_far) == (110.0, 50.0, False)
    [one] = placed([(890.0, 50.0)], [40.0], (0.0, 0.0, 900.0, 400.0))
    assert one.x + one.width == 880.0
