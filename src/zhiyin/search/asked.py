"""Keeps what a search asks for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.search.understood import finding_of, rows_of


class Asked:
    """Drops for good what is no hit of the query, whoever proposed it, and so all that breaks a constraint that stands."""

    name = "asked"
    is_hard = True

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true for hits."""
        return rows_of(finding_of(query), candidates) >= 0
