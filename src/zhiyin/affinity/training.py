"""Which model suits a shop: tried on a held-out part of its own data, then fitted on everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.model import (
    DENSE_LIMIT,
    NEIGHBOURS,
    AffinityModel,
    ease_solver,
    fit,
    mean_square,
)
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.affinity.popularity import popularity
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.intervals import bootstrap, paired_difference
from zhiyin.evaluation.task import Task, TrainingData

REGS = (1.0, 3.16, 10.0, 31.6, 100.0, 316.0, 1000.0, 3160.0, 10_000.0)
"""Ridges that are tried, in units of the mean square of the strengths, so weak events are treated alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """The model on all data, and how it was chosen.

    Attributes:
        model: fitted on everything.
        reg: the chosen ridge, in units of the diagonal of the Gram matrix.
        report: plain figures for a snapshot's manifest; intervals are [mean, low, high] at 95 %.
        held_out: what a blend with other scores is tuned on.
        held_out_popularity: (n_items,) float32 popularity of what ``held_out`` leaves visible.
        k: list length that was judged.
        held_out_model: the chosen model fitted without the hidden part; None when there was nobody to judge.

    >>> person, item = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2])
    >>> table = Interactions(person, item, np.ones(4, np.float32), np.zeros(4, np.int64))
    >>> train(table, n_people=2, n_items=3).report["people"]
    2
    """

    model: AffinityModel
    reg: float
    report: dict[str, Any]
    held_out: Task
    held_out_popularity: NDArray[np.float32]
    k: int
    held_out_model: AffinityModel | None


@dataclass(frozen=True, slots=True, eq=False)
class _Contestant:
    model: AffinityModel
    reg: float
    ndcg: float


def train(
    interactions: Interactions,
    *,
    n_people: int,
    n_items: int,
    k: int = 20,
    dense_limit: int = DENSE_LIMIT,
    neighbours: int = NEIGHBOURS,
    half_life_days: float = 30.0,
    sample: int = 1000,
    seed: int = 0,
) -> Training:
    """Choose a model by full-ranking NDCG@k on a held-out part, then fit it on everything.

    EASE over the ridges of ``REGS`` competes with item-kNN; popularity stands beside them in the report. With nobody
    to judge, the middle ridge is taken. Only ``interactions`` is looked at: a test part kept out of it stays unseen.

    Args:
        interactions: the training events; those without evidence (strength 0) are left out.
        n_people: height of the rows.
        n_items: width of the rows.
        k: list length that is judged.
        dense_limit: see ``fit``.
        neighbours: see ``fit``.
        half_life_days: of the popularity that stands beside.
        sample: people judged, at most, drawn at random.
        seed: of the split, the sample and the intervals.
    Complexity: four to six solves of the smaller side.
    """
    evidence = interactions.where(interactions.strength != 0)
    data = TrainingData(evidence, n_people, n_items)
    held = data.held_out(sample=sample, seed=seed)
    visible = held.data.interactions
    popular = popularity(
        visible.item,
        visible.strength,
        visible.time_us,
        n_items,
        half_life_days=half_life_days,
    )
    # The Gram matrix grows with the squares of the strengths.
    unit = mean_square(held.data.rows)
    regs = [reg * unit for reg in REGS]
    figures, best = (
        _contest(held, k, regs, dense_limit, neighbours) if held.people.size else ({}, None)
    )
    reg = best.reg if best else regs[len(regs) // 2]
    rows = data.rows
    if best and best.model.name == "item-knn":
        model: AffinityModel = ItemWeights("item-knn", nearest_items(rows, neighbours=neighbours))
    else:
        model = fit(rows, reg=reg, dense_limit=dense_limit, neighbours=neighbours)
    if figures:
        by_popularity = held.ndcg(lambda people: np.tile(popular, (people.size, 1)), k)
        figures = {"popularity": by_popularity, **figures}
    report = _report(held, k, figures, model.name, reg, seed)
    return Training(model, reg, report, held, popular, k, best.model if best else None)


def _contest(
    held: Task, k: int, regs: list[float], dense_limit: int, neighbours: int
) -> tuple[dict[str, NDArray[np.float64]], _Contestant]:
    """Try item-kNN, then EASE from the middle ridge down and up while NDCG rises.

    NDCG over the ridge has one hump, so the far ends of the grid are mostly not visited. One model is kept at a time
    beside the best.
    """
    figures: dict[str, NDArray[np.float64]] = {}

    def judged(model: AffinityModel, name: str, reg: float) -> _Contestant:
        figures[name] = held.ndcg(lambda people: model.scores_rows(held.data.rows[people]), k)
        return _Contestant(model, reg, float(figures[name].mean()))

    middle = len(regs) // 2
    nearest = ItemWeights("item-knn", nearest_items(held.data.rows, neighbours=neighbours))
    knn = judged(nearest, "item-knn", regs[middle])
    if min(held.data.rows.shape) > dense_limit:
        return figures, knn
    solve = ease_solver(held.data.rows)
    top = judged(solve(regs[middle]), f"ease reg={regs[middle]:.4g}", regs[middle])
    for way in (regs[:middle][::-1], regs[middle + 1 :]):
        for reg in way:
            step = judged(solve(reg), f"ease reg={reg:.4g}", reg)
            if step.ndcg <= top.ndcg:
                break
            top = step
        if top.reg != regs[middle]:
            break
    return figures, max(knn, top, key=lambda one: one.ndcg)


def _report(
    held: Task,
    k: int,
    figures: dict[str, NDArray[np.float64]],
    chosen: str,
    reg: float,
    seed: int,
) -> dict[str, Any]:
    lift = None
    if figures:  # somebody could be judged
        popular, *others = figures.values()
        best = max(others, key=lambda ndcg: float(ndcg.mean()))
        lift = paired_difference(best, popular, seed=seed).as_list()
    return {
        "model": chosen,
        "reg": reg,
        "split": held.split,
        "people": int(held.people.size),
        "metric": f"ndcg@{k}, all items ranked, seen ones left out",
        "figures": {
            name: bootstrap(values, seed=seed).as_list() for name, values in figures.items()
        },
        "over_popularity": lift,
        "seed": seed,
    }
