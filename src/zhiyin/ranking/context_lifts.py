"""What situations say of items, as counts: in the rain umbrellas are taken more often than else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.context import Vocabulary

SHRINK = 300.0
"""Events that an item is taken to have had in all situations alike; so few of its own say little."""


@dataclass(frozen=True, eq=False)
class ContextLifts:
    """How much more often each item is taken in a situation than else, an additive ``iᵀW₃c``.

    The score of item i in situation c is Σ_v log((n_iv + s·p_v) / ((n_i + s)·p_v)) over the features v of c, where n_iv
    counts the item's events with v, n_i those with any value of v's field, p_v is v's share of all of them and s is
    ``shrink``. Each feature has a weight, 1 unless given. An unknown item or situation scores 0. Counts of events can be added
    and taken out again.

    Attributes:
        vocabulary: of v features.
        counts: (v, n_items) float32.
        shrink: see above.
        weights: (v,) float32, None where all are 1.

    >>> words = Vocabulary(np.array(["weather=rain", "weather=sun"]))
    >>> lifts = ContextLifts(words, np.array([[3, 0], [0, 3]], np.float32), shrink=1.0)
    >>> [f"{score:.2f}" for score in lifts.scores(["weather=rain"], np.array([0, 1]))]
    ['0.56', '-1.39']
    """

    vocabulary: Vocabulary
    counts: NDArray[np.float32]
    shrink: float = SHRINK
    weights: NDArray[np.float32] | None = None

    @classmethod
    def of(
        cls,
        vocabulary: Vocabulary,
        rows: Any,
        item: NDArray[np.int64],
        n_items: int,
        *,
        shrink: float = SHRINK,
    ) -> ContextLifts:
        """Count events.

        Args:
            vocabulary: of the columns of ``rows``.
            rows: (e, v) float32 CSR, the situation of each event.
            item: (e,) int64 below ``n_items``.
            n_items: width.
            shrink: see the class.
        """
        none = np.zeros((vocabulary.names.size, n_items), np.float32)
        return cls(vocabulary, none, shrink).changed(rows, item)

    def changed(self, rows: Any, item: NDArray[np.int64], sign: int = 1) -> ContextLifts:
        """Return the counts with more events, or with ``sign`` -1 without some that were counted."""
        counts = self.counts.copy()
        entries = rows.tocoo()
        np.add.at(counts, (entries.col, item[entries.row]), np.float32(sign) * entries.data)
        return replace(self, counts=counts)

    @property
    def n_items(self) -> int:
        """Number of items that were counted; newer ones score 0."""
        return int(self.counts.shape[1])

    def scores(self, names: Sequence[str], ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the scores of some items in a situation, (m,) float32.

        Args:
            names: what ``features`` gave.
            ids: (m,) int64 items.
        """
        places = self.vocabulary.places(names)
        known = np.where(ids < self.n_items, ids, 0)
        total = self._lifts(places, self.counts[places][:, known], self._of_field[:, known])
        return np.where(ids < self.n_items, total.sum(axis=0), 0).astype(np.float32)

    def table(self) -> NDArray[np.float32]:
        """Return the score of every feature and item, (v, n_items) float32: situations score ``rows @ table``."""
        return self._lifts(np.arange(self.counts.shape[0]), self.counts, self._of_field)

    def _lifts(
        self, places: NDArray[np.int64], counts: NDArray[np.float32], of_field: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        fields, share = self.vocabulary.fields[places], self._share[places, None]
        lifts = np.log((counts + self.shrink * share) / ((of_field[fields] + self.shrink) * share))
        weighed = lifts if self.weights is None else lifts * self.weights[places, None]
        return np.asarray(weighed, np.float32)

    @cached_property
    def _of_field(self) -> NDArray[np.float32]:
        fields = self.vocabulary.fields
        totals = np.zeros((int(fields.max(initial=-1)) + 1, self.n_items), np.float32)
        np.add.at(totals, fields, self.counts)
        return totals

    @cached_property
    def _share(self) -> NDArray[np.float32]:
        """Share of each feature in its field, (v,) float32; a little for what was never counted."""
        counted = self.counts.sum(axis=1, dtype=np.float64) + 1e-3
        of_field = np.bincount(self.vocabulary.fields, counted)
        return np.asarray(counted / of_field[self.vocabulary.fields], np.float32)
