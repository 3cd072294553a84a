"""Learners beside one another: one task, one budget, one way to judge."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.evaluation.cost import measured
from zhiyin.evaluation.metrics import ranking_figures
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import Found, Journal, Space, search
from zhiyin.evaluation.task import Task, TrainingData

Params = Mapping[str, Any]

Fit = Callable[[Params], ScoreRows]
"""Parameters → scores of all items for rows of the training data."""


Tune = Callable[[Task, int, "Budget", Mapping[str, "Judged"], Progress], tuple[Params, int, float]]
"""How a learner chooses its own parameters, see ``Learner.tune``."""


def fits_anything(data: TrainingData) -> str:
    """Refuse nothing."""
    return ""


def takes_little(data: TrainingData) -> int:
    """Predict no memory worth a word."""
    return 0


@dataclass(frozen=True, slots=True, eq=False)
class Learner:
    """Something that can be fitted on training data and scores all items for its people.

    Attributes:
        name: as tables print it.
        prepare: does once what does not depend on parameters, and returns what fits with some.
        space: parameters that are searched; empty where there are none.
        refuses: why it cannot learn from some data, in words; empty when it can.
        over: name of the learner to which this one adds one signal: the gain is told over that one.
        control_of: name of the learner that this one repeats on data whose signal was destroyed.
        tune: chooses the parameters in its own way, from the validation task, k, the budget, the learners judged before by
            name, and whom to tell; returns them, the number of trials they rest on, and NDCG@k on validation.
        peak_bytes: memory that a fit with the default parameters takes beside the data, in bytes.

    >>> popular = Learner("popularity", lambda data: lambda params: lambda people: np.tile(
    ...     data.rows.sum(axis=0), (people.size, 1)))
    >>> popular.space, popular.control_of
    ({}, None)
    """

    name: str
    prepare: Callable[[TrainingData], Fit]
    space: Space = field(default_factory=dict)
    refuses: Callable[[TrainingData], str] = fits_anything
    over: str | None = None
    control_of: str | None = None
    tune: Tune | None = None
    peak_bytes: Callable[[TrainingData], int] = takes_little

    def controlled(self, name: str, destroy: Callable[[TrainingData], TrainingData]) -> Learner:
        """Return the control of this learner: the same, with the same budget, on data whose signal is destroyed.

        Args:
            name: of what is destroyed, ``shuffled ties`` for instance.
            destroy: returns other data and leaves its argument as it is.
        """
        return Learner(
            f"{self.name}, {name}",
            lambda data: self.prepare(destroy(data)),
            self.space,
            self.refuses,
            over=self.over,
            control_of=self.name,
            tune=None if self.tune is None else _tuned_on(destroy, self.tune),
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """What every learner may spend on choosing its parameters.

    Attributes:
        trials: parameter sets tried, the defaults among them.
        people: judged in a trial, at most.
        seed: of the hidden part, the people and the parameter sets.
        journal: where finished trials are kept, so that a run that was stopped goes on.

    >>> Budget(trials=5).people
    2000
    """

    trials: int = 10
    people: int = 2000
    seed: int = 0
    journal: Journal | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A learner with its chosen parameters, judged by a task.

    Attributes:
        learner: who.
        params: chosen without a look at what the task hides.
        trials: parameter sets that were tried.
        validation: NDCG@k of the chosen ones on the part of the training data that was held out, NaN where none was.
        lists: (p, k) int64 of the task's people.
        also: name → (q, k) int64 lists of further tasks on the same training data.
        figures: metric@k → (p,) float64.
        fit_s: seconds of one fit on all training data.
        score_s: seconds for the lists of all people.
        rss_mb: most resident memory of the process while fitting and scoring.
    """

    learner: Learner
    params: Params
    trials: int
    validation: float
    lists: NDArray[np.int64]
    also: Mapping[str, NDArray[np.int64]]
    figures: Mapping[str, NDArray[np.float64]]
    fit_s: float
    score_s: float
    rss_mb: float

    @property
    def name(self) -> str:
        """The learner's name."""
        return self.learner.name


def compete(
    task: Task,
    learners: Sequence[Learner],
    k: int,
    budget: Budget,
    *,
    validation: Task | None = None,
    also: Mapping[str, Task] = MappingProxyType({}),
    progress: Progress = untold,
) -> list[Judged]:
    """Let each learner choose its parameters on a held-out part of the training data, and judge it by the task.

    Args:
        task: what decides; no learner sees more of it than ``task.data``.
        learners: those that do not refuse the data.
        k: list length.
        budget: the same for everybody.
        validation: what parameters are chosen by; a part of ``task.data`` is held out for it unless given.
        also: name → further tasks on the same training data, for which lists are made, too.
        progress: told the share of trials that are done.
    """
    validation = validation or task.data.held_out(sample=budget.people, seed=budget.seed)
    validation = validation.sampled(budget.people, budget.seed)
    judged: list[Judged] = []
    for place, learner in enumerate(learners):

        def told(done: float, trials: int, place: int = place) -> None:
            progress((place + 0.9 * done) / len(learners), place * budget.trials + trials)

        if learner.tune:
            known = {one.name: one for one in judged}
            params, tried, value = learner.tune(validation, k, budget, known, told)
        else:
            params, tried, value = tuned(learner, validation, k, budget, told)
        judged.append(judge(learner, params, task, k, also, trials=tried, validation=value))
    progress(1.0, len(learners) * budget.trials)
    return judged


def _tuned_on(destroy: Callable[[TrainingData], TrainingData], tune: Tune) -> Tune:
    """Return what tunes on destroyed data, and takes over nothing that was chosen on whole ones."""

    def tuned_there(
        validation: Task, k: int, budget: Budget, known: Mapping[str, Judged], progress: Progress
    ) -> tuple[Params, int, float]:
        return tune(replace(validation, data=destroy(validation.data)), k, budget, {}, progress)

    return tuned_there


def tuned(
    learner: Learner,
    validation: Task,
    k: int,
    budget: Budget,
    progress: Progress = untold,
) -> tuple[Params, int, float]:
    """Return the best parameters of a learner within a budget, how many were tried, and NDCG@k on validation.

    Args:
        learner: with a space of parameters.
        validation: what they are chosen by.
        k: list length.
        budget: what may be spent.
        progress: told after each trial.
    """

    def prepare() -> Callable[[Params], float]:
        fit = learner.prepare(validation.data)
        return lambda params: float(validation.ndcg(fit(params), k).mean())

    found = chosen(
        learner.space,
        prepare if validation.people.size else None,
        budget,
        f"{learner.name} ndcg@{k}",
        validation,
        progress,
    )
    return found.params, len(found.tried), found.value


def chosen(
    space: Space,
    prepare: Callable[[], Callable[[Params], float]] | None,
    budget: Budget,
    name: str,
    data: Any,
    progress: Progress = untold,
) -> Found:
    """Search a space of parameters within a budget; parameters that cannot be fitted are a trial that failed.

    Args:
        space: the parameters.
        prepare: does what does not depend on them, before the first trial that is not in the journal, and returns how
            good they are, higher being better. None: there is nothing to judge by, and the defaults are taken.
        budget: what may be spent.
        name: of the learner and the figure.
        data: all that the judgment depends on, for ``fingerprint``, so that a journal keeps data apart.
        progress: told after each trial.
    """
    judges: list[Callable[[Params], float]] = []

    def value(params: Params) -> float:
        if prepare is None:
            return np.nan
        if not judges:
            judges.append(prepare())
        try:
            return judges[0](params)
        except DataError:  # such as a sum that is not positive definite
            return np.nan

    return search(
        space,
        value,
        trials=budget.trials,
        seed=budget.seed,
        journal=budget.journal,
        name=f"{name} {fingerprint(data)}" if budget.journal else name,
        progress=progress,
    )


def judge(
    learner: Learner,
    params: Params,
    task: Task,
    k: int,
    also: Mapping[str, Task] = MappingProxyType({}),
    *,
    trials: int = 0,
    validation: float = np.nan,
) -> Judged:
    """Fit a learner with given parameters on all training data of a task, and judge its lists."""
    with measured() as fitting:
        score_rows = learner.prepare(task.data)(params)
    with measured() as scoring:
        lists = task.lists(score_rows, k)
    others = {name: other.lists(score_rows, k) for name, other in also.items()}
    figures = ranking_figures(lists, task.relevant[task.people])
    return Judged(
        learner,
        params,
        trials,
        validation,
        lists,
        others,
        figures,
        fitting.seconds,
        scoring.seconds,
        max(fitting.rss_mb, scoring.rss_mb),
    )


def fingerprint(thing: Any) -> str:
    """Return a short text that differs for tasks, or other data classes of arrays, that differ anywhere."""
    digest = hashlib.sha256()
    for part in _bytes(thing):
        digest.update(part)
    return digest.hexdigest()[:16]


def _bytes(thing: Any) -> Iterator[bytes]:
    if isinstance(thing, np.ndarray) and thing.dtype != object:
        yield repr((thing.shape, thing.dtype.str)).encode()
        yield thing.tobytes()
    elif sparse.issparse(thing):
        rows = thing.tocsr()
        yield from _bytes((rows.shape, rows.indptr, rows.indices, rows.data))
    elif is_dataclass(thing):
        yield from _bytes([getattr(thing, part.name) for part in fields(thing)])
    elif isinstance(thing, Mapping):
        yield from _bytes(sorted(thing.items()))
    elif isinstance(thing, list | tuple):
        yield repr(len(thing)).encode()
        for part in thing:
            yield from _bytes(part)
    else:
        yield repr(thing).encode()
