"""Candidates that match what is searched for."""

from __future__ import annotations

from zhiyin.core import Candidates, Query
from zhiyin.search.understood import finding_of


class Matching:
    """Proposes the hits of a query, those that break the least first, then by relevance."""

    name = "matching"

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return the first hits."""
        finding = finding_of(query)
        numbers = finding.hits.numbers[:limit]
        return Candidates.of(numbers, finding.hits.scores[:limit] - finding.level[:limit], source=self.name)  # fmt: skip
