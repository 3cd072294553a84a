"""Who trusts whom: from what people said and did, and spread from one person over the people they trust.

Only a person's own acts make a tie of trust that starts at that person. So whoever invents a hundred accounts can make
them trust one another, but cannot make anybody else trust them; and what a walk that starts at a real person brings into
such a ring is bounded by the few ties that lead into it, however large the ring is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core.ties import Ties
from zhiyin.social.graph import Floats, Ints, products

DECLARED, HELPFUL, AGREEING = 0.9, 0.6, 0.3
"""How far each kind of evidence goes by itself: what was said, votes for what somebody wrote, like ratings."""

_VOTES = 3.0  # votes that count for neither side, so that one vote is a beginning only
_COMMON_RATINGS = 5.0  # the same of items that both have rated


def trust_matrix(
    n_people: int,
    *,
    declared: Ties | None = None,
    votes: Ties | None = None,
    agreement: Ties | None = None,
    against: Ties | None = None,
) -> Any:
    """Return how far each person trusts each other one, in 0 to 1, as (n_people, n_people) float32 CSR.

    Evidence adds up as reasons that may each fail: ``1 - Π (1 - weight · value)`` over what there is. To rate as somebody
    does makes trust firmer where there is some, never by itself: ratings can be copied by whoever wants to be believed.

    Args:
        n_people: people numbered from it on are left out.
        declared: ties of kind "trust", strength in 0 to 1; all of it where none is known.
        votes: one row a vote, the voter first, the author second; strength above 0 = helpful, below = not helpful, each
            1 where there is no strength.
        agreement: how alike two people rate, strength in -1 to 1, such as ``rated_alike`` gives; below 0 counts nothing.
        against: ties of distrust; whom somebody distrusts, nothing makes that person trust.
    """
    said, said_value = _of_pairs(declared, n_people, np.maximum, lambda value: value.clip(0, 1))
    voted, good = _of_pairs(votes, n_people, np.add, lambda value: (value > 0) * 1.0)
    _, bad = _of_pairs(votes, n_people, np.add, lambda value: (value < 0) * 1.0)
    alike, alike_value = _of_pairs(agreement, n_people, np.maximum, lambda value: value.clip(0, 1))
    firmer = np.isin(alike, said) | np.isin(alike, voted)
    pair = np.concatenate([said, voted, alike[firmer]])
    found = good / (good + bad + _VOTES)
    value = np.concatenate([DECLARED * said_value, HELPFUL * found, AGREEING * alike_value[firmer]])
    distrusted, _ = _of_pairs(against, n_people, np.maximum, lambda value: value)
    counts = (value > 0) & ~np.isin(pair, distrusted)
    pair, place = np.unique(pair[counts], return_inverse=True)
    doubt = np.exp(np.bincount(place, np.log1p(-value[counts]), pair.size))
    ends = np.divmod(pair, n_people)
    return sparse.csr_array(((1 - doubt).astype(np.float32), ends), shape=(n_people, n_people))


def rated_alike(ratings: Any, pairs: Ints) -> Floats:
    """Return how alike two people rate what both have rated: Pearson's correlation, shrunk where that is little.

    Args:
        ratings: (n, items) float32 CSR; what is not stored is not rated.
        pairs: (p, 2) int64.
    Returns: (p,) float32 in -1 to 1; 0 where nothing is known.
    Complexity: linear in the ratings of the people asked for.
    References: Herlocker, Konstan, Borchers & Riedl, SIGIR 1999 (significance weighting).
    """
    values = sparse.csr_array(ratings).astype(np.float64)
    values.data -= values.data.mean() if values.nnz else 0  # smaller sums lose fewer digits
    is_rated, squares = values.copy(), values.copy()
    is_rated.data[:], squares.data = 1, values.data**2
    sums = [(is_rated, is_rated), (values, is_rated), (is_rated, values), (values, values)]
    common, one, two, both = (np.float64(products(*sides, pairs)) for sides in sums)
    common = np.maximum(common, 1)
    spread = (products(squares, is_rated, pairs) - one**2 / common) * (
        products(is_rated, squares, pairs) - two**2 / common
    )
    alike = (both - one * two / common) / np.sqrt(np.maximum(spread, 1e-12))
    alike[spread < 1e-9] = 0
    shrunk = np.clip(alike, -1, 1) * common / (common + _COMMON_RATINGS)
    return np.asarray(shrunk, np.float32)


def hubs_damped(trust: Any) -> Any:
    """Return the matrix with each column divided by the root of how many people trust that person.

    Whom everybody trusts says little about anybody in particular. Made once, it is what ``propagated`` walks on.
    """
    named = np.bincount(trust.indices, minlength=trust.shape[1])
    damped = (trust.data / np.sqrt(named[trust.indices])).astype(np.float32)
    return sparse.csr_array((damped, trust.indices, trust.indptr), shape=trust.shape)


def propagated(
    trust: Any,
    source: int,
    *,
    distrust: Any = None,
    damping: float = 0.15,
    tolerance: float = 1e-5,
) -> tuple[Ints, Floats]:
    """Return where a walk from a person along trust ends, as the people it reaches and the chance of each.

    At each step the walk ends with the chance ``damping``, else it goes on to somebody the person reached trusts, by how
    far. Who trusts nobody sends it back to its start, and so does who trusts somebody the source distrusts. Then each
    chance is multiplied, once, by the share of trust among what the people reached say of that person.

    Before that, no chance is too high, and all of them together are too low by 1 less their sum, which is at most
    ``tolerance`` times the number of ties of the people touched.

    Args:
        trust: (n, n) CSR, none below 0, row = who trusts; each row is scaled to sum to 1. Give it ``hubs_damped``.
        source: the person that asks; its own chance is in the answer and means nothing to it. One beyond the shape
            reaches nobody.
        distrust: (n, n) CSR with an entry where the row's person distrusts the column's.
        damping: chance that the walk ends at a step, above 0 and below 1.
        tolerance: chance left undecided a tie.
    Returns: numbers, (m,) int64 ascending, and chances, (m,) float32 above 0.
    Complexity: O(1 / (damping tolerance)) steps along ties whatever the size of the graph, and two arrays of n zeros.
    References: Andersen, Chung & Lang, FOCS 2006; Guha, Kumar, Raghavan & Tomkins, WWW 2004 (distrust, one step).
    """
    n = trust.shape[0]
    if source >= n:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    shut = np.empty(0, np.int64) if distrust is None else distrust[[source]].indices
    held, waiting = np.zeros(n), np.zeros(n)
    waiting[source] = 1
    frontier = np.array([source])
    reached = [frontier]
    while frontier.size:
        mass = waiting[frontier]
        held[frontier] += damping * mass
        waiting[frontier] = 0
        rows = trust[frontier]
        total = rows.sum(axis=1)
        stuck = total <= 0
        waiting[source] += (1 - damping) * mass[stuck].sum()
        onward = (1 - damping) * mass / np.where(stuck, 1, total)
        ends = np.where(np.isin(rows.indices, shut), source, rows.indices)
        np.add.at(waiting, ends, np.repeat(onward, np.diff(rows.indptr)) * rows.data)
        touched = np.unique(np.append(ends, source))
        named = trust.indptr[touched + 1] - trust.indptr[touched]
        frontier = touched[waiting[touched] > tolerance * np.maximum(named, 1)]
        reached.append(frontier)
    numbers = np.unique(np.concatenate(reached))
    chances = held[numbers]
    if distrust is not None:
        chances = chances * _trusted_share(numbers, chances, trust, distrust)
        numbers, chances = numbers[chances > 0], chances[chances > 0]
    return numbers.astype(np.int64), chances.astype(np.float32)


def _trusted_share(numbers: Ints, weights: Any, trust: Any, distrust: Any) -> NDArray[np.float64]:
    """Return (m,) the share of trust among what m people say of each other, by their weights; 1 where none is said."""
    rows = distrust[numbers]
    if not rows.nnz:
        return np.ones(numbers.size)
    against = ((rows > 0).T @ weights)[numbers]
    trusted = ((trust[numbers] > 0).T @ weights)[numbers]
    return np.where(against > 0, trusted / np.maximum(trusted + against, 1e-300), 1.0)


def _of_pairs(
    ties: Ties | None, n_people: int, together: np.ufunc, change: Any
) -> tuple[Ints, NDArray[np.float64]]:
    """Return the pairs of ties as ``one * n_people + two``, ascending, and the changed strength of each, put together."""
    if ties is None:
        return np.empty(0, np.int64), np.empty(0)
    inside = (ties.one != ties.two) & (np.maximum(ties.one, ties.two) < n_people)
    strength = np.ones(ties.one.size) if ties.strength is None else np.float64(ties.strength)
    strength = np.where(np.isnan(strength), 1, strength)[inside]
    ends = ties.one[inside] * np.int64(n_people) + ties.two[inside]
    pair, place = np.unique(ends, return_inverse=True)
    value = np.zeros(pair.size)
    together.at(value, place, change(strength))
    return pair, value
