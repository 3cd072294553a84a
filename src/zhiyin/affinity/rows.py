"""How much an event says that a person likes an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.history import History
from zhiyin.core.interactions import strongest
from zhiyin.errors import SettingsError

AGAINST = -1.0
"""Strength of an event that says the item was not liked: it takes the item out of the row."""

STRENGTHS: Mapping[str, float] = MappingProxyType(
    {
        "impression": 0.0,
        "view": 0.25,
        "click": 0.375,
        "share": 0.625,
        "like": 0.75,
        "favourite": 0.75,
        "cart": 0.75,
        "interaction": 1.0,
        "play": 1.0,
        "purchase": 1.0,
        "rating": 1.0,
        "review": 1.0,
        "dislike": AGAINST,
        "hide": AGAINST,
        "report": AGAINST,
        "return": AGAINST,
    }
)


@dataclass(frozen=True, slots=True)
class EventStrength:
    """How much an event says that a person likes an item.

    Strengths are whole eighths, so the Gram matrix holds whole 64ths and its float32 sums are exact up to 2**18 a
    pair: rows can be subtracted to the last bit, and the order in which rows were added leaves no trace.

    Attributes:
        strengths: event type to strength in [0, 1], or ``AGAINST``; 0 is no evidence either way.
        other: strength of a type that is not named.
        rated: types whose value is a rating; below ``threshold`` the event is ``AGAINST``, without a value it counts
            as its type says.
        threshold: lowest rating that speaks for an item.

    >>> EventStrength().of(np.array(["view", "rating", "rating"]), np.array([np.nan, 5.0, 1.0])).tolist()
    [0.25, 1.0, -1.0]
    """

    strengths: Mapping[str, float] = field(default_factory=lambda: STRENGTHS)
    other: float = 0.25
    rated: tuple[str, ...] = ("rating", "review")
    threshold: float = 3.0

    def __post_init__(self) -> None:
        for name, strength in {**self.strengths, "any other type": self.other}.items():
            if strength != AGAINST and not (0 <= strength <= 1 and (8 * strength).is_integer()):
                raise SettingsError(
                    f"{name} has strength {strength}",
                    where="event strengths",
                    expected=f"a whole number of eighths from 0 to 1, or {AGAINST:g} for against",
                    next_step="round it to the nearest eighth",
                )

    def of(self, types: NDArray[Any], values: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the strength of each event.

        Args:
            types: (e,) str or object.
            values: (e,) float64, NaN where an event has no value.
        Returns: (e,) float32 in [0, 1], or ``AGAINST``.
        """
        names = types.tolist()
        codes = {name: code for code, name in enumerate(dict.fromkeys(names))}
        return self.of_coded(
            list(codes), np.array([codes[name] for name in names], np.intp), values
        )

    def of_coded(
        self, names: Sequence[str], codes: NDArray[np.integer], values: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        """Return the strength of each event, whose type is given as its place among names.

        Args:
            names: (k,) the types there are.
            codes: (e,) int in [0, k).
            values: (e,) float64, NaN where an event has no value.
        Returns: (e,) float32 in [0, 1], or ``AGAINST``.
        """
        of_name = np.array([self.strengths.get(name, self.other) for name in names], np.float32)
        is_rated = np.array([name in self.rated for name in names], bool)
        strength: NDArray[np.float32] = of_name[codes]
        low = np.asarray(values, np.float64) < self.threshold
        if low.any():
            strength[low & is_rated[codes]] = AGAINST
        return strength


def row(history: History, strength: EventStrength) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return one person's row by the very rule of ``Interactions.rows``.

    Returns: (h,) int64 distinct item numbers, ascending, and (h,) float32 strengths in (0, 1].
    """
    return strongest(history.items, strength.of(history.types, history.values))
