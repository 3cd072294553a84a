"""What the operator's rules do to the order of a page: pin, bury, boost, and guaranteed shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Kind, Query
from zhiyin.portraits.rules_in_force import (
    NOTHING,
    Exposed,
    InForce,
    RulesInForce,
    of_candidates,
    only_by_rule,
)
from zhiyin.store.impression_log import ImpressionLog

_CATCH_UP = 2.0  # of the exposure that a page owes, so that a new rule does not fill whole pages


class Merchandising:
    """Lets the operator's rules hold, whatever came before.

    A boost adds its part of the range of the page's scores. What is buried falls behind everything else, unless it is
    pinned, and so does what no source but ``pinned`` proposes. A pin takes the best candidate it means, and of two pins
    for one place the one set later goes first. A guaranteed share that is behind gets places from the end of the page
    on, with the best candidates that are not there yet. Pages count once they are served, in this process alone
    (`Exposure`).

    References: Morik et al., SIGIR 2020, for exposure that is owed and paid back as pages come.
    """

    name = "merchandising"

    def __init__(self, rules: RulesInForce, impression_log: ImpressionLog) -> None:
        self._rules = rules
        self._exposure = impression_log.exposure

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return k positions. Complexity: O(candidates); O(items of the catalogue) more for each guaranteed share."""
        order = np.arange(len(candidates))
        in_force = self._rules.for_query(query)
        if in_force is NOTHING or not order.size:
            return order[:k]
        n = min(query.n, k, order.size)
        order = boosted(candidates.scores, of_candidates(in_force.boost, candidates), n)
        is_buried = of_candidates(in_force.buried, candidates)
        is_behind = 2 * is_buried + only_by_rule(candidates)
        order = order[np.argsort(is_behind[order], kind="stable")]
        order = _with_pins(in_force, candidates, order, n)
        for exposed in in_force.exposed:
            held = in_force.held(candidates.take(order[:n]))
            order = self._with_share(exposed, candidates, order, held, is_buried)
        return order[:k]

    def _with_share(
        self,
        exposed: Exposed,
        candidates: Candidates,
        order: NDArray[np.int64],
        held: NDArray[np.bool_],
        is_buried: NDArray[np.bool_],
    ) -> NDArray[np.int64]:
        """Return the order with places of the page given to the items of a share that is behind.

        Args:
            exposed: the share.
            candidates: what may be shown.
            order: of all candidates.
            held: (n,) bool by place of the page, what must stay.
            is_buried: bool by candidate.
        """
        n = held.size
        is_item = candidates.kinds[order[:n]] == Kind.ITEM
        weight = np.zeros(n)
        weight[is_item] = 1 / np.log2(2 + np.arange(is_item.sum()))
        is_own = of_candidates(exposed.mask, candidates)
        due = exposed.share * weight.sum()
        behind = self._behind(exposed)
        owed = min(behind + due, _CATCH_UP * due) - weight[is_own[order[:n]]].sum()
        waiting = [row for row in order[n:].tolist() if is_own[row] and not is_buried[row]]
        places = np.flatnonzero(~held & is_item)[::-1].tolist()
        page, moved = order[:n].copy(), []
        for row, place in zip(waiting, places, strict=False):
            if owed <= 0:
                break
            moved.append(int(page[place]))
            page[place] = row
            owed -= weight[place]
        rest = order[n:]
        return np.concatenate([page, np.array(moved[::-1], np.int64), rest[~np.isin(rest, page)]])

    def _behind(self, exposed: Exposed) -> float:
        """Return how much exposure a share lacks, below 0 where it has more than enough.

        One that hangs on a query is owed nothing by other pages.
        """
        if exposed.is_of_query:
            return 0.0
        seen = self._exposure.of_items(exposed.mask.size, exposed.surfaces)
        own = float(seen[: exposed.mask.size][exposed.mask].sum())
        return exposed.share * float(seen.sum()) - own


def boosted(scores: NDArray[np.float32], boost: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    """Order candidates by the score of their place plus their part of the range of the page's scores.

    A place has the score that stands there when scores are put in order, so without boosts nothing moves.

    Args:
        scores: (m,) float32, of candidates in the order found.
        boost: (m,) float64, in ranges.
        n: length of the page, at least 1.
    Returns: (m,) int64 positions.

    >>> boosted(np.array([9.0, 7.0, 5.0, 4.5]), np.array([0.0, 0.0, 0.0, 1.0]), 3).tolist()
    [0, 3, 1, 2]
    """
    if not boost.any():
        return np.arange(scores.size)
    placed = -np.sort(-scores.astype(np.float64))
    value = placed + boost * (placed[0] - placed[n - 1])
    return np.lexsort((-boost, -value))


def _with_pins(
    in_force: InForce, candidates: Candidates, order: NDArray[np.int64], n: int
) -> NDArray[np.int64]:
    """Return the order with what is pinned to a place of the page in that place."""
    pinned: dict[int, int] = {}
    for place, mask in in_force.pins:
        if place < n and place not in pinned:
            rows = order[of_candidates(mask, candidates)[order]]
            free = rows[~np.isin(rows, list(pinned.values()))]
            if free.size:
                pinned[place] = int(free[0])
    listed = order[~np.isin(order, list(pinned.values()))].tolist()
    for place, row in sorted(pinned.items()):
        listed.insert(place, row)
    return np.array(listed, np.int64)
