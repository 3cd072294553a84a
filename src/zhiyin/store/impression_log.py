"""Pages on their way into the store: many commits in one, off the request's path."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from zhiyin.core import Kind, Page, Query
from zhiyin.core.impression import Impression
from zhiyin.core.noted import ASKED, asked_of, situation_of
from zhiyin.store.exposure import Exposure
from zhiyin.store.frames import json_text
from zhiyin.store.write_behind import WriteBehind


class ImpressionLog(WriteBehind[Impression]):
    """Writes impressions behind the requests, and counts at once what was seen.

    >>> log = ImpressionLog(lambda shown: print(len(shown), "written"))
    >>> log.put(Impression("r1", None, "home", 0, (), ()))
    >>> log.close()
    1 written
    """

    def __init__(self, write: Callable[[Sequence[Impression]], object]) -> None:
        super().__init__(write, "impressions")
        self.exposure = Exposure()

    def put(self, one: Impression) -> None:
        """Take an impression without waiting, and count what was seen."""
        self.exposure.add(one)
        super().put(one)


class Impressions:
    """Side effect: logs each page with its request id, positions, scores, arms, propensities and what the scorer knew of it."""

    name = "impressions"

    def __init__(self, impression_log: ImpressionLog) -> None:
        self._impression_log = impression_log

    def record(self, query: Query, page: Page) -> None:
        """Hand the page's items over to the log."""
        rows = [row for row, item in enumerate(page.items) if item.ref.kind == Kind.ITEM]
        items = [page.items[row] for row in rows]
        said = situation_of(query.context)
        if asked := asked_of(query, len(items)):
            said[ASKED] = asked
        drawn = tuple(item.propensity for item in items if item.propensity is not None)
        json_text(said)  # what is not JSON fails here, not in the log's thread
        self._impression_log.put(
            Impression(
                query.request_id,
                query.person,
                query.surface,
                query.time_us,
                tuple(item.ref.number for item in items),
                tuple(item.score for item in items),
                query.arms,
                drawn if len(drawn) == len(items) > 0 else None,
                said,
                None if page.features is None else page.features.take(np.array(rows, np.int64)),
            )
        )
