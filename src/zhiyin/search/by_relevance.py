"""The score of a hit: how relevant it is, behind all that break less."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.search.understood import finding_of, relevance_of, rows_of


class ByRelevance:
    """Gives relevance as a share of the best hit's, squeezed below all hits for which less was given up.

    The score is from 0 to 1; where nothing was given up it is the share itself.
    """

    name = "relevance"

    def score(self, query: Query, candidates: Candidates) -> NDArray[np.float32]:
        """Return (n,) float32; what is no hit has 0."""
        finding = finding_of(query)
        relevance, level = relevance_of(finding, candidates)
        share = np.clip(relevance / max(float(finding.hits.scores.max(initial=0)), 1e-9), 0, 1)
        top = int(finding.level.max(initial=0))
        scores = (share + (top - level)) / (top + 1)
        return np.where(rows_of(finding, candidates) >= 0, scores, 0).astype(np.float32)
