"""What one person did, as sums in which older things count less: what a portrait is read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import NO_TIME

DAY_US = 86_400_000_000
HALF_LIVES_DAYS = (60.0, 1.0)
"""After how long the weight of an event is half: of taste, and of what somebody is after now."""

_HALF_LIVES_US = tuple(days * DAY_US for days in HALF_LIVES_DAYS)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Decayed sums over one person's events, as they stand at a reference time, the newest event's.

    Each event adds its weight times ``2 ** -(age / half-life)``, so that sums are the same in whatever order events come,
    what was added can be taken away, and two sums at the same reference time add up.

    Attributes:
        vectors: (2, dim) float32 weighted sums of items' vectors by the long and the short half-life.
        mass: (2,) float64 sums of absolute weights of events whose item has a vector.
        n_events: how many there are.
        ref_us: microseconds since 1970 UTC, ``NO_TIME`` where there are no events.
        columns: (f,) int32 ascending.
        counts: (f,) float32 sums of weights by column, by the long half-life.
    """

    vectors: NDArray[np.float32]
    mass: NDArray[np.float64]
    n_events: int
    ref_us: int
    columns: NDArray[np.int32]
    counts: NDArray[np.float32]

    @classmethod
    def empty(cls, dim: int) -> Sums:
        """Return the sums of nothing."""
        none = np.empty(0, np.int32), np.empty(0, np.float32)
        return cls(np.zeros((2, dim), np.float32), np.zeros(2), 0, NO_TIME, *none)

    def at(self, time_us: int) -> Sums:
        """Return the same sums as they stand at another reference time; one before their own changes nothing."""
        if not self.n_events or time_us <= self.ref_us:
            return self
        left = faded(time_us - self.ref_us)
        vectors = self.vectors * left[:, None].astype(np.float32)
        counts = self.counts * np.float32(left[0])
        return Sums(vectors, self.mass * left, self.n_events, time_us, self.columns, counts)

    def plus(
        self,
        vector: NDArray[np.float32] | None,
        columns: NDArray[np.int32],
        counts: NDArray[np.float32],
        weight: float,
        time_us: int,
        *,
        is_dated: bool = True,
        sign: int = 1,
    ) -> Sums:
        """Return the sums with one event more, or with one less where ``sign`` is -1.

        Args:
            vector: (dim,) of its item, None where there is none.
            columns: (k,) distinct ascending.
            counts: (k,) what it adds to them, before it fades.
            weight: of the event.
            time_us: of the event.
            is_dated: false where the time only stands in for one that is not known; then it is no sign of today.
            sign: 1 or -1.
        """
        if self.n_events + sign <= 0:
            return Sums.empty(self.vectors.shape[1])
        now = self.at(time_us)
        ref_us = now.ref_us if self.n_events else time_us
        long, short = (sign * 2.0 ** (-(ref_us - time_us) / life) for life in _HALF_LIVES_US)
        vectors, mass = now.vectors, now.mass
        if vector is not None:
            left = np.array([[long], [short if is_dated else 0.0]])
            vectors = vectors + (weight * left).astype(np.float32) * vector
            mass = np.maximum(mass + abs(weight) * left[:, 0], 0.0)
        merged = _merged(now.columns, now.counts, columns, counts * np.float32(long))
        return Sums(vectors, mass, self.n_events + sign, ref_us, *merged)


def joined(one: Sums, other: Sums) -> Sums:
    """Return the sums over the events of both."""
    if not (one.n_events and other.n_events):
        return one if one.n_events else other
    ref_us = max(one.ref_us, other.ref_us)
    one, other = one.at(ref_us), other.at(ref_us)
    merged = _merged(one.columns, one.counts, other.columns, other.counts)
    vectors, mass = one.vectors + other.vectors, one.mass + other.mass
    return Sums(vectors, mass, one.n_events + other.n_events, ref_us, *merged)


def faded(age_us: float | NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what is left of a weight after some time, (2,) or (..., 2) by the long and the short half-life."""
    left: NDArray[np.float64] = np.exp2(
        -np.asarray(age_us, np.float64)[..., None] / np.array(_HALF_LIVES_US)
    )
    return left


def _merged(
    columns: NDArray[np.int32],
    counts: NDArray[np.float32],
    more: NDArray[np.int32],
    added: NDArray[np.float32],
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return the sum of two sparse rows with ascending columns."""
    if not columns.size:
        return more, added
    place = np.searchsorted(columns, more)
    is_there = columns[np.minimum(place, columns.size - 1)] == more
    counts = counts.copy()
    counts[place[is_there]] += added[is_there]
    if is_there.all():
        return columns, counts
    new = ~is_there
    columns = np.concatenate([columns, more[new]])
    order = np.argsort(columns, kind="stable")
    return columns[order], np.concatenate([counts, added[new]])[order]
