"""What a situation should weigh beside a person's taste, found on the held-out part of the training data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.training import Training
from zhiyin.evaluation.intervals import bootstrap, paired_difference
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.ranking.blend import BlendWeights
from zhiyin.ranking.context_lifts import ContextLifts
from zhiyin.ranking.context_weights import field_weights
from zhiyin.ranking.event_contexts import EventContexts
from zhiyin.ranking.in_context import ContextModel
from zhiyin.ranking.signals import popularity_signal

GRID = (0.0, 0.01, 0.03, 0.06, 0.12, 0.25, 0.5, 1.0)
"""Weights that are tried, as parts of a median person's highest affinity."""
_JUDGED = 2000
_CELLS = 2**24  # scores in memory


def learn_context(
    training: Training, weights: BlendWeights, contexts: EventContexts, n_items: int, seed: int = 0
) -> tuple[ContextModel, dict[str, Any]]:
    """Count all events, with the weight that does best on those that the training held out, and figures for the manifest.

    Weights of fields are learned from the other events that are not counted yet, see ``field_weights``.

    A held-out event asks: among all items that are new to its person, where is its own? NDCG@k of blends with and without
    context is compared over the same events, and the weight is 0 unless the gain's 95 % interval lies above 0.

    Args:
        training: people with something hidden, and a model fitted without it.
        weights: of the blend beside.
        contexts: all events.
        n_items: width.
        seed: of the events that are judged, and of intervals.
    """
    whole = ContextLifts.of(contexts.vocabulary, contexts.rows, contexts.item, n_items)
    asked, known = _asked(training, contexts, seed)
    score_rows = training.held_out_scores
    if score_rows is None or not asked.size:
        return ContextModel(whole, 0.0, contexts.zone), {"events": 0, "figures": {}}
    lifts = ContextLifts.of(
        contexts.vocabulary, contexts.rows[known], contexts.item[known], n_items
    )
    others = np.setdiff1d(np.flatnonzero(~known), asked)
    counting = field_weights(
        lifts, contexts.rows[others], contexts.item[others], contexts.item[known], seed
    )
    lifts, whole = (replace(one, weights=counting) for one in (lifts, whole))
    tried, unit = _tried(training, score_rows, weights, contexts, asked, lifts.table())
    words = contexts.vocabulary.names.tolist()
    best = max(tried, key=lambda weight: float(tried[weight].mean()))
    gain = paired_difference(tried[best], tried[0.0], seed=seed)
    if gain.low <= 0:
        best = 0.0
    figures = {f"context={w:g}": bootstrap(v, seed=seed).as_list() for w, v in tried.items()}
    fields = {name.partition("=")[0]: float(w) for name, w in zip(words, counting, strict=True)}
    told = {
        "events": int(asked.size), "gain": gain.as_list(), "figures": figures, "fields": fields
    }  # fmt: skip
    return ContextModel(whole, best * unit, contexts.zone), told


def _asked(
    training: Training, contexts: EventContexts, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return events that are held out, the first of each person and item, and which events are known."""
    task = training.held_out
    n_items = task.data.n_items
    hidden = task.relevant[task.people].tocoo()
    pairs = np.sort(task.people[hidden.row] * n_items + hidden.col)
    pair = contexts.person * n_items + contexts.item
    is_hidden = np.isin(pair, pairs) & (contexts.item < n_items)
    cut = task.data.interactions.time_us.max(initial=np.iinfo(np.int64).min)
    known = ~is_hidden & (contexts.time_us <= cut)
    rows = np.flatnonzero(is_hidden)
    rows = rows[np.unique(pair[rows], return_index=True)[1]]
    if rows.size > _JUDGED:
        rows = np.random.default_rng(seed).choice(rows, _JUDGED, replace=False)
    return rows[np.argsort(contexts.person[rows], kind="stable")], known


def _tried(
    training: Training,
    score_rows: ScoreRows,
    weights: BlendWeights,
    contexts: EventContexts,
    asked: NDArray[np.int64],
    lifts: NDArray[np.float32],
) -> tuple[dict[float, NDArray[np.float64]], float]:
    """Return weight → NDCG@k of each asked event, and the unit of weights."""
    task = training.held_out
    popular = np.float32(weights.popularity) * popularity_signal(training.held_out_popularity)
    found: dict[float, list[NDArray[np.float64]]] = {weight: [] for weight in GRID}
    step = max(1, _CELLS // task.data.n_items)
    unit = 0.0
    for start in range(0, asked.size, step):
        rows = asked[start : start + step]
        people, place = np.unique(contexts.person[rows], return_inverse=True)
        scores = np.array(score_rows(people), np.float32)
        unit = unit or max(float(np.median(scores.max(axis=1))), 0.0) or 1.0
        scores += popular
        seen = task.seen[people].tocoo()
        scores[seen.row, seen.col] = -np.inf
        said = np.asarray(contexts.rows[rows] @ lifts)
        for weight in GRID:
            blended = scores[place] + np.float32(weight * unit) * said
            found[weight].append(_gain(blended, contexts.item[rows], training.k))
    return {weight: np.concatenate(parts) for weight, parts in found.items()}, unit


def _gain(
    scores: NDArray[np.floating[Any]], wanted: NDArray[np.int64], k: int
) -> NDArray[np.float64]:
    """Return the NDCG@k of one wanted item a row; of equal scores it comes last."""
    own = scores[np.arange(wanted.size), wanted][:, None]
    rank = (scores >= own).sum(axis=1)
    return np.where(rank <= k, 1 / np.log2(rank + 1), 0.0)
