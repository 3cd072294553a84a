"""The shop's pages as Gorse's lists: of some categories, from a place on, without what the user has to do with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.apps.api.metrics import Metrics
from zhiyin.apps.gorse.categories import Categories
from zhiyin.core import Candidates, Filter, Kind, Page, Query
from zhiyin.shop import Shop

_READ = 1000
_LATEST = "latest"


class Lists:
    """Makes lists of the shop's pages.

    Nobody can say which list caused what feedback, as Gorse's clients carry no ``request_id``: the pages leave no
    impressions, from which a training would learn that nobody ever chose anything.
    """

    def __init__(self, shop: Shop, metrics: Metrics) -> None:
        self._shop = shop
        self._metrics = metrics
        self._categories = Categories(shop)

    def asked(
        self,
        surface: str,
        n: int,
        offset: int,
        categories: Sequence[str],
        *,
        user: str = "",
        seeds: Sequence[str] = (),
    ) -> list[dict[str, Any]]:
        """Return a list as Gorse tells one, best first.

        Args:
            surface: whose pipeline.
            n: how many.
            offset: how many of the best are left out.
            categories: that an item must have, all of them; empty ones say nothing.
            user: for whom; without the items that stored events of theirs name.
            seeds: items that the page starts from, the last one last; unknown ones say nothing.
        Raises:
            NotFound: nothing was trained yet.
        """
        shop = self._shop
        numbers = (shop.store.number(Kind.ITEM, one) for one in seeds)
        person = shop.store.number(Kind.PERSON, user) if user else None
        query = Query(
            person, n + offset, surface, is_preview=True,
            seeds=tuple(one for one in numbers if one is not None),
        )  # fmt: skip
        filters: list[Filter] = []
        if person is not None:
            filters.append(_NotRead(self._read(person, query.time_us)))
        if wanted := {one for one in categories if one}:
            filters.append(self._categories.all_of(wanted))
        page = shop.page(query, filters=filters)
        self._metrics.count_page(surface, page)
        return self._told(page, surface)[offset:]

    def _read(self, person: int, now_us: int) -> NDArray[np.int64]:
        """Return the items that a person had to do with until now, (m,) int64 ascending; a delayed write-back is not yet."""
        history = self._shop.store.history(person, _READ)
        return np.unique(history.items[history.time_us <= now_us])

    def _told(self, page: Page, surface: str) -> list[dict[str, Any]]:
        catalogue = self._shop.catalogue
        items = [one for one in page.items if one.ref.kind == Kind.ITEM]
        scores = [one.score for one in items]
        if surface == _LATEST:  # Gorse's is the second in which it was listed, 0 where nobody knows
            created = catalogue.created_us(np.array([one.ref.number for one in items], np.int64))
            scores = (np.maximum(created, 0) // 1_000_000).astype(float).tolist()
        return [
            {"Id": catalogue.key(one.ref.number), "Score": score}
            for one, score in zip(items, scores, strict=True)
        ]


class _NotRead:
    """Drops for good what somebody had to do with."""

    name = "gorse_read"
    is_hard = True

    def __init__(self, read: NDArray[np.int64]) -> None:
        self._items = read

    def keep(self, _query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        return ~candidates.are_items_of(self._items)
