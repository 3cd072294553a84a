"""What a comparison finds: what each of its sides does, in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.constraints import Constraint
from zhiyin.search.finding import Finding
from zhiyin.search.hits import Hits
from zhiyin.search.match import NAMES
from zhiyin.search.understanding import Understanding

_ROUNDS = 127
_BEHIND = 0.01
"""Of relevance, by which a side stands behind the one before it in a round."""


def in_turn(
    read: Understanding,
    sides: Sequence[Finding],
    categories: Callable[[NDArray[np.int64]], NDArray[np.int64]],
) -> Finding:
    """Return the hits of several findings: the best of each, then the second of each, and so on, each once.

    The level of a hit is its round, which no order by taste crosses. Of a side that has hits for which nothing was given
    up only these count.

    Args:
        read: the query that asks for the comparison.
        sides: what each side finds.
        categories: returns the numbers of the categories of items, -1 for none. Those that all sides have come first: a
            phone stands beside a phone before a case for one does.
    """
    kept = [_exact(side) for side in sides]
    of_side = [categories(side.hits.numbers) for side in kept]
    shared = set.intersection(*(set(own.tolist()) - {-1} for own in of_side))
    kept = [
        _taken(side, np.argsort(~np.isin(own, list(shared)), kind="stable"))
        for side, own in zip(kept, of_side, strict=True)
    ]
    taken: dict[int, tuple[int, int, int]] = {}  # number → round, side, place
    rounds = zip_longest(*(side.hits.numbers[:_ROUNDS].tolist() for side in kept))
    for turn, same_round in enumerate(rounds):
        for side, number in enumerate(same_round):
            if number is not None:
                taken.setdefault(number, (turn, side, turn))
    if not taken:
        return Finding.of_nothing(read, _distinct(kept))
    told = list(taken.values())
    numbers = np.array(list(taken), np.int64)
    scores = np.array([1 - _BEHIND * side for _, side, _ in told], np.float32)
    matches = np.zeros((numbers.size, len(NAMES)), np.float32)
    asked = tuple({_key(one): one for side in kept for one in side.asked}.values())
    broken = np.zeros((len(asked), numbers.size), bool)
    for column, (_, side, place) in enumerate(told):
        own = kept[side]
        matches[column] = own.hits.matches[place]
        for one, is_broken in zip(own.asked, () if own.broken is None else own.broken, strict=True):
            broken[[_key(other) for other in asked].index(_key(one)), column] = is_broken[place]
    level = np.array([turn for turn, _, _ in told], np.int8)
    return Finding(read, Hits(numbers, scores, matches), level, asked, _distinct(kept), broken)


def _exact(side: Finding) -> Finding:
    is_exact = side.level == 0
    if side.broken is None or not is_exact.any():
        return side
    return replace(_taken(side, np.flatnonzero(is_exact)), relaxed=())


def _taken(side: Finding, rows: NDArray[np.int64]) -> Finding:
    if not rows.size:
        return side
    broken = None if side.broken is None else side.broken[:, rows]
    return replace(side, hits=side.hits.taken(rows), level=side.level[rows], broken=broken)


def _distinct(sides: Sequence[Finding]) -> tuple[Constraint, ...]:
    return tuple({_key(one): one for side in sides for one in side.relaxed}.values())


def _key(one: Constraint) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return one.name, one.values, one.said
