"""Ridge restricted to neighbours as learners: what takes over where both sides are too large for a dense solve.

Item weights whose sparse Gram matrix would not fit in memory are trained from files, see ``out_of_core``.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.baselines import no_ties
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.learners import matrix_of
from zhiyin.affinity.memory import PART_BYTES, gram_row_entries, restricted_bytes, too_large
from zhiyin.affinity.model import DENSE_LIMIT, Fitted, fitted, mean_square, of_rows
from zhiyin.affinity.out_of_core import OutOfCore, bytes_of_passes, train_out_of_core
from zhiyin.affinity.people_neighbours import PeopleNeighbours
from zhiyin.affinity.people_weights import symmetric, tie_likeness
from zhiyin.affinity.restricted import restricted_weights
from zhiyin.affinity.row_files import chunks_of, write_rows
from zhiyin.evaluation.contest import Fit, Learner, Params
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import LogUniform, Space, Uniform, Whole
from zhiyin.evaluation.task import TrainingData

_NEIGHBOURS = 100
_MOST = 200  # neighbours that a trial may take
_WRITTEN = 2**22  # entries that are written at a time


def _items(data: TrainingData, max_bytes: int) -> Fit:
    unit = mean_square(data.rows)
    if _bytes_of_items(data) > max_bytes:
        return lambda params: _from_files(
            data, _plan(unit * params["reg"], params["neighbours"], max_bytes)
        )
    gram = (data.rows.T.tocsr() @ data.rows).tocsr()

    def fit(params: Params) -> ScoreRows:
        reg, neighbours = unit * params["reg"], params["neighbours"]
        weights = restricted_weights(gram, reg=reg, neighbours=neighbours)
        return of_rows(ItemWeights("ease", weights), data)

    return fit


def _from_files(data: TrainingData, plan: OutOfCore) -> Fitted:
    """Train in a folder that is removed; the weights stay mapped, and their space is free once nobody holds them."""
    with TemporaryDirectory(prefix="zhiyin-") as folder:
        rows, work = Path(folder, "rows"), Path(folder, "work")
        write_rows(rows, chunks_of(data.rows, _WRITTEN), data.n_items)
        return of_rows(ItemWeights("ease", train_out_of_core(rows, work, plan).weights), data)


def _plan(reg: float, neighbours: int, max_bytes: int) -> OutOfCore:
    return OutOfCore(reg, neighbours, 2 * neighbours, max_bytes, workers=1)


def _bytes_of_items(data: TrainingData) -> int:
    """Return the bytes of item weights that are trained in memory."""
    entries = gram_row_entries(data.rows, data.rows.T.tocsr()).sum()
    return restricted_bytes(int(entries), data.n_items, _MOST)


def _items_too_large(data: TrainingData, max_bytes: int) -> str:
    """Say why item weights can be trained neither from files nor in memory."""
    passes = bytes_of_passes(_plan(1.0, _MOST, max_bytes), data.rows.shape, data.rows.nnz)
    largest = max(passes.values(), key=lambda needed: sum(needed.values()))
    why = too_large(largest, max_bytes)
    return why if why and _bytes_of_items(data) > max_bytes else ""


def _bytes_of_people(data: TrainingData) -> int:
    """Return the bytes of the weights of everybody between people, with ties, solved at once."""
    met = gram_row_entries(data.rows.T.tocsr(), data.rows).sum()
    tied = symmetric(matrix_of(data))
    alike = gram_row_entries(tied, tied).sum()
    # Each stands once alone and once in their sum; the likeness once more, weighed.
    return restricted_bytes(int(2 * met + 3 * alike), data.n_people, _MOST)


def _people(data: TrainingData) -> Fit:
    unit = mean_square(data.rows)
    kernel = (data.rows @ data.rows.T.tocsr()).tocsr()

    def fit(params: Params) -> ScoreRows:
        model = PeopleNeighbours.of(
            data.rows, reg=unit * params["reg"], neighbours=params["neighbours"]
        )
        return _of_people(model, kernel, data)

    return fit


def _people_and_ties(data: TrainingData) -> Fit:
    unit = mean_square(data.rows)
    kernel = (data.rows @ data.rows.T.tocsr()).tocsr()
    tied = symmetric(matrix_of(data))
    alike = tie_likeness(tied)

    def fit(params: Params) -> ScoreRows:
        weights = {name: unit * params[name] for name in ("reg", "tie_weight", "common_weight")}
        model = PeopleNeighbours.of(data.rows, tied, neighbours=params["neighbours"], **weights)
        ties = weights["tie_weight"] * tied + weights["common_weight"] * alike
        return _of_people(model, kernel + ties, data)

    return fit


def _of_people(model: PeopleNeighbours, kernel: Any, data: TrainingData) -> Fitted:
    """Return the model with the weights of everybody solved at once; who changed since is solved alone."""
    kernel.sort_indices()
    solved = restricted_weights(kernel, reg=model.reg, neighbours=model.neighbours).T.tocsr()

    def scoring(asked: TrainingData) -> ScoreRows:
        def scores(people: NDArray[np.int64]) -> NDArray[np.float32]:
            answer = (solved[people] @ data.rows).toarray()
            changed = abs(asked.histories[people] - data.rows[people]).sum(axis=1)
            for place in np.flatnonzero(changed):
                row = asked.histories[[people[place]]]
                one = Asked(row.indices.astype(np.int64), row.data, int(people[place]))
                answer[place] = model.scores(one)
            return np.asarray(answer, np.float32)

        return scores

    return fitted(model, data, scoring)


_NEAR: Space = {
    "reg": LogUniform(10.0, 1000.0, default=100.0),
    "neighbours": Whole(50, _MOST, is_log=True, default=_NEIGHBOURS),
}

_NEAR_AND_TIED: Space = {
    **_NEAR,
    "tie_weight": Uniform(0.0, 4.0, default=2.0),
    "common_weight": Uniform(0.0, 8.0, default=4.0),
}


def restricted_learners(
    dense_limit: int = DENSE_LIMIT, max_bytes: int = PART_BYTES
) -> tuple[Learner, Learner, Learner]:
    """Return EASE of neighbours, and people of neighbours without and with ties.

    They refuse what the dense solve takes: the limit is for the smaller side, or for people.

    Args:
        dense_limit: largest side of a dense solve.
        max_bytes: of memory that EASE may take beside the data; what would take more is trained from files.
    """

    def is_dense(side: int) -> str:
        return "solved with everybody as neighbours" if side <= dense_limit else ""

    def refuses_people(data: TrainingData) -> str:
        return is_dense(data.n_people)

    return (
        Learner(
            "ease of neighbours",
            lambda data: _items(data, max_bytes),
            _NEAR,
            lambda data: is_dense(min(data.rows.shape)) or _items_too_large(data, max_bytes),
        ),
        Learner("people of neighbours", _people, _NEAR, refuses_people),
        Learner(
            "people and ties of neighbours",
            _people_and_ties,
            _NEAR_AND_TIED,
            lambda data: refuses_people(data) or no_ties(data),
            over="people of neighbours",
            peak_bytes=_bytes_of_people,
        ),
    )
