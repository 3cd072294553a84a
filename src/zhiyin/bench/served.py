"""A shop's own pipeline as a learner: trained on one part of the events, its pages judged by another."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Filter, Kind, Page, Pipeline, Query, Reranker
from zhiyin.evaluation.contest import Learner
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.settings import Settings
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.store import Store

NAME = "pipeline"
BUDGET_MS = 10_000.0
"""Of a page that is judged: what is late on a busy machine is no matter of quality."""


class OpenShop(Protocol):
    """What is asked of a shop that is evaluated; ``zhiyin.Shop`` has it."""

    settings: Settings
    store: Store
    catalogue: Catalogue

    @property
    def version(self) -> int | None:
        """The snapshot that pages are made from, None before the first training."""

    def pipeline(
        self,
        surface: str,
        services: Mapping[str, Any],
        *,
        filters: Sequence[Filter] = (),
        rerankers: Sequence[Reranker] | None = None,
        budget_ms: float | None = None,
    ) -> Pipeline:
        """Return a surface's stages over other services."""

    def recommend(self, user: str | None = None, *, n: int, surface: str, is_preview: bool) -> Page:
        """Return a page as it is served."""


class OnlyNew:
    """Keeps the items with which a person had nothing to do before."""

    name = "only_new"
    is_hard = True

    def __init__(self, histories: Any) -> None:
        self._histories = histories  # (n_people, n_items) CSR

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return true where the candidate is not in the person's history."""
        if query.person is None:
            return np.ones(len(candidates), bool)
        start, stop = self._histories.indptr[query.person : query.person + 2]
        return ~candidates.are_items_of(np.sort(self._histories.indices[start:stop]))


@dataclass(slots=True)
class Served:
    """How pages were made.

    Attributes:
        pages: how many.
        degraded: how many of them without the answer of a stage.
        ms: of each page.
    """

    pages: int = 0
    degraded: int = 0
    ms: list[float] = field(default_factory=list)


def as_learner(
    pipeline: Pipeline, n_items: int, k: int, surface: str, now: datetime, served: Served
) -> Learner:
    """Return a learner whose lists are the pages of a pipeline.

    Args:
        pipeline: trained already.
        n_items: width of the scores.
        k: page length.
        surface: of the queries.
        now: of the queries.
        served: told of each page.
    """

    def scores(people: NDArray[np.int64]) -> NDArray[np.float32]:
        answer = np.full((people.size, n_items), -np.inf, np.float32)
        for row, person in enumerate(people.tolist()):
            query = Query(person=person, n=k, surface=surface, time=now, is_preview=True)
            started = time.perf_counter()
            page = pipeline.run(query)
            served.ms.append((time.perf_counter() - started) * 1e3)
            served.pages += 1
            served.degraded += page.degraded
            refs = [item.ref for item in page.items if item.ref.kind == Kind.ITEM]
            numbers = np.array([ref.number for ref in refs], np.int64)
            answer[row, numbers] = -np.arange(numbers.size, dtype=np.float32)
        return answer

    def fit(params: Mapping[str, Any]) -> ScoreRows:
        return scores

    return Learner(NAME, lambda data: fit)


def latency(shop: OpenShop, users: Sequence[str], surface: str, k: int) -> dict[str, float]:
    """Return the percentiles of asking for the pages of some users as they are served now, without a trace of it."""
    took = []
    for user in users:
        started = time.perf_counter()
        shop.recommend(user, n=k, surface=surface, is_preview=True)
        took.append((time.perf_counter() - started) * 1e3)
    return percentiles(took)


def percentiles(ms: Sequence[float]) -> dict[str, float]:
    """Return the median and the 99th percentile of some durations."""
    p50, p99 = np.percentile(ms, (50, 99))
    return {"p50_ms": round(float(p50), 3), "p99_ms": round(float(p99), 3)}
