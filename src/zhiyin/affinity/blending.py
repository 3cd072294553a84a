"""How several learners become one: parameters and weights are chosen on a held-out part, by length of history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.blend import Blend, segments
from zhiyin.affinity.ensemble import Pool
from zhiyin.affinity.model import Fitted
from zhiyin.core.progress import Progress, untold
from zhiyin.evaluation.contest import Budget, Fit, Judged, Learner, Params, tuned
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import trial
from zhiyin.evaluation.task import Task, TrainingData

SEGMENTS = (0, 1, 3, 8)
"""Fewest items of history of each segment that has weights of its own."""

_PEOPLE = 2000
_SHORTENED = 1000  # people whose history is cut, at most
_BETTER = 1.02  # times that weights of a segment's own must be better
_FEWEST = 30  # people below which the weights of a segment would be chance


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """What was chosen on a held-out part.

    Attributes:
        params: ``parts``: name → parameters; ``scales``: name → what scores are divided by, to stand on one scale;
            ``weights``: fewest items of a segment → name → share. JSON can hold it.
        trials: parameter sets it rests on.
        value: NDCG@k of the blend on the held-out part, NaN where nobody could be judged.
        held_out: name → scores of the part fitted without what is hidden.
    """

    params: dict[str, Any]
    trials: int
    value: float
    held_out: Mapping[str, ScoreRows]


def choose(
    parts: Sequence[Learner],
    validation: Task,
    k: int,
    budget: Budget,
    known: Mapping[str, Judged] | None = None,
    progress: Progress = untold,
) -> Chosen:
    """Choose the parameters of each part, and the weights of their sum.

    A scale is the mean deviation of a part's scores over the judged people. The weights of the longest histories are
    chosen on the validation part as it is, the others on people whose history is cut.

    Args:
        parts: those that refuse the data are left out.
        validation: what all is chosen by.
        k: list length.
        budget: what each part may spend.
        known: learners whose parameters were chosen already, by name.
        progress: told as parts are done.
    """
    entered = [part for part in parts if not part.refuses(validation.data)]
    params: dict[str, Params] = {}
    trials = 0
    for at, part in enumerate(entered):
        if known and part.name in known:
            found, tried = known[part.name].params, known[part.name].trials
        elif budget.trials == 1 and part.tune is None:
            found, tried = trial(part.space, budget.seed, 0), 1  # the defaults need no judgment
        else:
            found, tried, _ = tuned(part, validation, k, budget)
        params[part.name], trials = dict(found), trials + tried
        progress(0.8 * (at + 1) / len(entered), trials)
    fitted = _fitted(entered, validation.data, params)
    scales, weights, value = _weighed(entered, params, fitted, validation, k, budget.seed)
    return Chosen({"parts": params, "scales": scales, "weights": weights}, trials, value, fitted)


def blended(name: str, parts: Sequence[Learner], *, over: str | None = None) -> Learner:
    """Return a learner that chooses the parameters and the weights of others by itself, see ``choose``.

    Args:
        name: of the learner.
        parts: its parts; those that refuse the data are left out.
        over: see ``Learner``.
    """

    def tune(
        validation: Task, k: int, budget: Budget, known: Mapping[str, Judged], progress: Progress
    ) -> tuple[Params, int, float]:
        chosen = choose(parts, validation, k, budget, known, progress)
        return chosen.params, chosen.trials, chosen.value

    def prepare(data: TrainingData) -> Fit:
        return lambda params: weighted_sum(fit_parts(parts, data, params), params, data)

    return Learner(name, prepare, over=over, tune=tune)


def fit_blend(parts: Sequence[Learner], data: TrainingData, params: Params) -> Fitted:
    """Fit what was chosen to be served; a part that no segment gives any weight is not fitted.

    Args:
        parts: learners that leave a ``Fitted``, among them those that ``params`` names.
        data: what they are fitted on.
        params: see ``Chosen``.
    """
    fitted = fit_parts(parts, data, params)
    fewest, weights = weight_table(list(fitted), params)
    model = Blend({name: part.model for name, part in fitted.items()}, fewest, weights)
    return Fitted(
        model, weighted_sum(fitted, params, data), lambda asked: _on(fitted, params, asked)
    )


def _on(fitted: Mapping[str, Fitted], params: Params, asked: TrainingData) -> ScoreRows:
    return weighted_sum({name: part.on(asked) for name, part in fitted.items()}, params, asked)


def weighted_sum(fitted: Mapping[str, ScoreRows], params: Params, data: TrainingData) -> ScoreRows:
    """Return what scores people of ``data`` with the weighted sum of parts, see ``Blend``."""
    used = {name for shares in params["weights"].values() for name in shares}
    asked = {name: part for name, part in fitted.items() if name in used}
    fewest, weights = weight_table(list(asked), params)
    length = np.diff(data.histories.indptr)

    def scores(people: NDArray[np.int64]) -> NDArray[np.float32]:
        of_person = weights[segments(fewest, length[people])]  # (m, n_parts)
        total = np.zeros((people.size, data.n_items), np.float32)
        for place, part in enumerate(asked.values()):
            total += of_person[:, place, None] * part(people)
        return total

    return scores


def weight_table(
    names: Sequence[str], params: Params
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the segments, (s,) int64, and what each part counts in them, (s, len(names)) float32."""
    fewest = sorted(int(start) for start in params["weights"])
    shares = [[params["weights"][str(start)].get(name, 0.0) for name in names] for start in fewest]
    scales = [params["scales"][name] for name in names]
    return np.array(fewest, np.int64), (np.array(shares) / scales).astype(np.float32)


def fit_parts(parts: Sequence[Learner], data: TrainingData, params: Params) -> dict[str, Any]:
    """Return name → what a learner leaves behind, of those that some segment gives weight.

    Args:
        parts: learners, among them those that ``params`` names.
        data: what they are fitted on.
        params: see ``Chosen``.
    """
    used = {name for shares in params["weights"].values() for name in shares}
    return _fitted([part for part in parts if part.name in used], data, params["parts"])


def _fitted(
    parts: Sequence[Learner], data: TrainingData, params: Mapping[str, Params]
) -> dict[str, Any]:
    return {part.name: part.prepare(data)(params[part.name]) for part in parts}


def _weighed(
    parts: Sequence[Learner],
    params: Mapping[str, Params],
    fitted: Mapping[str, Any],
    validation: Task,
    k: int,
    seed: int,
) -> tuple[dict[str, float], dict[str, dict[str, float]], float]:
    """Return the scale of each part, the weights of each segment, and NDCG@k; all alike with nobody to judge by."""
    longest = str(SEGMENTS[-1])
    if not validation.people.size:
        alike = {part.name: 1 / len(parts) for part in parts}
        return {part.name: 1.0 for part in parts}, {str(SEGMENTS[0]): alike}, np.nan
    whole = validation.sampled(_PEOPLE, seed)
    pool = Pool.of(list(fitted.values()), whole, whole.people, k)
    found, value = pool.weights(pool.scale)
    of_segment = {longest: found}
    if validation.data.later is None:
        of_segment = (
            _cut(parts, params, fitted, pool.scale, found, validation, k, seed) | of_segment
        )
    weights = {
        start: {
            part.name: float(share) for part, share in zip(parts, shares, strict=True) if share > 0
        }
        for start, shares in of_segment.items()
    }
    scales = {part.name: float(one) for part, one in zip(parts, pool.scale, strict=True)}
    return scales, weights, value


def _cut(
    parts: Sequence[Learner],
    params: Mapping[str, Params],
    fitted: Mapping[str, Any],
    scale: NDArray[np.float64],
    longest: NDArray[np.float64],
    validation: Task,
    k: int,
    seed: int,
) -> dict[str, NDArray[np.float64]]:
    """Return the weights of each segment but the last, from people whose history is cut to its fewest items.

    Nothing is fitted anew: what is hidden was hidden before, and what is cut away is no candidate either. With too few
    people no segment has weights of its own; one whose own are hardly better than those of the longest histories takes
    these.
    """
    judged = validation.sampled(_SHORTENED, seed)
    found: dict[str, NDArray[np.float64]] = {}
    if judged.people.size < _FEWEST:
        return found
    for length in SEGMENTS[:-1]:
        task = judged.shortened(length, judged.people, seed)
        asked = [
            fitted[part.name].on(task.data)
            if isinstance(fitted[part.name], Fitted)
            else part.prepare(task.data)(params[part.name])
            for part in parts
        ]
        pool = Pool.of(asked, task, task.people, k)
        own, value = pool.weights(scale)
        found[str(length)] = own if value > _BETTER * pool.value(longest, scale) else longest
    return found
