"""What was made of a person is given again only while nothing it was made from has changed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from zhiyin.retrieval.kept_tastes import KeptTastes


class _Making:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self, n: int = 8) -> Callable[[], dict[str, np.ndarray]]:
        def make() -> dict[str, np.ndarray]:
            self.times += 1
            return {
                "affinity": np.full(n, self.times, np.float32),
                "asked": np.array([self], object),
            }

        return make


@pytest.fixture
def making() -> _Making:
    return _Making()


def _given(*items: int, value: float = np.nan) -> tuple[np.ndarray, ...]:
    return np.array(items, np.int64), np.full(len(items), value), np.full(len(items), "view")


def test_the_same_is_not_made_twice(making: _Making) -> None:
    kept = KeptTastes()
    first = kept.once("ann", _given(1, 2), making())
    again = kept.once("ann", _given(1, 2), making())
    assert making.times == 1
    assert again["affinity"].tolist() == first["affinity"].tolist()
    assert "asked" in first
    assert "asked" not in again  # of no known size


@pytest.mark.parametrize(
    "now",
    [_given(1, 2, 3), _given(2, 1), _given(1, 2, value=5.0), _given()],
    ids=["more", "order", "value", "none"],
)
def test_whatever_changed_is_made_anew(making: _Making, now: tuple[np.ndarray, ...]) -> None:
    kept = KeptTastes()
    kept.once("ann", _given(1, 2), making())
    assert kept.once("ann", now, making())["affinity"][0] == 2
    assert kept.once("ann", now, making())["affinity"][0] == 2


def test_nobody_gets_what_another_has(making: _Making) -> None:
    kept = KeptTastes()
    kept.once("ann", _given(1), making())
    assert kept.once("bob", _given(1), making())["affinity"][0] == 2


def test_no_more_is_held_than_is_allowed_and_the_last_used_stay(making: _Making) -> None:
    kept = KeptTastes(most_bytes=3_000)
    for name in ("ann", "bob"):
        kept.once(name, _given(1), making(250))
    kept.once("ann", _given(1), making(250))
    kept.once("cat", _given(1), making(250))
    assert making.times == 3
    kept.once("ann", _given(1), making(250))
    assert making.times == 3
    kept.once("bob", _given(1), making(250))
    assert making.times == 4


def test_what_is_kept_cannot_be_written_to(making: _Making) -> None:
    kept = KeptTastes()
    with pytest.raises(ValueError, match="read-only"):
        kept.once("ann", _given(1), making())["affinity"][0] = 9
