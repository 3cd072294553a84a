"""Keeps what the person did not turn down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query


class Disliked:
    """Drops for good what the person disliked, rated low or sent back."""

    name = "disliked"
    is_hard = True

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true where the candidate is not among the items the person turned down."""
        return ~candidates.are_items_of(query.fields["against"])
