"""Asking the stages of one page: in time, and checking what they answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from zhiyin.core import contracts
from zhiyin.core.candidates import Candidates
from zhiyin.core.page import StageStatus, StageTrace
from zhiyin.core.pool import Calls
from zhiyin.core.recording import Answered, Recording
from zhiyin.errors import StageError

# The part of the budget that is over when each kind of stage must have answered: a source that hangs leaves time for
# what comes after it.
_DUE = {
    "query_hydrators": 0.30,
    "briefs": 0.45,
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
    """The stages' answers for one page, with the trace of how each did; a recording takes the answers down."""

    def __init__(
        self, calls: Calls, started: float, budget_s: float, recording: Recording | None = None
    ) -> None:
        self._calls = calls
        self._started = started
        self._budget_s = budget_s
        self.trace: list[StageTrace] = []
        self.recording = recording
        if recording is not None:
            recording.clear()

    def ask(
        self,
        kind: str,
        stages: Sequence[Any],
        work: Callable[[Any], Any],
        check: Callable[[Any], Any],
        given: Candidates | None = None,
    ) -> list[Any]:
        """Run `work` of each stage; return each answer, None where it is not what was promised.

        Args:
            kind: a field of `Stages`, or ``briefs``.
            stages: the stages to ask.
            work: calls one stage.
            check: returns the answer to use, or raises StageError.
            given: the candidates that go in.
        """
        n_in = 0 if given is None else len(given)
        due = self._started + self._budget_s * _DUE[kind]
        answers: list[Any] = []
        for place, stage in enumerate(stages):
            now = time.perf_counter()
            # One that hangs leaves their share of the time to those after it.
            share_s = max((due - now) / (len(stages) - place), _LEAST * self._budget_s)
            key = f"{kind}/{stage.name}"
            outcome = self._calls.call(key, partial(work, stage), now + share_s)
            status, note, answer = outcome.status, outcome.note, None
            if status == "ok":
                try:
                    answer = check(outcome.value)
                except StageError as error:
                    status, note = "broken", str(error)
            elif status == "skipped":
                status, note = self._blamed(note)
            answers.append(answer)
            if self.recording is not None:
                self.recording.answers.append(Answered(kind, stage, given, answer))
            n_out = contracts.size(answer, n_in) if status == "ok" else 0
            self.trace.append(StageTrace(kind, stage.name, status, outcome.ms, n_in, n_out, note))
        return answers

    def _blamed(self, need: str) -> tuple[StageStatus, str]:
        """Say which stages did not give what one needs; where all have answered, it is this one's own fault."""
        to_blame = [
            f"{one.stage}/{one.name}"
            for one in self.trace
            if one.stage in ("query_hydrators", "hydrators") and one.status != "ok"
        ]
        if not to_blame:
            return "failed", f"{need}, which no stage before it gives"
        return "skipped", f"{need}, which {' or '.join(to_blame)} did not give"
