"""Asking the stages of one page: in time, and checking what they answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence, Sized
from functools import partial
from typing import Any

from zhiyin.core.page import StageTrace
from zhiyin.core.pool import StagePool
from zhiyin.errors import StageError

_log = logging.getLogger(__name__)

# The part of the budget that is over when each kind of stage must have answered: a source that hangs leaves time for
# what comes after it.
_DUE = {
    "query_hydrators": 0.30,
    "sources": 0.60,
    "hydrators": 0.70,
    "filters": 0.78,
    "scorers": 0.88,
    "rerankers": 0.94,
    "explainers": 1.00,
    "side_effects": 1.00,
}
_LEAST = 0.02  # of the budget, for stages whose time is already over


class Asking:
    """The stages' answers for one page, with the trace of how each did."""

    def __init__(self, pool: StagePool, started: float, budget_s: float) -> None:
        self._pool = pool
        self._started = started
        self._budget_s = budget_s
        self.trace: list[StageTrace] = []

    def ask(
        self,
        kind: str,
        stages: Sequence[Any],
        work: Callable[[Any], Any],
        check: Callable[[Any], Any],
        n_in: int = 0,
    ) -> list[Any]:
        """Run `work` of each stage side by side; return each answer, None where it is not what was promised.

        Args:
            kind: a field of `Stages`.
            stages: the stages to ask.
            work: calls one stage.
            check: returns the answer to use, or raises StageError.
            n_in: how many candidates go in, for the trace.
        """
        if not stages:
            return []
        due = self._started + self._budget_s * _DUE[kind]
        timeout_s = max(due - time.perf_counter(), _LEAST * self._budget_s)
        calls = {f"{kind}/{stage.name}": partial(work, stage) for stage in stages}
        outcomes = self._pool.run(calls, timeout_s)
        answers: list[Any] = []
        for stage, key in zip(stages, calls, strict=True):
            outcome = outcomes[key]
            status, note, answer = outcome.status, outcome.note, None
            if status == "ok":
                try:
                    answer = check(outcome.value)
                except StageError as error:
                    status, note = "broken", str(error)
            if status != "ok":
                _log.warning("%s is %s: %s", key, status, note)
            answers.append(answer)
            n_out = len(answer) if isinstance(answer, Sized) else 0
            self.trace.append(StageTrace(kind, stage.name, status, outcome.ms, n_in, n_out, note))
        return answers
