"""Controls that must fail: data whose meaning is shuffled away while its plain figures stay.

A gain that is still there on a control does not come from what the control destroyed.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import DataError

Rows = TypeVar("Rows")

_SWAPS = 10  # accepted for each tie
_ROUNDS = 200  # at most, where few swaps or none can be done
_REPAIRS = 50  # rounds at most


def shuffled_ties(
    one: NDArray[np.integer[Any]],
    two: NDArray[np.integer[Any]],
    *,
    rng: np.random.Generator,
    n_people: int | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return ties between people drawn at random who keep how many ties they have.

    Two ties exchange their ends, again and again. It keeps each person's number of ties out, in and mutual, hence also how
    many ties are mutual; each row keeps its ``one``, so a column of the ties (strength, kind) stays with its person. It
    destroys who is tied to whom: circles of friends, likeness of friends, and likeness of the two rows of a mutual tie.
    No tie is doubled or leads from a person to the same person. A complete graph or a star knows no other and comes back
    as it is; ``n_same_ties`` counts.

    Args:
        one: (e,) int people, 0 <= one < n_people.
        two: (e,) int, the person each tie leads to; a tie is mutual when its reverse is among the rows.
        rng: decides the graph.
        n_people: beyond all numbers of people; None = one more than the highest.
    Returns: (e,) int64 ``one`` unchanged, (e,) int64 the new ``two``.
    Raises:
        DataError: a tie is doubled or leads from a person to the same person, or a number is out of range.
    Complexity: O(e) time a round, about 22 rounds where most swaps can be done and never more than 200; O(e) memory.
    References: Maslov & Sneppen, Science 2002; Milo et al., arXiv cond-mat/0312028, 2003 (how many swaps).
    """
    kept, target = np.array(one, np.int64), np.array(two, np.int64)
    e = kept.size
    if e == 0:
        return kept, target
    person = np.concatenate([kept, target])
    n = int(person.max()) + 1 if n_people is None else n_people
    if person.min() < 0 or person.max() >= n:
        raise _wrong_ties(f"a tie names a person outside 0 to {n - 1}", "people by their rows")
    mate = _mates(kept, target, n)
    # A tie is a couple of stubs: stub r is the begin of row r, stub e + r its end; a mutual tie is made of two begins.
    row = np.flatnonzero(mate < 0)
    begin = np.flatnonzero(np.arange(e) < mate)
    first, second = np.concatenate([row, begin]), np.concatenate([row + e, mate[begin]])
    n_done = 0
    for _ in range(_ROUNDS):
        if n_done >= _SWAPS * first.size:
            break
        turned = row.size + np.flatnonzero(rng.integers(0, 2, begin.size, dtype=np.bool_))
        first[turned], second[turned] = second[turned], first[turned]
        own, other = _couples([np.arange(row.size), np.arange(row.size, first.size)], rng)
        a, b = person[first], person[second]
        apart = (a[own] != b[other]) & (a[other] != b[own])
        own, other = own[apart], other[apart]
        free = _compatible(_key(a, b, n), _key(a[own], b[other], n), _key(a[other], b[own], n), rng)
        own, other = own[free], other[free]
        second[own], second[other] = second[other], second[own]
        n_done += own.size
    target[first] = person[second]
    is_begin = second < e
    target[second[is_begin]] = person[first[is_begin]]
    return kept, target


def n_same_ties(
    one: NDArray[np.integer[Any]],
    two: NDArray[np.integer[Any]],
    new_one: NDArray[np.integer[Any]],
    new_two: NDArray[np.integer[Any]],
) -> int:
    """Return how many of the new ties are also among the old, in whatever row.

    Args:
        one: (e,) int, with ``two`` the old ties.
        two: (e,) int.
        new_one: (f,) int, with ``new_two`` the new ties.
        new_two: (f,) int.
    Complexity: O((e + f) log(e + f)).
    """
    old, new = np.array([one, two], np.int64), np.array([new_one, new_two], np.int64)
    n = 1 + max(old.max(initial=0), new.max(initial=0))
    return int(np.isin(new[0] * n + new[1], old[0] * n + old[1]).sum())


def derangement(n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return an order in which nobody keeps its place: one random cycle through all.

    Args:
        n: how many; a single one has to keep its place.
        rng: decides the cycle, each as likely as another.
    Returns: (n,) int64 permutation.
    References: Sattolo, Information Processing Letters 1986 (random cycles).
    """
    cycle = rng.permutation(n)
    order = np.empty(n, np.int64)
    order[cycle] = np.roll(cycle, -1)
    return order


def shuffled_rows(values: Rows, order: NDArray[np.int64]) -> Rows:
    """Return texts, vectors or contexts dealt out anew to the items: row i is row ``order[i]`` of before.

    It keeps the rows themselves, so their number, lengths and words; it destroys whose they are.

    Args:
        values: a list, a tuple, or what takes an array of rows in brackets: (n, ...) array, CSR matrix, column or frame.
        order: (n,) int64, as of ``derangement``.
    """
    rows: Any = values
    taken = [rows[i] for i in order.tolist()] if isinstance(rows, list | tuple) else rows[order]
    return cast(Rows, tuple(taken) if isinstance(rows, tuple) else taken)


def random_knowledge(
    head: NDArray[np.integer[Any]],
    relation: NDArray[np.integer[Any]],
    tail: NDArray[np.integer[Any]],
    *,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Return the tails dealt out anew among the facts of the same relation.

    It keeps how many facts a head has of each relation and how often a tail stands in each relation; it destroys which
    tail belongs to which head. No more facts are doubled than were before, unless
    nearly every head has the tail.

    Args:
        head: (f,) int >= 0, such as items.
        relation: (f,) int >= 0.
        tail: (f,) int >= 0, such as a genre or a brand.
        rng: decides the deal.
    Returns: (f,) int64 new tails in the rows of ``head`` and ``relation``.
    Complexity: O(f log f).
    """
    group, left, right = (np.asarray(column, np.int64) for column in (relation, head, tail))
    return _dealt(group, left, right, rng)


def shuffled_targets(
    person: NDArray[np.integer[Any]], item: NDArray[np.integer[Any]], *, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return the items dealt out anew over the events.

    It keeps each person's number of events and each item's; it destroys taste: who chose what, and what is chosen together.
    No more pairs are doubled than were before, unless nearly everybody has the item.

    Args:
        person: (e,) int >= 0.
        item: (e,) int >= 0.
        rng: decides the deal.
    Returns: (e,) int64 new items in the rows of ``person``.
    Complexity: O(e log e).
    """
    nothing = np.zeros(np.size(person), np.int64)
    return _dealt(nothing, np.asarray(person, np.int64), np.asarray(item, np.int64), rng)


def _dealt(
    group: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Deal ``right`` out anew within each group, then exchange rows that the deal doubled."""
    if group.size == 0:
        return right.copy()
    by_group = np.argsort(group, kind="stable")
    members = np.split(by_group, np.flatnonzero(np.diff(group[by_group])) + 1)
    n_left, n_right = int(left.max()) + 1, int(right.max()) + 1
    _, side = np.unique(group * n_left + left, return_inverse=True)
    dealt = right.copy()
    for rows in members:
        dealt[rows] = right[rng.permutation(rows)]
    allowed = int(_doubled(side * n_right + right).sum())
    for _ in range(_REPAIRS):
        there = side * n_right + dealt
        is_doubled = _doubled(there)
        if is_doubled.sum() <= allowed:
            break
        own, other = _couples(members, rng)
        is_wanted = is_doubled[own] | is_doubled[other]
        own, other = own[is_wanted], other[is_wanted]
        free = _compatible(
            there, side[own] * n_right + dealt[other], side[other] * n_right + dealt[own], rng
        )
        own, other = own[free], other[free]
        dealt[own], dealt[other] = dealt[other], dealt[own]
    return dealt


def _couples(
    groups: list[NDArray[np.int64]], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Couple the members of each group at random; of an odd number one stays alone."""
    mixed = [rng.permutation(group) for group in groups]
    own = [group[: group.size // 2] for group in mixed]
    other = [group[group.size // 2 : group.size // 2 * 2] for group in mixed]
    return np.concatenate(own), np.concatenate(other)


def _compatible(
    there: NDArray[np.int64],
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Return the exchanges, by their rows, that can all be done at once without doubling a pair.

    Pairs are told apart by multiply-shift hashing (Dietzfelbinger et al., J. Algorithms 1997): two that fall into one
    slot forbid an exchange that could be done, at most one in eight and others each time, but none is allowed wrongly.

    Args:
        there: (e,) int64 keys of the pairs there are.
        a: (x,) int64 key of the first pair that each exchange would make.
        b: (x,) int64 key of the second.
        rng: decides the hash.
    """
    bits = (8 * there.size).bit_length()
    odd = np.uint64(2 * int(rng.integers(2**63)) + 1)

    def slot(key: NDArray[np.int64]) -> NDArray[np.int64]:
        return ((key.astype(np.uint64) * odd) >> np.uint64(64 - bits)).astype(np.int64)

    is_taken = np.zeros(2**bits, np.bool_)
    is_taken[slot(there)] = True
    slot_a, slot_b = slot(a), slot(b)
    free = np.flatnonzero(~(is_taken[slot_a] | is_taken[slot_b]))
    slot_a, slot_b, exchange = slot_a[free], slot_b[free], np.arange(free.size, dtype=np.int32)
    owner = np.empty(2**bits, np.int32)  # of two exchanges that meet in a slot the later has it
    owner[slot_a] = exchange
    owner[slot_b] = exchange
    both: NDArray[np.bool_] = (owner[slot_a] == exchange) & (owner[slot_b] == exchange)
    return free[both]


def _doubled(key: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows repeat the key of another; one of each stays out."""
    order = np.argsort(key)
    is_doubled = np.zeros(key.size, np.bool_)
    is_doubled[order[1:]] = np.diff(key[order]) == 0
    return is_doubled


def _key(a: NDArray[np.int64], b: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Return one number for two people in whatever order, so that a tie never meets its reverse."""
    return np.minimum(a, b) * n + np.maximum(a, b)


def _mates(one: NDArray[np.int64], two: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Return (e,) the row of each tie's reverse, -1 where there is none."""
    key, reverse = one * n + two, two * n + one
    if (one == two).any() or _doubled(key).any():
        raise _wrong_ties(
            "a tie is doubled or leads from a person to the same person",
            "each tie once, between two people",
        )
    order = np.argsort(key)
    at = np.minimum(np.searchsorted(key[order], reverse), key.size - 1)
    return np.where(key[order[at]] == reverse, order[at], -1)


def _wrong_ties(what: str, expected: str) -> DataError:
    return DataError(
        what, where="shuffled_ties", expected=expected, next_step="leave such ties out first"
    )
