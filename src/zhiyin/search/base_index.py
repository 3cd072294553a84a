"""All of a store's items as search sees them at one moment: made in a training, opened from its snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core.entity import Kind
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import StoreError
from zhiyin.language.mining import item_text
from zhiyin.search.catalogue_index import CatalogueIndex
from zhiyin.search.item_vectors import ItemVectors
from zhiyin.search.meaning import Meaning
from zhiyin.search.packed import Arrays, packed, part, prefixed, unpacked
from zhiyin.store.store import Store

_CATALOGUE, _VECTORS, _TOLD = "catalogue.", "vectors.", "told"


@dataclass(frozen=True, slots=True, eq=False)
class BaseIndex:
    """An index of all items.

    Attributes:
        catalogue: by words.
        revision: of the last change that is in it.
        vectors: of its rows, None where there are none.
        model: the embedder that made them.
    """

    catalogue: CatalogueIndex
    revision: int
    vectors: ItemVectors | None = None
    model: str = ""

    @classmethod
    def of(
        cls, store: Store, meaning: Meaning | None = None, progress: Progress = untold
    ) -> BaseIndex:
        """Index a store's items.

        Complexity: O(characters of all items).
        """
        rows = _Rows(store.entities_since(Kind.ITEM, -1))
        catalogue = CatalogueIndex.of(rows, progress)
        made = meaning.items([item_text(row) for row in rows]) if meaning and len(rows) else None
        if meaning is None or made is None:
            return cls(catalogue, rows.revision)
        return cls(catalogue, rows.revision, ItemVectors(made), meaning.model_id)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> BaseIndex:
        """Open what ``arrays`` gave; they may be memory-mapped.

        Raises:
            StoreError: they are not of this version.
        """
        try:
            revision, model = unpacked(arrays[_TOLD])
            catalogue = CatalogueIndex.from_arrays(part(arrays, _CATALOGUE))
            vectors = part(arrays, _VECTORS)
            found = ItemVectors.from_arrays(vectors) if vectors else None
        except (KeyError, ValueError, TypeError) as error:
            raise StoreError(
                f"{error} is not what was expected",
                where="snapshot, search",
                expected="an index of this version",
                next_step="zhiyin train",
            ) from error
        return cls(catalogue, revision, found, model)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        vectors = self.vectors.arrays() if self.vectors else {}
        return {
            _TOLD: packed([self.revision, self.model]),
            **prefixed(_CATALOGUE, self.catalogue.arrays()),
            **prefixed(_VECTORS, vectors),
        }


class _Rows:
    """Rows of a frame that are read as often as they are asked for, and never all in memory."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self._frame.iter_rows(named=True)

    def __len__(self) -> int:
        return self._frame.height

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)

    @property
    def revision(self) -> int:
        return int(np.max(self._frame["revision"].to_numpy(), initial=-1))
