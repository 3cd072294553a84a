"""Entities by the shop's own ids: which number each has, what is known of it, and the ids of numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sqlalchemy import bindparam, select

from zhiyin.core.entity import Kind
from zhiyin.store.engine import Database
from zhiyin.store.numbering import known_keys, known_numbers
from zhiyin.store.schema import entities

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HALF = re.compile(r"[\ud800-\udfff]")  # half a surrogate pair, which no database takes
_COLUMNS = (
    "number", "title", "description", "category", "brand", "price_minor", "currency", "stock",
    "created_us", "attributes", "translations",
)  # fmt: skip


class ByKey:
    """Finds entities by id, and ids by number.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        c = entities.c
        is_it = (c.kind == bindparam("kind"), c.key == bindparam("key"))
        self._number = database.prepare(select(c.number).where(*is_it))
        self._entity = database.prepare(select(*(c[name] for name in _COLUMNS)).where(*is_it))

    def number(self, kind: Kind, key: str) -> int | None:
        """See ``Store.number``."""
        if _HALF.search(key):
            return None
        rows = self._number.rows(kind=int(kind), key=self._kept(kind, key))
        return rows[0][0] if rows else None

    def entity(self, kind: Kind, key: str) -> dict[str, Any] | None:
        """See ``Store.entity``."""
        rows = self._entity.rows(kind=int(kind), key=self._kept(kind, key))
        if not rows:
            return None
        found = dict(zip(_COLUMNS, rows[0], strict=True))
        at_us = found.pop("created_us")
        found["created"] = None if at_us is None else _EPOCH + timedelta(microseconds=at_us)
        for name in ("attributes", "translations"):
            found[name] = None if found[name] is None else json.loads(found[name])
        return found

    def numbers(self, kind: Kind, keys: Iterable[str]) -> NDArray[np.int64]:
        """See ``Store.numbers``."""
        wanted = list(keys)
        with self._database.reading() as connection:
            known = known_numbers(connection, kind, set(wanted))
        return np.array([known.get(key, -1) for key in wanted], np.int64)

    def keys(self, kind: Kind, numbers: NDArray[np.int64]) -> list[str]:
        """Return the ids of (n,) numbers.

        Raises:
            KeyError: a number was never given.
        """
        with self._database.reading() as connection:
            known = known_keys(connection, kind, pl.Series(np.unique(numbers)))
        return [known[number] for number in numbers.tolist()]

    def _kept(self, kind: Kind, key: str) -> str:
        return self._database.pseudonyms.hide(key) if kind == Kind.PERSON else key
