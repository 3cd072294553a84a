"""The lists people are shown: a logging policy with known propensities, and how people look at a list."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SLATE = 10
POLICY_RANDOM = 0.2
"""Share of the logging policy that is uniform; the rest follows popularity."""
EXAMINE = 1 / (1 + 0.22 * np.arange(SLATE))
"""Chance that a shopper looks at each position of a list."""
VIEW_BAR = 2.9
"""Utility at which an item that was looked at is opened half of the time."""


def logging_policy(popularity: NDArray[np.float64], live: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return (items,) the chance to be shown first: a mix of popularity and uniform over what is live."""
    heat = np.where(live, popularity**0.95, 0)
    policy: NDArray[np.float64] = (
        1 - POLICY_RANDOM
    ) * heat / heat.sum() + POLICY_RANDOM * live / live.sum()
    return policy


def exponential(rng: np.random.Generator, rows: int, columns: int) -> NDArray[np.float32]:
    """Return (rows, columns) standard exponential draws, never exactly zero."""
    return np.maximum(rng.standard_exponential((rows, columns), dtype=np.float32), 1e-30)


def draw_slates(
    rng: np.random.Generator, policy: NDArray[np.float64], rows: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Draw lists without repeats, position after position (Plackett 1975, Luce 1959).

    Returns: (rows, SLATE) items, and the propensity of each given what stands above it: the chance of the item
    at this position among all items not yet shown, so over those items it sums to one.
    """
    with np.errstate(divide="ignore"):
        inverse = (1 / policy).astype(np.float32)
    keys = exponential(rng, rows, len(policy)) * inverse
    front = np.argpartition(keys, SLATE, axis=1)[:, :SLATE]
    order = np.argsort(np.take_along_axis(keys, front, 1), axis=1, kind="stable")
    slate = np.take_along_axis(front, order, 1)
    chance = policy[slate]
    shown_before = np.cumsum(chance, axis=1) - chance
    return slate, chance / (1 - shown_before)


def click_chance(utility: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the chance that an item in the first position is opened."""
    chance: NDArray[np.float32] = 1 / (1 + np.exp(np.float32(VIEW_BAR) - utility))
    return chance


def sigmoid(x: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return 1 / (1 + exp(-x))."""
    return 1 / (1 + np.exp(-x.astype(np.float64)))
