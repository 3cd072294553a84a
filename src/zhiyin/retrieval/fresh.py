"""Candidates that are new in the shop."""

from __future__ import annotations

from zhiyin.core import Candidates, Query
from zhiyin.store.catalogue import Catalogue


class Fresh:
    """Proposes the items that were listed last, those newer than the last training included."""

    name = "fresh"

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return items listed before the query's time, newest first; none where the shop does not say when."""
        now_us = int(query.time.timestamp() * 1e6)
        ids = self._catalogue.newest(limit, now_us)
        return Candidates.of(ids, self._catalogue.created_us(ids) / 1e6, source=self.name)
