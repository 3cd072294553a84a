"""For every task of the sample shop: what a naive rule reaches, and what an oracle that reads the truth reaches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.ingest.sample.climate import START, STEP_DAYS
from zhiyin.ingest.sample.shop import SampleShop
from zhiyin.ingest.sample.tasks import (
    CUTOFF,
    ContextTask,
    HomeTask,
    TieTask,
    context_task,
    home_task,
    numbers,
    tie_task,
)
from zhiyin.ingest.sample.truth import Truth

POPULARITY_HALF_LIFE_DAYS = 30.0


def popularity(train: pl.DataFrame, n_items: int) -> NDArray[np.float64]:
    """Return (items,) the events each item had, an event counting half after 30 days."""
    age_days = (CUTOFF - train["time"]).dt.total_seconds().to_numpy() / 86_400
    weight = 0.5 ** (age_days / POPULARITY_HALF_LIFE_DAYS)
    counts = np.bincount(numbers(train["item"]), weights=weight, minlength=n_items)
    return counts.astype(np.float64)


def home_oracle(truth: Truth, task: HomeTask) -> NDArray[np.float32]:
    """Return (m, items) expected utilities at the cut, in the mean context of the month to come."""
    return truth.utility(task.people, task.cut)


def context_oracle(truth: Truth, task: ContextTask, *, with_context: bool) -> NDArray[np.float32]:
    """Return (m, items) expected utilities at each purchase, in its own or the month's mean context."""
    scores = np.empty((len(task.items), len(task.allowed)), np.float32)
    times = task.events["time"].to_numpy()
    begin = np.datetime64(START.replace(tzinfo=None))
    steps = ((times - begin) // np.timedelta64(STEP_DAYS, "D")).astype(int)
    for step in np.unique(steps):
        rows = np.flatnonzero(steps == step)
        features = (
            truth.visit_features[truth.event_visit[task.rows[rows]]] if with_context else None
        )
        time = START + timedelta(days=int(step) * STEP_DAYS)
        scores[rows] = truth.utility(task.people[rows], time, features)
    return scores


def tie_floor(shop: SampleShop, task: TieTask) -> NDArray[np.float64]:
    """Return (n,) how many ties the other person has."""
    degree = np.bincount(task.user, minlength=shop.frames["users"].height)
    return degree[task.other].astype(np.float64)


def majority_share(labels: NDArray[Any]) -> float:
    """Return the accuracy of always answering the most frequent label."""
    return round(float(np.unique(labels, return_counts=True)[1].max() / len(labels)), 6)


def review_bounds(shop: SampleShop) -> dict[str, Any]:
    """Return floor and ceiling of telling a review's stars (4 and 5 against 1 and 2) from its text."""
    posts, truth = shop.frames["posts"], shop.truth
    rated = ((posts["kind"] == "review") & (posts["rating"] != 3)).to_numpy()
    label = posts["rating"].to_numpy()[rated] > 3
    said = truth.post_polarity[rated] > 0
    aspects = truth.post_aspects[truth.post_aspects != 0]
    return {
        "measure": "accuracy",
        "reviews": len(label),
        "floor": majority_share(label),
        "ceiling": round(float((said == label).mean()), 6),
        "aspect_mentions": len(aspects),
        "aspect_floor": majority_share(aspects),
        "aspect_ceiling": 1.0,
    }


def propensity_bounds(truth: Truth) -> dict[str, Any]:
    """Return how well the click rate of uniform showing is told from the log, against its true value.

    The floor's error is that of the logged click rate itself; the oracle reweights by the known propensities
    (Horvitz & Thompson 1952), self-normalised.
    """
    first = truth.exposure_position == 0
    step = np.minimum(truth.exposure_minutes[first] // (STEP_DAYS * 1440), len(truth.policy) - 1)
    step = step.astype(np.int64)
    live = (truth.policy > 0).sum(axis=1)
    clicked = truth.exposure_clicked[first]
    weight = 1 / (live[step] * truth.exposure_propensity[first])
    true = float(truth.uniform_click[step].mean())
    naive = float(clicked.mean())
    reweighted = float((weight * clicked).sum() / weight.sum())
    return {
        "measure": "click rate of the first position under uniform showing",
        "true": round(true, 6),
        "logged": round(naive, 6),
        "reweighted": round(reweighted, 6),
        "largest_policy_sum_error": float(np.abs(truth.policy.sum(axis=1) - 1).max()),
    }


def bounds(shop: SampleShop) -> dict[str, dict[str, Any]]:
    """Return task → floor, ceiling and sizes, all computed from this shop.

    Complexity: O(steps · people · items), a few seconds at the usual size.
    """
    truth = shop.truth
    home, context, ties = home_task(shop), context_task(shop), tie_task(shop)
    popular = popularity(home.train, home.allowed.shape[1])
    floor, ceiling = (
        home.score(np.tile(popular, (len(home.people), 1))),
        home.score(home_oracle(truth, home)),
    )
    context_floor = context.score(np.tile(popular, (len(context.items), 1)))
    without = context.score(context_oracle(truth, context, with_context=False))
    within = context.score(context_oracle(truth, context, with_context=True))
    return {
        "home": {
            "measure": "NDCG@10, Recall@10", "people": len(home.people), "pairs": len(home.held_item),
            "floor": floor.ndcg, "ceiling": ceiling.ndcg,
            "floor_recall": floor.recall, "ceiling_recall": ceiling.recall,
        },
        "context": {
            "measure": "NDCG@10, Recall@10", "purchases": len(context.items),
            "floor": context_floor.ndcg, "without_context": without.ndcg, "ceiling": within.ndcg,
            "floor_recall": context_floor.recall, "without_context_recall": without.recall,
            "ceiling_recall": within.recall,
        },
        "ties": {
            "measure": "mean AUC per person", "ties": len(ties.rows), "turned_to": int(ties.label.sum()),
            "floor": ties.score(tie_floor(shop, ties)),
            "ceiling": ties.score(truth.tie_strength[ties.rows]),
        },
        "reviews": review_bounds(shop),
        "intents": {
            "measure": "accuracy", "conversations": len(truth.chat_intent),
            "floor": majority_share(truth.chat_intent), "ceiling": 1.0,
        },
        "propensity": propensity_bounds(truth),
    }  # fmt: skip
