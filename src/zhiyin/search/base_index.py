"""All of a store's items as search sees them at one moment: made in a training, opened from its snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from zhiyin.search.item_slots import ItemSlots
from zhiyin.search.item_vectors import ItemVectors
from zhiyin.search.meaning import Meaning
from zhiyin.search.packed import Arrays, packed, part, prefixed, unpacked
from zhiyin.search.praise import praised, with_praise
from zhiyin.store.store import Store

VERSION = 2
"""Of the arrays and of what is in them; what another version left is made anew."""
_CATALOGUE, _SLOTS, _VECTORS = "catalogue.", "slots.", "vectors."
_VERSION, _TOLD = "version", "told"


@dataclass(frozen=True, slots=True, eq=False)
class BaseIndex:
    """An index of all items.

    Attributes:
        catalogue: by words.
        slots: by the values that constraints ask for.
        revision: of the last change that is in it.
        vectors: of its rows, None where there are none.
        model: the embedder that made them.
    """

    catalogue: CatalogueIndex
    slots: ItemSlots
    revision: int
    vectors: ItemVectors | None = None
    model: str = ""

    @classmethod
    def of(
        cls,
        store: Store,
        meaning: Meaning | None = None,
        progress: Progress = untold,
        slots: ItemSlots | None = None,
    ) -> BaseIndex:
        """Index a store's items.

        Args:
            store: whose items.
            meaning: what their texts mean; without vectors unless given.
            progress: told how many are read.
            slots: of the store at an earlier moment, so that only what changed since is read for its values.
        Complexity: O(characters of all items).
        """
        rows = _Rows(store.entities_since(Kind.ITEM, -1), praised(store))
        catalogue = CatalogueIndex.of(rows, progress)
        known = slots or ItemSlots()
        own = known.after(
            (row for row in rows if row["revision"] > known.revision), catalogue.brands
        )
        made = meaning.items([item_text(row) for row in rows]) if meaning and len(rows) else None
        if meaning is None or made is None:
            return cls(catalogue, own, rows.revision)
        return cls(catalogue, own, rows.revision, ItemVectors(made), meaning.model_id)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> BaseIndex:
        """Open what ``arrays`` gave; they may be memory-mapped.

        Raises:
            StoreError: they are not of this version.
        """
        try:
            if (version := unpacked(arrays[_VERSION]) if _VERSION in arrays else 1) != VERSION:
                raise ValueError(f"it is of version {version}")
            revision, model = unpacked(arrays[_TOLD])
            catalogue = CatalogueIndex.from_arrays(part(arrays, _CATALOGUE))
            slots = ItemSlots.from_arrays(part(arrays, _SLOTS))
            vectors = part(arrays, _VECTORS)
            found = ItemVectors.from_arrays(vectors) if vectors else None
        except (KeyError, ValueError, TypeError) as error:
            raise StoreError(
                f"the kept index cannot be opened ({error}), so all items are indexed anew",
                where="snapshot, search",
                expected=f"an index of version {VERSION}",
                next_step="zhiyin train",
            ) from error
        return cls(catalogue, slots, revision, found, model)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        vectors = self.vectors.arrays() if self.vectors else {}
        return {
            _VERSION: packed(VERSION),
            _TOLD: packed([self.revision, self.model]),
            **prefixed(_CATALOGUE, self.catalogue.arrays()),
            **prefixed(_SLOTS, self.slots.arrays()),
            **prefixed(_VECTORS, vectors),
        }


class _Rows:
    """Rows of a frame that are read as often as they are asked for, and never all in memory."""

    def __init__(self, frame: pl.DataFrame, praised: Mapping[int, Sequence[str]]) -> None:
        self._frame, self._praised = frame, praised

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return with_praise(self._frame.iter_rows(named=True), self._praised)

    def __len__(self) -> int:
        return self._frame.height

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)

    @property
    def revision(self) -> int:
        return int(np.max(self._frame["revision"].to_numpy(), initial=-1))
