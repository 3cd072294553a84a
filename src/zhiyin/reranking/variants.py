"""One of the variants of a product on a page: the best; the others fall behind."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Candidates, Kind, Query
from zhiyin.language.facts.attributes import Attributes
from zhiyin.registry import PartConfig
from zhiyin.store.catalogue import Catalogue

_DIFFERS = ("colour", "size")
_REMEMBERED = 100_000


class Variants:
    """Puts an item behind when a better one of the same product comes before it.

    Items are of one product when an attribute such as ``spu`` says so, or names the other's id. Where no attribute says
    anything, they are when brand and title are the same but for colour and size. What falls behind keeps its order.
    """

    name = "variants"

    class Config(PartConfig):
        """Options of `Variants`."""

        attributes: tuple[str, ...] = Field(
            ("product", "spu", "variant_of"),
            description="Attributes that name the product, or the id of its main item.",
        )

    def __init__(self, config: Config, catalogue: Catalogue) -> None:
        self._attributes = config.attributes
        self._catalogue = catalogue
        self._read = Attributes().read
        self._without = lru_cache(_REMEMBERED)(self._bare)
        catalogue.follow(*self._attributes)
        self._without("黑色 black XL")  # loads the word lists before a page waits for them

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return k positions: the first of each product, then the others."""
        first: list[int] = []
        behind: list[int] = []
        taken: set[Hashable] = set()
        for position, keys in enumerate(self._products(candidates)):
            (behind if keys & taken else first).append(position)
            taken |= keys
        return np.array([*first, *behind][:k], np.int64)

    def _products(self, candidates: Candidates) -> list[set[Hashable]]:
        """Return what each candidate is a variant of, by each way to tell."""
        catalogue, ids = self._catalogue, candidates.ids
        is_item = candidates.kinds == Kind.ITEM
        found: list[set[Hashable]] = [set() for _ in ids]
        for name in self._attributes:
            codes = np.where(is_item, catalogue.group(name, ids), -1)
            if (codes < 0).all():
                continue
            for row in np.flatnonzero(is_item).tolist():
                own = catalogue.code(name, catalogue.key(int(ids[row])))
                found[row] |= {int(codes[row]), own} - {-1}
        brand = np.where(is_item, catalogue.brand(ids), -1)
        _, at, often = np.unique(brand, return_inverse=True, return_counts=True)
        for row in np.flatnonzero((often[at] > 1) & (brand >= 0)).tolist():
            title = catalogue.title(int(ids[row]))
            if title and not found[row]:
                found[row] = {(int(brand[row]), self._without(title))}
        return found

    def _bare(self, title: str) -> str:
        """Return a title without colours and sizes, marks and capitals."""
        spans = [(one.start, one.end) for one in self._read(title) if one.name in _DIFFERS]
        for start, end in sorted(spans, reverse=True):
            title = f"{title[:start]} {title[end:]}"
        return " ".join(re.findall(r"\w+", title.casefold()))
