"""An order of hits learned from the log of searches: weights or trees, by what was taken beside the place it stood on."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.booster import is_installed
from zhiyin.ranking.impression_lists import LoggedLists
from zhiyin.ranking.log_training import (
    GRID,
    STEP,
    TREES,
    fit,
    grades,
    over_people,
    places,
    taken_from,
    told_by,
    with_surfaces,
)
from zhiyin.ranking.place_model import Choices
from zhiyin.search.hit_order import HitOrder
from zhiyin.search.match import NAMES
from zhiyin.search.relevance import Relevance

FEWEST = 300
"""Searches with something taken, below which nothing is learned."""
_LEARNED, _CHOSEN = 0.6, 0.8
_BEFORE, _WEIGHTS = "before", "weights"


def learn_from_clicks(
    lists: LoggedLists, in_use: HitOrder | None, seed: int = 0
) -> tuple[HitOrder | None, dict[str, Any]]:
    """Return an order learned from searches, None where none is surely better, and plain figures, among them why.

    Weights and, where LightGBM is installed, trees learn from the first three fifths of the searches in the order of time,
    each with a term for every place. The next fifth chooses among them, and on the last the choice must tell better what
    was taken beside the place than what is in use does, with the 95 % interval over people above 0. Then all fifths teach.

    Args:
        lists: searches with how their hits match.
        in_use: what orders without; None for the weights for all shops.
        seed: of trees and of the interval.
    References: Joachims et al., WSDM 2017 (learning from biased clicks); see ``place_model`` and ``log_training``.
    """
    lists = taken_from(lists)
    told: dict[str, Any] = {"searches with something taken": len(lists)}
    if len(lists) < FEWEST:
        return None, {**told, "why": f"fewer than {FEWEST} searches with something taken"}
    part = np.arange(len(lists)) / len(lists)
    learn, later = lists.where(part < _LEARNED), lists.where(part >= _LEARNED)
    before = in_use or HitOrder.of(Relevance.default())
    scores: dict[Any, NDArray[np.float64]] = {
        _BEFORE: before.raw(later.features),
        _WEIGHTS: _weights(learn).raw(later.features),
    }
    for place, params in enumerate(GRID if is_installed() else ()):
        booster, asked = fit(learn, TREES, params, seed=seed), with_surfaces(later)
        for trees in range(STEP, TREES + 1, STEP):
            scores[place, trees] = booster.scores(asked, 0, trees)
    chosen, judged = told_by(later, part[part >= _LEARNED] >= _CHOSEN, scores)
    best = max(
        (name for name in scores if name != _BEFORE), key=lambda one: float(chosen[one].mean())
    )
    who = later.person[-len(judged[best]) :]
    gain = over_people(judged[best] - judged[_BEFORE], who, seed)
    told |= {"chosen": _WEIGHTS if best == _WEIGHTS else {"trees": best[1], **GRID[best[0]]}}
    told["nats over what is in use"] = gain.as_list()
    if not gain.low > 0:
        return None, {**told, "why": "no gain that is sure"}
    if best == _WEIGHTS:
        order = _weights(lists)
        return order, {**told, "weights": dict(order.weights)}
    return HitOrder({}, fit(lists, best[1], GRID[best[0]], seed=seed).text), told


def _weights(lists: LoggedLists) -> HitOrder:
    """Return the slopes of a conditional logit of what was taken, with a term for each place."""
    code = places(lists)
    choices = Choices.of(lists.group, code, grades(lists), int(code.max(initial=0)) + 1)
    spread = np.maximum(lists.features.std(axis=0, dtype=np.float64), 1e-6)
    _, slopes = choices.fit(lists.features / spread)
    weights = slopes / spread
    return HitOrder(dict(zip(NAMES, weights.tolist(), strict=True)))
