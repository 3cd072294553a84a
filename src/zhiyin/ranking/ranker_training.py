"""Whether a ranker pays, and which: tried on people it did not learn from, in the held-out part of the training data."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.blend import Blend
from zhiyin.affinity.training import Training
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.intervals import bootstrap, paired_difference
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.booster import Booster, families, is_installed, names_of
from zhiyin.ranking.features.family import DAY_US, WINDOWS_DAYS
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.features.item_counts import ItemCounts
from zhiyin.ranking.ranker import RankerModel
from zhiyin.ranking.ranking_lists import Moment, RankingLists

GRID = ({"num_leaves": 7, "min_data_in_leaf": 50}, {"num_leaves": 15, "min_data_in_leaf": 200})
"""Parameters that are tried, each with every number of trees."""
TREES, STEP = 120, 10
_FOLDS = 3
_PEOPLE = 4000
_FEWEST = 200
"""People who took something of their list, below which nothing is learned."""


def learn_booster(
    training: Training,
    weights: BlendWeights,
    columns: ItemColumns,
    *,
    k: int = 10,
    seed: int = 0,
) -> tuple[Booster | None, dict[str, Any]]:
    """Return trees, or None where they do not pay, and plain figures for the manifest, among them why.

    Lists are those of the moment at which the training's held-out part begins, made by a model that does not know it.
    Parameters and the number of trees are chosen by NDCG@k over people in three parts, each judged by trees of the other two,
    and nothing is used unless the gain over the blend has its 95 % interval above 0. That gain is of the same days that the
    trees learned from, so it is too high: ``zhiyin evaluate`` judges by later ones.

    Args:
        training: people with something hidden, and models fitted without it.
        weights: of the blend.
        columns: what the catalogue says.
        k: list length that is judged.
        seed: of people, their parts, the trees and intervals.
    """
    if not is_installed():
        return None, {"why": "LightGBM is not installed: pip install 'zhiyin[rank]'"}
    if training.held_out_scores is None or not isinstance(training.model, Blend):
        return None, {"why": "there are too few people to judge"}
    if training.held_out.split != "global_time":
        return None, {"why": "too few events have times"}
    lists, names = held_out_lists(training, weights, columns, seed)
    labelled = int(np.count_nonzero((lists.gains > 0).any(axis=1)))
    if labelled < _FEWEST:
        return None, {"why": f"only {labelled} people took something of their list"}
    fold = np.random.default_rng(seed).integers(0, _FOLDS, len(lists.people))
    base = lists.ndcg(lists.blend, k)
    tried = {
        (place, trees): values
        for place in range(len(GRID))
        for trees, values in _judged(lists, names, place, fold, k, seed).items()
    }
    place, trees = best = max(tried, key=lambda one: float(tried[one].mean()))
    gain = paired_difference(tried[best], base, seed=seed)
    told: dict[str, Any] = {
        "people": len(lists.people), "labelled": labelled, "features": len(names),
        f"blend ndcg@{k}": bootstrap(base, seed=seed).as_list(), "gain": gain.as_list(),
        "trees": trees, **GRID[place],
    }  # fmt: skip
    if gain.low <= 0:
        return None, {**told, "why": "no gain over the blend that is sure"}
    return Booster.fit(lists, names, trees, GRID[place], seed), told


def held_out_lists(
    training: Training, weights: BlendWeights, columns: ItemColumns, seed: int = 0
) -> tuple[RankingLists, list[str]]:
    """Return the lists of people with something hidden, at most 4,000 drawn at random, and the names of the features.

    Args:
        training: of a blend, with something hidden.
        weights: of the blend.
        columns: what the catalogue says.
        seed: of the people.
    """
    task, model = training.held_out, training.model
    if not isinstance(model, Blend) or training.held_out_scores is None:
        raise TypeError("a training of a blend with something hidden is needed")
    known = families(list(model.parts))
    moment = Moment(
        task, training.held_out_scores, training.held_out_popularity, weights,
        model, training.held_out_parts, columns,
    )  # fmt: skip
    people = np.flatnonzero(np.diff(task.relevant.indptr))
    if people.size > _PEOPLE:
        drawn = np.random.default_rng(seed).choice(people, _PEOPLE, replace=False)
        people = np.sort(drawn)
    return moment.lists(known, people), names_of(known)


def learn_ranker(
    training: Training, weights: BlendWeights, columns: ItemColumns, events: Interactions
) -> tuple[RankerModel | None, dict[str, Any]]:
    """Return what `learn_booster` learned with what its features need when pages are made; ``events`` are all there are."""
    booster, told = learn_booster(training, weights, columns)
    if booster is None:
        return None, told
    until_us = int(events.time_us.max()) + 1
    counts = ItemCounts.of(events, columns.category.size, until_us)
    lately = counts.since(until_us - max(WINDOWS_DAYS) * DAY_US)
    return RankerModel(booster.text, columns, lately), told


def _judged(
    lists: RankingLists, names: list[str], place: int, fold: NDArray[np.int64], k: int, seed: int
) -> dict[int, NDArray[np.float64]]:
    """Return number of trees → NDCG@k of each list, in the order of trees that did not learn from it."""
    count, width, f = lists.features.shape
    scores = np.zeros((TREES // STEP, count, width))
    for part in range(_FOLDS):
        booster = Booster.fit(lists.where(fold != part), names, TREES, GRID[place], seed)
        rows = np.flatnonzero(fold == part)
        asked = lists.features[rows].reshape(-1, f)
        for step in range(TREES // STEP):
            given = booster.scores(asked, step * STEP, STEP)
            scores[step:, rows] += given.reshape(rows.size, width)
    return {(step + 1) * STEP: lists.ndcg(scores[step], k) for step in range(TREES // STEP)}
