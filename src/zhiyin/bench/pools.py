"""What a surface's pipeline has to choose from, before its re-rankers: kept, so that many ways to choose can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhiyin.bench.own_tasks import OwnTasks
from zhiyin.bench.served import BUDGET_MS, OnlyNew, OpenShop
from zhiyin.core import Candidates, Query, Reranker
from zhiyin.core.progress import Progress, untold
from zhiyin.ranking.trained import Trained
from zhiyin.reranking.joint import JointRanker, Lists
from zhiyin.reranking.list_features import list_features

POOL = 100
"""Candidates that are kept for each person, the best by score."""


@dataclass(frozen=True, slots=True, eq=False)
class Pools:
    """The best candidates of some people at one moment.

    Attributes:
        tasks: who is asked for, and what of it turned out relevant.
        trained: what the candidates were found and scored with.
        people: (m,) int64, those for whom there were any.
        asked: m queries with what was found out about the person.
        found: m candidates, best first.
    """

    tasks: OwnTasks
    trained: Trained
    people: NDArray[np.int64]
    asked: Sequence[Query]
    found: Sequence[Candidates]

    @classmethod
    def of(
        cls, shop: OpenShop, tasks: OwnTasks, surface: str, k: int, progress: Progress = untold
    ) -> Pools:
        """Train on what happened before the tasks' moment, and let the pipeline find what it would choose from."""
        data = tasks.new.data
        trained = Trained.of(
            data.interactions, data.n_people, data.n_items, shop.settings.train, data.side
        )
        noting = _Noting()
        pipeline = shop.pipeline(
            surface,
            tasks.services(trained),
            filters=[OnlyNew(tasks.new.seen)],
            rerankers=[noting],
            budget_ms=BUDGET_MS,
        )
        people = tasks.new.people
        for place, person in enumerate(people.tolist()):
            pipeline.run(
                Query(person=person, n=k, surface=surface, time=tasks.now, is_preview=True)
            )
            progress((place + 1) / people.size, place + 1)
        asked, found = zip(*noting.seen, strict=True)
        return cls(tasks, trained, np.array([query.person for query in asked]), asked, found)

    def lists(self, rerankers: Sequence[Reranker], k: int) -> NDArray[np.int64]:
        """Return (m, k) item numbers as some re-rankers choose them, -1 where there are too few."""
        lists = np.full((len(self.found), k), -1, np.int64)
        for row, (query, candidates) in enumerate(zip(self.asked, self.found, strict=True)):
            left = candidates
            for place, stage in enumerate(rerankers, 1):
                left = left.take(
                    stage.rerank(query, left, k if place == len(rerankers) else len(left))
                )
            lists[row, : min(k, len(left))] = left.ids[:k]
        return lists

    def ranked(self, shop: OpenShop, ranker: JointRanker) -> Pools:
        """Return the pools as a ranker scores them."""
        found = []
        for query, candidates in zip(self.asked, self.found, strict=True):
            features, _, _ = described(shop, query, candidates)
            scored = candidates.with_scores(ranker.scores(features))
            found.append(scored.take(np.argsort(-scored.scores, kind="stable")))
        return replace(self, found=found)


def described(
    shop: OpenShop, query: Query, candidates: Candidates
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Return features of candidates, (n, f), their categories, (n,), and the person's shares of categories."""
    own = shop.catalogue.category(query.fields.get("recent", np.empty(0, np.int64)))
    category = shop.catalogue.category(candidates.ids)
    n = int(max(own.max(initial=-1), category.max(initial=-1))) + 1
    counts = np.bincount(own[own >= 0], minlength=n).astype(np.float64)
    wanted = counts / max(counts.sum(), 1.0)
    return list_features(candidates, category, wanted), category, wanted


def training_lists(shop: OpenShop, pools: Pools) -> Lists:
    """Return the pools as lists to learn from: those in which something turned out relevant.

    What a person is to get is the categories of what it did before.
    """
    relevant = pools.tasks.new.relevant
    parts, gains, categories, targets = [], [], [], []
    for person, query, candidates in zip(pools.people, pools.asked, pools.found, strict=True):
        wanted = relevant.indices[relevant.indptr[person] : relevant.indptr[person + 1]]
        is_relevant = np.isin(candidates.ids, wanted)
        if not is_relevant.any():
            continue
        features, category, target = described(shop, query, candidates)
        parts.append(features)
        gains.append(is_relevant / is_relevant.sum())
        categories.append(category)
        targets.append(target)
    width = max((target.size for target in targets), default=0)
    starts = np.cumsum([0, *(len(part) for part in parts)])
    full = np.array([np.pad(target, (0, width - target.size)) for target in targets])
    return Lists(
        np.concatenate(parts), starts, np.concatenate(gains), np.concatenate(categories), full
    )


class _Noting:
    """Keeps what it is given and changes nothing."""

    name = "noting"

    def __init__(self) -> None:
        self.seen: list[tuple[Query, Candidates]] = []

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return the first k positions."""
        self.seen.append((query, candidates.take(np.arange(min(POOL, len(candidates))))))
        return np.arange(min(k, len(candidates)), dtype=np.int64)
