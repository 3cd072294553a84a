"""Keeps what the page does not start from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query


class Seeds:
    """Drops for good the items of the basket or of the session that a page is asked for."""

    name = "seeds"
    is_hard = True

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true where the candidate is not one of the query's seeds."""
        return ~candidates.are_items_of(np.unique(np.asarray(query.seeds, np.int64)))
