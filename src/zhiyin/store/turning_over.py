"""A store from ids to pseudonyms, back, or to those of another key: all of it in one transaction, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from sqlalchemy import Connection, Table, and_, bindparam, func, select, update

from zhiyin.core.entity import Kind
from zhiyin.core.progress import Progress, untold
from zhiyin.privacy.pseudonyms import PLAIN, Pseudonyms, is_cover, is_digest
from zhiyin.store import schema as tables
from zhiyin.store.audit import note
from zhiyin.store.engine import Database
from zhiyin.store.frames import TIME, json_text, schema
from zhiyin.store.identity import content_ids
from zhiyin.store.made_ids import turned_events
from zhiyin.store.pseudonymity import mark, put_mark, refuse

_ROWS = 20_000
_LAST = 2**32 - 1
_TIMED = (tables.events, tables.interactions, tables.chats)
"""Tables whose rows may have an id made of their content, which begins with the second."""


def turn_over(
    database: Database, old: Pseudonyms, new: Pseudonyms, progress: Progress = untold
) -> int:
    """Replace what stands for people, and return how many there are; killed at any point, the store is as it was.

    Nobody else may write meanwhile, and who has the store open must open it anew. What was deleted may still lie in the
    database's files: ``Database.overwrite``.

    Args:
        database: where.
        old: what the store has.
        new: what it is to have.
        progress: told after each part.
    Raises:
        StoreError: it has others than `old`; nothing is changed.
    Complexity: O(people + events + facts + posts): a row is written for each person, fact and event with an id of our own.
    """
    with database.writing() as connection:
        refuse(mark(connection), old.check, database.where)
        turning = _Turning(connection, old, new, progress)
        turning.posts()
        people = turning.people()
        for table in _TIMED:
            turning.events(table)
        turning.facts()
        turning.tombstones()
        connection.execute(tables.answers.delete())
        state = tables.state
        connection.execute(state.delete().where(state.c.key.startswith("import:")))
        put_mark(connection, new)
        note(connection, "changed", "pseudonyms")
    progress(1.0, turning.done)
    return people


class _Turning:
    """One turning over on its way."""

    def __init__(
        self, connection: Connection, old: Pseudonyms, new: Pseudonyms, progress: Progress
    ) -> None:
        self._connection, self._old, self._new, self._progress = connection, old, new, progress
        self.done = 0
        tabled = (tables.entities, *_TIMED, tables.facts)
        self._all = sum(self._count(table) for table in tabled) or 1

    def _count(self, table: Table) -> int:
        return int(self._connection.execute(select(func.count()).select_from(table)).scalar_one())

    def _tell(self, rows: int) -> None:
        self.done += rows
        self._progress(min(self.done / self._all, 1.0), self.done)

    def _turned(self, covers: Sequence[str]) -> list[str]:
        return self._new.cover(self._old.uncover(covers))

    def people(self) -> int:
        c, count = tables.entities.c, 0
        put = update(tables.entities).where(
            c.kind == int(Kind.PERSON), c.number == bindparam("its_number")
        )
        for rows in self._entities(Kind.PERSON):
            told = [
                {"its_number": number, "new": self._new.hide(self._old.show(key))}
                for number, key in rows
            ]
            self._connection.execute(put.values(key=bindparam("new")), told)
            count += len(rows)
            self._tell(len(rows))
        return count

    def posts(self) -> None:
        """Posts whose id was made of what they say: under it facts and tombstones know them, too."""
        for rows in self._entities(Kind.POST):
            made = self._made(rows)
            turned = dict(zip(made, self._turned([key for _, key in made]), strict=True))
            told = [{"old": key, "new": new} for (_, key), new in turned.items()]
            if told:
                c, f = tables.entities.c, tables.facts
                post = and_(c.kind == int(Kind.POST), c.key == bindparam("old"))
                put = update(tables.entities).where(post).values(key=bindparam("new"))
                self._connection.execute(put, told)
                source = update(f).where(f.c.source == bindparam("old")).values(source=bindparam("new"))  # fmt: skip
                named = [{name: f"post:{key}" for name, key in one.items()} for one in told]
                self._connection.execute(source, named + told)
            self._tell(len(rows))

    def _made(self, rows: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        if self._old is not PLAIN:
            return [one for one in rows if is_cover(one[1])]
        maybe = {number: key for number, key in rows if is_digest(key)}
        if not maybe:
            return []
        p, author, item = tables.posts.c, tables.entities.alias("a"), tables.entities.alias("i")
        said = [p[name] for name in ("kind", "text", "title", "rating", "language", "time_us")]
        first, last = min(maybe), max(maybe)
        asked = (
            select(p.number, author.c.key.label("user"), item.c.key.label("item"), *said)
            .outerjoin(author, and_(author.c.kind == int(Kind.PERSON), author.c.number == p.person))
            .outerjoin(item, and_(item.c.kind == int(Kind.ITEM), item.c.number == p.item))
            .where(p.number.between(first, last))
        )
        found = [row for row in self._connection.execute(asked) if row.number in maybe]
        columns = [name for name in schema("posts") if name not in ("id", "time")]
        batch = pl.DataFrame(
            [[getattr(row, name) for name in columns] + [row.time_us] for row in found],
            schema={**{name: schema("posts")[name] for name in columns}, "time": pl.Int64},
            orient="row",
        ).with_columns(pl.col("time").cast(TIME))
        ids = content_ids("posts", batch).to_list()
        return [
            (row.number, one)
            for row, one in zip(found, ids, strict=True)
            if maybe[row.number] == one
        ]

    def events(self, table: Table) -> None:
        c = table.c
        put = update(table).where(c.event_id == bindparam("old")).values(event_id=bindparam("new"))
        for rows in self._rows(table, c.id, c.event_id, c.time_us):
            seconds = [min(max((at or 0) // 1_000_000, 0), _LAST) for _, _, at in rows]
            turned = turned_events([one for _, one, _ in rows], seconds, self._old, self._new)
            if turned:
                told = [{"old": one, "new": name} for one, name in turned.items()]
                self._connection.execute(put, told)
            self._tell(len(rows))

    def facts(self) -> None:
        c = tables.facts.c
        put = update(tables.facts).where(c.id == bindparam("its")).values(event_id=bindparam("new"))
        for rows in self._rows(tables.facts, c.id, c.event_id):
            turned = self._turned([one for _, one in rows])
            told = [{"its": row[0], "new": name} for row, name in zip(rows, turned, strict=True)]
            self._connection.execute(put, told)
            self._tell(len(rows))

    def tombstones(self) -> None:
        c = tables.tombstones.c
        put = update(tables.tombstones).where(c.id == bindparam("its"))
        put = put.values(digest=bindparam("new"), receipt=bindparam("told"))
        rows = self._connection.execute(select(c.id, c.digest, c.receipt)).all()
        for row, name in zip(rows, self._turned([row.digest for row in rows]), strict=True):
            receipt = None if row.receipt is None else json.loads(row.receipt)
            if receipt is not None and "person" in receipt:
                receipt["person"] = name
            said = None if receipt is None else json_text(receipt)
            told: dict[str, Any] = {"its": row.id, "new": name, "told": said}
            self._connection.execute(put, told)

    def _entities(self, kind: Kind) -> Iterator[Sequence[Any]]:
        c = tables.entities.c
        return self._rows(tables.entities, c.number, c.key, where=c.kind == int(kind))

    def _rows(self, table: Table, key: Any, *others: Any, where: Any = None) -> Iterator[Sequence[Any]]:  # fmt: skip
        """Yield some rows at a time in the order of a number, which changing them does not move."""
        after = -1
        while True:
            asked = select(key, *others).where(key > after).order_by(key).limit(_ROWS)
            rows = self._connection.execute(asked if where is None else asked.where(where)).all()
            if not rows:
                return
            yield rows
            after = rows[-1][0]
