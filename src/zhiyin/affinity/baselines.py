"""The simple learners that stand beside every other: whoever does not beat them is not shipped."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.everybody import Everybody
from zhiyin.affinity.friends import Friends
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.model import DENSE_LIMIT, NEIGHBOURS, Fitted, ease_solver, mean_square, of_rows
from zhiyin.affinity.neighbours import nearest_bytes, nearest_items
from zhiyin.core.history import NO_TIME
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Fit, Learner, Params
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import Choice, LogUniform, Whole
from zhiyin.evaluation.task import TrainingData

_DAY_US = 86_400_000_000


def everybody_alike(scores: NDArray[Any]) -> Fitted:
    """Return what scores items (n_items,) the same for each person."""
    one = np.asarray(scores, np.float32)

    def of_people(people: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.broadcast_to(one, (people.size, one.size))

    return Fitted(Everybody(one), of_people, lambda asked: of_people)


def _random(data: TrainingData) -> Fit:
    def scores(people: NDArray[np.int64]) -> NDArray[np.float32]:
        drawn = [np.random.default_rng(p).random(data.n_items, np.float32) for p in people.tolist()]
        return np.array(drawn, np.float32).reshape(people.size, data.n_items)

    return lambda params: scores


def _popularity(data: TrainingData) -> Fit:
    return lambda params: everybody_alike(data.rows.sum(axis=0))


def _recent_popularity(data: TrainingData) -> Fit:
    events = data.interactions
    timed = events.time_us != NO_TIME
    age_days = (events.time_us[timed].max(initial=NO_TIME) - events.time_us[timed]) / _DAY_US
    item, weight = events.item[timed], np.maximum(events.strength[timed], 0)

    def fit(params: Params) -> ScoreRows:
        late = age_days < params["days"]
        return everybody_alike(np.bincount(item[late], weight[late], minlength=data.n_items))

    return fit


def _untimed(data: TrainingData) -> str:
    return "" if (data.interactions.time_us != NO_TIME).any() else "no event has a time"


def _item_knn(data: TrainingData) -> Fit:
    def fit(params: Params) -> ScoreRows:
        weights = nearest_items(data.rows, **params)
        return of_rows(ItemWeights("item-knn", weights), data)

    return fit


def _ease(data: TrainingData) -> Fit:
    unit = mean_square(data.rows)
    solve = ease_solver(data.rows)
    return lambda params: of_rows(solve(unit * params["reg"]), data)


def _friends(data: TrainingData) -> Fit:
    ties: Ties = data.side["ties"]
    model = Friends(data.histories, ties.matrix(data.n_people))
    return lambda params: Fitted(model, model.scores_people, lambda asked: model.scores_people)


def no_ties(data: TrainingData) -> str:
    """Say why ties cannot be used: empty where there are some."""
    ties: Ties | None = data.side.get("ties")
    return "" if ties is not None and ties.one.size else "no ties are known"


def _repeat(data: TrainingData) -> Fit:
    events = data.interactions if data.later is None else data.interactions.joined(data.later)
    timed = events.time_us != NO_TIME
    newest = events.time_us[timed].max(initial=NO_TIME)
    age_days = np.where(timed, (newest - np.where(timed, events.time_us, newest)) / _DAY_US, 0)
    weight = np.maximum(events.strength, 0)
    shape = (data.n_people, data.n_items)

    def fit(params: Params) -> ScoreRows:
        decayed = weight * 0.5 ** (age_days / params["half_life_days"])
        entries = (decayed.astype(np.float32), (events.person, events.item))
        counts = sparse.csr_array(entries, shape=shape)
        return lambda people: counts[people].toarray()

    return fit


RANDOM = Learner("random", _random)
"""Any order, the same for a person each time."""

POPULARITY = Learner("popularity", _popularity)
"""How many people have an item, by the strength of their evidence."""

RECENT_POPULARITY = Learner(
    "popularity of the last days",
    _recent_popularity,
    {"days": Choice((1, 3, 7, 14, 30, 60, 90), default=7)},
    _untimed,
)
"""What was popular in the days before the latest event."""

ITEM_KNN = Learner(
    "item-knn",
    _item_knn,
    {
        "neighbours": Whole(10, 1000, is_log=True, default=NEIGHBOURS),
        "shrinkage": LogUniform(0.1, 1000.0, default=10.0),
    },
    peak_bytes=lambda data: nearest_bytes(data.rows, NEIGHBOURS),
)
"""The items nearest to a person's own, see ``nearest_items``."""

FRIENDS = Learner("friends", _friends, refuses=no_ties, over="popularity")
"""What a person's ties have, strong ones more, with nothing of the person's own."""

REPEAT = Learner("repeat", _repeat, {"half_life_days": LogUniform(1.0, 365.0, default=30.0)})
"""What a person had before, lately and often."""


def ease_learner(dense_limit: int = DENSE_LIMIT) -> Learner:
    """Return EASE from the smaller side, which refuses data of which both sides are above the limit."""

    def refuses(data: TrainingData) -> str:
        side = min(data.rows.shape)
        if side <= dense_limit:
            return ""
        return f"the smaller side is {side:,}, above {dense_limit:,} for a dense solve"

    return Learner("ease", _ease, {"reg": LogUniform(1.0, 10_000.0, default=100.0)}, refuses)


def baselines(dense_limit: int = DENSE_LIMIT) -> list[Learner]:
    """Return the learners that stand in every table of rankings."""
    return [RANDOM, POPULARITY, RECENT_POPULARITY, ITEM_KNN, ease_learner(dense_limit)]
