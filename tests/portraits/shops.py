"""Small catalogues and events for these tests."""

import numpy as np
import polars as pl

from zhiyin.portraits.item_table import ItemPortraits

DAY = 86_400_000_000
NOW = 1_700_000_000_000_000


def items_frame(**columns):
    n = len(next(iter(columns.values())))
    return pl.DataFrame({"number": range(n), **columns})


def facts_frame(rows):
    """Return facts of (kind, subject, name, value, person, source, time_us)."""
    names = ["kind", "subject", "name", "value", "person", "source", "time_us"]
    types = [pl.Int64, pl.Int64, pl.String, pl.String, pl.Int64, pl.String, pl.Int64]
    frame = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    return frame.with_columns(confidence=pl.lit(0.9))


def random_items(n=12, dim=5, seed=0):
    rng = np.random.default_rng(seed)
    frame = items_frame(
        brand=[f"brand {k}" for k in rng.integers(0, 3, n)],
        category=[f"Home > {k}" for k in rng.integers(0, 2, n)],
        price_minor=rng.integers(100, 10_000, n).tolist(),
        currency=["CNY"] * n,
    )
    vectors = rng.normal(size=(n, dim))
    vectors[0] = 0
    return ItemPortraits.of(frame, vectors)
