"""What comes next in sequences of items: the last item of each person, by full ranking."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.baselines import RECENT_POPULARITY
from zhiyin.affinity.sequence_baselines import attribute_learners, sequence_baselines
from zhiyin.core.interactions import Interactions
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError, InvalidRecord, SettingsError, nearest
from zhiyin.evaluation.contest import Budget, Judged, Learner, compete
from zhiyin.evaluation.slices import history_slices
from zhiyin.evaluation.summary import summary
from zhiyin.evaluation.task import Task, TrainingData
from zhiyin.ingest.column_names import NAMES, is_data, plain
from zhiyin.ingest.reading.readers import read

BASELINES = [learner.name for learner in sequence_baselines()]
"""Stand in every table, whatever is asked for."""

SHORTEST = 3
"""Events of a person who is judged: one to learn from, one to choose parameters by, one to find."""

FITTED, CHOSEN_BY, JUDGED_BY = range(3)
"""What an event is for."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """Items of people in the order of time.

    Items are numbered as they come up, first in what is fitted, then in what parameters are chosen by, then in the last
    items, so that nothing that is known earlier depends on what comes later.

    Attributes:
        events: by person and then in order; the place in the sequence stands for the time.
        part: (e,) int64 ``FITTED``, ``CHOSEN_BY`` or ``JUDGED_BY``.
        n_people: people.
        items: the items' ids by number.
        n_earlier: items of which the last events are not the only ones.
        rejected: rows that could not be read.
    """

    events: Interactions
    part: NDArray[np.int64]
    n_people: int
    items: pl.Series
    n_earlier: int
    rejected: int

    def of(self, part: int) -> Interactions:
        """Return the events that are for one purpose."""
        return self.events.where(self.part == part)


def bench_sequence(
    sequences: Path,
    *,
    attributes: Path | None = None,
    k: int = 10,
    models: Sequence[str] = (),
    budget: Budget | None = None,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Judge learners by each person's last item, ranked among all items.

    Args:
        sequences: table of people and their items in the order of time, apart by spaces or commas, or as a JSON list.
        attributes: JSON object, item → list of attributes.
        k: list length.
        models: learners beside the baselines, all that there are when none is named.
        budget: what every learner may spend.
        progress: told as the trials go on.
    Returns: ``models``: name → figures, see ``evaluation.summary``; ``data``, ``protocol``, and ``left_out``: name → why.
    Raises:
        InvalidRecord: a file cannot be read.
        DataError: nobody has a sequence that is long enough.
        SettingsError: a model has no such name.
    """
    budget = budget or Budget()
    given = read_sequences(sequences)
    matrix = read_attributes(attributes, given.items) if attributes else None
    task, validation = tasks(given, matrix)
    learners, left_out = _learners(task.data, models)
    judged = compete(task, learners, k, budget, validation=validation, progress=progress)
    told = summary(
        judged,
        task,
        k,
        reference=_best_baseline(judged),
        slices=history_slices(np.diff(task.data.histories.indptr)[task.people]),
        seed=budget.seed,
    )
    return {
        "models": told,
        "data": _described(given, task, matrix),
        "protocol": {**PROTOCOL, "trials": budget.trials, "seed": budget.seed},
        "left_out": left_out,
    }


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
    earlier = TrainingData(fitted, n_people, n_earlier, earlier_side)
    return (
        Task.hiding(data, last.rows(n_people, n_items), "leave_one_out"),
        Task.hiding(earlier, later.rows(n_people, n_earlier), "leave_one_out"),
    )


def read_sequences(path: Path) -> Sequences:
    """Read a table of people and their items; several rows of a person follow one another.

    People stand in the column that is named as people's columns are, else in the first one; items in the first other.

    Raises:
        InvalidRecord: the file cannot be read, has a single column, or no row that can be taken.
    """
    users: list[str] = []
    lists: list[list[str]] = []
    rejected = 0
    for chunk in read(path):
        rejected += len(chunk.rejected)
        if not chunk.rows.height:
            continue
        columns = _columns(path, chunk.rows.columns)
        for user, said in chunk.rows.select(pl.col(columns).cast(pl.String)).iter_rows():
            items = _ids(said)
            if user is None or not items:
                rejected += 1
                continue
            users.append(user)
            lists.append(items)
    if not users:
        raise InvalidRecord(
            "no row of it can be taken",
            where=str(path),
            expected="people in the first column and their items in the second, with a header line",
            next_step="check the file; items stand apart by spaces or commas, or as a JSON list",
        )
    return _numbered(pl.Series(users), lists, rejected)


def _columns(path: Path, names: Sequence[str]) -> list[str]:
    """Return the names of the columns of people and of items."""
    if len(names) < 2 or is_data(names):
        raise InvalidRecord(
            "there is one column" if len(names) < 2 else "the first line is a row, not a header",
            where=str(path),
            expected="people in the first column and their items in the second, with a header line",
            next_step="write them so, such as user<tab>items",
        )
    known = NAMES["events"]["user"].split()
    user = next((name for name in names if plain(name) in known), names[0])
    return [user, next(name for name in names if name != user)]


def _ids(said: str | None) -> list[str]:
    """Return the ids that a cell holds, none where it cannot be read."""
    if said is None or not said.startswith("["):
        return (said or "").replace(",", " ").split()
    try:
        values = json.loads(said)
    except (ValueError, RecursionError):
        return []
    return [str(value) for value in values] if _are_ids(values) else []


def _are_ids(values: Any) -> bool:
    return isinstance(values, list) and all(type(value) in (int, str) for value in values)


def _numbered(users: pl.Series, lists: Sequence[Sequence[str]], rejected: int) -> Sequences:
    people = users.unique(maintain_order=True)
    row_person = users.cast(pl.Enum(people)).to_physical().cast(pl.Int64).to_numpy()
    person = np.repeat(row_person, [len(items) for items in lists])
    order = np.argsort(person, kind="stable")
    ids = pl.Series([item for items in lists for item in items])[order]
    person = person[order]
    length = np.bincount(person)
    start = np.concatenate(([0], np.cumsum(length)))[person]
    position = np.arange(person.size) - start
    after = length[person] - 1 - position
    part = np.where(length[person] < SHORTEST, FITTED, np.maximum(JUDGED_BY - after, FITTED))
    by_part = [ids.filter(pl.Series(part == p)) for p in (FITTED, CHOSEN_BY, JUDGED_BY)]
    items = pl.concat(by_part).unique(maintain_order=True)
    number = ids.cast(pl.Enum(items)).to_physical().cast(pl.Int64).to_numpy()
    events = Interactions(person, number, np.ones(person.size, np.float32), position)
    n_earlier = int(number[part != JUDGED_BY].max(initial=-1)) + 1
    return Sequences(events, part, len(people), items, n_earlier, rejected)


def read_attributes(path: Path, items: pl.Series) -> Any:
    """Read what items have; items that no sequence holds are left out.

    Args:
        path: JSON object, item → list of attributes.
        items: ids by number.
    Returns: (n_items, n_attributes) float32 CSR of ones.
    Raises:
        InvalidRecord: the file is something else, or says nothing of any item.
    """
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise _no_attributes(path, f"it cannot be read: {error}") from error
    if not isinstance(said, dict):
        raise _no_attributes(path, f"it is a {type(said).__name__}")
    wrong = next((item for item, values in said.items() if not _are_ids(values)), None)
    if wrong is not None:
        raise _no_attributes(path, f'what "{wrong}" has is no list of ids')
    return _attribute_rows(path, said, items)


def _attribute_rows(path: Path, said: Mapping[str, list[Any]], items: pl.Series) -> Any:
    pairs = {(i, str(a)) for i, item in enumerate(items) for a in said.get(item, ())}
    if not pairs:
        raise _no_attributes(path, "it says nothing of any item of the sequences")
    column = {name: c for c, name in enumerate(sorted({name for _, name in pairs}))}
    entries = np.array([(i, column[name]) for i, name in sorted(pairs)]).T
    ones = np.ones(len(pairs), np.float32)
    return sparse.csr_array((ones, (entries[0], entries[1])), shape=(len(items), len(column)))


def _no_attributes(path: Path, what: str) -> InvalidRecord:
    return InvalidRecord(
        what,
        where=str(path),
        expected='a JSON object of items and lists, such as {"item": ["red", "wool"]}',
        next_step="write it so, with the items' ids as in the sequences",
    )


def _learners(data: TrainingData, models: Sequence[str]) -> tuple[list[Learner], dict[str, str]]:
    optional = attribute_learners() if "attributes" in data.side else []
    known = {learner.name for learner in optional} | set(BASELINES)
    for name in models:
        if name not in known:
            raise SettingsError(
                f'no model is called "{name}"',
                where="--models",
                expected=nearest(name, sorted(known)),
                next_step="name models of this list; those that use attributes need --attributes",
            )
    wanted = [
        learner
        for learner in optional
        if not models or learner.name in models or learner.control_of in models
    ]
    entered = sequence_baselines() + wanted
    left_out = {learner.name: why for learner in entered if (why := learner.refuses(data))}
    learners = [learner for learner in entered if learner.name not in left_out]
    return learners, {RECENT_POPULARITY.name: "places in a sequence are no times", **left_out}


def _best_baseline(judged: Sequence[Judged]) -> str:
    """Return the baseline that validates best; no last item decides."""
    entered = [one for one in judged if one.name in BASELINES]
    return max(entered, key=lambda one: np.nan_to_num(one.validation, nan=-1.0)).name


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
