"""Collaborative filtering on two files: who will take what, by full ranking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zhiyin.affinity.baselines import baselines
from zhiyin.affinity.factor_learners import (
    IMPLICIT_FACTORS,
    RANDOM_WALK,
)
from zhiyin.affinity.learners import GRAPH_FILTER
from zhiyin.bench.automatic import automatic_learners
from zhiyin.bench.budget import budget_of
from zhiyin.bench.entrants import best, entrants
from zhiyin.bench.files import Pairs, read_pairs, read_ties
from zhiyin.bench.social import friends_learners, people_learners
from zhiyin.core.progress import Progress, untold
from zhiyin.core.ties import Ties
from zhiyin.errors import DataError
from zhiyin.evaluation.contest import Judged, Learner, compete, judge
from zhiyin.evaluation.slices import history_slices
from zhiyin.evaluation.summary import group, summary
from zhiyin.evaluation.task import Task, TrainingData

SHORTENED = 5
"""One person in so many has the history cut where lengths of history are asked for."""
MOST_SHORTENED = 1000


def bench_cf(
    train: Path,
    test: Path,
    *,
    ties: Path | None = None,
    k: int = 20,
    models: Sequence[str] = (),
    history: Sequence[int] = (),
    trials: int = 10,
    seed: int = 0,
    journal: Path | None = None,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Judge learners by full ranking on given files.

    Parameters are chosen on a held-out part of the training file: the last fifth by time where events have times, else
    a random fifth of each person's items. Items of the training file never stand in a person's list.

    Args:
        train: table of events with a person and an item.
        test: another, what is to be found.
        ties: table of ties between people.
        k: list length.
        models: learners beside the baselines, all that there are when none is named.
        history: lengths to which the history of some people is cut, each judged anew.
        trials: parameter sets that every learner may try.
        seed: of the held-out part, the parameter sets and the intervals.
        journal: file of finished trials, so that a run that was stopped goes on.
        progress: told as the trials go on.
    Returns: ``models``: name → figures, see ``evaluation.summary``; ``data``, ``protocol``, and ``left_out``: name → why.
    Raises:
        InvalidRecord: a file cannot be read.
        DataError: nobody can be judged.
        UnknownPart: a model has no such name.
    """
    budget = budget_of(trials, seed, journal)
    pairs = read_pairs(train, test)
    tied, untied = read_ties(ties, pairs.people) if ties else (None, 0)
    task = _task(pairs, tied, test)
    optional = _optional(seed, tied=bool(ties))
    hint = "name models of this list; those that use ties need --ties"
    learners, left_out = entrants(task.data, baselines(), optional, models, hint)
    validation = task.data.held_out(sample=budget.people, seed=seed)
    judged = compete(task, learners, k, budget, validation=validation, progress=progress)
    told = summary(
        judged,
        task,
        k,
        reference=best(judged, baselines()),
        slices=history_slices(np.diff(task.data.rows.indptr)[task.people]),
        seed=seed,
    )
    for name, figures in _histories(task, judged, k, history, seed).items():
        told[name]["history"] = figures
    return {
        "models": told,
        "data": _described(pairs, task, tied, untied),
        "protocol": _protocol(validation, trials, seed),
        "left_out": left_out,
    }


def _optional(seed: int, *, tied: bool) -> list[Learner]:
    return [
        GRAPH_FILTER,
        RANDOM_WALK,
        IMPLICIT_FACTORS,
        *people_learners(seed, tied=tied),
        *(friends_learners(seed) if tied else []),
        *automatic_learners(seed, tied=tied),
    ]


def _protocol(validation: Task, trials: int, seed: int) -> dict[str, Any]:
    return {
        "ranking": "all items, those of the training file left out",
        "relevant": "every row of the test file, whatever its value",
        "ties_in_score": "the item with more training events first, then the one that came first",
        "validation": validation.split
        if validation.people.size
        else "none: nobody could be judged",
        "trials": trials,
        "seed": seed,
        "interval": "95 %, bootstrap over people",
    }


def _task(pairs: Pairs, ties: Ties | None, test: Path) -> Task:
    side = {} if ties is None else {"ties": ties}
    data = TrainingData(pairs.train, *pairs.shape, side)
    task = Task.hiding(data, pairs.test.rows(*pairs.shape), "given files")
    if not task.people.size:
        raise DataError(
            "nobody can be judged",
            where=str(test),
            expected="items that are new to their people",
            next_step="hide other events: all of these stand in the training file, too",
        )
    return task


def _histories(
    task: Task, judged: Sequence[Judged], k: int, lengths: Sequence[int], seed: int
) -> dict[str, dict[str, Any]]:
    """Return name → length → figures of people whose history is cut to that length, with the parameters chosen before."""
    told: dict[str, dict[str, Any]] = {one.name: {} for one in judged}
    most = min(MOST_SHORTENED, -(-task.people.size // SHORTENED))
    people = task.sampled(most, seed).people
    for length in lengths:
        short = task.shortened(length, people, seed)
        for one in judged:
            again = judge(one.learner, one.params, short, k)
            everybody = np.ones(people.size, np.bool_)
            told[one.name][str(length)] = group(again.figures, everybody, k, seed)
    return told if lengths else {}


def _described(pairs: Pairs, task: Task, ties: Ties | None, untied: int) -> dict[str, Any]:
    train, test = task.data.rows, pairs.test.rows(*pairs.shape)
    return {
        "people": pairs.shape[0],
        "items": pairs.shape[1],
        "train": int(train.nnz),
        "test": int(test.nnz),
        "judged_people": int(task.people.size),
        "test_in_train": int(test.nnz - task.relevant.nnz),
        "rejected_rows": pairs.rejected,
        **({} if ties is None else {"ties": int(ties.one.size), "ties_left_out": untied}),
    }
