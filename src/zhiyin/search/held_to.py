"""What is shown in the place of hits is held to what a search asks for, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.portraits.rules_in_force import of_candidates
from zhiyin.search.constraints import constraints
from zhiyin.search.fitting import in_own_currency
from zhiyin.search.item_slots import ItemSlots
from zhiyin.search.understanding import Understanding
from zhiyin.search.unwanted import unwanted_by


class HeldTo:
    """Keeps items in the price that a search asks for and without what it does not want, whatever the goods.

    Args:
        read: the search.
        slots: what items are.
        rows: reads items by their numbers, as ``LiveIndex.rows`` does.
    """

    name = "held_to"
    is_hard = True

    def __init__(
        self,
        read: Understanding,
        slots: ItemSlots,
        rows: Callable[[Iterable[int]], list[dict[str, Any]]],
    ) -> None:
        self._unwanted = unwanted_by(read)
        self._rows = rows
        self._may = np.ones(slots.price_minor.size, bool)
        for one in in_own_currency([one for one in constraints(read) if one.price], slots)[0]:
            self._may &= one.holds(slots)
        for slot in read.slots:
            if slot.is_excluded:
                self._may &= slots.lacks(slot.name, slot.value)

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true for what may be shown. Complexity: O(characters of the candidates' texts)."""
        kept = of_candidates(self._may, candidates)
        rows = self._rows(candidates.ids[kept].tolist())
        held = [row["number"] for row in rows if self._unwanted.stands_in(row)]
        return np.asarray(kept & ~np.isin(candidates.ids, np.array(held, np.int64)))


def holds_anything(read: Understanding) -> bool:
    """Return whether a search says anything that holds for all goods.

    >>> holds_anything(Understanding("qwertyuiop"))
    False
    """
    return bool(read.price or read.exclusions or any(slot.is_excluded for slot in read.slots))
