"""The numbers of entities: dense for each kind, from 0, given once and never used again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import polars as pl
from sqlalchemy import Connection, Select, Text, and_, bindparam, or_, select, update

from zhiyin.core.entity import Kind
from zhiyin.store.engine import execute_rows, insert, listed, listing, within
from zhiyin.store.pseudonymity import MARK, hidden, refuse_others, shown
from zhiyin.store.schema import entities, state
from zhiyin.store.statements import ask

_COUNTERS = select(state.c.key, state.c.value).where(
    or_(state.c.key.like("#%"), state.c.key == MARK)
)


class Numbering:
    """What one writing transaction knows of the numbers given so far.

    Writers take turns, so two of them never give the same number.
    """

    def __init__(self, connection: Connection) -> None:
        told = {str(key): str(value) for key, value in ask(connection, _COUNTERS)}
        refuse_others(told.pop(MARK, None), connection)
        self._stored = {key: int(value) for key, value in told.items()}
        self._counters = dict(self._stored)
        self._connection = connection
        self.revision = self._stored["#revision"] + 1
        self.created: dict[Kind, int] = dict.fromkeys(Kind, 0)

    def give(self, kind: Kind, keys: pl.Series, *, stored: bool = True) -> pl.Series:
        """Return the number of each key, a new one where the key is new.

        Args:
            kind: of which kind the keys are.
            keys: (n,) String.
            stored: whether a new entity is also inserted, with nothing but its key.
        Returns: (n,) Int64, null where the key is.
        """
        given = keys.to_list()
        distinct = [key for key in dict.fromkeys(given) if key is not None]
        numbers = known_numbers(self._connection, kind, distinct)
        fresh = [key for key in distinct if key not in numbers]
        if fresh:
            counter = f"#{int(kind)}"
            first = self._counters[counter]
            self._counters[counter] += len(fresh)
            numbers |= zip(fresh, range(first, first + len(fresh)), strict=True)
            if stored:
                self._insert(kind, fresh, first)
        return pl.Series([numbers.get(key) for key in given], dtype=pl.Int64)

    def _insert(self, kind: Kind, keys: list[str], first: int) -> None:
        rows = pl.DataFrame({"key": hidden(self._connection, kind, keys)}).with_columns(
            kind=pl.lit(int(kind)),
            number=pl.int_range(first, first + len(keys), dtype=pl.Int64),
            revision=pl.lit(self.revision),
        )
        execute_rows(self._connection, insert(self._connection, entities).inline(), rows)
        self.created[kind] += len(keys)
        self.touch()

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


def known_numbers(connection: Connection, kind: Kind, keys: Iterable[str]) -> dict[str, int]:
    """Return key → number of the keys that have a number."""
    # No stored text holds NUL, and not every database takes one in a question.
    asked = [key for key in keys if "\0" not in key]
    key_of = dict(zip(hidden(connection, kind, asked), asked, strict=True))
    dialect = connection.dialect.name
    found = ask(connection, _known(dialect), kind=int(kind), keys=listed(dialect, key_of))
    return {key_of[key]: number for key, number in found if number is not None}


@cache
def _known(dialect: str) -> Select[tuple[str, int | None]]:
    # Asked from the list outwards: for a condition on the keys SQLite reads every entity of the kind.
    c, told = entities.c, listing(dialect, Text(), bindparam("keys"))
    is_it = and_(c.kind == bindparam("kind"), c.key == told.c.value)
    return select(told.c.value, c.number).outerjoin_from(told, entities, is_it)


def known_keys(connection: Connection, kind: Kind, numbers: pl.Series) -> dict[int, str]:
    """Return number → key of the numbers that were given."""
    c = entities.c
    asked = select(c.number, c.key).where(
        c.kind == int(kind), within(connection, c.number, numbers.to_list())
    )
    found = {number: key for number, key in connection.execute(asked)}  # noqa: C416
    return dict(zip(found, shown(connection, kind, found.values()), strict=True))
