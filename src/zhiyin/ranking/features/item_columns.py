"""What the catalogue says of items, as columns by item number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.affinity.csr import csr_arrays, csr_from
from zhiyin.affinity.text_vectors import text_vectors, weighted_attributes
from zhiyin.core import NO_TIME, Kind
from zhiyin.ranking.attribute_table import read_attributes
from zhiyin.store.store import Store

_DIM = 64


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
        texts: (n_items, dim) float32 unit rows of what the shop says of an item, zeros where it says nothing; None where
            nothing is said of any.
        said: (n_items, n_attributes) float32 CSR of unit rows, an item's attributes weighted by how rare they are, or None.
    """

    category: NDArray[np.int64]
    department: NDArray[np.int64]
    brand: NDArray[np.int64]
    log_price: NDArray[np.float64]
    created_us: NDArray[np.int64]
    texts: NDArray[np.float32] | None = None
    said: Any = None

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
        texts, said = _texts(store, n_items)
        return cls(
            _codes(items["category"]),
            _codes(items["category"].str.split(">").list.first().str.strip_chars()),
            _codes(items["brand"]),
            paid.fill_null(np.nan).to_numpy(),
            items["created"].dt.epoch("us").fill_null(NO_TIME).to_numpy(),
            texts,
            said,
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
        found = {name: getattr(self, name) for name in _PLAIN}
        if self.texts is not None and self.said is not None:
            width = np.array([self.said.shape[1]])
            found |= {"texts": self.texts, "width": width, **csr_arrays("said", self.said)}
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave.

        Raises:
            KeyError: an array is missing.
        """
        plain = cls(*(np.asarray(arrays[name]) for name in _PLAIN))
        if "texts" not in arrays:
            return plain
        shape = (len(arrays["texts"]), int(arrays["width"][0]))
        return replace(
            plain, texts=np.asarray(arrays["texts"]), said=csr_from("said", arrays, shape)
        )


_PLAIN = ("category", "department", "brand", "log_price", "created_us")


def _texts(store: Store, n_items: int) -> tuple[NDArray[np.float32] | None, Any]:
    attributes, _ = read_attributes(store, n_items)
    if not attributes.nnz:
        return None, None
    vectors = text_vectors(attributes, _DIM)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = np.asarray(vectors / np.where(length > 0, length, 1), np.float32)
    return texts, weighted_attributes(attributes, length_power=0.0)


def _codes(texts: pl.Series) -> NDArray[np.int64]:
    return texts.cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
