"""Which items have which categories, in memory, so that a list of some takes no longer than one of all."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from zhiyin.apps.gorse.nouns import categories_of
from zhiyin.core import Candidates, Kind, Query
from zhiyin.shop import Shop

_Set = frozenset[str]


class Categories:
    """The categories of all items, read at the first question, then only what changed.

    Complexity: a question to the store for each list; eight bytes an item, and each set of categories once.
    """

    def __init__(self, shop: Shop) -> None:
        self._store = shop.store
        self._lock = threading.Lock()
        self._revision = -1
        self._of: list[_Set] = []
        self._sets: dict[_Set, _Set] = {}

    def all_of(self, wanted: Collection[str]) -> InCategories:
        """Return the filter that keeps items of all of some categories, as they are now."""
        with self._lock:
            changed = self._store.entities_since(Kind.ITEM, self._revision)
            for row in changed.iter_rows(named=True):
                said = {**row, "attributes": json.loads(row["attributes"] or "{}")}
                self._keep(row["number"], frozenset(categories_of(said)))
                self._revision = max(self._revision, row["revision"])
            return InCategories(self._of, frozenset(wanted))

    def _keep(self, number: int, categories: _Set) -> None:
        self._of.extend([frozenset()] * (number + 1 - len(self._of)))
        self._of[number] = self._sets.setdefault(categories, categories)


class InCategories:
    """Keeps items of all of some categories.

    Args:
        of: the categories of each item, by number; a newer item has none.
        wanted: which.
    """

    name = "gorse_categories"
    is_hard = True

    def __init__(self, of: list[_Set], wanted: _Set) -> None:
        self._of = of
        self._wanted = wanted

    def keep(self, _query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true where the candidate is an item that has all of them."""
        pairs = zip(candidates.ids.tolist(), candidates.kinds.tolist(), strict=True)
        return np.array([kind == Kind.ITEM and self._fits(number) for number, kind in pairs], bool)

    def _fits(self, number: int) -> bool:
        return number < len(self._of) and self._wanted <= self._of[number]
