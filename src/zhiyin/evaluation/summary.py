"""What a contest came to, as plain figures: means with intervals, differences, and what the controls say."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.evaluation.beyond_accuracy import coverage, entropy, exposure, gini, novelty
from zhiyin.evaluation.contest import Judged
from zhiyin.evaluation.gains import gains
from zhiyin.evaluation.intervals import bootstrap_columns, group_bootstrap
from zhiyin.evaluation.metrics import ranking_figures
from zhiyin.evaluation.significance import holm, sign_flip_p
from zhiyin.evaluation.task import Task


def summary(
    judged: Sequence[Judged],
    task: Task,
    k: int,
    *,
    reference: str,
    slices: Mapping[str, NDArray[np.bool_]] = MappingProxyType({}),
    targets: Mapping[str, Any] = MappingProxyType({}),
    seed: int = 0,
) -> dict[str, dict[str, Any]]:
    """Return name → figures of each learner, as JSON can hold them.

    Args:
        judged: learners that were judged by the task.
        task: what they were judged by.
        k: list length.
        reference: name of the learner to which all others are compared by NDCG@k, paired by person, their p-values
            adjusted for the number of comparisons.
        slices: name → (p,) bool over the task's people.
        targets: name → (n_people, n_items) CSR, a part of what is relevant, by which the same lists are judged, too.
        seed: of the intervals.
    Returns: for each learner its metrics at k with intervals under ``ci``, exposure, cost, parameters, ``against`` the
        reference, ``gain`` where it adds a signal to another learner, and ``slices``, of people and of what is relevant.
    """
    by_name = {one.name: one for one in judged}
    against = _against(judged, by_name[reference], k, seed)
    gained = gains(judged, f"ndcg@{k}", seed, also=(f"recall@{k}",))
    return {
        one.name: {
            **means(one.figures, seed),
            **_exposure(one.lists, task),
            "fit_s": round(one.fit_s, 3),
            "score_s": round(one.score_s, 3),
            "rss_mb": number(one.rss_mb),
            "params": dict(one.params),
            "trials": one.trials,
            "validation": number(one.validation),
            "against": against.get(one.name),
            "gain": rounded(gained.get(one.name)),
            "control_of": one.learner.control_of,
            "slices": {
                **{name: group(one.figures, who, k, seed) for name, who in slices.items()},
                **{name: _target(one, task, part, k, seed) for name, part in targets.items()},
            },
        }
        for one in judged
    }


def means(figures: Mapping[str, NDArray[np.float64]], seed: int) -> dict[str, Any]:
    """Return metric → mean over people, and under ``ci`` metric → [low, high] at 95 %."""
    columns = np.stack(list(figures.values()), axis=1)
    intervals = dict(zip(figures, bootstrap_columns(columns, seed=seed), strict=True))
    return {
        **{name: number(interval.mean) for name, interval in intervals.items()},
        "ci": {name: [number(i.low), number(i.high)] for name, i in intervals.items()},
    }


def number(value: float) -> float | None:
    """Return a figure to six digits, None where there is none, since JSON has no NaN."""
    return float(f"{value:.6g}") if math.isfinite(value) else None


def rounded(document: Any) -> Any:
    """Return a document with all its figures as ``number`` has them."""
    if isinstance(document, float):
        return number(document)
    if isinstance(document, Mapping):
        return {name: rounded(value) for name, value in document.items()}
    return [rounded(value) for value in document] if isinstance(document, list) else document


def _exposure(lists: NDArray[np.int64], task: Task) -> dict[str, Any]:
    shown = exposure(lists, task.data.n_items)
    shown = shown if task.offered is None else shown[task.offered]
    rare = novelty(lists, task.data.rows)
    rare = rare[~np.isnan(rare)]
    figures: dict[str, Callable[[], float]] = {
        "coverage": lambda: coverage(shown),
        "gini": lambda: gini(shown),
        "entropy_bits": lambda: entropy(shown),
        "novelty_bits": lambda: float(np.mean(rare)) if rare.size else math.nan,
    }
    return {name: number(figure()) for name, figure in figures.items()}


def _against(
    judged: Sequence[Judged], reference: Judged, k: int, seed: int
) -> dict[str, dict[str, Any]]:
    metric = f"ndcg@{k}"
    base = reference.figures[metric]
    others = [one for one in judged if one is not reference]
    rows = [one.figures[metric] - base for one in others]
    differences = np.array(rows).reshape(len(others), base.size).T  # (p, others)
    p = holm([sign_flip_p(difference, seed=seed) for difference in differences.T])
    intervals = bootstrap_columns(differences, seed=seed)
    return {
        one.name: {
            "reference": reference.name,
            metric: rounded(interval.as_list()),
            "p_holm": number(adjusted),
        }
        for one, interval, adjusted in zip(others, intervals, p, strict=True)
    }


def group(
    figures: Mapping[str, NDArray[np.float64]], chosen: NDArray[np.bool_], k: int, seed: int
) -> dict[str, Any]:
    """Return the people of a group and its figures as [mean, low, high], None where it is small.

    Args:
        figures: metric@k → (p,) float64.
        chosen: (p,) bool, who is in the group.
        k: list length.
        seed: of the intervals.
    """
    told: dict[str, Any] = {"people": int(chosen.sum())}
    for name in (f"recall@{k}", f"ndcg@{k}"):
        interval = group_bootstrap(figures[name][chosen], seed=seed)
        told[name] = None if interval is None else rounded(interval.as_list())
    return told


def _target(one: Judged, task: Task, relevant: Any, k: int, seed: int) -> dict[str, Any]:
    figures = ranking_figures(one.lists, relevant[task.people])
    return group(figures, ~np.isnan(figures[f"ndcg@{k}"]), k, seed)
