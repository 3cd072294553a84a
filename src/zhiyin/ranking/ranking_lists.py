"""Lists to learn a ranker from, or to judge it by: what the blend puts first at a moment, and what people then took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.blend import Blend, segments
from zhiyin.affinity.friends import Friends
from zhiyin.core import NO_TIME
from zhiyin.evaluation.metrics import ndcg, top_k
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.task import Task
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.features.family import Family, Situation, table
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.features.item_counts import ItemCounts
from zhiyin.ranking.features.social import friends_took
from zhiyin.ranking.signals import HALF_LIFE_DAYS, freshness_signal, popularity_signal

WIDTH = 100
"""Candidates of a list."""
EVENTS = 1000
"""The latest events of a person that are looked at."""
_BATCH = 128


@dataclass(frozen=True, slots=True, eq=False)
class RankingLists:
    """One list a person, of ``width`` candidates each, best blend first.

    Attributes:
        people: (p,) int64.
        ids: (p, width) int64 items; -1 where no more are left.
        blend: (p, width) float32 scores that serve without a ranker.
        features: (p, width, f) float32; NaN where there is no item.
        gains: (p, width) float32, the strength of what the person then did, 0 for nothing.
        relevant: (p, n_items) CSR, all that the person then took, within the list or not.
    """

    people: NDArray[np.int64]
    ids: NDArray[np.int64]
    blend: NDArray[np.float32]
    features: NDArray[np.float32]
    gains: NDArray[np.float32]
    relevant: Any

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Return the lists of the chosen people, (p,) bool."""
        columns = (getattr(self, name)[chosen] for name in self.__slots__)
        return type(self)(*columns)

    def labelled(self, relevant: Any) -> Self:
        """Return the lists of those who took something, by another (n_people, n_items) CSR of what people took."""
        taken = relevant[self.people]
        told = replace(self, gains=_gains(taken, self.ids), relevant=taken)
        return told.where(np.diff(taken.indptr) > 0)

    def ndcg(self, scores: NDArray[np.floating], k: int) -> NDArray[np.float64]:
        """Return the NDCG@k of each list in the order of some scores, (p, width); of equal ones the blend's first."""
        last = np.where(self.ids < 0, -np.inf, scores)
        order = np.argsort(-last, axis=1, kind="stable")[:, :k]
        return ndcg(np.take_along_axis(self.ids, order, axis=1), self.relevant)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What is known of items and people at a moment, and what scores them.

    Attributes:
        task: whose ``data`` is all that is known, and whose ``relevant`` is what people then took.
        score_rows: affinity, fitted on ``task.data``.
        popularity: (n_items,) float32 of ``task.data``.
        weights: of popularity and freshness.
        model: the affinity model whose parts and weights are those of ``score_rows``.
        parts: name → scores of each part of the model, fitted on ``task.data``.
        columns: what the catalogue says.
    """

    task: Task
    score_rows: ScoreRows
    popularity: NDArray[np.float32]
    weights: BlendWeights
    model: Blend
    parts: Mapping[str, ScoreRows]
    columns: ItemColumns

    def lists(
        self, families: Sequence[Family], people: NDArray[np.int64], width: int = WIDTH
    ) -> RankingLists:
        """Return the lists of some people, (p,) int64 ascending, right after the last event that is known.

        Complexity: O(p (n_items + e_p + width f)), where e_p are a person's events.
        """
        task = self.task
        events = task.data.interactions
        now_us = int(events.time_us.max(initial=NO_TIME)) + 1
        counts = ItemCounts.of(events, task.data.n_items, now_us)
        order = np.lexsort((-events.time_us, events.person))
        person = events.person[order]
        ids, affinity, blend = self._top(people, now_us, width)
        parts = self._parts(people, ids)
        popular = popularity_signal(self.popularity)
        n_features = sum(len(family.names) for family in families)
        features = np.full((*ids.shape, n_features), np.nan, np.float32)
        taken = task.relevant[people]
        for row, who in enumerate(people.tolist()):
            first, last = np.searchsorted(person, (who, who + 1))
            own = order[first : min(last, first + EVENTS)]
            n = int(np.count_nonzero(ids[row] >= 0))
            listed = ids[row, :n]
            situation = Situation(
                now_us, events.item[own], events.time_us[own], listed,
                affinity[row, :n], popular[listed], blend[row, :n], parts[row][:, :n],
                self._friends_took(who, listed, events.item[own], counts), self.columns, counts,
            )  # fmt: skip
            features[row, :n] = table(families, situation)
        return RankingLists(people, ids, blend, features, _gains(taken, ids), taken)

    def _top(
        self, people: NDArray[np.int64], now_us: int, width: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
        """Return (p, width) items that are new to people and listed, and their affinity and blend."""
        created = self.columns.created_us
        fresh = freshness_signal(created, now_us, HALF_LIFE_DAYS)
        popular = popularity_signal(self.popularity)
        added = np.float32(self.weights.popularity) * popular
        added = added + np.float32(self.weights.freshness) * fresh
        offered = created < now_us  # NO_TIME is below everything
        if self.task.offered is not None:
            offered &= self.task.offered
        width = min(width, int(np.count_nonzero(offered)))
        parts: list[tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]] = []
        for start in range(0, people.size, _BATCH):
            part = people[start : start + _BATCH]
            affinity = np.array(self.score_rows(part), np.float32)
            blend = affinity + added
            seen = self.task.seen[part].tocoo()
            blend[seen.row, seen.col] = -np.inf
            blend[:, ~offered] = -np.inf
            ids = top_k(blend, width)
            parts.append((
                ids, np.take_along_axis(affinity, ids, 1), np.take_along_axis(blend, ids, 1)
            ))  # fmt: skip
        top, affinity, blend = (np.concatenate(column) for column in zip(*parts, strict=True))
        return top, affinity, blend

    def _friends_took(
        self, person: int, ids: NDArray[np.int64], own: NDArray[np.int64], counts: ItemCounts
    ) -> NDArray[np.float32]:
        model = getattr(self.parts.get(Friends.name), "model", None)
        if not isinstance(model, Friends):
            return friends_took(None, np.empty(0, np.int64), ids, own, counts)
        return friends_took(model, model.tied_to(person), ids, own, counts)

    def _parts(self, people: NDArray[np.int64], ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return what each part of the model adds to the affinity of some items, (p, n_parts, width)."""
        length = np.diff(self.task.data.histories.indptr)[people]
        weights = self.model.weights[segments(self.model.fewest, length)]  # (p, n_parts)
        found = np.full((people.size, weights.shape[1], ids.shape[1]), np.nan, np.float32)
        for place, name in enumerate(self.model.parts):
            for start in range(0, people.size, _BATCH):
                rows = np.arange(start, min(start + _BATCH, people.size))
                rows = rows[weights[rows, place] != 0]
                if not rows.size:
                    continue
                scores = np.asarray(self.parts[name](people[rows]))
                own = np.take_along_axis(scores, ids[rows], axis=1)
                found[rows, place] = weights[rows, place, None] * own
        return found


def _gains(taken: Any, ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return what (p, n_items) CSR holds for some items of each row, (p, width) float32; 0 for -1."""
    gains = np.zeros(ids.shape, np.float32)
    values = np.zeros(taken.shape[1] + 1, np.float32)  # the last stands for -1
    for row in range(ids.shape[0]):
        own = slice(taken.indptr[row], taken.indptr[row + 1])
        values[taken.indices[own]] = taken.data[own]
        gains[row] = values[ids[row]]
        values[taken.indices[own]] = 0
    return gains
