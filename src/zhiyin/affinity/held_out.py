"""The part of the training data a model is chosen on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.rows import Interactions
from zhiyin.evaluation.ranking import ScoreRows, rank_all
from zhiyin.evaluation.splits import split


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """What stays visible, what is hidden, and who is judged by it.

    Attributes:
        split: name of the split, see ``evaluation.splits``.
        people: (v,) int64 who is judged: each has something hidden.
        rows: (n_people, n_items) float32 CSR, visible: what a model is fitted on and what its people have seen.
        relevant: (n_people, n_items) float32 CSR, hidden, without what is visible.
        popular: (n_items,) float32 popularity of what is visible.
        k: list length.

    >>> one = np.zeros(5, np.int64)
    >>> table = Interactions(one, np.arange(5), np.ones(5, np.float32), one)
    >>> held = HeldOut.of(table, n_people=1, n_items=5, k=2)
    >>> held.split, held.rows.nnz, held.relevant.nnz
    ('per_person_random', 4, 1)
    """

    split: str
    people: NDArray[np.int64]
    rows: Any
    relevant: Any
    popular: NDArray[np.float32]
    k: int

    @classmethod
    def of(
        cls,
        interactions: Interactions,
        *,
        n_people: int,
        n_items: int,
        k: int,
        sample: int = 1000,
        half_life_days: float = 30.0,
        seed: int = 0,
    ) -> HeldOut:
        """Hide a part of the interactions.

        Args:
            interactions: training events with evidence.
            n_people: height of the rows.
            n_items: width of the rows.
            k: list length.
            sample: people judged, at most, drawn at random.
            half_life_days: of ``popular``.
            seed: of the split and the sample.
        """
        parts = split(interactions.person, interactions.item, interactions.time_us, seed=seed)
        visible = interactions.where(parts.train)
        rows = visible.rows(n_people, n_items)
        hidden = interactions.where(parts.test).rows(n_people, n_items)
        relevant = (hidden - hidden.multiply(rows.astype(bool))).tocsr()
        relevant.eliminate_zeros()
        people = np.flatnonzero(np.diff(relevant.indptr))
        if people.size > sample:
            people = np.sort(np.random.default_rng(seed).choice(people, sample, replace=False))
        popular = popularity(
            visible.item,
            visible.strength,
            visible.time_us,
            n_items,
            half_life_days=half_life_days,
        )
        return cls(parts.name, people, rows, relevant, popular, k)

    def ndcg(self, score_rows: ScoreRows) -> NDArray[np.float64]:
        """Return the full-ranking NDCG@k of each judged person, (v,) float64.

        Args:
            score_rows: people (b,) int64 → (b, n_items) float32.
        """
        ranked = rank_all(score_rows, self.people, self.rows, self.relevant, self.k)
        return ranked[f"ndcg@{self.k}"]
