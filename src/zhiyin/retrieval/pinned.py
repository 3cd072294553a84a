"""Candidates that a rule of the operator has a place for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.portraits.rules_in_force import NOTHING, PINNED, InForce, RulesInForce


class Pinned:
    """Proposes the items of pins and of guaranteed shares, which no other source may have found.

    Rules take turns, each with its most popular item first. An item that the page starts from is left out.
    """

    name = PINNED

    def __init__(self, rules: RulesInForce, popularity: NDArray[np.float32]) -> None:
        self._rules = rules
        self._popularity = popularity
        self._last: tuple[InForce, NDArray[np.int64]] = (NOTHING, np.empty(0, np.int64))

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return the same items for everybody. Complexity: O(items) when other rules hold than before."""
        in_force = self._rules.for_query(query)
        known, ids = self._last
        if in_force is not known:
            ids = self._in_turn(in_force)
            self._last = (in_force, ids)
        if query.seeds and ids.size:
            ids = ids[~np.isin(ids, query.seeds)]
        return Candidates.of(ids[:limit], source=self.name)

    def _in_turn(self, in_force: InForce) -> NDArray[np.int64]:
        masks = [mask for _, mask in in_force.pins] + [one.mask for one in in_force.exposed]
        found = [np.flatnonzero(mask) for mask in masks]
        ids = np.concatenate([np.empty(0, np.int64), *found])
        turn = np.concatenate([np.empty(0, np.int64), *(self._rank(one) for one in found)])
        ids = ids[np.argsort(turn, kind="stable")]
        return ids[np.sort(np.unique(ids, return_index=True)[1])]

    def _rank(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return (n,) places by popularity, 0 for the first; what is newer than the training comes last."""
        popular = np.append(self._popularity, 0.0)[np.minimum(ids, self._popularity.size)]
        rank = np.empty(ids.size, np.int64)
        rank[np.argsort(-popular, kind="stable")] = np.arange(ids.size)
        return rank
