"""A shop's own pipeline on its own data, beside the baselines: ``zhiyin evaluate``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.baselines import REPEAT, baselines
from zhiyin.bench.budget import budget_of
from zhiyin.bench.entrants import best, entrants
from zhiyin.bench.own_fairness import fairness
from zhiyin.bench.own_tasks import OwnTasks, refuse_unjudged
from zhiyin.bench.served import (
    BUDGET_MS,
    OnlyNew,
    OpenShop,
    Served,
    as_learner,
    latency,
    percentiles,
)
from zhiyin.bench.social import friends_learners
from zhiyin.core import Kind
from zhiyin.core.progress import Progress, untold
from zhiyin.evaluation.aspects_covered import alpha_ndcg, subtopic_recall
from zhiyin.evaluation.beyond_accuracy import calibration_kl, intra_list_distance, serendipity
from zhiyin.evaluation.contest import Budget, Judged, Learner, compete, judge
from zhiyin.evaluation.cost import Cost, measured
from zhiyin.evaluation.intervals import MIN_GROUP
from zhiyin.evaluation.metrics import ranking_figures
from zhiyin.evaluation.slices import history_slices
from zhiyin.evaluation.summary import means, number, summary
from zhiyin.evaluation.task import Task, hold_out
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.trained import Trained

_TIMED_PAGES = 300


def evaluate(
    shop: OpenShop,
    *,
    surface: str = "home",
    k: int = 10,
    people: int = 1000,
    trials: int = 5,
    seed: int = 0,
    provider: str = "brand",
    journal: Path | None = None,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Train what serves a surface on the earlier part of the shop's events, and judge its pages by the later part.

    The baselines stand beside it, each with its parameters chosen inside the earlier part. Lists hold items that are on
    offer and new to the person; where people come back to what they had, lists with repeats are judged, too.

    Args:
        shop: an open shop; it is not changed, and no page leaves an impression.
        surface: whose pipeline.
        k: list length.
        people: judged, at most.
        trials: parameter sets that every baseline may try.
        seed: of people, parameter sets and intervals, and of the split where events have no times.
        provider: what of an item says who provides it, ``brand``, ``category`` or an attribute, for exposure by merit.
        journal: file of finished trials, so that a run that was stopped goes on.
        progress: told as the work goes on.
    Returns: ``models``: name → figures, the pipeline among them, see ``evaluation.summary``; ``cold``, ``repeats``,
        ``fairness``, see ``bench.own_fairness``; ``serving``, ``training``, ``data``, ``protocol``, ``left_out``.
    Raises:
        NotFound: there are too few events.
        UnknownPart: no pipeline serves that surface.
    """
    refuse_unjudged(shop.settings, surface)
    budget = budget_of(trials, seed, journal, people)
    tasks = OwnTasks.of(shop, people, seed)
    simple = baselines(shop.settings.train.dense_limit)
    social = friends_learners(seed) if "ties" in tasks.new.data.side else []
    learners, left_out = entrants(tasks.new.data, simple, social)
    rivals = compete(
        tasks.new, learners, k, budget, also=tasks.cold, progress=lambda d, n: progress(d / 2, n)
    )
    served = Served()
    own, training = _own(shop, tasks, surface, k, served)
    judged = [own, *rivals]
    progress(0.6, 0)
    document = {
        "models": _models(shop, judged, tasks, k, seed),
        "cold": {name: _apart(judged, name, task, seed) for name, task in tasks.cold.items()},
        "repeats": _repeats(own, learners, tasks, k, budget, progress),
        "fairness": fairness(shop, judged, tasks.new, k, provider, seed),
        "serving": _serving(shop, tasks.new, surface, k, served),
        "training": {"seconds": number(training.seconds), "rss_mb": number(training.rss_mb)},
        "data": _described(tasks),
        "protocol": _protocol(tasks, trials, seed),
        "left_out": left_out,
    }
    progress(1.0, 0)
    return document


def _own(
    shop: OpenShop, tasks: OwnTasks, surface: str, k: int, served: Served
) -> tuple[Judged, Cost]:
    """Train on the earlier part, judge the pages made of it, and return what the training cost, too."""
    data = tasks.new.data
    ranks = shop.settings.names("scorers", "ranker")
    columns = ItemColumns.read(shop.store, data.n_items) if ranks else None
    with measured() as training:
        trained = Trained.of(
            data.interactions, data.n_people, data.n_items, shop.settings.train, data.side,
            columns=columns,
        )  # fmt: skip
    own = _served(shop, trained, tasks, surface, k, served)
    rss_mb = max(own.rss_mb, training.rss_mb)
    return replace(own, fit_s=training.seconds, rss_mb=rss_mb), training


def _models(
    shop: OpenShop, judged: Sequence[Judged], tasks: OwnTasks, k: int, seed: int
) -> dict[str, dict[str, Any]]:
    """Return name → figures on what people newly do."""
    task = tasks.new
    told = summary(
        judged,
        task,
        k,
        reference=best(judged, baselines()),
        slices=history_slices(np.diff(task.data.rows.indptr)[task.people]),
        targets=tasks.targets,
        seed=seed,
    )
    for name, figures in _taste(shop, judged, task).items():
        told[name].update(figures)
    return told


def _served(
    shop: OpenShop, trained: Trained, tasks: OwnTasks, surface: str, k: int, served: Served
) -> Judged:
    """Judge the pages of a pipeline, and where people come back to what they had, its pages without the filter, too."""
    services = tasks.services(trained)
    n_items = tasks.new.data.n_items

    def learner(*filters: OnlyNew) -> Any:
        pipeline = shop.pipeline(surface, services, filters=filters, budget_ms=BUDGET_MS)
        return as_learner(pipeline, n_items, k, surface, tasks.now, served)

    own = judge(learner(OnlyNew(tasks.new.seen)), {}, tasks.new, k, tasks.cold)
    if tasks.repeats is None:
        return own
    again = judge(learner(), {}, tasks.repeats, k)
    return replace(own, also={**own.also, "repeats": again.lists})


def _apart(judged: Sequence[Judged], name: str, task: Task, seed: int) -> dict[str, Any]:
    """Return how well each did on a further task; a small group has no figures."""
    relevant = task.relevant[task.people]
    models = {one.name: means(ranking_figures(one.also[name], relevant), seed) for one in judged}
    return {
        "people": int(task.people.size),
        "pairs": int(relevant.nnz),
        "models": models if task.people.size >= MIN_GROUP else {},
    }


def _repeats(
    own: Judged,
    learners: Sequence[Learner],
    tasks: OwnTasks,
    k: int,
    budget: Budget,
    progress: Progress,
) -> dict[str, Any] | None:
    """Return the figures of lists that may hold what a person had before, with what repeats it beside them."""
    if tasks.repeats is None:
        return None
    task = tasks.repeats
    inside = Task.of(task.data, hold_out(task.data.interactions, budget.seed), repeats=True)
    entered = [*learners, REPEAT]
    rivals = compete(
        task,
        entered,
        k,
        budget,
        validation=inside,
        progress=lambda d, n: progress(0.6 + 0.4 * d, n),
    )
    judged = [replace(one, also={"repeats": one.lists}) for one in rivals]
    told = _apart([own, *judged], "repeats", task, budget.seed)
    return {"share": number(tasks.repeated_share), **told}


def _taste(shop: OpenShop, judged: Sequence[Judged], task: Task) -> dict[str, dict[str, Any]]:
    """Return name → figures that need to know what items are: variety, fit to each person's categories, surprise."""
    categories = _one_hot(shop.catalogue.category(np.arange(task.data.n_items)))
    expected = next(one.lists for one in judged if one.name == "popularity")
    relevant, history = task.relevant[task.people], task.data.rows[task.people]
    told: dict[str, dict[str, Any]] = {}
    for one in judged:
        figures = {"serendipity": serendipity(one.lists, relevant, expected)}
        if categories is not None:
            figures["intra_list_distance"] = intra_list_distance(one.lists, categories)
            figures["calibration_kl"] = calibration_kl(one.lists, history, categories)
            figures["alpha_ndcg"] = alpha_ndcg(one.lists, relevant, categories)
            figures["subtopic_recall"] = subtopic_recall(one.lists, relevant, categories)
        told[one.name] = {name: number(_mean(values)) for name, values in figures.items()}
    return told


def _mean(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def _one_hot(codes: NDArray[np.int64]) -> Any:
    """Return the (n_items, n_categories) float32 CSR of category codes, None where no item has one."""
    known = np.flatnonzero(codes >= 0)
    if not known.size:
        return None
    column = np.unique(codes[known], return_inverse=True)[1]
    entries = (np.ones(known.size, np.float32), (known, column))
    return sparse.csr_array(entries, shape=(codes.size, int(column.max()) + 1))


def _serving(shop: OpenShop, task: Task, surface: str, k: int, served: Served) -> dict[str, Any]:
    """Return what a page costs as it is served now, or in this evaluation where nothing was trained yet."""
    counts = {"pages": served.pages, "degraded": served.degraded}
    if shop.version is None:
        return {**counts, **percentiles(served.ms), "measured": "on the evaluated pipeline"}
    users = shop.store.keys(Kind.PERSON, task.sampled(_TIMED_PAGES).people.tolist())
    return {**counts, **latency(shop, users, surface, k), "measured": "as served now"}


def _described(tasks: OwnTasks) -> dict[str, Any]:
    task = tasks.new
    counts: Mapping[str, int] = {
        "people": task.data.n_people,
        "items": task.data.n_items,
        "events": int(tasks.split.train.size),
        "train": int(task.data.rows.nnz),
        "test": int(np.diff(task.relevant.indptr)[task.people].sum()),
        "judged_people": int(task.people.size),
        "items_on_offer": int(tasks.offered.sum()),
    }
    cut = tasks.now.isoformat() if tasks.split.cut_us is not None else None
    return {**counts, "split": tasks.split.name, "cut": cut}


def _protocol(tasks: OwnTasks, trials: int, seed: int) -> dict[str, Any]:
    by_time = tasks.split.cut_us is not None
    return {
        "split": "one moment for everybody: the last fifth of the events is hidden"
        if by_time
        else "a random fifth of each person's items is hidden, since times are missing or cut too few people",
        "ranking": "all items on offer that are new to the person",
        "ties_in_score": "the item with more training events first, then the lower number",
        "relevant": "what a person then has to do with, looks included; not what is turned down",
        "on_offer": "by the stock of today, since that of the past is not known",
        "trials": trials,
        "seed": seed,
        "interval": "95 %, bootstrap over people",
    }
