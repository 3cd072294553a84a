"""What comes next in sequences of items: the last item of each person, by full ranking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zhiyin.affinity.baselines import RECENT_POPULARITY
from zhiyin.affinity.sequence_baselines import attribute_learners, sequence_baselines
from zhiyin.affinity.sequence_learners import automatic_sequence_learner, sequence_learners
from zhiyin.affinity.session_neighbours import SESSION_NEIGHBOURS
from zhiyin.bench.automatic import NAME
from zhiyin.bench.budget import budget_of
from zhiyin.bench.entrants import best, entrants
from zhiyin.bench.sequence_files import (
    CHOSEN_BY,
    FITTED,
    JUDGED_BY,
    SHORTEST,
    Sequences,
    read_attributes,
    read_sequences,
)
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.evaluation.contest import Learner, compete
from zhiyin.evaluation.slices import history_slices
from zhiyin.evaluation.summary import summary
from zhiyin.evaluation.task import Task, TrainingData

PEOPLE = 4000
"""People who choose parameters, at most: one item is to be found of each, so it takes more of them than elsewhere."""

PROTOCOL = {
    "split": "leave one out: each person's last item is to be found; learners are fitted on all but the last two",
    "short_sequences": f"people with fewer than {SHORTEST} items are fitted on and not judged",
    "history": "all but the last item, the one that parameters were chosen by included",
    "ranking": "all items, those of the person's history left out; a last item that stands in it is not judged",
    "ties_in_score": "the item with more training events first, then the one that came first",
    "validation": "each person's last item but one, with the last items unknown",
    "caveat": "leaving one out leaks global time: what others did later is learned from; compare, do not promise",
    "interval": "95 %, bootstrap over people",
}


def bench_sequence(
    sequences: Path,
    *,
    attributes: Path | None = None,
    k: int = 10,
    models: Sequence[str] = (),
    trials: int = 10,
    seed: int = 0,
    journal: Path | None = None,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Judge learners by each person's last item, ranked among all items.

    Args:
        sequences: table of people and their items in the order of time, apart by spaces or commas, or as a JSON list.
        attributes: JSON object, item → list of attributes.
        k: list length.
        models: learners beside the baselines, all that there are when none is named.
        trials: parameter sets that every learner may try.
        seed: of the people who choose, the parameter sets, the controls and the intervals.
        journal: file of finished trials, so that a run that was stopped goes on.
        progress: told as the trials go on.
    Returns: ``models``: name → figures, see ``evaluation.summary``; ``data``, ``protocol``, and ``left_out``: name → why.
    Raises:
        InvalidRecord: a file cannot be read.
        DataError: nobody has a sequence that is long enough.
        UnknownPart: a model has no such name.
    """
    budget = budget_of(trials, seed, journal, PEOPLE)
    given = read_sequences(sequences)
    matrix = read_attributes(attributes, given.items) if attributes else None
    task, validation = tasks(given, matrix)
    if not task.people.size:
        raise DataError(
            "everybody had their last item before",
            where=str(sequences),
            expected="people whose last item is new to them",
            next_step="leave out repeats, or give longer sequences",
        )
    optional = _optional(seed, task.data)
    hint = "name models of this list; those that use attributes need --attributes"
    simple = [*sequence_baselines(), SESSION_NEIGHBOURS]
    learners, left_out = entrants(task.data, simple, optional, models, hint)
    judged = compete(task, learners, k, budget, validation=validation, progress=progress)
    told = summary(
        judged,
        task,
        k,
        reference=best(judged, simple),
        slices=history_slices(np.diff(task.data.histories.indptr)[task.people]),
        seed=seed,
    )
    return {
        "models": told,
        "data": _described(given, task, matrix),
        "protocol": {**PROTOCOL, "trials": trials, "seed": seed},
        "left_out": {RECENT_POPULARITY.name: "places in a sequence are no times", **left_out},
    }


def _optional(seed: int, data: TrainingData) -> list[Learner]:
    """Return the learners beside the baselines; without attributes those that need them are not there to be named."""
    automatic = automatic_sequence_learner(NAME)
    learners = [*sequence_learners(seed), *attribute_learners(seed), automatic]
    return [one for one in learners if "attributes" in data.side or not one.refuses(data)]


def tasks(given: Sequences, attributes: Any = None) -> tuple[Task, Task]:
    """Return the task of the last items, and the one that parameters are chosen by, which knows nothing of them.

    Args:
        given: sequences.
        attributes: (n_items, n_attributes) CSR.
    Raises:
        DataError: nobody is to be judged.
    """
    fitted, later, last = (given.of(part) for part in (FITTED, CHOSEN_BY, JUDGED_BY))
    n_people, n_items, n_earlier = given.n_people, len(given.items), given.n_earlier
    if not last.item.size:
        raise DataError(
            f"nobody has {SHORTEST} items or more",
            where="sequences",
            expected="items in the order of time in the second column, apart by spaces or commas",
            next_step="give longer sequences",
        )
    side = {} if attributes is None else {"attributes": attributes}
    earlier_side = {name: rows[:n_earlier] for name, rows in side.items()}
    data = TrainingData(fitted, n_people, n_items, side, later)
    # That nothing came later is said, so that a blend weighs its parts for histories as they are.
    none_later = later.where(np.zeros(later.item.size, np.bool_))
    earlier = TrainingData(fitted, n_people, n_earlier, earlier_side, none_later)
    return (
        Task.hiding(data, last.rows(n_people, n_items), "leave_one_out"),
        Task.hiding(earlier, later.rows(n_people, n_earlier), "leave_one_out"),
    )


def _described(given: Sequences, task: Task, attributes: Any) -> dict[str, Any]:
    last = given.of(JUDGED_BY).item.size
    described = {
        "people": given.n_people,
        "items": len(given.items),
        "events": int(given.part.size),
        "judged_people": int(task.people.size),
        "short_sequences": given.n_people - last,
        "last_items_had_before": last - int(task.people.size),
        "last_items_nobody_had": len(given.items) - given.n_earlier,
        "rejected_rows": given.rejected,
    }
    if attributes is not None:
        described["attributes"] = int(attributes.shape[1])
        described["items_with_attributes"] = int((np.diff(attributes.indptr) > 0).sum())
    return described
