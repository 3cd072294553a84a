"""Full ranking: every item competes, none is sampled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.evaluation.metrics import ndcg, recall, top_k

ScoreRows = Callable[[NDArray[np.int64]], NDArray[np.float32]]
"""People (b,) int64 → (b, n_items) float32 scores of all items."""


def rank_lists(
    score_rows: ScoreRows,
    people: NDArray[np.int64],
    seen: Any,
    k: int,
    *,
    offered: NDArray[np.bool_] | None = None,
    order: NDArray[np.int64] | None = None,
    batch: int = 256,
) -> NDArray[np.int64]:
    """Rank all items for each person and leave out what they have seen.

    Args:
        score_rows: gives the scores of a batch of people; its answer is not changed.
        people: (p,) int64 rows of ``seen``.
        seen: (n_people, n_items) CSR; what is stored never enters a list. None: everything may.
        k: list length.
        offered: (n_items,) bool, what may enter a list at all. None: everything.
        order: (n_items,) int64, all items; of equal scores the one that stands first in it wins. None: the lower number.
        batch: people scored at a time.
    Returns: (p, k) int64 item numbers, best first; -1 where none is left.
    Complexity: O(p n_items) time beside the scoring, O(batch n_items) memory.
    References: Krichene & Rendle, KDD 2020 (why not sampled).
    """
    lists = np.empty((people.size, k), np.int64)
    for start in range(0, people.size, batch):
        part = people[start : start + batch]
        scores = np.array(score_rows(part), np.float32)  # (b, n_items)
        if seen is not None:
            known = seen[part].tocoo()
            scores[known.row, known.col] = -np.inf
        if offered is not None:
            scores[:, ~offered] = -np.inf
        lists[start : start + batch] = top_k(scores, k, order)
    return lists


def rank_all(
    score_rows: ScoreRows,
    people: NDArray[np.int64],
    seen: Any,
    relevant: Any,
    k: int,
    batch: int = 256,
) -> dict[str, NDArray[np.float64]]:
    """Rank all items for each person as ``rank_lists`` does, and judge the lists.

    Args:
        score_rows: see ``rank_lists``.
        people: (p,) int64 rows of ``seen`` and ``relevant``.
        seen: see ``rank_lists``.
        relevant: (n_people, n_items) CSR; what is stored with a value above 0 is a hit.
        k: list length.
        batch: people scored at a time.
    Returns: ``recall@k`` and ``ndcg@k``, each (p,) float64 in the order of ``people``.
    """
    lists, truth = rank_lists(score_rows, people, seen, k, batch=batch), relevant[people]
    return {f"recall@{k}": recall(lists, truth), f"ndcg@{k}": ndcg(lists, truth)}
