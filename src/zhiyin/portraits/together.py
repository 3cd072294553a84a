"""What is bought together: goods that complete each other, without those that stand in for each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_arrays, csr_from, entries_of
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.core import NO_TIME
from zhiyin.portraits.sums import DAY_US

NEAREST = 100
_SHRINKAGE = 10.0
_LEAST_ALIKE = 0.5
_SELDOM = 0.1
_PAIRS = 2**14  # rows of people compared at a time


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Which items go into one basket with which.

    Attributes:
        pairs: (n_items, n_items) float32 CSR, row i = what goes with i and how much, above 0 to 1; columns ascending.

    >>> day = np.array([0, 0, 0, 0, 0, 0]) + DAY_US
    >>> with_tea = Together.of(np.array([0, 0, 1, 1, 2, 3]), np.array([0, 1, 0, 1, 2, 2]), day, 3)
    >>> with_tea.scores(np.array([0])).nonzero()[0].tolist()
    [1]
    """

    pairs: Any

    @classmethod
    def of(
        cls,
        person: NDArray[np.int64],
        item: NDArray[np.int64],
        time_us: NDArray[np.int64],
        n_items: int,
        *,
        chosen: Any = None,
        category: NDArray[np.integer[Any]] | None = None,
        vectors: NDArray[np.floating[Any]] | None = None,
        nearest: int = NEAREST,
        shrinkage: float = _SHRINKAGE,
    ) -> Self:
        """Count purchases: what a person buys on one day is a basket; purchases without a time are in none.

        Two items go together by the shrunk cosine of their baskets, ``n_ij / (sqrt(n_i n_j) + 10)``, where that is more than
        chance would bring, ``n_ij > n_i n_j / n``. A substitute is left out: of the same category, alike in text (cosine of
        .5 or more), and less than a tenth as alike by baskets as by the people who choose them, both without shrinkage.

        Args:
            person: (e,) of each purchase.
            item: (e,) below n_items.
            time_us: (e,) or ``NO_TIME``.
            n_items: how many items there are.
            chosen: (n_people, n_items) CSR of who looked at or chose what; without it there are no substitutes.
            category: (n_items,) equal for items of the same, -1 for none.
            vectors: (n_items, dim) unit rows of texts, 0 where there is none.
            nearest: how many are kept for an item.
            shrinkage: in baskets.
        Complexity: the sum over baskets of their squared sizes; O(n_items · nearest) memory.
        References: Linden, Smith & York, IEEE Internet Computing 2003; McAuley, Pandey & Leskovec, KDD 2015 (substitutes and
            complements).
        """
        baskets = _baskets(person, item, time_us, n_items)
        near = nearest_items(baskets, neighbours=nearest, shrinkage=shrinkage).tocoo()
        one, other, near_by = near.row, near.col, near.data
        count = np.asarray(baskets.sum(axis=0), np.float64)
        norm = np.sqrt(count[one] * count[other])
        both = near_by * (norm + shrinkage)
        kept = both * baskets.shape[0] > norm**2
        if chosen is not None and category is not None and vectors is not None:
            pairs = np.flatnonzero(kept & (category[one] == category[other]) & (category[one] >= 0))
            by_text = _cosines(np.asarray(vectors, np.float32), one[pairs], other[pairs])
            pairs = pairs[by_text >= _LEAST_ALIKE]
            by_people = _shared(chosen, one[pairs], other[pairs])
            kept[pairs[both[pairs] / norm[pairs] < _SELDOM * by_people]] = False
        entries = (near_by[kept].astype(np.float32), (one[kept], other[kept]))
        return cls(sparse.csr_array(entries, shape=(n_items, n_items)))

    def given(
        self, items: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """Return what each of some items speaks for: places in ``items``, other items, and how much."""
        known = np.flatnonzero(items < self.pairs.shape[0])
        others, amounts = entries_of(self.pairs, items[known], np.ones(known.size, np.float32))
        length = np.diff(self.pairs.indptr)[items[known]]
        return np.repeat(known, length), others, amounts

    def scores(self, items: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return (n_items,) how well each goes with all of some items, the sum over them; 0 for these themselves."""
        _, others, amounts = self.given(items)
        scores = np.bincount(others, amounts, self.pairs.shape[0]).astype(np.float32)
        scores[items[items < scores.size]] = 0
        return scores

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return csr_arrays("pairs", self.pairs)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave, without copying."""
        n_items = len(arrays["pairs_indptr"]) - 1
        return cls(csr_from("pairs", arrays, (n_items, n_items)))


def _baskets(
    person: NDArray[np.int64], item: NDArray[np.int64], time_us: NDArray[np.int64], n_items: int
) -> Any:
    """Return (n_baskets, n_items) float32 CSR of ones."""
    dated = time_us != NO_TIME
    keys = np.stack([person[dated], time_us[dated] // DAY_US])
    _, basket = np.unique(keys, axis=1, return_inverse=True)
    basket = basket.ravel()
    shape = (int(basket.max(initial=-1)) + 1, n_items)
    found = sparse.csr_array((np.ones(basket.size, np.float32), (basket, item[dated])), shape=shape)
    found.sum_duplicates()
    found.data[:] = 1
    return found


def _cosines(
    vectors: NDArray[np.float32], one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]]
) -> NDArray[np.float32]:
    return np.concatenate(
        [
            np.empty(0, np.float32),
            *(
                np.einsum("ij,ij->i", vectors[one[part]], vectors[other[part]])
                for part in _blocks(one.size)
            ),
        ]
    )


def _shared(
    chosen: Any, one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]]
) -> NDArray[np.float32]:
    """Return the cosine of the people of each pair of items, whoever chose them how much."""
    people = sparse.csr_array(chosen).astype(bool).astype(np.float32).T.tocsr()
    count = np.diff(people.indptr)
    both = [
        np.asarray((people[one[part]].multiply(people[other[part]])).sum(axis=1), np.float32)
        for part in _blocks(one.size)
    ]
    norm = np.sqrt(np.maximum(count[one] * count[other], 1)).astype(np.float32)
    return np.asarray(np.concatenate([np.empty(0, np.float32), *both]) / norm, np.float32)


def _blocks(size: int) -> list[slice]:
    return [slice(start, start + _PAIRS) for start in range(0, size, _PAIRS)]
