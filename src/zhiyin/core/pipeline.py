"""From a query to a page: one shape for every surface, whatever its stages do."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import contracts
from zhiyin.core.asking import Asking
from zhiyin.core.candidates import Candidates
from zhiyin.core.page import Features, Page, PageItem, Reason
from zhiyin.core.pool import StagePool
from zhiyin.core.query import Query
from zhiyin.core.recording import Recording
from zhiyin.core.stages import (
    Drawn,
    Explainer,
    Filter,
    Hydrator,
    Judged,
    QueryHydrator,
    Reranker,
    Scorer,
    SideEffect,
    Source,
)
from zhiyin.errors import SettingsError

_log = logging.getLogger(__name__)


class StageInfo(NamedTuple):
    """One stage of a pipeline as `describe` lists it."""

    stage: str
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Stages:
    """What a pipeline is made of, in the order in which it runs."""

    query_hydrators: Sequence[QueryHydrator] = ()
    sources: Sequence[Source] = ()
    hydrators: Sequence[Hydrator] = ()
    filters: Sequence[Filter] = ()
    scorers: Sequence[Scorer] = ()
    rerankers: Sequence[Reranker] = ()
    explainers: Sequence[Explainer] = ()
    side_effects: Sequence[SideEffect] = ()


class Pipeline:
    """Runs stages under one deadline and checks what they answer.

    A stage that raises, breaks its contract or is late is named in the page's trace, its answer is not used, and the
    page is served all the same, as `degraded`. A query hydrator that does not answer is asked in brief, if it can be; who
    needs what is still missing then is skipped.

    Args:
        stages: what to run.
        pool: the threads to run on; pipelines may share one.
        budget_ms: from the query to the page.
        candidates_per_source: how many candidates each source is asked for; more for a page that is longer than half.
    """

    def __init__(
        self,
        stages: Stages,
        pool: StagePool,
        *,
        budget_ms: float = 200.0,
        candidates_per_source: int = 100,
    ) -> None:
        for kind in Stages.__dataclass_fields__:
            names = [stage.name for stage in getattr(stages, kind)]
            if len(set(names)) < len(names):
                raise SettingsError(
                    f"{kind} repeat a name: {', '.join(names)}",
                    where="pipeline",
                    expected="a different name for each stage of a kind",
                    next_step="take one of them out",
                )
        self._stages = stages
        self._pool = pool
        self._budget_s = budget_ms / 1e3
        self._limit = candidates_per_source

    def describe(self) -> list[StageInfo]:
        """Return what runs, in order."""
        return [
            StageInfo(kind, stage.name, f"{type(stage).__module__}:{type(stage).__qualname__}")
            for kind in Stages.__dataclass_fields__
            for stage in getattr(self._stages, kind)
        ]

    def run(self, query: Query, recording: Recording | None = None) -> Page:
        """Return at most `query.n` distinct candidates that no hard filter dropped and earlier pages did not show.

        A recording takes down what every stage was given and answered. The page is as long as it can be: where filters and re-rankers leave too few, it is filled from what
        re-rankers left out, then from what soft filters dropped, best score first, marked `is_backfill`.
        """
        started = time.perf_counter()
        page: Page = self._pool.make(
            lambda calls: self._page(Asking(calls, started, self._budget_s, recording), query)
        )
        if page.degraded:
            _log.warning("%s", _faults(page))
        return page

    def _page(self, asking: Asking, query: Query) -> Page:
        query = self._know(asking, query)
        found, is_soft_dropped = self._gather(asking, query)
        scores, features = self._score(asking, query, found)
        found = found.with_scores(scores)
        order = np.lexsort((-found.scores, is_soft_dropped))
        found, is_soft_dropped = found.take(order), is_soft_dropped[order]
        if recording := asking.recording:
            recording.ranked, recording.is_held_back = found, is_soft_dropped
        first, chances = self._rerank(asking, query, found.take(~is_soft_dropped))
        is_rest = np.ones(len(found), bool)
        is_rest[first] = False
        rest = np.flatnonzero(is_rest)  # in order of score, dropped ones last
        chosen = np.concatenate([first, rest])[: query.n]
        listed, is_again = found.take(chosen), is_soft_dropped[chosen]
        reasons = self._explain(asking, query, listed, is_again)
        is_backfill = np.arange(len(chosen)) >= len(first)
        items = _items(listed, reasons, is_backfill, chances)
        features = None if features is None else features.take(order[chosen])
        page = Page(query.request_id, items, tuple(asking.trace), features)
        if not query.is_preview:
            asking.ask(
                "side_effects",
                self._stages.side_effects,
                lambda stage: stage.record(query, page),
                lambda _: None,
            )
        return Page(query.request_id, items, tuple(asking.trace), features, query.fields)

    def _know(self, asking: Asking, query: Query) -> Query:
        answers = asking.ask(
            "query_hydrators",
            self._stages.query_hydrators,
            lambda stage: stage.hydrate_query(query),
            contracts.columns,
        )
        told = zip(self._stages.query_hydrators, answers, strict=True)
        briefs = asking.ask(
            "briefs",
            [stage for stage, answer in told if answer is None and hasattr(stage, "brief")],
            lambda stage: stage.brief(query),
            contracts.columns,
        )
        return query.with_fields(_merged([*briefs, *answers]))

    def _gather(self, asking: Asking, query: Query) -> tuple[Candidates, NDArray[np.bool_]]:
        """Return what may be shown, and which of it a soft filter dropped."""
        shown = query.shown
        limit = max(self._limit, 2 * query.n) + (0 if shown is None else len(shown))
        answers = asking.ask(
            "sources",
            self._stages.sources,
            lambda stage: stage.retrieve(query, limit),
            lambda answer: contracts.retrieved(answer, limit),
        )
        found = Candidates.union([part for part in answers if part is not None])
        if shown is not None:
            found = found.take(~shown.marks(found))
        n = len(found)
        columns = asking.ask(
            "hydrators",
            self._stages.hydrators,
            lambda stage: stage.hydrate(query, found),
            lambda answer: contracts.columns(answer, n),
            found,
        )
        hydrated = found.with_fields(_merged(columns))
        masks = asking.ask(
            "filters",
            self._stages.filters,
            lambda stage: stage.keep(query, hydrated),
            lambda answer: contracts.mask(answer, n),
            hydrated,
        )
        may_show, is_soft_dropped = np.ones(n, bool), np.zeros(n, bool)
        for stage, keep in zip(self._stages.filters, masks, strict=True):
            if stage.is_hard:
                may_show &= np.zeros(n, bool) if keep is None else keep
            elif keep is not None:
                is_soft_dropped |= ~keep
        return hydrated.take(may_show), is_soft_dropped[may_show]

    def _score(
        self, asking: Asking, query: Query, found: Candidates
    ) -> tuple[NDArray[np.float32], Features | None]:
        """Return the sum of the scores, and what the first scorer that tells it knew of the candidates."""
        n = len(found)
        answers = asking.ask(
            "scorers",
            self._stages.scorers,
            partial(_judged, query=query, found=found),
            lambda answer: contracts.judged(answer, n),
            found,
        )
        judged = [answer for answer in answers if answer is not None]
        if not judged:
            return found.scores, None
        told = next((one.features for one in judged if one.features is not None), None)
        return np.sum([one.scores for one in judged], axis=0, dtype=np.float32), told

    def _rerank(
        self, asking: Asking, query: Query, found: Candidates
    ) -> tuple[NDArray[np.int64], NDArray[np.float64] | None]:
        """Return positions into `found`, which is in order of score, and their chances where a stage drew them."""
        chosen, chances = np.arange(len(found)), None
        for place, stage in enumerate(self._stages.rerankers, 1):
            part = found if place == 1 else found.take(chosen)
            k = query.n if place == len(self._stages.rerankers) else len(part)
            [answer] = asking.ask(
                "rerankers",
                [stage],
                partial(_reranked, query=query, part=part, k=k),
                partial(contracts.chosen, n=len(part), k=k),
                part,
            )
            if answer is None:
                continue
            positions = answer.positions if isinstance(answer, Drawn) else answer
            chances = None if chances is None else chances[positions]
            if isinstance(answer, Drawn):
                chances = answer.chances * (1.0 if chances is None else chances)
            chosen = chosen[positions]
        return chosen[: query.n], chances

    def _explain(
        self, asking: Asking, query: Query, listed: Candidates, is_again: NDArray[np.bool_]
    ) -> list[tuple[Reason, ...]]:
        n = len(listed)
        reasons: list[tuple[Reason, ...]] = [
            (Reason("again", share=0.0),) if a else () for a in is_again
        ]
        for more in asking.ask(
            "explainers",
            self._stages.explainers,
            lambda stage: stage.explain(query, listed),
            lambda answer: contracts.reasons(answer, n),
            listed,
        ):
            reasons = [had + new for had, new in zip(reasons, more or [()] * n, strict=True)]
        return reasons


def _merged(answers: Sequence[dict[str, np.ndarray] | None]) -> dict[str, np.ndarray]:
    return {name: column for answer in answers if answer for name, column in answer.items()}


def _faults(page: Page) -> str:
    """Return one line on the stages that did not do their part."""
    told = [f"{s.stage}/{s.name} is {s.status}: {s.note}" for s in page.trace if s.status not in ("ok", "skipped")]  # fmt: skip
    skipped = [f"{s.stage}/{s.name}" for s in page.trace if s.status == "skipped"]
    return "; ".join([*told, f"skipped for it: {', '.join(skipped)}"] if skipped else told)


def _judged(stage: Scorer, *, query: Query, found: Candidates) -> NDArray[np.float32] | Judged:
    # Asking whether it is a protocol's instance takes a tenth of a millisecond, for every page.
    judge: Callable[[Query, Candidates], Judged] | None = getattr(stage, "judge", None)
    return stage.score(query, found) if judge is None else judge(query, found)


def _reranked(
    stage: Reranker, *, query: Query, part: Candidates, k: int
) -> NDArray[np.int64] | Drawn:
    draw: Callable[[Query, Candidates, int], Drawn] | None = getattr(stage, "draw", None)
    return stage.rerank(query, part, k) if draw is None else draw(query, part, k)


def _items(
    listed: Candidates,
    reasons: Sequence[tuple[Reason, ...]],
    is_backfill: NDArray[np.bool_],
    chances: NDArray[np.float64] | None,
) -> tuple[PageItem, ...]:
    marks: dict[str, Any] = {name: column.tolist() for name, column in listed.sources.items()}
    return tuple(
        PageItem(
            ref,
            float(listed.scores[row]),
            reasons[row],
            tuple(name for name, column in marks.items() if column[row]),
            bool(is_backfill[row]),
            None if chances is None else float(chances[row]) if row < len(chances) else 1.0,
        )
        for row, ref in enumerate(listed.refs())
    )
