"""What an event says of a person's liking, in the unit of one look at an item."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

BUY = 8.0
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "impression": 0.0,
        "view": 1.0,
        "click": 2.0,
        "play": 2.0,
        "share": 4.0,
        "like": 4.0,
        "favourite": 4.0,
        "cart": 4.0,
        "purchase": BUY,
        "dislike": -4.0,
        "hide": -4.0,
        "report": -4.0,
        "return": -12.0,
    }
)
"""Event type → weight; a type that is not here counts as a view. Who sends a thing back is left with less than nothing."""

PRAISE, BLAME = 4.0, 12.0
"""Weights of a review all of praise and all of blame: blame outweighs the purchase it is about."""
_JUDGED = frozenset({"rating", "review"})


def event_weights(
    types: NDArray[Any],
    values: NDArray[np.float64],
    polarity: NDArray[np.floating[Any]] | None = None,
    *,
    scale: tuple[float, float] = (1.0, 5.0),
) -> NDArray[np.float32]:
    """Return how much each event speaks for its item, below 0 against it.

    Args:
        types: (e,) str, standard event types.
        values: (e,) float64, of a rating or a review its rating; NaN where there is none.
        polarity: (e,) from -1 to 1 what a review thinks, NaN where it is not known; it goes before the rating.
        scale: lowest and highest rating there is.
    Returns: (e,) float32; a rating or review of which nothing is known counts as a view.

    >>> event_weights(np.array(["view", "purchase", "rating"]), np.array([np.nan, 30, 1])).tolist()
    [1.0, 8.0, -12.0]
    """
    by_type = np.array([WEIGHTS.get(name, 1.0) for name in types.tolist()], np.float32)
    judged = is_judgment(types)
    if not judged.any():
        return by_type
    low, high = scale
    thought = np.clip((2 * np.asarray(values, np.float64) - low - high) / (high - low), -1, 1)
    if polarity is not None:
        thought = np.where(np.isnan(polarity), thought, np.clip(polarity, -1, 1))
    is_told = judged & ~np.isnan(thought)
    by_text = np.where(thought < 0, BLAME, PRAISE) * thought
    return np.where(is_told, by_text, by_type).astype(np.float32)


def is_judgment(types: NDArray[Any]) -> NDArray[np.bool_]:
    """Return (e,) bool, whether events are ratings or reviews."""
    return np.array([name in _JUDGED for name in types.tolist()], bool)
