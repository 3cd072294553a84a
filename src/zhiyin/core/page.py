"""What is answered: entities with reasons, and an honest trace of how the page came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.entity import Ref

StageStatus = Literal["ok", "failed", "broken", "late", "open", "skipped"]


@dataclass(frozen=True, slots=True)
class Witness:
    """An entity that speaks for a candidate, and its share of the candidate's score."""

    ref: Ref
    share: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a candidate is on the page: kind and data; words in a language are found in `apps` alone.

    Attributes:
        kind: ``history``, ``popular``, ``fresh``, ``again`` …
        share: the part of the score that this reason gave, 0 to 1; 0 for a reason that is not a part of it.
        evidence: what speaks for it most, strongest first; the share also holds what is not named.
    """

    kind: str
    share: float = 1.0
    evidence: tuple[Witness, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


class Features(NamedTuple):
    """What a scorer knew of candidates when it judged them.

    Attributes:
        names: of the f columns; a name never changes its meaning.
        values: (n, f) float32, NaN where something was not known; a whole row of NaN was not looked at.
    """

    names: tuple[str, ...]
    values: NDArray[np.float32]

    def take(self, rows: NDArray[np.int64]) -> Features:
        """Return some of the rows."""
        return Features(self.names, self.values[rows])


@dataclass(frozen=True, slots=True)
class PageItem:
    """One place on the page; `propensity` is the chance of standing there, None where no stage drew by chance."""

    ref: Ref
    score: float
    reasons: tuple[Reason, ...] = ()
    sources: tuple[str, ...] = ()
    is_backfill: bool = False
    propensity: float | None = None


@dataclass(frozen=True, slots=True)
class StageTrace:
    """How one stage did: ``ok``, ``failed`` (raised), ``broken`` (wrong answer), ``late``, ``open`` (not called), ``skipped``
    (needs what an earlier stage did not give).

    `n_in` candidates came to it; it found, kept or chose `n_out`. `stage` is a kind of stages, or ``briefs`` for what query
    hydrators that did not answer told in brief.
    """

    stage: str
    name: str
    status: StageStatus
    ms: float
    n_in: int
    n_out: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a query. `degraded` says that some stage did not do its part.

    `features` is what a scorer knew of the items, a row for each in their order; None where none told. `fields` is what
    query hydrators found. `next` is the token that asks for the next page of the list, None where this is the last.

    >>> Page("r1", ()).degraded
    False
    """

    request_id: str
    items: tuple[PageItem, ...]
    trace: tuple[StageTrace, ...] = ()
    features: Features | None = field(default=None, repr=False, compare=False)
    fields: Mapping[str, np.ndarray] = field(default_factory=dict, repr=False, compare=False)
    next: str | None = field(default=None, repr=False, compare=False)

    @property
    def degraded(self) -> bool:
        """Whether any stage failed, broke its contract, was late, was not called or was skipped."""
        return any(stage.status != "ok" for stage in self.trace)
