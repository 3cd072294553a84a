"""No more than so many of a kind on one page."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Candidates, Kind, Query
from zhiyin.registry import PartConfig
from zhiyin.store.catalogue import Catalogue


class Caps:
    """Takes the best candidates in order and passes over items whose category, brand or author is full.

    An item without one of these is never passed over on its account; nor are posts and people, see `FeedMix`.
    """

    name = "caps"

    class Config(PartConfig):
        """Options of `Caps`."""

        category: float = Field(
            0.4, gt=0, le=1, description="Largest part of a page from one category."
        )
        brand: float = Field(0.3, gt=0, le=1, description="Largest part of a page from one brand.")
        author: float = Field(
            1.0, gt=0, le=1, description="Largest part from one author, an attribute; 1 is off."
        )

    def __init__(self, config: Config, catalogue: Catalogue) -> None:
        self._config = config
        self._catalogue = catalogue
        if config.author < 1:
            catalogue.follow("author")

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return k positions in the order they came, what was passed over behind the page."""
        shares = {"category": self._config.category, "brand": self._config.brand}
        if self._config.author < 1:
            shares["author"] = self._config.author
        n = min(query.n, k)
        is_item = candidates.kinds == Kind.ITEM
        groups = tuple(
            (
                np.where(is_item, self._catalogue.group(name, candidates.ids), -1),
                math.ceil(share * n),
            )
            for name, share in shares.items()
        )
        page = capped(groups, len(candidates), n)
        rest = np.delete(np.arange(len(candidates)), page)
        return np.append(page, rest[: k - page.size])


def capped(groups: tuple[tuple[NDArray[np.int64], int], ...], n: int, k: int) -> NDArray[np.int64]:
    """Choose the first k of n positions such that no group is over its cap.

    Args:
        groups: pairs of (n,) int64 group numbers, -1 for none, and the cap of each group.
        n: number of candidates, best first.
        k: how many to choose at most.
    Returns: (<= k,) int64 ascending positions.
    Complexity: O(n).
    """
    counts: list[Counter[int]] = [Counter() for _ in groups]
    chosen: list[int] = []
    for position in range(n):
        if len(chosen) == k:
            break
        mine = [int(numbers[position]) for numbers, _ in groups]
        if any(g >= 0 and c[g] >= cap for g, c, (_, cap) in zip(mine, counts, groups, strict=True)):
            continue
        chosen.append(position)
        for group, count in zip(mine, counts, strict=True):
            count[group] += 1
    return np.asarray(chosen, np.int64)
