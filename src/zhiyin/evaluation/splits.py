"""What is held out of a table of interactions, so that a learner is judged on what it has not seen."""

from __future__ import annotations

from dataclasses import dataclass, field

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
        name: of the function that made it: ``global_time``, ``per_person_random``, ``leave_one_out``, ``k_fold``,
            ``cold_items`` or ``cold_people``.
        train: (e,) bool.
        test: (e,) bool; what is in neither ``train`` nor ``test`` was put aside.
        cut_us: the time at which ``global_time`` cuts, microseconds since 1970 UTC.
        cold_item: (e,) bool, put aside because training knows the person but not the item.
        cold_person: (e,) bool, put aside because training knows the item but not the person.

    No event is in two of the four masks. Only ``global_time`` puts anything aside; elsewhere the cold masks are False.

    >>> split = per_person_random(np.zeros(5, np.int64), np.arange(5), seed=1)
    >>> int(split.train.sum()), int(split.test.sum())
    (4, 1)
    """

    name: str
    train: NDArray[np.bool_]
    test: NDArray[np.bool_]
    cut_us: int | None = None
    cold_item: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    cold_person: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))

    def __post_init__(self) -> None:
        for name in ("cold_item", "cold_person"):
            if getattr(self, name).size == 0:
                object.__setattr__(self, name, np.zeros_like(self.train))


def global_time(
    person: NDArray[np.int64],
    item: NDArray[np.int64],
    time_us: NDArray[np.int64],
    fraction: float = 0.2,
) -> Split:
    """Hold out the last part of the interactions by time, at one moment for everybody.

    What has no time is for training. Of the last part only that is in ``test`` whose person and item both occur in
    training; the rest is put aside: in ``cold_item`` or ``cold_person`` when one of the two is known, in no mask when
    neither is. Interactions at the very moment of the cut are for training.

    Applied again to the train part, it gives train < validation < test by time. Who is known is then judged against
    the inner training for validation, and against training and validation together for test.

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
    person_known, item_known = np.isin(person, person[train]), np.isin(item, item[train])
    return Split(
        "global_time",
        train,
        late & person_known & item_known,
        cut,
        cold_item=late & person_known & ~item_known,
        cold_person=late & item_known & ~person_known,
    )


def per_person_random(
    person: NDArray[np.int64],
    item: NDArray[np.int64],
    fraction: float = 0.2,
    seed: int = 0,
) -> Split:
    """Hold out a random part of each person's distinct items; all events of a pair stay together.

    It is for data without times, and reports say so by its name: with times it would let a learner see the future.
    A person with d distinct items gives up round(d · fraction) of them (halves up), but at least one and at most
    d - 1; a person with a single item gives up none. Nothing is put aside: a held-out item that is unknown to training
    stays in ``test`` and not in ``cold_item``, so it counts as missed.

    Args:
        person: (e,) int64.
        item: (e,) int64.
        fraction: share of a person's distinct items.
        seed: of the choice.
    Complexity: O(e log e).
    """
    owner, pair_of = distinct_pairs(person, item)
    order = np.lexsort((np.random.default_rng(seed).random(owner.size), owner))
    _, first, count = np.unique(owner, return_index=True, return_counts=True)
    quota = np.clip(np.floor(count * fraction + 0.5).astype(np.int64), 1, None)
    quota = np.minimum(quota, count - 1)
    place = np.arange(owner.size) - np.repeat(first, count)
    held = np.empty(owner.size, np.bool_)
    held[order] = place < np.repeat(quota, count)
    test = held[pair_of]
    return Split("per_person_random", ~test, test)


def leave_one_out(person: NDArray[np.int64], order: NDArray[np.int64]) -> Split:
    """Hold out the last interaction of each person; for comparison with the literature only.

    It leaks global time: one person's training may be later than another's test, so a learner sees trends it could
    not have known. Use ``global_time`` to choose or to claim anything. A person with a single interaction gives up
    none, and earlier events with the held-out item stay in training. Applied again to the train part, it gives the
    usual validation part: each person's last but one.

    Args:
        person: (e,) int64.
        order: (e,) int64, grows with time, such as microseconds; ``NO_TIME`` is earliest. Of equals the one further
            down the table is later.
    Complexity: O(e log e).
    References: Meng et al., RecSys 2020; Ji et al., TOIS 2023 (the leak).
    """
    by_time = np.lexsort((order, person))  # stable
    _, first, count = np.unique(person[by_time], return_index=True, return_counts=True)
    test = np.zeros(person.size, np.bool_)
    test[by_time[(first + count - 1)[count > 1]]] = True
    return Split("leave_one_out", ~test, test)


def distinct_pairs(
    person: NDArray[np.int64], item: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the distinct (person, item) pairs, by person and then by item.

    Args:
        person: (e,) int64.
        item: (e,) int64, not negative.
    Returns: (d,) int64 person of each pair, ascending; (e,) int64 pair of each event.
    Complexity: O(e log e).
    """
    n_items = int(item.max(initial=0)) + 1
    pairs, pair_of = np.unique(person * n_items + item, return_inverse=True)
    return pairs // n_items, pair_of


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
