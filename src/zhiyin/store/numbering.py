"""The numbers of entities: dense for each kind, from 0, given once and never used again."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from sqlalchemy import Connection, bindparam, select, update

from zhiyin.core.entity import Kind
from zhiyin.store.engine import execute_rows, insert
from zhiyin.store.schema import entities, state

_CHUNK = 5_000
"""Keys asked for in one question; databases bound the number of parameters."""


class Numbering:
    """What one writing transaction knows of the numbers given so far.

    Reading the counters locks them, so two writers never give the same number, on any database.
    """

    def __init__(self, connection: Connection) -> None:
        rows = connection.execute(
            select(state.c.key, state.c.value).where(state.c.key.like("#%")).with_for_update()
        )
        self._stored = {str(key): int(value) for key, value in rows}
        self._counters = dict(self._stored)
        self._connection = connection
        self.revision = self._stored["#revision"] + 1
        self.created: dict[Kind, int] = dict.fromkeys(Kind, 0)

    def give(self, kind: Kind, keys: pl.Series, *, stored: bool = True) -> pl.DataFrame:
        """Return the number of each key, a new one where the key is new.

        Args:
            kind: of which kind the keys are.
            keys: String; nulls and repeats are left out.
            stored: whether a new entity is also inserted, with nothing but its key.
        Returns: a frame ``key``, ``number`` with a row for each distinct key.
        """
        wanted = keys.drop_nulls().unique(maintain_order=True).to_frame("key")
        known = known_numbers(self._connection, kind, wanted["key"])
        fresh = wanted.join(known, on="key", how="anti", maintain_order="left")
        if fresh.is_empty():
            return known
        counter = f"#{int(kind)}"
        first = self._counters[counter]
        fresh = fresh.with_columns(number=pl.int_range(first, first + fresh.height, dtype=pl.Int64))
        self._counters[counter] += fresh.height
        if stored:
            self.created[kind] += fresh.height
            rows = fresh.with_columns(kind=pl.lit(int(kind)), revision=pl.lit(self.revision))
            execute_rows(self._connection, insert(entities).inline(), rows)
            self.touch()
        return pl.concat([known, fresh])

    def touch(self) -> None:
        """Say that an entity was inserted or changed in this transaction, at its ``revision``."""
        self._counters["#revision"] = self.revision

    def save(self) -> None:
        """Store the counters that moved."""
        for key, value in self._counters.items():
            if value != self._stored[key]:
                self._connection.execute(
                    update(state).where(state.c.key == key).values(value=str(value))
                )


def known_numbers(connection: Connection, kind: Kind, keys: pl.Series) -> pl.DataFrame:
    """Return ``key``, ``number`` of the keys that have a number, in no particular order."""
    ask = select(entities.c.key, entities.c.number).where(
        entities.c.kind == int(kind), entities.c.key.in_(bindparam("keys", expanding=True))
    )
    rows = [
        tuple(row)
        for part in _chunks(keys)
        for row in connection.execute(ask, {"keys": part}).fetchall()
    ]
    return pl.DataFrame(rows, schema={"key": pl.String, "number": pl.Int64}, orient="row")


def known_keys(connection: Connection, kind: Kind, numbers: pl.Series) -> dict[int, str]:
    """Return number → key of the numbers that were given."""
    ask = select(entities.c.number, entities.c.key).where(
        entities.c.kind == int(kind), entities.c.number.in_(bindparam("numbers", expanding=True))
    )
    return {
        number: key
        for part in _chunks(numbers)
        for number, key in connection.execute(ask, {"numbers": part})
    }


def _chunks(values: pl.Series) -> Iterator[list[object]]:
    for start in range(0, len(values), _CHUNK):
        yield values.slice(start, _CHUNK).to_list()
