"""Who each item is: its text as a vector, what it has, what is thought of it, its price, and who likes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_arrays, csr_from, row_of
from zhiyin.core import NO_TIME
from zhiyin.language.embedder import unit_rows
from zhiyin.portraits.groups import SMALLEST
from zhiyin.portraits.item_facets import OPINIONS, facets_of, opinions_of, price_positions

_CSR = ("facets", "audience")
_LEAST_Z = 3.0


@dataclass(frozen=True, eq=False)
class ItemPortraits:
    """The portraits of all items, one array a column; a row is an item's number.

    Attributes:
        vectors: (n, dim) float32 unit rows; zero where neither text nor neighbours are known.
        facets: (n, n_facets) float32 CSR, 1 for each facet an item has.
        facet_names: (n_facets,) str, ``kind:value``.
        category: (n,) int32 the facet that is the item's own category, -1 for none.
        aspects: (n_aspects,) str.
        opinions: (n, n_aspects, 3) int32 counts of negative, neutral and positive opinions.
        price_minor: (n,) int64 in the shop's commonest currency, -1 where not known.
        price_position: (n,) float32 from 0, the cheapest of its category, to 1; NaN where not known.
        created_us: (n,) int64 when it was listed, or ``NO_TIME``.
        groups: (n_groups,) str ``kind:value`` of groups of people, see ``groups``; the first is everybody.
        audience: (n, n_groups) float32 CSR of how many people of each group chose the item.
        related: (n, r) int64 items that go with it, best first, -1 fills.

    >>> shop = pl.DataFrame({"number": [0, 1], "brand": ["Lu", "Lu"], "category": ["Tea", "Pots"]})
    >>> items = ItemPortraits.of(shop, np.eye(2))
    >>> items.facet_names.tolist(), items.dim
    (['brand:Lu'], 2)
    """

    vectors: NDArray[np.float32]
    facets: Any
    facet_names: NDArray[np.str_]
    category: NDArray[np.int32]
    aspects: NDArray[np.str_]
    opinions: NDArray[np.int32]
    price_minor: NDArray[np.int64]
    price_position: NDArray[np.float32]
    created_us: NDArray[np.int64]
    groups: NDArray[np.str_]
    audience: Any
    related: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        items: pl.DataFrame,
        vectors: NDArray[np.floating[Any]],
        facts: pl.DataFrame | None = None,
        *,
        touched: Any = None,
        groups: NDArray[np.str_] | None = None,
        audience: Any = None,
        related: NDArray[np.int64] | None = None,
    ) -> Self:
        """Make the portraits of items numbered below n.

        Args:
            items: the catalogue as ``Store.entities_since`` gives it; of its columns only ``number`` must be there.
            vectors: (n, dim) of their texts, by one embedder, centred; rows of zeros where there is no text.
            facts: what was read of items, as ``Store.facts`` gives it.
            touched: (n_people, n) CSR of who had to do with what: items without text take after what the same people
                touched.
            groups: (n_groups,) names, where they are known.
            audience: (n, n_groups) CSR.
            related: (n, r) items that go with each, -1 fills.
        Complexity: linear in items, facts and touches.
        """
        n = len(vectors)
        items = items.filter(pl.col("number") < n)
        matrix, names, category = facets_of(items, facts, n)
        aspects, opinions = opinions_of(facts, n)
        price, position = price_positions(items, n)
        created = np.full(n, NO_TIME, np.int64)
        if "created" in items.columns:
            known = items.filter(pl.col("created").is_not_null())
            created[known["number"].to_numpy()] = known["created"].dt.epoch("us").to_numpy()
        return cls(
            _completed(unit_rows(np.asarray(vectors, np.float32)), touched),
            matrix, names, category, aspects, opinions, price, position, created,
            np.empty(0, np.str_) if groups is None else groups,
            sparse.csr_array((n, 0), dtype=np.float32) if audience is None else audience,
            np.empty((n, 0), np.int64) if related is None else related,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.vectors)

    @property
    def dim(self) -> int:
        """Width of the vectors."""
        return int(self.vectors.shape[1])

    @cached_property
    def is_described(self) -> NDArray[np.bool_]:
        """(n,) bool, whether an item has a vector."""
        return np.asarray(self.vectors.any(axis=1))

    @cached_property
    def kinds(self) -> NDArray[np.str_]:
        """(n_facets,) str, the kind of each facet."""
        return np.array([name.partition(":")[0] for name in self.facet_names.tolist()], np.str_)

    @cached_property
    def kind_codes(self) -> NDArray[np.int64]:
        """(n_facets,) a number for each facet, equal for facets of one kind, from 0 up."""
        return np.asarray(np.unique(self.kinds, return_inverse=True)[1], np.int64)

    def facets_of(self, item: int) -> list[str]:
        """Return the names of an item's facets."""
        names: list[str] = self.facet_names[row_of(self.facets, item)[0]].tolist()
        return names

    def opinions_of(self, rows: int | NDArray[np.int64]) -> dict[str, dict[str, int]]:
        """Return aspect → counts of negative, neutral and positive opinions of some items, the most discussed first."""
        counts = self.opinions[np.atleast_1d(rows)].sum(axis=0)  # (n_aspects, 3)
        order = np.argsort(-counts.sum(axis=1), kind="stable")
        told = [place for place in order.tolist() if counts[place].any()]
        return {
            str(self.aspects[place]): dict(zip(OPINIONS, counts[place].tolist(), strict=True))
            for place in told
        }

    def audience_of(self, rows: NDArray[np.int64]) -> dict[str, float]:
        """Return group → how many times likelier than everybody it is to choose an item, the likeliest first.

        A group is named where ten of it or more chose the item, and more than chance would bring: three standard
        deviations above what its share among all choices lets expect. The ratio is shrunk toward 1 by ten choices.

        Args:
            rows: (m,) numbers: one item, or those that stand for it, of which the mean counts.
        """
        counts = np.asarray(self.audience[rows].mean(axis=0), np.float64).ravel()
        kinds = [name.partition(":")[0] for name in self.groups.tolist()]
        kind = np.unique(np.array(kinds, np.str_), return_inverse=True)[1]
        all_of_kind, here = (np.bincount(kind, sums)[kind] for sums in (self._choices, counts))
        share = self._choices / np.maximum(all_of_kind, 1.0)
        expected = here * share
        is_more = counts - expected >= _LEAST_Z * np.sqrt(expected * (1 - share))
        ratio = (counts + SMALLEST) / (expected + SMALLEST)
        order = np.argsort(-ratio, kind="stable").tolist()
        kept = [g for g in order if counts[g] >= SMALLEST and is_more[g] and ratio[g] > 1]
        return {str(self.groups[group]): float(ratio[group]) for group in kept}

    def people_of(self, item: int) -> int | None:
        """Return how many people chose an item; None where it was not counted."""
        if not self.groups.size:
            return None
        columns, counts = row_of(self.audience, item)
        return int(counts[0]) if columns.size and columns[0] == 0 else 0

    @cached_property
    def _choices(self) -> NDArray[np.float64]:
        return np.asarray(self.audience.sum(axis=0), np.float64).ravel()

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        plain = [name for name in self.__dataclass_fields__ if name not in _CSR]
        matrices = (csr_arrays(name, getattr(self, name)) for name in _CSR)
        return {name: getattr(self, name) for name in plain} | {
            name: array for arrays in matrices for name, array in arrays.items()
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave, without copying."""
        n = len(arrays["vectors"])
        shapes = {"facets": (n, len(arrays["facet_names"])), "audience": (n, len(arrays["groups"]))}
        columns = {
            name: csr_from(name, arrays, shapes[name]) if name in _CSR else arrays[name]
            for name in cls.__dataclass_fields__
        }
        return cls(**columns)


def _completed(vectors: NDArray[np.float32], touched: Any) -> NDArray[np.float32]:
    """Give items without text the mean of what the people who touched them touched besides."""
    bare = np.flatnonzero(~vectors.any(axis=1))
    if touched is None or not bare.size:
        return vectors
    touched = sparse.csr_array(touched, dtype=np.float32)
    people = touched @ vectors  # (n_people, dim)
    vectors = vectors.copy()
    vectors[bare] = unit_rows(touched[:, bare].T @ people)
    return vectors
