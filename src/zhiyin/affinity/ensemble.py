"""What each of several scorings should weigh in their sum, by ensemble selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.evaluation.metrics import ndcg, top_k
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.task import Task

_STEPS = 20  # parts are added so many times, at most
_PATIENCE = 5  # parts added without a better sum, after which the search ends
_WORTH = 1.005  # times that a new part must raise the best sum
_BATCH = 256  # people scored at a time, at most
_CELLS = 2**26  # scores of all parts in memory at a time
_SCALED = 64  # people that the scale of a part is taken from
_POOLED = 5  # a part proposes so many times k items; others are taken to be in no sum's best k


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The items that could enter the lists of some people, and what each part scores them.

    Attributes:
        items: (p, c) int64, popular ones first, -1 where there are fewer.
        scores: (n_parts, p, c) float32, -inf at -1.
        relevant: (p, n_items) CSR, what is to be found.
        scale: (n_parts,) float64 mean deviation of a part's scores over all items, by some of the people; 1 where they
            are all the same.
        k: list length.
    """

    items: NDArray[np.int64]
    scores: NDArray[np.float32]
    relevant: Any
    scale: NDArray[np.float64]
    k: int

    @classmethod
    def of(cls, parts: Sequence[ScoreRows], task: Task, people: NDArray[np.int64], k: int) -> Self:
        """Gather the best items of each part for some people of a task.

        Args:
            parts: what is to be weighed.
            task: what is judged by.
            people: (p,) int64 of its people, ascending.
            k: list length.
        Complexity: O(n_parts p n_items) time; the scores of all parts for one batch of people in memory, 256 MB of them
                unless those of one person are more.
        """
        rank = np.empty(task.data.n_items, np.int64)
        rank[task.data.order] = np.arange(rank.size)
        items, scores = [], []
        size = min(_BATCH, max(1, _CELLS // max(1, len(parts) * rank.size)))
        for batch in np.array_split(people, max(1, -(-people.size // size))):
            whole = [np.asarray(part(batch), np.float32) for part in parts]
            best = [_lists(task, part, batch, _POOLED * k) for part in whole]
            pool = _distinct(np.concatenate(best, axis=1), rank)
            items.append(pool)
            there = np.where(pool < 0, 0, pool)
            of_pool = [np.take_along_axis(part, there, axis=1) for part in whole]
            scores.append(np.where(pool < 0, -np.inf, np.stack(of_pool)).astype(np.float32))
        some = people[np.linspace(0, people.size - 1, min(_SCALED, people.size)).astype(np.int64)]
        pooled = np.concatenate(items)
        width = max(1, int(np.count_nonzero(pooled >= 0, axis=1).max(initial=0)))
        return cls(
            pooled[:, :width],
            np.concatenate(scores, axis=1)[:, :, :width],
            task.relevant[people],
            np.array([_deviation(part(some)) for part in parts]),
            k,
        )

    def weights(self, scale: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
        """Return weights of the scaled parts with the best NDCG@k of their sum, found by adding one part at a time.

        At each step the part is added, again or for the first time, whose addition is best. One that is not in the sum
        must raise the best so far by half a percent to come in, because each costs time on every page; one that scores
        nothing for anybody never does. The best sum of
        all steps is kept, so a part alone is never better by more than that.

        Args:
            scale: (n_parts,) float64, what the scores of each part are divided by.
        Returns: (n_parts,) float64 that sum to 1, and the NDCG@k.
        Complexity: O(20 n_parts p c).
        References: Caruana et al., ICML 2004 (ensemble selection).
        """
        parts = self.scores / scale[:, None, None].astype(np.float32)
        is_silent = ~np.where(np.isfinite(parts), parts, 0).any(
            axis=(1, 2)
        )  # nobody's list is theirs
        counts = np.zeros(len(parts))
        total = np.zeros(parts.shape[1:], np.float32)
        best, best_counts = -1.0, counts
        while counts.sum() < min(_STEPS, best_counts.sum() + _PATIENCE):
            values = np.array([self._ndcg(total + part) for part in parts])
            is_worth = (counts > 0) | ((values >= _WORTH * best) & ~is_silent)
            chosen = int(np.argmax(np.where(is_worth, values, -1.0)))
            counts = counts + np.eye(len(parts))[chosen]
            total += parts[chosen]
            if values[chosen] > best:
                best, best_counts = float(values[chosen]), counts
        return best_counts / best_counts.sum(), best

    def value(self, weights: NDArray[np.float64], scale: NDArray[np.float64]) -> float:
        """Return the NDCG@k of the sum of the parts, each times its weight over its scale, both (n_parts,) float64."""
        shares = (weights / scale).astype(np.float32)
        used = np.flatnonzero(shares)
        return self._ndcg(np.tensordot(shares[used], self.scores[used], 1))

    def _ndcg(self, scores: NDArray[np.float32]) -> float:
        place = top_k(scores, self.k)  # of equal scores the first, which is the more popular
        lists = np.where(place < 0, -1, np.take_along_axis(self.items, place, axis=1))
        return float(ndcg(lists, self.relevant).mean())


def _deviation(scores: NDArray[np.float32]) -> float:
    return float(scores.std(axis=1, dtype=np.float64).mean()) or 1.0


def _lists(
    task: Task, scores: NDArray[np.float32], people: NDArray[np.int64], n: int
) -> NDArray[np.int64]:
    return task.among(people).lists(lambda part: scores[np.searchsorted(people, part)], n)


def _distinct(items: NDArray[np.int64], rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each row's items once, in the order of their rank, -1 behind them; as wide as ``items``."""
    last = rank.size
    place = np.sort(np.where(items < 0, last, rank[items]), axis=1)
    place[:, 1:][place[:, 1:] == place[:, :-1]] = last
    place = np.sort(place, axis=1)
    of_rank = np.append(np.argsort(rank), -1)
    return np.asarray(of_rank[place])
