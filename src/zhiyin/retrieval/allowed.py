"""Keeps what no rule of the operator excludes."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.portraits.rules_in_force import RulesInForce, of_candidates


class Allowed:
    """Drops for good the items that a rule of the kind ``exclude`` means, on the surfaces and in the time it holds.

    It holds now, too, where a page is asked for as of another time: no request can step out of it.
    """

    name = "allowed"
    is_hard = True

    def __init__(self, rules: RulesInForce) -> None:
        self._rules = rules

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true where nothing excludes the candidate; posts and people are none of its business."""
        keep = np.ones(len(candidates), bool)
        for time in (query.time, datetime.now(UTC)):
            excluded = self._rules.for_query(query, time).excluded
            keep &= ~of_candidates(excluded, candidates)
        return keep
