"""All ties of a store, in arrays."""

from __future__ import annotations

import numpy as np
import polars as pl

from zhiyin.core import NO_TIME
from zhiyin.core.ties import Ties
from zhiyin.store.store import Store


def read_ties(store: Store, until_us: int | None = None) -> Ties:
    """Return who is tied to whom, each pair once; nobody is tied to oneself.

    Args:
        store: where they are.
        until_us: only those that were there at this moment; those of unknown time count as old.
    """
    is_known = pl.col("person") != pl.col("other")
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
