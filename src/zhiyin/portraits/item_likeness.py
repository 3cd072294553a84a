"""Which items are alike: those that the same people choose, and those of which the same is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_arrays, csr_from
from zhiyin.affinity.item_vectors import item_vectors


@dataclass(frozen=True, slots=True, eq=False)
class ItemLikeness:
    """What the likeness of two items is read from, half from each side; what nothing is known of is like nothing.

    Attributes:
        chosen: (n_items, dim) float32 unit rows by who chose an item, zeros where unknown.
        described: (n_items, n_words) float32 CSR of unit rows of what is said of an item.

    >>> words = sparse.csr_array(np.eye(2)[[0, 0, 1]])
    >>> vectors = ItemLikeness.of(sparse.csr_array((4, 3)), words).vectors(np.arange(3))
    >>> np.round(vectors @ vectors.T, 2)[0].tolist()
    [0.5, 0.5, 0.0]
    """

    chosen: NDArray[np.float32]
    described: Any

    @classmethod
    def of(cls, rows: Any, descriptions: Any = None) -> Self:
        """Make it of who chose what, (n_people, n_items) CSR, and of what is said of items, (n_items, n_words) CSR."""
        n_items = rows.shape[1]
        if descriptions is None:
            descriptions = sparse.csr_array((n_items, 0), dtype=np.float32)
        length = np.sqrt(descriptions.multiply(descriptions).sum(axis=1))
        scale = sparse.diags_array(1 / np.where(length > 0, length, 1))
        described = (scale @ descriptions).tocsr().astype(np.float32)
        return cls(item_vectors(rows), described)

    def vectors(self, items: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return (k, dim) rows whose products are the likeness of some items, at most 1; zeros for one newer than this.

        Complexity: O(k · what is said of them).
        """
        known = np.flatnonzero(items < len(self.chosen))
        words = self.described[items[known]]
        used, place = np.unique(words.indices, return_inverse=True)
        dim = self.chosen.shape[1]
        found = np.zeros((items.size, dim + used.size), np.float32)
        found[known, :dim] = self.chosen[items[known]]
        found[known[np.repeat(np.arange(known.size), np.diff(words.indptr))], dim + place] = (
            words.data
        )
        return found * np.float32(np.sqrt(0.5))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {
            "chosen": self.chosen,
            "width": np.array([self.described.shape[1]]),
            **csr_arrays("described", self.described),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave, without copying."""
        n_items, width = len(arrays["chosen"]), int(arrays["width"][0])
        return cls(arrays["chosen"], csr_from("described", arrays, (n_items, width)))
