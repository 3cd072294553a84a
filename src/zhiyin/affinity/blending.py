"""Several learners as one: their scores on one scale, added with weights that depend on how much of a person is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.progress import Progress
from zhiyin.evaluation.contest import Budget, Fit, Judged, Learner, Params, tuned
from zhiyin.evaluation.metrics import ndcg
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.task import Task, TrainingData

SEGMENTS = (0, 1, 3, 8)
"""Fewest items of history of each segment that has weights of its own."""

_STEPS = 20  # parts are added so many times, so a weight is a whole number of twentieths
_PEOPLE = 2000
_SHORTENED = 5  # one person in so many has the history cut for a segment
_CELLS = 2**27  # scores of all parts in memory


def standardised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (m, n_items) scores with mean 0 and deviation 1 in each row; a row of equal scores becomes 0."""
    centred = scores - scores.mean(axis=1, keepdims=True, dtype=np.float64)
    spread = centred.std(axis=1, keepdims=True)
    flat = spread <= 1e-6 * np.abs(scores).max(axis=1, initial=0, keepdims=True)
    return np.where(flat, 0, centred / np.where(flat, 1, spread)).astype(np.float32)


def ensemble_weights(
    parts: NDArray[np.float32], task: Task, people: NDArray[np.int64], k: int
) -> tuple[NDArray[np.float64], float]:
    """Return weights of parts with the best NDCG@k of their sum, found by adding one part at a time.

    At each step the part is added, again or for the first time, whose addition is best; the best sum of all steps is
    kept, so a part alone is never worse.

    Args:
        parts: (n_parts, p, n_items) float32 standardised scores.
        task: what is judged by.
        people: (p,) int64 of its people, in the order of ``parts``.
        k: list length.
    Returns: (n_parts,) float64 that sum to 1, and the NDCG@k.
    Complexity: O(20 n_parts p n_items).
    References: Caruana et al., ICML 2004 (ensemble selection).
    """
    place = {person: at for at, person in enumerate(people.tolist())}
    asked = replace(task, people=people)
    relevant = task.relevant[people]

    def value(scores: NDArray[np.float32]) -> float:
        lists = asked.lists(lambda part: scores[[place[p] for p in part.tolist()]], k)
        return float(ndcg(lists, relevant).mean())

    counts = np.zeros(len(parts))
    total = np.zeros(parts.shape[1:], np.float32)
    best, best_counts = -1.0, counts
    for _ in range(_STEPS):
        values = [value(total + part) for part in parts]
        chosen = int(np.argmax(values))
        counts = counts + np.eye(len(parts))[chosen]
        total += parts[chosen]
        if values[chosen] > best:
            best, best_counts = values[chosen], counts
    return best_counts / best_counts.sum(), best


def blended(name: str, parts: Sequence[Learner], *, over: str | None = None) -> Learner:
    """Return a learner that chooses the parameters and the weights of others by itself.

    The weights are chosen for each segment of history: for the longest on the validation part as it is, for the others on
    people whose history is cut to the segment's fewest items. A part that a segment gives no weight is not asked.

    Args:
        name: of the learner.
        parts: its parts; those that refuse the data are left out.
        over: see ``Learner``.
    """

    def tune(
        validation: Task, k: int, budget: Budget, known: Mapping[str, Judged], progress: Progress
    ) -> tuple[Params, int, float]:
        entered = [part for part in parts if not part.refuses(validation.data)]
        params: dict[str, Any] = {}
        trials = 0
        for at, part in enumerate(entered):
            if part.name in known:
                found_params, tried = known[part.name].params, known[part.name].trials
            else:
                found_params, tried, _ = tuned(part, validation, k, budget)
            params[part.name], trials = dict(found_params), trials + tried
            progress((at + 1) / (len(entered) + 1), at)
        weights: dict[str, dict[str, float]] = {}
        best = np.nan
        for fewest in SEGMENTS if validation.data.later is None else SEGMENTS[-1:]:
            found, best = _weights_at(fewest, entered, params, validation, k, budget.seed)
            weights[str(fewest)] = {
                part.name: float(weight)
                for part, weight in zip(entered, found, strict=True)
                if weight > 0
            }
        return {"parts": params, "weights": weights}, trials, best

    def prepare(data: TrainingData) -> Fit:
        def fit(chosen: Params) -> ScoreRows:
            used = {part for shares in chosen["weights"].values() for part in shares}
            models = {
                part.name: part.prepare(data)(chosen["parts"][part.name])
                for part in parts
                if part.name in used
            }
            return _scores(models, chosen["weights"], np.diff(data.histories.indptr))

        return fit

    return Learner(name, prepare, over=over, tune=tune)


def _weights_at(
    fewest: int,
    parts: Sequence[Learner],
    params: Mapping[str, Params],
    validation: Task,
    k: int,
    seed: int,
) -> tuple[NDArray[np.float64], float]:
    """Return the weights of parts for people with so many items of history, and their NDCG@k.

    With nobody to judge by, all parts weigh the same.
    """
    if not validation.people.size:
        return np.full(len(parts), 1 / len(parts)), np.nan
    most = min(_PEOPLE, _CELLS // (len(parts) * validation.data.n_items))
    if fewest < SEGMENTS[-1]:  # the others keep what they have, friends among them
        most = min(most, validation.people.size // _SHORTENED)
    task = validation.sampled(max(20, most), seed)
    if fewest < SEGMENTS[-1]:
        task = task.shortened(fewest, task.people, seed)
    scores = np.stack(
        [standardised(part.prepare(task.data)(params[part.name])(task.people)) for part in parts]
    )
    return ensemble_weights(scores, task, task.people, k)


def _scores(
    models: Mapping[str, ScoreRows],
    weights: Mapping[str, Mapping[str, float]],
    length: NDArray[np.int64],
) -> ScoreRows:
    bounds = sorted(int(fewest) for fewest in weights)

    def scores(people: NDArray[np.int64]) -> NDArray[np.float32]:
        segment = np.maximum(np.searchsorted(bounds, length[people], side="right") - 1, 0)
        parts = []
        for name, model in models.items():
            of_segment = [weights[str(fewest)].get(name, 0.0) for fewest in bounds]
            share = np.array(of_segment, np.float32)[segment]
            parts.append(standardised(model(people)) * share[:, None])
        return np.asarray(np.sum(parts, axis=0, dtype=np.float32))

    return scores
