"""What the catalogue says of items, as columns by item number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import NO_TIME, Kind
from zhiyin.store.store import Store


@dataclass(frozen=True, slots=True, eq=False)
class ItemColumns:
    """Columns of items; an item beyond their length is not known.

    Attributes:
        category: (n_items,) int64 from 0, -1 for none.
        department: (n_items,) int64, the first step of the category (``Home`` of ``Home > Kitchen``), -1 for none.
        brand: (n_items,) int64, -1 for none.
        log_price: (n_items,) float64, logarithm of the price; NaN where there is none, or it is in another currency than
            most.
        created_us: (n_items,) int64 microseconds since 1970 UTC, or ``NO_TIME``.
    """

    category: NDArray[np.int64]
    department: NDArray[np.int64]
    brand: NDArray[np.int64]
    log_price: NDArray[np.float64]
    created_us: NDArray[np.int64]

    @classmethod
    def read(cls, store: Store, n_items: int) -> Self:
        """Return the columns of a store's items below ``n_items``."""
        known = store.entities_since(Kind.ITEM, -1).filter(pl.col("number") < n_items)
        items = pl.DataFrame(
            {"number": np.arange(n_items)}, schema={"number": known.schema["number"]}
        )
        items = items.join(known, on="number", how="left", maintain_order="left")
        usual = known["currency"].drop_nulls().mode().sort()
        price = pl.col("price_minor").cast(pl.Float64)
        if usual.len():
            price = pl.when(pl.col("currency") == usual[0]).then(price)
        paid = items.select(pl.when(price > 0).then(price).log()).to_series()
        return cls(
            _codes(items["category"]),
            _codes(items["category"].str.split(">").list.first().str.strip_chars()),
            _codes(items["brand"]),
            paid.fill_null(np.nan).to_numpy(),
            items["created"].dt.epoch("us").fill_null(NO_TIME).to_numpy(),
        )

    def at(self, name: str, ids: NDArray[np.int64]) -> NDArray[Any]:
        """Return a column of some items, (n,); what is not known has -1, NaN or ``NO_TIME``."""
        column = getattr(self, name)
        missing = {"log_price": np.nan, "created_us": NO_TIME}.get(name, -1)
        is_known = ids < column.size
        if is_known.all():
            return np.asarray(column[ids])
        answer = np.full(ids.size, missing, column.dtype)
        answer[is_known] = column[ids[is_known]]
        return answer

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave.

        Raises:
            KeyError: an array is missing.
        """
        return cls(*(np.asarray(arrays[one.name]) for one in fields(cls)))


def _codes(texts: pl.Series) -> NDArray[np.int64]:
    return texts.cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
