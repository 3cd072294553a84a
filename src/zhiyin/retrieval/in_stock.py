"""Keeps what can be bought now."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Kind, Query
from zhiyin.store.catalogue import Catalogue


class InStock:
    """Drops items whose stock is 0; an item whose stock is not counted is available."""

    name = "in_stock"
    is_hard = True

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true where the item is available."""
        keep = np.ones(len(candidates), bool)
        is_item = candidates.kinds == Kind.ITEM
        keep[is_item] = self._catalogue.in_stock(candidates.ids[is_item])
        return keep
