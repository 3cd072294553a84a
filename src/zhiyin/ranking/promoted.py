"""Says of an item that the shop put it there."""

from __future__ import annotations

from collections.abc import Sequence

from zhiyin.core import Candidates, Query, Reason
from zhiyin.portraits.rules_in_force import RulesInForce, of_candidates, only_by_rule


class Promoted:
    """Marks what a rule of the operator speaks for, so that shoppers are told: pinned, boosted, or of a guaranteed share.

    An item that would be there anyway is marked, too. The reason is no part of the score, so its share is 0.
    """

    name = "promoted"

    def __init__(self, rules: RulesInForce) -> None:
        self._rules = rules

    def explain(self, query: Query, candidates: Candidates) -> Sequence[tuple[Reason, ...]]:
        """Return ``promoted`` for each of them, and nothing for the others."""
        in_force = self._rules.for_query(query)
        is_promoted = in_force.held(candidates) | only_by_rule(candidates)
        is_promoted |= of_candidates(in_force.boost, candidates) > 0
        return [(Reason("promoted", share=0.0),) if one else () for one in is_promoted.tolist()]
