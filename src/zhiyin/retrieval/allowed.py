"""Keeps what no rule of the operator excludes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.portraits.rules_in_force import RulesInForce, told


class Allowed:
    """Drops for good the items that a rule of the kind ``exclude`` means, on the surfaces and in the time it holds."""

    name = "allowed"
    is_hard = True

    def __init__(self, rules: RulesInForce) -> None:
        self._rules = rules

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true where nothing excludes the candidate; posts and people are none of its business."""
        excluded: NDArray[np.bool_] = told(
            self._rules.on(query.surface, query.time).excluded, candidates
        )
        return ~excluded
