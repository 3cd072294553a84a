"""Whether a ranker pays, and which: learned from earlier moments, judged by the latest."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.blend import Blend
from zhiyin.affinity.training import Training
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.intervals import bootstrap, paired_difference
from zhiyin.evaluation.search import Choice, LogUniform, Space, Value, Whole, search
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.booster import NOT_INSTALLED, Booster, is_installed
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.ranker import RankerModel
from zhiyin.ranking.ranking_moments import RankingMoments, ranking_moments

SPACE: Space = {
    "num_leaves": Choice((4, 7, 15), default=7),
    "min_data_in_leaf": Whole(20, 400, default=50, is_log=True),
    "feature_fraction": Choice((0.2, 0.4, 0.8), default=0.4),
    "lambda_l2": LogUniform(1.0, 100.0, default=20.0),
}
"""Parameters that are tried, each with every number of trees."""
TREES, STEP = 120, 10
_FEWEST = 200
"""People who took something of their list, below which nothing is learned."""


def learn_booster(
    training: Training,
    weights: BlendWeights,
    columns: ItemColumns,
    events: Interactions,
    *,
    k: int = 10,
    trials: int = 1,
    seed: int = 0,
) -> tuple[Booster | None, dict[str, Any]]:
    """Return trees, or None where they do not pay, and plain figures for the manifest, among them why.

    Trees learn from the lists of earlier moments and are judged by those of the latest, see ``ranking_moments``. By it the
    number of trees and their parameters are chosen, for either half of its people by the other half, and nothing is used
    unless the gain over the blend has its 95 % interval above 0. Then trees like these learn from all moments.

    Args:
        training: people with something hidden, and models fitted without it.
        weights: of the blend.
        columns: what the catalogue says.
        events: all that the training was given.
        k: list length that is judged.
        trials: parameter sets that are tried; the first are the defaults.
        seed: of people, their halves, parameters, trees and intervals.
    """
    if why := refusal(training):
        return None, {"why": why}
    moments = ranking_moments(training, weights, columns, events, seed)
    return choose_booster(moments, k=k, trials=trials, seed=seed)


def choose_booster(
    moments: RankingMoments, *, k: int = 10, trials: int = 1, seed: int = 0
) -> tuple[Booster | None, dict[str, Any]]:
    """Return what ``learn_booster`` does of the lists of some moments."""
    late = moments.late
    labelled = int(np.count_nonzero((late.gains > 0).any(axis=1)))
    told: dict[str, Any] = {
        "people": len(late.people), "labelled": labelled, "features": len(moments.names),
    }  # fmt: skip
    if labelled < _FEWEST:
        return None, {**told, "why": f"only {labelled} people took something of their list"}
    tried, params = _tried(moments, k, trials, seed)
    values = np.stack(list(tried.values()))  # (choices, people)
    half = np.random.default_rng(seed).permutation(late.people.size) % 2 == 0
    judged = np.empty(late.people.size)
    for one in (half, ~half):
        judged[one] = values[np.argmax(values[:, ~one].mean(axis=1))][one]
    number, trees = list(tried)[int(np.argmax(values.mean(axis=1)))]
    base = late.ndcg(late.blend, k)
    gain = paired_difference(judged, base, seed=seed)
    told |= {
        f"blend ndcg@{k}": bootstrap(base, seed=seed).as_list(), "gain": gain.as_list(),
        "trees": trees, **params[number],
    }  # fmt: skip
    if gain.low <= 0:
        return None, {**told, "why": "no gain over the blend that is sure at the latest moment"}
    return fit_all(moments, told, seed), told


def fit_all(moments: RankingMoments, how: dict[str, Any], seed: int = 0) -> Booster:
    """Return trees of all moments, as many and of such parameters as ``learn_booster`` says."""
    params = {name: how[name] for name in SPACE if name in how}
    return Booster.fit(moments.all, moments.names, how.get("trees", TREES), params, seed)


def learn_ranker(
    training: Training,
    weights: BlendWeights,
    columns: ItemColumns,
    events: Interactions,
    *,
    trials: int = 1,
) -> tuple[RankerModel | None, dict[str, Any]]:
    """Return what `learn_booster` learned with what its features need when pages are made; ``events`` are all there are."""
    booster, told = learn_booster(training, weights, columns, events, trials=trials)
    if booster is None:
        return None, told
    known = RankerModel.of(columns, events)
    return RankerModel(booster.text, known.columns, known.counts), told


def refusal(training: Training) -> str:
    """Return why no trees can be learned beside a training, "" where they can."""
    if not is_installed():
        return NOT_INSTALLED
    if training.held_out_scores is None or not isinstance(training.model, Blend):
        return "there are too few people to judge"
    if training.held_out.split != "global_time":
        return "too few events have times"
    return "" if training.refit else "parts cannot be fitted to earlier moments"


def _tried(
    moments: RankingMoments, k: int, trials: int, seed: int
) -> tuple[dict[tuple[int, int], NDArray[np.float64]], list[dict[str, Value]]]:
    """Return (parameters' place, number of trees) → NDCG@k of each list of the latest moment, and the parameters."""
    late = moments.late
    asked = late.features.reshape(-1, len(moments.names))
    tried: dict[tuple[int, int], NDArray[np.float64]] = {}
    params: list[dict[str, Value]] = []

    def judge(how: dict[str, Value]) -> float:
        booster = Booster.fit(moments.before, moments.names, TREES, how, seed)
        scores = np.zeros(late.ids.shape)
        for first in range(0, TREES, STEP):
            scores += booster.scores(asked, first, STEP).reshape(scores.shape)
            tried[len(params), first + STEP] = late.ndcg(scores, k)
        params.append(how)
        return max(float(tried[len(params) - 1, n].mean()) for n in range(STEP, TREES + 1, STEP))

    search(SPACE, judge, trials=trials, seed=seed)
    return tried, params
