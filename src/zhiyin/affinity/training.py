"""Which models suit a shop: tried on a held-out part of its own data, then fitted on everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.automatic import parts_with_ties, parts_without_ties, unjudged
from zhiyin.affinity.blending import Chosen, choose, fit_blend, fit_parts, weighted_sum
from zhiyin.affinity.memory import MEMORY_GB, PART_SHARE, dense_side, too_large
from zhiyin.affinity.model import DENSE_LIMIT, AffinityModel, Fitted
from zhiyin.affinity.popularity import popularity
from zhiyin.core.interactions import Interactions
from zhiyin.core.progress import Progress, untold
from zhiyin.evaluation.contest import Budget, Learner
from zhiyin.evaluation.intervals import MIN_GROUP, bootstrap, paired_difference
from zhiyin.evaluation.ranking import ScoreRows
from zhiyin.evaluation.search import Journal
from zhiyin.evaluation.task import Task, TrainingData

TRIALS = 1
"""Parameter sets that each part may try; the first are the defaults."""

_BLEND = "blend"


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """The blend on all data, and how it was chosen.

    Attributes:
        fitted: on everything.
        report: plain figures for a snapshot's manifest; intervals are [mean, low, high] at 95 %, of the people by whom
            weights were chosen, so the blend's own are somewhat too high: ``zhiyin evaluate`` judges by others.
        held_out: what a blend with other scores is tuned on.
        held_out_popularity: (n_items,) float32 popularity of what ``held_out`` leaves visible.
        k: list length that was judged.
        held_out_scores: the blend fitted without the hidden part; None when there was nobody to judge.
        held_out_parts: the same of each part that weighs anything, by name.
        refit: fits these parts, with the parameters that were chosen, to other data, name → scores; None where that is not
            offered.

    >>> person, item = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2])
    >>> table = Interactions(person, item, np.ones(4, np.float32), np.zeros(4, np.int64))
    >>> train(table, n_people=2, n_items=3).report["people"]
    2
    """

    fitted: Fitted
    report: dict[str, Any]
    held_out: Task
    held_out_popularity: NDArray[np.float32]
    k: int
    held_out_scores: ScoreRows | None
    held_out_parts: Mapping[str, ScoreRows]
    refit: Callable[[TrainingData], Mapping[str, ScoreRows]] | None = None

    @property
    def model(self) -> AffinityModel:
        """What serves."""
        return self.fitted.model


def train(
    interactions: Interactions,
    *,
    n_people: int,
    n_items: int,
    side: Mapping[str, Any] = MappingProxyType({}),
    k: int = 20,
    dense_limit: int = DENSE_LIMIT,
    memory_gb: float = MEMORY_GB,
    half_life_days: float = 30.0,
    trials: int = TRIALS,
    sample: int = 600,
    seed: int = 0,
    journal: Journal | None = None,
    progress: Progress = untold,
) -> Training:
    """Choose a blend by full-ranking NDCG@k on a held-out part, then fit it on everything.

    Each part tries its parameters, then weights are chosen for lengths of history; popularity stands beside them in the
    report. With too few people to judge, it is EASE alone, or item-kNN where that is out of reach. Only what is given is
    looked at: a test part kept out of it stays unseen.

    Args:
        interactions: the training events; those without evidence (strength 0) are left out.
        n_people: height of the rows.
        n_items: width of the rows.
        side: what is known beside the events, see ``TrainingData``: ``ties``, ``attributes``. It is not split by time.
        k: list length that is judged.
        dense_limit: largest side of a dense solve.
        memory_gb: what training should stay within: a part may take a third of it beside the data. EASE of neighbours
            that would take more is trained from files; others are left out, and the report says why.
        half_life_days: of the popularity that stands beside.
        trials: parameter sets a part may try.
        sample: people judged, at most, drawn at random.
        seed: of the split, the sample, the parameters and the intervals.
        journal: of finished trials, so that a training that was stopped goes on.
        progress: told as parts are done.
    """
    data = TrainingData(interactions.where(interactions.strength != 0), n_people, n_items, side)
    held = data.held_out(sample=sample, seed=seed)
    parts, left_out = _entered(held, data, dense_limit, int(memory_gb * 1e9 * PART_SHARE))
    chosen = choose(parts, held, k, Budget(trials, sample, seed, journal), progress=progress)
    visible = held.data.interactions
    popular = popularity(
        visible.item, visible.strength, visible.time_us, n_items, half_life_days=half_life_days
    )
    scores = weighted_sum(chosen.held_out, chosen.params, held.data)
    report = _report(held, k, popular, scores, chosen, left_out, seed)
    params = chosen.params
    used = {name for shares in params["weights"].values() for name in shares}
    held_parts = {name: part for name, part in chosen.held_out.items() if name in used}
    del chosen  # what weighs nothing makes room
    fitted = fit_blend(parts, data, params)
    progress(1.0, report["trials"])
    judged = scores if held.people.size else None
    return Training(
        fitted, report, held, popular, k, judged, held_parts,
        lambda other: fit_parts(parts, other, params),
    )  # fmt: skip


def refit(
    data: TrainingData,
    chosen: Mapping[str, Any],
    *,
    dense_limit: int = DENSE_LIMIT,
    memory_gb: float = MEMORY_GB,
) -> dict[str, AffinityModel]:
    """Fit the parts of a blend to other data with what a training chose, without trying anything.

    Args:
        data: what they are fitted on.
        chosen: ``weights`` and ``parameters`` of a training's report.
        dense_limit: see ``train``.
        memory_gb: see ``train``.
    Returns: name → model, of the parts that weigh anything.
    Complexity: that of the fits; a training tries each part besides.
    """
    max_bytes = int(memory_gb * 1e9 * PART_SHARE)
    limits = min(dense_limit, dense_side(max_bytes)), max_bytes
    parts = [*parts_without_ties(*limits), *parts_with_ties(*limits)]
    params = {"weights": chosen["weights"], "parts": chosen["parameters"]}
    return {name: one.model for name, one in fit_parts(parts, data, params).items()}


def _entered(
    held: Task, data: TrainingData, dense_limit: int, max_bytes: int
) -> tuple[list[Learner], dict[str, str]]:
    """Return the parts that suit the data, and why the others do not; what is fitted last is the whole data."""
    limits = min(dense_limit, dense_side(max_bytes)), max_bytes
    if held.people.size < MIN_GROUP:
        return [unjudged(held.data, limits[0])], {}
    parts = [*parts_without_ties(*limits), *parts_with_ties(*limits)]
    left_out = {
        part.name: why
        for part in parts
        if (
            why := part.refuses(held.data)
            or part.refuses(data)
            or too_large({part.name: part.peak_bytes(data)}, max_bytes)
        )
    }
    return [part for part in parts if part.name not in left_out], left_out


def _report(
    held: Task,
    k: int,
    popular: NDArray[np.float32],
    scores: ScoreRows,
    chosen: Chosen,
    left_out: dict[str, str],
    seed: int,
) -> dict[str, Any]:
    figures: dict[str, NDArray[np.float64]] = {}
    lift = None
    if held.people.size:
        judged = {
            "decayed popularity": lambda people: np.broadcast_to(
                popular, (people.size, popular.size)
            ),
            **chosen.held_out,
            _BLEND: scores,
        }
        figures = {name: held.ndcg(score_rows, k) for name, score_rows in judged.items()}
        by_popularity, *_, by_blend = figures.values()
        lift = paired_difference(by_blend, by_popularity, seed=seed).as_list()
    return {
        "split": held.split,
        "people": int(held.people.size),
        "metric": f"ndcg@{k}, all items ranked, seen ones left out",
        "figures": {
            name: bootstrap(values, seed=seed).as_list() for name, values in figures.items()
        },
        "over_popularity": lift,
        "weights": chosen.params["weights"],
        "parameters": chosen.params["parts"],
        "left_out": left_out,
        "trials": chosen.trials,
        "seed": seed,
    }
