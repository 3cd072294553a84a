"""What is held out of a table of interactions, so that a learner is judged on what it has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.history import NO_TIME

TIMED_SHARE = 0.9
"""Share of the interactions that must carry a time before ``split`` cuts by time."""

MIN_PEOPLE = 30
"""People a cut by time must leave to judge; below, ``split`` holds out at random."""


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Which interactions are for training and which are held out.

    Attributes:
        name: ``global_time`` or ``per_person_random``.
        train: (e,) bool.
        test: (e,) bool, disjoint from ``train``; what is in neither was put aside.
        cut_us: the time at which ``global_time`` cuts, microseconds since 1970 UTC.

    >>> split = per_person_random(np.zeros(5, np.int64), np.arange(5), seed=1)
    >>> int(split.train.sum()), int(split.test.sum())
    (4, 1)
    """

    name: str
    train: NDArray[np.bool_]
    test: NDArray[np.bool_]
    cut_us: int | None = None


def global_time(
    person: NDArray[np.int64],
    item: NDArray[np.int64],
    time_us: NDArray[np.int64],
    fraction: float = 0.2,
) -> Split:
    """Hold out the last part of the interactions by time, at one moment for everybody.

    What has no time is for training. Of the last part only that is held out whose person and item both occur in
    training; the rest is put aside, since nothing can be learned about it. Interactions at the very moment of the
    cut are for training.

    Args:
        person: (e,) int64.
        item: (e,) int64.
        time_us: (e,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.
        fraction: share of the timed interactions that come after the cut.
    Complexity: O(e log e).
    """
    timed = time_us != NO_TIME
    if not timed.any():
        return Split("global_time", np.ones(person.size, np.bool_), np.zeros(person.size, np.bool_))
    moments = np.sort(time_us[timed])
    cut = int(moments[min(moments.size - 1, int(moments.size * (1.0 - fraction)))])
    late = timed & (time_us > cut)
    train = ~late
    known = np.isin(person, person[train]) & np.isin(item, item[train])
    return Split("global_time", train, late & known, cut)


def per_person_random(
    person: NDArray[np.int64],
    item: NDArray[np.int64],
    fraction: float = 0.2,
    seed: int = 0,
) -> Split:
    """Hold out a random part of each person's distinct items; all events of a pair stay together.

    A person with d distinct items gives up round(d · fraction) of them (halves up), but at least one and at most
    d - 1; a person with a single item gives up none. Nothing is put aside, so a held-out item may be unknown to
    training; it then counts as missed.

    Args:
        person: (e,) int64.
        item: (e,) int64.
        fraction: share of a person's distinct items.
        seed: of the choice.
    Complexity: O(e log e).
    """
    n_items = int(item.max(initial=0)) + 1
    pairs, pair_of = np.unique(person * n_items + item, return_inverse=True)
    owner = pairs // n_items
    order = np.lexsort((np.random.default_rng(seed).random(owner.size), owner))
    _, first, count = np.unique(owner, return_index=True, return_counts=True)
    quota = np.clip(np.floor(count * fraction + 0.5).astype(np.int64), 1, None)
    quota = np.minimum(quota, count - 1)
    place = np.arange(owner.size) - np.repeat(first, count)
    held = np.empty(owner.size, np.bool_)
    held[order] = place < np.repeat(quota, count)
    test = held[pair_of]
    return Split("per_person_random", ~test, test)


def split(
    person: NDArray[np.int64],
    item: NDArray[np.int64],
    time_us: NDArray[np.int64],
    fraction: float = 0.2,
    seed: int = 0,
) -> Split:
    """Hold out by time where the data allow it, else at random; the answer's ``name`` says which.

    The cut is by time when at least ``TIMED_SHARE`` of the interactions carry a time and at least ``MIN_PEOPLE``
    people have something held out; otherwise it is ``per_person_random``.

    Args:
        person: (e,) int64.
        item: (e,) int64.
        time_us: (e,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.
        fraction: share to hold out.
        seed: of the random choice.
    """
    if person.size and np.mean(time_us != NO_TIME) >= TIMED_SHARE:
        by_time = global_time(person, item, time_us, fraction)
        if np.unique(person[by_time.test]).size >= MIN_PEOPLE:
            return by_time
    return per_person_random(person, item, fraction, seed)
