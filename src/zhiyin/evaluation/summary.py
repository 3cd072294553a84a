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
from zhiyin.evaluation.intervals import bootstrap, group_bootstrap, paired_difference
from zhiyin.evaluation.metrics import ranking_figures
from zhiyin.evaluation.significance import holm, sign_flip_p
from zhiyin.evaluation.task import Task

REAL, NONE, CONTROL_TOO, UNCONTROLLED = "real", "none", "the control has it too", "not controlled"
"""What can be said of a gain."""


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
    return {
        one.name: {
            **means(one.figures, seed),
            **_exposure(one.lists, task),
            "fit_s": round(one.fit_s, 3),
            "score_s": round(one.score_s, 3),
            "rss_mb": round(one.rss_mb, 1),
            "params": dict(one.params),
            "trials": one.trials,
            "validation": number(one.validation),
            "against": against.get(one.name),
            "gain": _gain(one, by_name, k, seed),
            "control_of": one.learner.control_of,
            "slices": {
                **{name: _slice(one.figures, who, k, seed) for name, who in slices.items()},
                **{name: _target(one, task, part, k, seed) for name, part in targets.items()},
            },
        }
        for one in judged
    }


def means(figures: Mapping[str, NDArray[np.float64]], seed: int) -> dict[str, Any]:
    """Return metric → mean over people, and under ``ci`` metric → [low, high] at 95 %."""
    intervals = {name: bootstrap(values, seed=seed) for name, values in figures.items()}
    return {
        **{name: number(interval.mean) for name, interval in intervals.items()},
        "ci": {name: [number(i.low), number(i.high)] for name, i in intervals.items()},
    }


def number(value: float) -> float | None:
    """Return a figure to six digits, None where there is none, since JSON has no NaN."""
    return float(f"{value:.6g}") if math.isfinite(value) else None


def _numbers(values: Sequence[float]) -> list[float | None]:
    return [number(value) for value in values]


def _exposure(lists: NDArray[np.int64], task: Task) -> dict[str, Any]:
    shown = exposure(lists, task.data.n_items)
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
    p = holm([sign_flip_p(one.figures[metric] - base, seed=seed) for one in others])
    return {
        one.name: {
            "reference": reference.name,
            metric: _numbers(paired_difference(one.figures[metric], base, seed=seed).as_list()),
            "p_holm": number(adjusted),
        }
        for one, adjusted in zip(others, p, strict=True)
    }


def _gain(one: Judged, by_name: Mapping[str, Judged], k: int, seed: int) -> dict[str, Any] | None:
    over, metric = one.learner.over, f"ndcg@{k}"
    if over is None or over not in by_name or one.learner.control_of:
        return None
    base, own = by_name[over].figures[metric], one.figures[metric]
    gain = paired_difference(own, base, seed=seed)
    controls = [c for c in by_name.values() if c.learner.control_of == one.name]
    left = [paired_difference(own, c.figures[metric], seed=seed) for c in controls]
    if not gain.low > 0:
        verdict = NONE
    elif not controls:
        verdict = UNCONTROLLED
    else:
        verdict = REAL if all(interval.low > 0 for interval in left) else CONTROL_TOO
    return {
        "over": over,
        metric: _numbers(gain.as_list()),
        "controls": {
            c.name: _numbers(paired_difference(c.figures[metric], base, seed=seed).as_list())
            for c in controls
        },
        "verdict": verdict,
    }


def _slice(
    figures: Mapping[str, NDArray[np.float64]], chosen: NDArray[np.bool_], k: int, seed: int
) -> dict[str, Any]:
    """Return the people of a slice and its figures, without the figures where the group is small."""
    told: dict[str, Any] = {"people": int(chosen.sum())}
    for name in (f"recall@{k}", f"ndcg@{k}"):
        interval = group_bootstrap(figures[name][chosen], seed=seed)
        told[name] = None if interval is None else _numbers(interval.as_list())
    return told


def _target(one: Judged, task: Task, relevant: Any, k: int, seed: int) -> dict[str, Any]:
    figures = ranking_figures(one.lists, relevant[task.people])
    return _slice(figures, ~np.isnan(figures[f"ndcg@{k}"]), k, seed)
