"""The way of one candidate through a pipeline: who proposed it, what held it back, how it was judged and moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from zhiyin.core.candidates import Candidates
from zhiyin.core.entity import Ref
from zhiyin.core.page import Page, PageItem
from zhiyin.core.query import Query
from zhiyin.core.recording import Answered, Recording
from zhiyin.core.stages import Drawn


class Proposal(NamedTuple):
    """What a source said of it: its rank, from 1, and score; None where it is not among the `of` that it proposed."""

    source: str
    rank: int | None
    of: int
    score: float | None


class Check(NamedTuple):
    """Whether a filter let it stay; None where the filter did not answer. What a soft one drops stays in reserve."""

    filter: str
    is_hard: bool
    is_kept: bool | None


class Judgement(NamedTuple):
    """What a scorer gave it, and of which named parts; None where the scorer did not answer."""

    scorer: str
    score: float | None
    parts: Mapping[str, float]


class Move(NamedTuple):
    """From which place, of 1 to `of`, a re-ranker moved it where; None where it left it out."""

    reranker: str
    before: int
    after: int | None
    of: int


class Verdict(NamedTuple):
    """What became of it: `kind` is ``shown``, or where it was lost.

    That is ``not_proposed``, ``shown_before`` (on an earlier page of the list), ``filtered``, ``filter_failed``,
    ``held_back`` (by a soft filter), ``outscored``, ``moved`` or ``left_out`` (by a re-ranker). `stage` names the stage;
    `figures` are ``place``, ``rank``, ``of``, ``before``, ``after``, as the kind has them.
    """

    kind: str
    stage: str | None
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Journey:
    """The way of one candidate through one run.

    Attributes:
        proposals: of every source that answered.
        was_shown: whether an earlier page of the same list showed it.
        checks: of every filter, where it came so far; so on.
        judgements: of every scorer.
        score: the sum; that of the sources together where there is no scorer.
        rank: by score, from 1, None where it was not judged.
        of: how many were judged and not held back.
        moves: of every re-ranker that answered.
        place: on the page, from 1.
        shown: as it stands on the page.
    """

    proposals: tuple[Proposal, ...]
    was_shown: bool
    checks: tuple[Check, ...]
    judgements: tuple[Judgement, ...]
    score: float | None
    rank: int | None
    of: int
    moves: tuple[Move, ...]
    place: int | None
    shown: PageItem | None

    @classmethod
    def of_run(cls, recording: Recording, query: Query, page: Page, ref: Ref) -> Journey:
        """Return the way of an entity through a run that was taken down.

        Args:
            recording: of the run.
            query: that was run.
            page: that came of it.
            ref: the entity.
        """
        ranked, row = recording.ranked, None
        if ranked is not None:
            row = _row(ranked, ref)
        known = query.with_fields(page.fields)
        at = next((at for at, item in enumerate(page.items) if item.ref == ref), None)
        was_shown = query.shown is not None and bool(query.shown.marks(_alone(ref))[0])
        return cls(
            _proposals(recording, ref),
            was_shown,
            tuple(_check(one, row) for one, _, row in _met(recording, "filters", ref)),
            tuple(
                _judgement(one, given, row, known)
                for one, given, row in _met(recording, "scorers", ref)
            ),
            None if ranked is None or row is None else float(ranked.scores[row]),
            None if row is None or recording.is_held_back[row] else row + 1,
            int((~recording.is_held_back).sum()),
            tuple(
                _move(one, given, row)
                for one, given, row in _met(recording, "rerankers", ref)
                if one.answer is not None
            ),
            None if at is None else at + 1,
            None if at is None else page.items[at],
        )

    def verdict(self, n: int) -> Verdict:
        """Return what became of it on a page of n: the first stage where it was lost, for good."""
        if self.place is not None:
            return Verdict("shown", None, {"place": self.place})
        if all(one.rank is None for one in self.proposals):
            return Verdict("not_proposed", None, {})
        if self.was_shown:
            return Verdict("shown_before", None, {})
        for check in sorted(self.checks, key=lambda check: not check.is_hard):
            if check.is_kept is False:
                kind = "filtered" if check.is_hard else "held_back"
                return Verdict(kind, check.filter, {})
            if check.is_kept is None and check.is_hard:
                return Verdict("filter_failed", check.filter, {})
        for move in reversed(self.moves):
            if move.before <= n and move.after is None:
                return Verdict("left_out", move.reranker, {"before": move.before})
            if move.before <= n < (move.after or 0):
                figures = {"before": move.before, "after": move.after or 0}
                return Verdict("moved", move.reranker, figures)
        return Verdict("outscored", None, {"rank": self.rank or 0, "of": self.of})


def _alone(ref: Ref) -> Candidates:
    return Candidates.of([ref.number], kind=ref.kind)


def _row(candidates: Candidates, ref: Ref) -> int | None:
    rows = np.flatnonzero((candidates.ids == ref.number) & (candidates.kinds == ref.kind))
    return int(rows[0]) if rows.size else None


def _proposals(recording: Recording, ref: Ref) -> tuple[Proposal, ...]:
    told = []
    for one in recording.of("sources"):
        if one.answer is None:
            continue
        row = _row(one.answer, ref)
        rank = score = None
        if row is not None:
            best_first = np.argsort(-one.answer.scores, kind="stable")
            rank = int(np.flatnonzero(best_first == row)[0]) + 1
            score = float(one.answer.scores[row])
        told.append(Proposal(one.stage.name, rank, len(one.answer), score))
    return tuple(told)


def _met(recording: Recording, kind: str, ref: Ref) -> Iterator[tuple[Answered, Candidates, int]]:
    """Yield every stage of a kind that the entity came to, with what it was given and the entity's row of it."""
    for one in recording.of(kind):
        row = None if one.given is None else _row(one.given, ref)
        if one.given is not None and row is not None:
            yield one, one.given, row


def _check(one: Answered, row: int) -> Check:
    is_kept = None if one.answer is None else bool(one.answer[row])
    return Check(one.stage.name, one.stage.is_hard, is_kept)


def _judgement(one: Answered, given: Candidates, row: int, query: Query) -> Judgement:
    if one.answer is None:
        return Judgement(one.stage.name, None, {})
    parts = getattr(one.stage, "parts", None)
    named = {} if parts is None else parts(query, given.take(np.array([row])))
    amounts = {name: float(values[0]) for name, values in named.items()}
    return Judgement(one.stage.name, float(one.answer.scores[row]), amounts)


def _move(one: Answered, given: Candidates, row: int) -> Move:
    chosen = one.answer.positions if isinstance(one.answer, Drawn) else one.answer
    after = np.flatnonzero(chosen == row)
    return Move(one.stage.name, row + 1, int(after[0]) + 1 if after.size else None, len(given))
