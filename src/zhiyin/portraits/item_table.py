"""Who each item is: its text as a vector, what it has, what is thought of it, its price, and who likes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from zhiyin.portraits.item_facets import OPINIONS, facets_of, opinions_of, price_positions

_CSR = ("facets", "audience")


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
        groups: (n_groups,) str names of groups of people.
        audience: (n, n_groups) float32 CSR of how often each group chose the item.
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
        group_of_person: NDArray[np.integer[Any]] | None = None,
        groups: Sequence[str] = (),
        related: NDArray[np.int64] | None = None,
    ) -> Self:
        """Make the portraits of items numbered below n.

        Args:
            items: the catalogue as ``Store.entities_since`` gives it; of its columns only ``number`` must be there.
            vectors: (n, dim) of their texts, by one embedder, centred; rows of zeros where there is no text.
            facts: what was read of items, as ``Store.facts`` gives it.
            touched: (n_people, n) CSR of who had to do with what: items without text take after what the same people
                touched, and groups after who they are.
            group_of_person: (n_people,) places in ``groups``, -1 for none.
            groups: names, such as those of communities or age bands.
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
            np.array(list(groups), np.str_),
            _audience(touched, group_of_person, n, len(groups)),
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

    def opinions_of(self, item: int) -> dict[str, dict[str, int]]:
        """Return aspect → counts of negative, neutral and positive opinions, the most discussed first."""
        counts = self.opinions[item]
        order = np.argsort(-counts.sum(axis=1), kind="stable")
        told = [place for place in order.tolist() if counts[place].any()]
        return {
            str(self.aspects[place]): dict(zip(OPINIONS, counts[place].tolist(), strict=True))
            for place in told
        }

    def audience_of(self, item: int, *, least: float = 3.0) -> dict[str, float]:
        """Return group → how many times likelier than anybody it is to choose an item, the likeliest first.

        Args:
            item: its number.
            least: how often a group must have chosen it to be named.
        """
        columns, counts = row_of(self.audience, item)
        total = self._audience_total
        expected = total[columns] * counts.sum() / max(float(total.sum()), 1.0)
        lift = counts / np.maximum(expected, 1e-9)
        order = np.argsort(-lift, kind="stable")
        kept = [place for place in order.tolist() if counts[place] >= least]
        return {str(self.groups[columns[place]]): float(lift[place]) for place in kept}

    @cached_property
    def _audience_total(self) -> NDArray[np.float64]:
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


def _audience(
    touched: Any, group_of_person: NDArray[np.integer[Any]] | None, n: int, n_groups: int
) -> Any:
    if touched is None or group_of_person is None:
        return sparse.csr_array((n, n_groups), dtype=np.float32)
    known = np.flatnonzero(group_of_person >= 0)
    ones = np.ones(known.size, np.float32)
    shape = (len(group_of_person), n_groups)
    member = sparse.csr_array((ones, (known, group_of_person[known])), shape=shape)
    often = sparse.csr_array(sparse.csr_array(touched).T @ member).astype(np.float32)
    often.sort_indices()
    return often
