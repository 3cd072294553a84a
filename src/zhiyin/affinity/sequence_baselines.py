"""The simple learners of what comes next, and of likeness in attributes: the later an item, the more it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.baselines import POPULARITY, RANDOM, ease_learner
from zhiyin.affinity.item_weights import ItemWeights
from zhiyin.affinity.model import DENSE_LIMIT
from zhiyin.affinity.neighbours import nearest_items
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.contest import Fit, Learner, Params
from zhiyin.evaluation.controls import derangement, shuffled_rows
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import LogUniform, Uniform, Whole
from zhiyin.evaluation.task import TrainingData

_DECAY = Uniform(0.3, 1.0, default=0.7)


def in_sequence(events: Interactions) -> tuple[Interactions, NDArray[np.int64]]:
    """Return the events by person and then by time, and how many of the person's come after each.

    Of equal times the event further down the table is later. Events that do not speak for their item are left out.

    Returns: the events, and (e,) int64 from 0 for a person's last.
    Complexity: O(e log e).
    """
    events = events.where(events.strength > 0)
    order = np.lexsort((events.time_us, events.person))  # stable
    person = events.person[order]
    after = np.searchsorted(person, person, side="right") - 1 - np.arange(person.size)
    item, strength, time_us = events.item[order], events.strength[order], events.time_us[order]
    return Interactions(person, item, strength, time_us), after


def recency_rows(data: TrainingData, places: int | None = None) -> Callable[[float], Any]:
    """Return decay → (n_people, n_items) float32 CSR of histories, where the last item counts most.

    The last item counts 1, each other ``decay`` times what the next one counts; one that stands several times the sum.

    Args:
        data: whose histories.
        places: so many of the latest are listened to; None = all.
    """
    events = data.interactions if data.later is None else data.interactions.joined(data.later)
    events, after = in_sequence(events)
    if places is not None:
        events, after = events.where(after < places), after[after < places]
    at = (events.person, events.item)
    shape = (data.n_people, data.n_items)

    def rows(decay: float) -> Any:
        return sparse.csr_array(((decay**after).astype(np.float32), at), shape=shape)

    return rows


def transitions(events: Interactions, n_items: int) -> Any:
    """Return how often item j came directly after item i.

    Args:
        events: of all people.
        n_items: height and width of the answer.
    Returns: (n_items, n_items) float32 CSR, row i = what came after i.
    """
    events, after = in_sequence(events)
    from_ = np.flatnonzero(after > 0)
    entries = (np.ones(from_.size, np.float32), (events.item[from_], events.item[from_ + 1]))
    return sparse.csr_array(entries, shape=(n_items, n_items))


def idf_vectors(attributes: Any) -> Any:
    """Return unit rows of attributes, each weighted by the logarithm of how few items have it.

    Args:
        attributes: (n_items, n_attributes) CSR; what is stored with a value above 0 an item has.
    Returns: (n_items, n_attributes) float32 CSR; a row is 0 where an item has nothing that tells it from another.
    References: Spärck Jones, Journal of Documentation 1972 (inverse document frequency).
    """
    has = sparse.csr_array(attributes > 0).astype(np.float32)
    weighted = has.multiply(np.log(has.shape[0] / np.maximum(has.sum(axis=0), 1))[None, :]).tocsr()
    length = np.sqrt(weighted.multiply(weighted).sum(axis=1))
    unit = sparse.diags_array(1 / np.where(length > 0, length, 1)) @ weighted
    return unit.tocsr().astype(np.float32)


def _item_knn(data: TrainingData) -> Fit:
    recent = recency_rows(data)

    def fit(params: Params) -> ScoreRows:
        near = nearest_items(
            data.rows, neighbours=params["neighbours"], shrinkage=params["shrinkage"]
        )
        weights, rows = ItemWeights("item-knn", near), recent(params["decay"])
        return lambda people: weights.scores_rows(rows[people])

    return fit


def _markov(data: TrainingData) -> Fit:
    counts, last = transitions(data.interactions, data.n_items), recency_rows(data)(0.0)
    return lambda params: lambda people: (last[people] @ counts).toarray()


def _attributes(data: TrainingData) -> Fit:
    vectors, recent = idf_vectors(data.side["attributes"]), recency_rows(data)

    def fit(params: Params) -> ScoreRows:
        profiles = recent(params["decay"]) @ vectors  # (n_people, n_attributes)
        return lambda people: (profiles[people] @ vectors.T).toarray()

    return fit


def no_attributes(data: TrainingData) -> str:
    """Say why attributes cannot be used: empty where there are some."""
    return "" if "attributes" in data.side else "no attributes of items are given"


def shuffled_attributes(data: TrainingData, seed: int) -> TrainingData:
    """Return the same data with the attributes dealt out anew, so that no item keeps its own."""
    order = derangement(data.n_items, np.random.default_rng(seed))
    return data.beside(attributes=shuffled_rows(data.side["attributes"], order))


def shuffled_order(data: TrainingData, seed: int) -> TrainingData:
    """Return the same data with each person's events in an order of chance.

    It keeps who had what, and which events are fitted; it destroys what came before what, in what is fitted and in the
    histories.
    """
    later, n_fitted = data.later, data.interactions.person.size
    events = data.interactions if later is None else data.interactions.joined(later)
    order = np.lexsort((np.random.default_rng(seed).random(events.person.size), events.person))
    place = np.empty(order.size, np.int64)
    person = events.person[order]
    place[order] = np.arange(order.size) - np.searchsorted(person, person)
    mixed = replace(events, time_us=place)
    fitted = np.arange(place.size) < n_fitted
    return replace(
        data,
        interactions=mixed.where(fitted),
        later=None if later is None else mixed.where(~fitted),
    )


ITEM_KNN = Learner(
    "item-knn",
    _item_knn,
    {
        "decay": _DECAY,
        "neighbours": Whole(20, 1000, is_log=True, default=200),
        "shrinkage": LogUniform(0.1, 100.0, default=1.0),
    },
)
"""The items nearest to those of the history, the last ones before all."""

MARKOV = Learner("markov", _markov)
"""What came most often directly after the last item."""

ATTRIBUTES = Learner(
    "attributes", _attributes, {"decay": _DECAY}, no_attributes, over=POPULARITY.name
)
"""The items most like the history in attributes; needs ``side["attributes"]``, an (n_items, n_attributes) CSR."""


def sequence_baselines(dense_limit: int = DENSE_LIMIT) -> list[Learner]:
    """Return the learners that stand in every table of sequences."""
    return [RANDOM, POPULARITY, ITEM_KNN, ease_learner(dense_limit), MARKOV]


def attribute_learners(seed: int) -> list[Learner]:
    """Return what uses attributes, before its control.

    Args:
        seed: of the control's deal.
    """

    def shuffled(data: TrainingData) -> TrainingData:
        return shuffled_attributes(data, seed)

    return [ATTRIBUTES, ATTRIBUTES.controlled("shuffled attributes", shuffled)]
