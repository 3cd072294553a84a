"""Keeps what the person does not have yet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query


class Seen:
    """Drops what the person has, softly: a page that would be short may show it again."""

    name = "seen"
    is_hard = False

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true where the candidate is not among the items the person has."""
        return ~candidates.are_items_of(query.fields["had"])
