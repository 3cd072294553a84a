"""Learners of what items are like, for items that nobody has had yet, beside simple ones and their control."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.baselines import ease_learner, everybody_alike
from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.evidence import Evidence
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.model import DENSE_LIMIT, ease_solver, mean_square, of_rows
from zhiyin.affinity.sequence_baselines import no_attributes
from zhiyin.affinity.singular_vectors import OVERSAMPLED
from zhiyin.affinity.text_vectors import text_vectors, whitened
from zhiyin.affinity.text_weights import (
    Ease,
    EaseAndText,
    FusedDual,
    TextWeights,
    ease_times,
    fused_ease,
    semantic_ease,
    text_to_weights,
)
from zhiyin.core.progress import Progress
from zhiyin.evaluation.cold_start import cold_items
from zhiyin.evaluation.contest import Budget, Fit, Judged, Learner, Params, tuned
from zhiyin.evaluation.controls import derangement, shuffled_rows
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import LogUniform, Space
from zhiyin.evaluation.task import Task, TrainingData

DIM = 256
"""Directions of text that are kept."""

VOLUMES = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
"""Volumes of items without events that are tried, rising."""

MOST_LOST = 0.01
"""Share of the NDCG on items with events that those without may cost."""

_COLD = 0.1
_SAMPLE = 256
_TEXT = ("attributes", "vectors")

TEXT_REG = LogUniform(10.0, 3000.0, default=300.0)
_REG = LogUniform(1.0, 10_000.0, default=100.0)


def vectors_of(data: TrainingData) -> NDArray[np.float32]:
    """Return (n_items, <= DIM) float32 of ``side["vectors"]``, dense, or else of ``side["attributes"]``, a CSR."""
    if "vectors" in data.side:
        return whitened(data.side["vectors"], DIM, whitening=0.5)
    return text_vectors(data.side["attributes"], DIM)


def no_text(data: TrainingData) -> str:
    """Say why text cannot be used: empty where there is some."""
    return "" if any(name in data.side for name in _TEXT) else "no text of items is given"


def shuffled_text(data: TrainingData, seed: int) -> TrainingData:
    """Return the same data with the text dealt out anew, so that no item keeps its own."""
    order = derangement(data.n_items, np.random.default_rng(seed))
    side = {name: shuffled_rows(data.side[name], order) for name in _TEXT if name in data.side}
    return data.beside(**side)


def volumes(events: NDArray[Any], *, weight: float, cold: float) -> NDArray[np.float64]:
    """Return how loud text speaks for each item: ``weight + cold / (1 + events)``.

    Where nobody's events speak for an item its text has to speak for them, too; each event makes that part smaller.

    Args:
        events: (n_items,) how much evidence training has of an item.
        weight: of text for an item of many events, >= 0.
        cold: what is added for an item without any, >= 0.
    """
    return np.asarray(weight + cold / (1 + events), np.float64)


def size_ratio(base: Ease, text: TextWeights, rows: Any) -> float:
    """Return the root mean square of a model's scores over that of text, by at most 256 rows; 0 where text says nothing."""
    some = rows[np.linspace(0, rows.shape[0] - 1, min(_SAMPLE, rows.shape[0])).astype(np.int64)]
    size = float(np.square(text.scores_rows(some)).mean())
    return float(np.sqrt(np.square(base.scores_rows(some)).mean() / size)) if size > 0 else 0.0


def _tag_popularity(data: TrainingData, *, is_mean: bool) -> Fit:
    has = (data.side["attributes"] > 0).astype(np.float32).tocsr()
    evidence = data.rows.sum(axis=0)
    carriers = np.maximum((evidence > 0) @ has, 1)
    popular = has @ ((evidence @ has) / carriers)
    if is_mean:
        popular /= np.maximum(has.sum(axis=1), 1)
    return lambda params: everybody_alike(popular)


def _solver(data: TrainingData) -> Callable[[float], Ease]:
    """Return ridge, in units of the mean square of the strengths → EASE."""
    unit, solve = mean_square(data.rows), ease_solver(data.rows)
    return lambda reg: cast(Ease, solve(unit * reg))


def _text_bytes(data: TrainingData) -> int:
    thin = 8 * (DIM + OVERSAMPLED)  # two of them, in float32
    if "vectors" in data.side:
        return thin * data.n_items
    attributes = data.side["attributes"]
    return thin * int(sum(attributes.shape)) + 24 * int(attributes.nnz)


def _text(data: TrainingData) -> Fit:
    vectors = vectors_of(data)
    return lambda params: of_rows(semantic_ease(vectors, params["text_reg"]), data)


def _text_to_weights(data: TrainingData) -> Fit:
    vectors, solve = vectors_of(data), _solver(data)
    known = data.rows.sum(axis=0) > 0

    def fit(params: Params) -> ScoreRows:
        times = ease_times(solve(params["reg"]))
        text = text_to_weights(vectors, known, params["text_reg"], times)
        return of_rows(text, data)

    return fit


def _ease_and_text(data: TrainingData) -> Fit:
    vectors, solve = vectors_of(data), _solver(data)
    events = data.rows.sum(axis=0)

    def fit(params: Params) -> ScoreRows:
        base, text = solve(params["reg"]), semantic_ease(vectors, params["text_reg"])
        loud = volumes(events, weight=params["weight"], cold=params.get("cold", 1.0))
        text = text.louder(loud * size_ratio(base, text, data.rows))
        return of_rows(EaseAndText(base, text), data)

    return fit


def _drawn_to_text(data: TrainingData) -> Fit:
    vectors, unit = vectors_of(data), mean_square(data.rows)
    is_dual = data.n_people < data.n_items
    gram = Evidence.of(data.rows.T.tocsr() if is_dual else data.rows).gram

    def fit(params: Params) -> ScoreRows:
        text, reg = semantic_ease(vectors, params["text_reg"]), unit * params["reg"]
        pull = reg * params["pull"]
        if is_dual:
            dual = DualEase.fit(data.rows, reg=reg, kernel=gram)
            return of_rows(FusedDual.fit(dual, text, pull=pull), data)
        weights = fused_ease(gram, text, reg=reg, pull=pull)
        return of_rows(ItemWeights("ease", weights), data)

    return fit


def _tune(
    validation: Task, k: int, budget: Budget, judged: Mapping[str, Judged], progress: Progress
) -> tuple[Params, int, float]:
    """Choose all but the volume by what is validated, then the loudest that costs items with events too little.

    For the volume a tenth of the items lose all their events and stay on offer, while others without events do not; lists
    are judged by the other items. Where no list can be judged the volume is 1.
    """
    learner = replace(EASE_AND_TEXT, tune=None)
    params, tried, value = tuned(learner, validation, k, budget, progress)
    events = validation.data.interactions
    parts = cold_items(events.item, _COLD, budget.seed)
    data = validation.data.where(parts.train)
    known = np.bincount(events.item, minlength=data.n_items) > 0
    kept = replace(validation, data=data).offering(data.rows.sum(axis=0) > 0)
    warm = replace(kept, offered=known)  # what lost its events can only be in the way
    chosen: Params = {**params, "cold": 1.0}
    if not warm.people.size:
        return chosen, tried, value
    fit = learner.prepare(data)
    quiet = float(warm.ndcg(fit({**params, "cold": 0.0}), k).mean())
    chosen = {**params, "cold": 0.0}
    for cold in VOLUMES:
        loud = {**params, "cold": cold}
        if float(warm.ndcg(fit(loud), k).mean()) < (1 - MOST_LOST) * quiet:
            break
        chosen = loud
    return chosen, tried, value


TAG_POPULARITY = Learner(
    "popularity of tags", lambda data: _tag_popularity(data, is_mean=True), {}, no_attributes
)
"""How popular the items of an attribute are on average, averaged over the attributes of an item."""

TAG_POPULARITY_SUM = Learner(
    "popularity of tags, summed",
    lambda data: _tag_popularity(data, is_mean=False),
    {},
    no_attributes,
)
"""The same summed, so that an item of which much is said stands first."""

TEXT = Learner(
    "text", _text, {"text_reg": TEXT_REG}, no_text, over="attributes", peak_bytes=_text_bytes
)
"""Weights by text alone, see ``semantic_ease``."""

_EASE: Space = {"reg": _REG, "text_reg": TEXT_REG}

TEXT_TO_WEIGHTS = Learner("text to weights", _text_to_weights, _EASE, no_text, over="text")
"""Columns of EASE that a ridge reads from text, see ``text_to_weights``."""

EASE_AND_TEXT = Learner(
    "ease and text",
    _ease_and_text,
    {**_EASE, "weight": LogUniform(0.1, 3.0, default=1.0)},
    no_text,
    over="ease",
    tune=_tune,
)
"""EASE and weights by text added, text of the same size as EASE times ``volumes``."""

DRAWN_TO_TEXT = Learner(
    "ease drawn to text",
    _drawn_to_text,
    {**_EASE, "pull": LogUniform(0.1, 10.0, default=1.0)},
    no_text,
    over="ease",
)
"""EASE whose weights are drawn to those by text, see ``fused_ease``; ``pull`` counts in units of the ridge."""


def text_learners(seed: int, dense_limit: int = DENSE_LIMIT) -> list[Learner]:
    """Return what learns from text, each that adds it to EASE before its control.

    Args:
        seed: of the control's deal.
        dense_limit: largest smaller side that EASE is solved for.
    """
    refuses_size = ease_learner(dense_limit).refuses

    def refuses(data: TrainingData) -> str:
        return no_text(data) or refuses_size(data)

    def shuffled(data: TrainingData) -> TrainingData:
        return shuffled_text(data, seed)

    solved = [replace(one, refuses=refuses) for one in (EASE_AND_TEXT, DRAWN_TO_TEXT)]
    with_controls = [
        part for one in solved for part in (one, one.controlled("shuffled text", shuffled))
    ]
    return [TEXT, TEXT.controlled("shuffled text", shuffled), *with_controls]
