"""What happened in a range of time: what people did, what they were shown, and what was said of goods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import polars as pl
from sqlalchemy import ColumnElement, Select, and_, func, select

from zhiyin.core.entity import Kind
from zhiyin.store.attribution import outcomes_between
from zhiyin.store.columns import table_frame
from zhiyin.store.engine import Database, within
from zhiyin.store.schema import entities, events, facts, impressions, posts, tombstones
from zhiyin.store.streams import columns_of, streamed

_OPINION = "opinion."
_POLARITIES = ("negative", "neutral", "positive")
_IS_REVIEW = func.coalesce(posts.c.kind, "review") == "review"
"""A post whose kind was not told is a review."""


class State(NamedTuple):
    """How far a store has come: ids of the newest event, page, fact and erasure, and the last revision of a post."""

    event: int
    page: int
    fact: int
    erasure: int
    post: int


class RangesRead:
    """Reads what happened from one moment up to another; times are microseconds since 1970, the end is left out.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self) -> State:
        """Return how far the store has come: nothing that is told here changes while that does not."""
        newest = [func.max(table.c.id) for table in (events, impressions, facts, tombstones)]
        newest.append(func.max(posts.c.revision))
        asked = [select(func.coalesce(one, 0)).scalar_subquery() for one in newest]
        with self._database.reading() as connection:
            return State(*(int(one) for one in connection.execute(select(*asked)).one()))

    def span(self) -> tuple[int, int] | None:
        """Return when the first and the last event happened; None where there is none with a time."""
        return self._ends(events.c.time_us)

    def span_of_reviews(self) -> tuple[int, int] | None:
        """Return when the first and the last review was written; None where there is none with a time."""
        return self._ends(posts.c.time_us, _IS_REVIEW)

    def events(self, from_us: int, until_us: int) -> pl.DataFrame:
        """Return what people did with items: person, type, time_us."""
        c = events.c
        asked = select(c.person, c.type, c.time_us).where(
            c.kind == int(Kind.ITEM), c.time_us >= from_us, c.time_us < until_us
        )
        return self._frame(asked)

    def shown(self, from_us: int, until_us: int) -> Iterator[pl.DataFrame]:
        """Yield what was shown and what became of it; see ``attribution.outcomes_between``."""
        with self._database.frozen() as connection:
            yield from outcomes_between(connection, from_us, until_us)

    def opinions(self, from_us: int, until_us: int) -> pl.DataFrame:
        """Return what was read out of texts on items: item, category, aspect, polarity, confidence, span, source, time_us."""
        f, item = facts.c, entities.alias("item")
        asked = (
            select(
                f.subject.label("item"), item.c.category.label("category"), f.name.label("aspect"),
                f.value.label("polarity"), f.confidence, f.span, f.source, f.time_us,
            )
            .join(item, and_(item.c.kind == int(Kind.ITEM), item.c.number == f.subject))
            .where(
                f.kind == int(Kind.ITEM), f.name.startswith(_OPINION),
                f.value.in_(_POLARITIES), f.time_us >= from_us, f.time_us < until_us,
            )
        )  # fmt: skip
        return self._frame(asked).with_columns(pl.col("aspect").str.slice(len(_OPINION)))

    def reviews(self, from_us: int, until_us: int) -> pl.DataFrame:
        """Return the reviews of items, without their texts: number, item, category, rating, language, time_us."""
        p, item = posts.c, entities.alias("item")
        asked = (
            select(
                p.number, p.item, item.c.category.label("category"), p.rating, p.language, p.time_us
            )
            .join(item, and_(item.c.kind == int(Kind.ITEM), item.c.number == p.item))
            .where(_IS_REVIEW, p.time_us >= from_us, p.time_us < until_us)
        )
        return self._frame(asked)

    def texts(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return id → item, kind, text, title, rating, language and time_us of posts."""
        p, own = posts.c, entities.alias("own")
        with self._database.reading() as connection:
            asked = (
                select(own.c.key, p.item, p.kind, p.text, p.title, p.rating, p.language, p.time_us)
                .join(own, and_(own.c.kind == int(Kind.POST), own.c.number == p.number))
                .where(within(connection, own.c.key, ids))
            )
            rows = connection.execute(asked).mappings().all()
        return {row["key"]: {name: row[name] for name in row if name != "key"} for row in rows}

    def _ends(
        self, time: ColumnElement[Any], *which: ColumnElement[bool]
    ) -> tuple[int, int] | None:
        with self._database.reading() as connection:
            first, last = connection.execute(
                select(func.min(time), func.max(time)).where(time.is_not(None), *which)
            ).one()
        return None if first is None else (int(first), int(last))

    def _frame(self, asked: Select[Any]) -> pl.DataFrame:
        with self._database.frozen() as connection:
            parts = list(streamed(connection, asked))
        return pl.concat(parts) if parts else table_frame([], columns_of(asked))
