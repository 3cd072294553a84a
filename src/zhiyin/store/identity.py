"""Ids for what comes without one: from its content, so that the same file read twice says nothing new."""

from __future__ import annotations

from collections.abc import MutableMapping
from hashlib import sha256

import numpy as np
import polars as pl


def content_ids(format: str, batch: pl.DataFrame) -> pl.Series:
    """Return for each row an id that depends on nothing but the format's name and the row's values.

    Nulls and the order of the columns do not count, so a format that gains a column keeps its ids.

    Args:
        format: where the rows come from, such as the name of a file format.
        batch: (n, columns) of text, numbers and times.
    Returns: (n,) String of 32 hexadecimal digits (the first 128 bits of SHA-256).

    >>> rows = pl.DataFrame({"a": [1, 1], "b": ["x", "y"]})
    >>> content_ids("csv", rows)[0] == content_ids("csv", rows.select("b", "a"))[0]
    True
    >>> content_ids("csv", rows)[0] == content_ids("tsv", rows)[0]
    False
    """
    parts = [_labelled(name, batch.schema[name]) for name in sorted(batch.columns)]
    line = pl.concat_str([pl.lit(f"{format}\n"), *parts], ignore_nulls=True).cast(pl.Binary)
    lines = (
        batch.select(line.alias("line"))["line"] if batch.height else pl.Series([], dtype=pl.Binary)
    )
    return pl.Series("id", [sha256(text).hexdigest()[:32] for text in lines.to_list()], pl.String)


def event_ids(format: str, batch: pl.DataFrame, seen: MutableMapping[int, int]) -> pl.Series:
    """Return for each row an id that also counts equal rows, so real repeats in a file stay apart.

    Reading the same file again gives the same ids. The first of equal rows has the row's content id, the next ones
    have it with ``-1``, ``-2`` and so on.

    Args:
        format: where the rows come from.
        batch: (n, columns) of text, numbers and times; a column called ``event_id`` does not count.
        seen: how often each row came in earlier chunks of the same file; updated. Start with ``{}``.
    Returns: (n,) String, distinct within everything counted in ``seen``.
    Complexity: O(n) time; ``seen`` grows by one entry for each distinct row.

    >>> rows = pl.DataFrame({"user": ["an", "an", "bo"]})
    >>> ids = event_ids("csv", rows, {})
    >>> ids[1] == ids[0] + "-1", ids.n_unique()
    (True, 3)
    """
    ids = content_ids(format, batch.drop("event_id", strict=False))
    rows = ids.to_list()
    nth = np.empty(len(rows), np.int64)
    for position, text in enumerate(rows):
        short = int(text[:16], 16)
        nth[position] = count = seen.get(short, 0)
        seen[short] = count + 1
    suffix = pl.concat_str(pl.col("id"), pl.lit("-"), pl.col("nth").cast(pl.String))
    counted = pl.DataFrame({"id": ids, "nth": nth})
    return counted.select(pl.when(pl.col("nth") == 0).then("id").otherwise(suffix).alias("id"))[
        "id"
    ]


def _labelled(name: str, dtype: pl.DataType) -> pl.Expr:
    """Return ``name=length:value``; the length keeps values from running into one another."""
    value = pl.col(name).dt.epoch("us") if isinstance(dtype, pl.Datetime) else pl.col(name)
    text = value.cast(pl.String)
    return pl.concat_str(
        pl.lit(f"{name}="), text.str.len_bytes().cast(pl.String), pl.lit(":"), text
    )
