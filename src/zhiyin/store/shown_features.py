"""What a scorer knew of the items of a page, as text of a column, and the names of it, each kept once.

The text is the float32 table, column by column, by zlib and base64: every bit comes back, and a page of 20 items with 31
features takes 1.4 kB. The names stand among the store's own states under their digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from zhiyin.core.page import Features
from zhiyin.store.engine import insert
from zhiyin.store.frames import json_text
from zhiyin.store.schema import state

_KEY = "features of pages "
_FLOAT32 = np.dtype("<f4")
NAMES, VALUES = "feature_names", "features"


@lru_cache(maxsize=64)
def digest(names: tuple[str, ...]) -> str:
    """Return what names are called in the column ``feature_names``."""
    return hashlib.sha256(json_text(names).encode()).hexdigest()[:16]


def packed(values: NDArray[np.float32]) -> str:
    """Return an (n, f) table as text."""
    columns = values.T.astype(_FLOAT32).tobytes()
    return base64.b64encode(zlib.compress(columns, 1)).decode()


def unpacked(text: str, n: int) -> NDArray[np.float32]:
    """Return the (n, f) table of a text, as it was to the last bit.

    Raises:
        ValueError: the text is not one of n rows.
    """
    try:
        flat = np.frombuffer(zlib.decompress(base64.b64decode(text)), _FLOAT32)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not n:
        return np.empty((0, 0), np.float32)
    return flat.reshape(-1, n).T.astype(np.float32, order="C")


def keep_names(connection: Connection, told: Iterable[Features | None]) -> None:
    """Keep the names of features, those that are new."""
    names = {one.names for one in told if one is not None}
    rows = [{"key": _KEY + digest(one), "value": json_text(one)} for one in sorted(names)]
    if rows:
        connection.execute(insert(connection, state).on_conflict_do_nothing(), rows)


def kept_names(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return digest → names."""
    c = state.c
    rows = connection.execute(select(c.key, c.value).where(c.key.startswith(_KEY, autoescape=True)))
    return {key.removeprefix(_KEY): tuple(json.loads(value)) for key, value in rows}


def by_item(
    pages: pl.DataFrame, shown: pl.Series, names: Mapping[str, tuple[str, ...]]
) -> pl.DataFrame:
    """Return the features of each item of some pages.

    Args:
        pages: with the columns ``impression``, ``features`` and ``feature_names``.
        shown: (r,) the impression of each item, in the order of the pages.
        names: by digest.
    Returns: a row for each item: ``feature_names`` (JSON text) and ``features`` (a list of float32), both null where
        nothing was told.
    """
    texts = {key: json_text(said) for key, said in names.items()}
    schema: dict[str, pl.DataType] = {
        "row": pl.UInt32(),
        NAMES: pl.Enum(list(texts.values())),
        VALUES: pl.List(pl.Float32),
    }
    ids = shown.to_numpy()
    found: dict[str, tuple[list[NDArray[np.int64]], list[NDArray[np.float32]]]] = {}
    for page, key, text in pages.select("impression", NAMES, VALUES).iter_rows():
        first, last = np.searchsorted(ids, (page, page + 1))
        if text is not None and first < last and key in texts:
            rows, tables = found.setdefault(key, ([], []))
            rows.append(np.arange(first, last))
            tables.append(unpacked(text, int(last - first)))
    parts = [pl.DataFrame(schema=schema)]
    for key, (rows, tables) in found.items():
        part = pl.DataFrame({"row": np.concatenate(rows), VALUES: np.concatenate(tables)})
        named = part.with_columns(pl.col(VALUES).arr.to_list(), pl.lit(texts[key]).alias(NAMES))
        parts.append(named.select(list(schema)).cast(pl.Schema(schema)))
    every = pl.DataFrame({"row": pl.int_range(shown.len(), dtype=pl.UInt32, eager=True)})
    return every.join(pl.concat(parts), on="row", how="left", maintain_order="left").drop("row")
