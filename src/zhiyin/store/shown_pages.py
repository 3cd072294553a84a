"""One page that was shown, by its request, with what came of each item."""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy import select

from zhiyin.core.impression import Impression
from zhiyin.store.attribution import outcomes
from zhiyin.store.engine import Database
from zhiyin.store.impressions import told
from zhiyin.store.schema import impressions
from zhiyin.store.shown_features import kept_names

_UNASKABLE = re.compile("[\0\ud800-\udfff]")
"""What no stored text holds, and not every database takes in a question."""


class Outcome(NamedTuple):
    """What was done with a shown item: an event's type, value and time (microseconds since 1970 UTC, None if unknown)."""

    type: str
    value: float | None
    time_us: int | None


class ShownPage(NamedTuple):
    """A page, and what came of each item of it, in the order of the items; each list is in the order of time."""

    impression: Impression
    outcomes: list[list[Outcome]]


class ShownPages:
    """Finds pages that were shown.

    Args:
        database: where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, request_id: str) -> ShownPage | None:
        """Return the page of a request, None where there is none."""
        if _UNASKABLE.search(request_id):
            return None
        with self._database.frozen() as connection:
            named = select(impressions).where(impressions.c.request_id == request_id)
            row = connection.execute(named).one_or_none()
            if row is None:
                return None
            id_, *columns = row
            page = told(columns, kept_names(connection))
            return ShownPage(
                page, [[Outcome(**one) for one in done] for done in outcomes(connection, id_)]
            )
