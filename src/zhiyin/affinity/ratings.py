"""Who rated what how and when, and how far above the mean each person and each item is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core.history import NO_TIME
from zhiyin.evaluation.metrics import share

ITEM_DAMPING = 5.0
"""Ratings at the expected value that an item's bias is damped with, where it is not searched."""

_SWEEPS = 15  # of the biases
_LATE = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Who rated what how and when, each pair once.

    Attributes:
        person: (e,) int64.
        item: (e,) int64.
        value: (e,) float64.
        time_us: (e,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.
        n_people: beyond all numbers of people, also of those without ratings.
        n_items: likewise.

    >>> two = Ratings.of(np.array([0, 0]), np.array([1, 1]), np.array([3.0, 4.0]), 1, 2)
    >>> two.value.tolist()
    [3.5]
    """

    person: NDArray[np.int64]
    item: NDArray[np.int64]
    value: NDArray[np.float64]
    time_us: NDArray[np.int64]
    n_people: int
    n_items: int

    @classmethod
    def of(
        cls,
        person: NDArray[np.int64],
        item: NDArray[np.int64],
        value: NDArray[np.float64],
        n_people: int,
        n_items: int,
        time_us: NDArray[np.int64] | None = None,
    ) -> Self:
        """Return the ratings by person and item; of several of a pair the mean counts, at the latest of their times.

        The latest, so that nothing is known of the mean before all of it was.
        """
        pair, number = np.unique(person * n_items + item, return_inverse=True)
        mean = np.bincount(number, value, pair.size) / np.bincount(number, minlength=pair.size)
        latest = np.full(pair.size, NO_TIME)
        if time_us is not None:
            np.maximum.at(latest, number, time_us)
        return cls(*np.divmod(pair, n_items), mean, latest, n_people, n_items)

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Return the chosen ratings of the same people and items; ``chosen`` is (e,) bool."""
        return replace(
            self,
            person=self.person[chosen],
            item=self.item[chosen],
            value=self.value[chosen],
            time_us=self.time_us[chosen],
        )

    def rows(self, values: NDArray[np.float64]) -> Any:
        """Return (n_people, n_items) float64 CSR of one value a rating, zeros kept."""
        start = np.searchsorted(self.person, np.arange(self.n_people + 1))
        return sparse.csr_array((values, self.item, start), shape=(self.n_people, self.n_items))

    def clipped(self, predicted: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return predictions cut to the range of these ratings."""
        return np.clip(predicted, self.value.min(), self.value.max())


def comes_later(asked_us: NDArray[np.int64], known_us: NDArray[np.int64]) -> bool:
    """Return whether nine asked ratings in ten are later than nine known ones in ten; without times they are not.

    Args:
        asked_us: (n,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.
        known_us: (e,) int64 likewise, at least one.
    """
    late = np.quantile(known_us, _LATE, method="lower")
    return bool(asked_us.size and late != NO_TIME and np.mean(asked_us > late) >= _LATE)


def biases(
    ratings: Ratings, person_damping: float, item_damping: float = ITEM_DAMPING
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean rating, and how far above it each person rates and each item is rated.

    Each side in turn is solved in closed form for the other, by sums over the ratings there are; whoever has none has 0.

    Args:
        ratings: at least one.
        person_damping: ratings at the expected value that each person is given beside the real ones.
        item_damping: likewise for items.
    Returns: the mean, (n_people,) float64, (n_items,) float64.
    Complexity: O(e) a sweep.
    References: Koren, TKDD 2010, section 2.1.
    """
    person, n_people = ratings.person, ratings.n_people
    item, n_items = ratings.item, ratings.n_items
    mean = float(ratings.value.mean())
    above = ratings.value - mean
    of_person, of_item = np.zeros(n_people), np.zeros(n_items)
    people = np.bincount(person, minlength=n_people) + person_damping
    items = np.bincount(item, minlength=n_items) + item_damping
    by_person, by_item = (np.nan_to_num(share(1.0, weight)) for weight in (people, items))
    for _ in range(_SWEEPS):
        of_item = np.bincount(item, above - of_person[person], n_items) * by_item
        of_person = np.bincount(person, above - of_item[item], n_people) * by_person
    return mean, of_person, of_item
