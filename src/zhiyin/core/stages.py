"""The seams of the pipeline: what each kind of stage answers.

Every stage answers with its own small array and the pipeline applies it, so no stage can lose, invent or repeat a
candidate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.candidates import Candidates
from zhiyin.core.page import Features, Page, Reason
from zhiyin.core.query import Query


@runtime_checkable
class QueryHydrator(Protocol):
    """Finds out about the person before anything else."""

    name: str

    def hydrate_query(self, query: Query) -> Mapping[str, np.ndarray]:
        """Return named arrays for `query.fields`."""


@runtime_checkable
class Briefing(QueryHydrator, Protocol):
    """A query hydrator that can also give less: what pages need most, quickly, for when the whole was not to be had."""

    def brief(self, query: Query) -> Mapping[str, np.ndarray]:
        """Return some of what ``hydrate_query`` returns."""


@runtime_checkable
class Source(Protocol):
    """Proposes candidates."""

    name: str

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return at most `limit` distinct candidates."""


@runtime_checkable
class Hydrator(Protocol):
    """Looks things up about candidates."""

    name: str

    def hydrate(self, query: Query, candidates: Candidates) -> Mapping[str, np.ndarray]:
        """Return columns, each with as many rows as there are candidates."""


@runtime_checkable
class Filter(Protocol):
    """Decides what may be shown.

    What a hard filter drops is never shown, and when a hard filter fails nothing passes it. What a soft filter drops
    stays in reserve, for a page that would otherwise be short.
    """

    name: str
    is_hard: bool

    def keep(self, query: Query, candidates: Candidates) -> NDArray[np.bool_]:
        """Return bool (n,), true where the candidate stays."""


@runtime_checkable
class Scorer(Protocol):
    """Judges each candidate alone. The scores of several scorers are added."""

    name: str

    def score(self, query: Query, candidates: Candidates) -> NDArray[np.float32]:
        """Return finite float32 (n,), higher is better."""


class Judged(NamedTuple):
    """Scores, (n,) float32, and what they were made of, a row for each candidate; None where that is not told."""

    scores: NDArray[np.float32]
    features: Features | None


@runtime_checkable
class Judging(Scorer, Protocol):
    """A scorer that tells what it knew of candidates, which is logged with the page."""

    def judge(self, query: Query, candidates: Candidates) -> Judged:
        """Return what `score` returns, with the features."""


@runtime_checkable
class Summing(Scorer, Protocol):
    """A scorer that tells the named parts of its scores, for whoever asks why."""

    def parts(self, query: Query, candidates: Candidates) -> Mapping[str, NDArray[np.float32]]:
        """Return name → (n,) float32."""


@runtime_checkable
class Reranker(Protocol):
    """Judges the list together."""

    name: str

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return at most k distinct int64 positions into `candidates` (best score first), best first."""


class Drawn(NamedTuple):
    """Positions, (m,) int64, and the chance of each to stand there, (m,) float64 in (0, 1], 1 where nothing was drawn."""

    positions: NDArray[np.int64]
    chances: NDArray[np.float64]


@runtime_checkable
class Drawing(Reranker, Protocol):
    """A re-ranker that draws by chance and tells the chances, which are logged with the page."""

    def draw(self, query: Query, candidates: Candidates, k: int) -> Drawn:
        """Return what `rerank` returns, the same for the same request, with the chances."""


@runtime_checkable
class Explainer(Protocol):
    """Says why each candidate of the finished list is there."""

    name: str

    def explain(self, query: Query, candidates: Candidates) -> Sequence[tuple[Reason, ...]]:
        """Return the reasons of each candidate, strongest first."""


@runtime_checkable
class SideEffect(Protocol):
    """Notes what was shown."""

    name: str

    def record(self, query: Query, page: Page) -> None:
        """Take note of the page; must be quick, so whatever is slow belongs in a queue."""
