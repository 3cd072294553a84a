"""What the store knows beside the events: who is tied to whom, and what items are like."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from zhiyin.core import NO_TIME
from zhiyin.core.ties import AGAINST, Ties
from zhiyin.ranking.attribute_table import read_attributes
from zhiyin.store.store import Store


def read_side(store: Store, n_items: int, until_us: int | None = None) -> dict[str, Any]:
    """Return ``ties`` and ``attributes``, those that there are, as ``TrainingData`` takes them, and ``descriptions``.

    The last are attributes with what people said of items: for telling items that are alike, never for foretelling who
    has to do with what.

    Args:
        store: where they are.
        n_items: of the rows.
        until_us: only ties that were there at this moment; those of unknown time count as old.
    """
    ties = read_ties(store, until_us)
    known: dict[str, Any] = {"ties": ties} if ties.one.size else {}
    attributes, descriptions = read_attributes(store, n_items)
    tables = {"attributes": attributes, "descriptions": descriptions}
    return known | {name: table for name, table in tables.items() if table.nnz}


def read_ties(store: Store, until_us: int | None = None) -> Ties:
    """Return who is tied to whom, each pair once, but to oneself and by kinds against. See ``read_side``."""
    is_known = (pl.col("person") != pl.col("other")) & ~pl.col("kind").is_in(AGAINST)
    if until_us is not None:
        is_known &= pl.col("time_us").fill_null(NO_TIME) <= until_us
    wanted = ("person", "other", "strength")
    parts = [chunk.filter(is_known).select(wanted) for chunk in store.ties()]
    if not parts:
        return Ties(np.empty(0, np.int64), np.empty(0, np.int64))
    strongest = pl.col("strength").max()  # of several kinds
    pairs = pl.concat(parts).group_by("person", "other", maintain_order=True).agg(strongest)
    strength = pairs["strength"].cast(pl.Float32).fill_null(np.nan).to_numpy()
    ends = (pairs["person"].to_numpy(), pairs["other"].to_numpy())
    return Ties(*ends, strength if np.isfinite(strength).any() else None)
