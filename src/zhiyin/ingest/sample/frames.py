"""Tables of records: the columns are the fields of the nouns, in their order and types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from numpy.typing import NDArray

from zhiyin.store.frames import TIME, defaults, schema


def table(
    kind: str, columns: Mapping[str, Sequence[Any] | pl.Series | NDArray[Any]]
) -> pl.DataFrame:
    """Return a frame of a kind of record; a field that is not given is null, or its noun's default.

    Times are microseconds since 1970 UTC.
    """
    height = len(next(iter(columns.values())))
    wanted = schema(kind)
    given = defaults(kind)
    series = []
    for name, dtype in wanted.items():
        if name in columns:
            raw = pl.Series(name, columns[name], strict=False)
            series.append(raw.cast(pl.Int64).cast(dtype) if dtype == TIME else raw.cast(dtype))
        else:
            series.append(pl.Series(name, [given.get(name)] * height, dtype=dtype))
    return pl.DataFrame(series)
