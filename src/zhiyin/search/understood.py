"""What a query says, and what it finds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.portraits.rules_in_force import SAYS
from zhiyin.search.finding import Finding
from zhiyin.search.searching import Searching

_FIELD = "finding"


class Understood:
    """Reads the query's text and finds what matches it, once for all later stages.

    Fields: ``finding`` (1,) object, a ``Finding``, and ``says`` (1,) object, which tells rules what words stand in the query.
    """

    name = "understood"

    def __init__(self, searching: Searching) -> None:
        self._searching = searching

    def hydrate_query(self, query: Query) -> dict[str, NDArray[np.object_]]:
        """Return the fields; without a text nothing is found."""
        field, says = np.empty(1, object), np.empty(1, object)
        field[0] = self._searching.find(query.text or "", query.surface, query.time, query.filters)
        says[0] = self._searching.says(field[0].read)
        return {_FIELD: field, SAYS: says}


def finding_of(query: Query) -> Finding:
    """Return what `Understood` found."""
    found: Finding = query.fields[_FIELD][0]
    return found


def relevance_of(
    finding: Finding, candidates: Candidates
) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Return the relevance of each candidate, (n,) float32, and what was given up for it, (n,) int8; 0 for what is no hit."""
    rows = rows_of(finding, candidates)
    is_hit = rows >= 0
    relevance, level = np.zeros(rows.size, np.float32), np.zeros(rows.size, np.int8)
    relevance[is_hit] = finding.hits.scores[rows[is_hit]]
    level[is_hit] = finding.level[rows[is_hit]]
    return relevance, level


def rows_of(finding: Finding, candidates: Candidates) -> NDArray[np.int64]:
    """Return (n,) int64, the row of each candidate among the hits, -1 for what is none."""
    numbers = finding.hits.numbers
    if not numbers.size:
        return np.full(len(candidates), -1, np.int64)
    order = np.argsort(numbers)
    place = np.minimum(np.searchsorted(numbers, candidates.ids, sorter=order), numbers.size - 1)
    rows = order[place]
    return np.where(candidates.are_items_of(numbers[order]), rows, -1)
