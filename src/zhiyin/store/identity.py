"""Ids for what comes without one: from its content, so that the same file read twice says nothing new."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import polars as pl

from zhiyin.store.occurrences import Occurrences


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
    hashes = _digests(format, batch)
    return pl.Series("id", [hash.hex()[:32] for hash in hashes], pl.String)


def event_ids(format: str, batch: pl.DataFrame, seen: Occurrences) -> pl.Series:
    """Return for each row an id that also counts equal rows, so real repeats in a file stay apart.

    Reading the same file again gives the same ids. An id starts with the second it happened in, so that the ids of a log in
    the order of time are nearly in order too, and an index on them grows at its end instead of everywhere (the idea of
    UUIDv7, RFC 9562): what is random is 96 bits of SHA-256. The first of equal rows has no more than that, the next ones
    have ``-1``, ``-2`` and so on behind it.

    Args:
        format: where the rows come from.
        batch: (n, columns) of text, numbers and times; a column called ``event_id`` does not count.
        seen: how often each row came in earlier chunks of the same file; updated.
    Returns: (n,) String, distinct within everything counted in ``seen``.
    Complexity: O(n log n) time; ``seen`` grows by eight bytes a row.

    >>> rows = pl.DataFrame({"user": ["an", "an", "bo"]})
    >>> ids = event_ids("csv", rows, Occurrences())
    >>> ids[1] == ids[0] + "-1", ids.n_unique()
    (True, 3)
    """
    hashes = _digests(format, batch.drop("event_id", strict=False))
    short = np.frombuffer(b"".join([hash[:8] for hash in hashes]), np.uint64)
    random = pl.Series("random", [hash.hex()[:24] for hash in hashes], pl.String)
    if "time" in batch.columns:
        second = batch.select(pl.col("time").dt.epoch("s").clip(0, 2**32 - 1).fill_null(0))
        begun = pl.Series("begun", [f"{at:08x}" for at in second["time"].to_list()], pl.String)
    else:
        begun = pl.repeat("0" * 8, len(random), eager=True).alias("begun")
    counted = pl.DataFrame([begun, random, pl.Series("nth", seen.add(short))])
    suffix = (
        pl.when(pl.col("nth") > 0).then(pl.concat_str(pl.lit("-"), "nth")).otherwise(pl.lit(""))
    )
    return counted.select(pl.concat_str("begun", "random", suffix).alias("id"))["id"]


def _digests(format: str, batch: pl.DataFrame) -> list[bytes]:
    """Return for each row the SHA-256 of its format and its values."""
    parts = [_labelled(name, batch.schema[name]) for name in sorted(batch.columns)]
    line = pl.concat_str([pl.lit(f"{format}\n"), *parts], ignore_nulls=True).cast(pl.Binary)
    lines = batch.select(line.alias("line"))["line"].to_list() if batch.height else []
    return [sha256(text).digest() for text in lines]


def _labelled(name: str, dtype: pl.DataType) -> pl.Expr:
    """Return ``name=length:value``; the length keeps values from running into one another."""
    value = pl.col(name).dt.epoch("us") if isinstance(dtype, pl.Datetime) else pl.col(name)
    text = value.cast(pl.String)
    return pl.concat_str(
        pl.lit(f"{name}="), text.str.len_bytes().cast(pl.String), pl.lit(":"), text
    )
