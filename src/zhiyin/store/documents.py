"""What service answers from, as it was told and removed: nothing of it is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import polars as pl
from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, exists, func, select

from zhiyin.core.records import Document
from zhiyin.core.times import from_us, to_us
from zhiyin.errors import UnknownEntity
from zhiyin.store import schema as tables
from zhiyin.store.audit import note
from zhiyin.store.engine import Database, within

_Key = tuple[str, str | None, int | None, int | None]
_SAID = ("kind", "title", "text", "source")
_FAQ = "faq"


class KeptDocument(NamedTuple):
    """A version of a document, the number under which it is kept, and when it was told."""

    number: int
    document: Document
    told: datetime


class StoredDocuments:
    """Reads and removes the documents that were told.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        c, p = tables.documents.c, tables.posts.c
        self._last = database.prepare(select(func.coalesce(func.max(c.id), 0)))
        self._asked = database.prepare(
            select(tables.entities.c.key, p.revision, p.title, p.text, p.language, p.time_us)
            .join(tables.entities, and_(tables.entities.c.kind == 1, tables.entities.c.number == p.number))
            .where(p.revision > bindparam("revision"), p.kind == _FAQ, p.person.is_(None), p.item.is_(None))
            .order_by(p.number)
        )  # fmt: skip

    def revision(self) -> int:
        """Return a number that grows with every change; 0 before the first."""
        return int(self._last.rows()[0][0])

    def standing(self, after: int = 0, limit: int | None = None) -> list[KeptDocument]:
        """Return what holds at some time, in the order it was told.

        Args:
            after: only what is kept under a greater number.
            limit: how many, at most.
        """
        c = tables.documents.c
        asked = select(tables.documents).where(stands(), c.id > after).order_by(c.id).limit(limit)
        with self._database.reading() as connection:
            return [_kept(row) for row in connection.execute(asked)]

    def entries(self, revision: int = -1) -> list[tuple[int, Document]]:
        """Return the FAQ among the posts, inserted or changed after a revision, each with its own.

        Their ids are ``post:`` and the post's; what people wrote, or wrote about an item, is none of the shop's FAQ.
        """
        return [
            (at, Document(title, text, f"post:{key}", language=language, version=str(at)))
            for key, at, title, text, language, _ in self._asked.rows(revision=revision)
            if title and text
        ]

    def remove(self, document: str) -> int:
        """Let nothing that is told so far under an id hold any longer, and return how many versions held at some time.

        Raises:
            UnknownEntity: nothing stands under it.
        """
        c = tables.documents.c
        count = select(func.count()).where(c.document == document, stands())
        with self._database.writing() as connection:
            if not (found := int(connection.execute(count).scalar_one())):
                raise UnknownEntity(
                    f"no document has the id {document[:200]}",
                    where="documents",
                    expected="the id of one that was not removed",
                    next_step="list them: GET /v1/documents",
                )
            values = {"document": document, "time_us": to_us(datetime.now(UTC))}
            connection.execute(tables.documents.insert().inline().values(**values))
            note(connection, "removed", "document", target=document)
        return found


def stands() -> ColumnElement[bool]:
    """Return which rows of documents hold at some time: not removed since, nor told anew for the same dates."""
    c, later = tables.documents.c, tables.documents.alias("later").c
    is_same = and_(
        *(
            later[name].is_not_distinct_from(c[name])
            for name in ("language", "valid_from_us", "valid_to_us")
        )
    )
    is_over = and_(later.document == c.document, later.id > c.id, is_same | later.text.is_(None))
    return and_(c.text.is_not(None), ~exists().where(is_over))


def append(connection: Connection, rows: pl.DataFrame) -> int:
    """Store the versions of documents that say something new, and return how many do.

    Args:
        connection: inside a writing transaction.
        rows: what ``batches.checked`` returned, each with an id; of two for the same dates the last counts.
    """
    keys = ["id", "language", "valid_from", "valid_to"]
    told = rows.unique(keys, keep="last", maintain_order=True)
    held, counts = _held(connection, told["id"].unique().to_list())
    now = to_us(datetime.now(UTC))
    new = list(_new(told, held, counts, now))
    if new:
        connection.execute(tables.documents.insert().inline(), new)
    return len(new)


def _held(
    connection: Connection, ids: list[str]
) -> tuple[dict[_Key, Row[Any]], dict[tuple[str, str | None], int]]:
    """Return what stands of some documents, and how many versions there were of each in each language."""
    c = tables.documents.c
    named = within(connection, c.document, ids)
    held = {
        (row.document, row.language, row.valid_from_us, row.valid_to_us): row
        for row in connection.execute(select(tables.documents).where(stands(), named))
    }
    asked = select(c.document, c.language, func.count()).where(named, c.text.is_not(None))
    counts = {
        (document, language): count
        for document, language, count in connection.execute(asked.group_by(c.document, c.language))
    }
    return held, counts


def _new(
    rows: pl.DataFrame,
    held: dict[_Key, Row[Any]],
    counts: dict[tuple[str, str | None], int],
    now: int,
) -> Iterator[dict[str, Any]]:
    for row in rows.iter_rows(named=True):
        dates = [
            None if row[name] is None else to_us(row[name]) for name in ("valid_from", "valid_to")
        ]
        old = held.get((row["id"], row["language"], *dates))
        is_known = old is not None and row["version"] in (None, old.version)
        if is_known and all(row[name] == getattr(old, name) for name in _SAID):
            continue
        place = (row["id"], row["language"])
        counts[place] = counts.get(place, 0) + 1
        yield {
            "document": row["id"], "language": row["language"], **{name: row[name] for name in _SAID},
            "version": row["version"] or str(counts[place]), "valid_from_us": dates[0],
            "valid_to_us": dates[1], "time_us": now,
        }  # fmt: skip


def _kept(row: Row[Any]) -> KeptDocument:
    first, last = (
        None if time is None else from_us(time) for time in (row.valid_from_us, row.valid_to_us)
    )
    document = Document(
        row.title,
        row.text,
        row.document,
        row.kind,
        row.language,
        row.version,
        first,
        last,
        row.source,
    )
    return KeptDocument(row.id, document, from_us(row.time_us))
