"""A ranker learned from the log: of what was shown, what was taken, with the features that served and the place corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.evaluation.intervals import Interval, bootstrap
from zhiyin.ranking.booster import NOT_INSTALLED, Booster, is_installed, monotone
from zhiyin.ranking.impression_lists import LoggedLists
from zhiyin.ranking.place_model import Choices
from zhiyin.ranking.ranker import RankerModel

GRADES: Mapping[str, int] = {"click": 3, "cart": 6, "purchase": 8}
"""What an item shown was worth, in eighths, by the strongest thing done with it; nothing where it was turned down later."""
AGAINST = ("hide", "return", "report")
GRID = ({"num_leaves": 7, "min_data_in_leaf": 100}, {"num_leaves": 15, "min_data_in_leaf": 400})
"""Parameters that are tried, each with every number of trees."""
TREES, STEP = 120, 20
FEWEST = 1000
"""Pages with something taken, below which nothing is learned."""
_LEARNED, _CHOSEN = 0.6, 0.8
_SURFACE = "surface"
_FIXED = {
    "objective": "lambdarank", "learning_rate": 0.05, "feature_fraction": 0.4, "lambda_l2": 20.0, "max_bin": 63,
    "lambdarank_truncation_level": 20, "lambdarank_position_bias_regularization": 1e-3, "label_gain": list(range(9)),
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip


def learn_from_log(
    lists: LoggedLists, ranker: RankerModel, seed: int = 0
) -> tuple[RankerModel, dict[str, Any]]:
    """Return the ranker with trees of the log where these are better, else as it is, and plain figures, among them why.

    Trees learn from the first three fifths of the pages with something taken, in the order of time. The next fifth chooses
    their number and size, and by the last they must beat what serves without them (trees learned from events, or the blend):
    by how well the score tells what was taken beside the place, see ``place_model``, with the 95 % interval over people above
    0. Then trees like these learn from all five fifths.

    Args:
        lists: the log.
        ranker: what was learned from events, with or without trees.
        seed: of trees and intervals.
    """
    if not is_installed():
        return ranker, {"why": NOT_INSTALLED}
    lists = taken_from(lists)
    told: dict[str, Any] = {"pages with something taken": len(lists)}
    if len(lists) < FEWEST:
        return ranker, {**told, "why": f"fewer than {FEWEST:,} pages with something taken"}
    part = np.arange(len(lists)) / len(lists)
    learn, later = lists.where(part < _LEARNED), lists.where(part >= _LEARNED)
    asked = with_surfaces(later)
    scores: dict[Any, NDArray[np.float64]] = {"the blend": _blend(later)}
    if ranker.text:
        scores["trees of events"] = ranker.booster.scores(later.features)
    before = list(scores)
    for place, params in enumerate(GRID):
        booster = fit(learn, TREES, params, seed=seed)
        for trees in range(STEP, TREES + 1, STEP):
            scores[place, trees] = booster.scores(asked, 0, trees)
    chosen, judged = told_by(later, part[part >= _LEARNED] >= _CHOSEN, scores)
    of_log = [name for name in chosen if name not in before]
    place, trees = best = max(of_log, key=lambda one: float(chosen[one].mean()))
    who = later.person[-len(judged[best]) :]
    gains = {name: over_people(judged[best] - judged[name], who, seed) for name in before}
    told |= {"trees": trees, **GRID[place]}
    told["nats over"] = {name: gain.as_list() for name, gain in gains.items()}
    worse = [name for name, gain in gains.items() if gain.low <= 0]
    if worse:
        return ranker, {**told, "why": f"no gain over {' and '.join(worse)} that is sure"}
    text = fit(lists, trees, GRID[place], seed=seed).text
    return replace(ranker, text=text, surfaces=lists.surfaces), told


def taken_from(lists: LoggedLists) -> LoggedLists:
    """Return the pages from which something was taken."""
    if not len(lists):
        return lists
    return lists.where(np.maximum.reduceat(grades(lists), lists.start()) > 0)


def grades(lists: LoggedLists) -> NDArray[np.int64]:
    """Return what each item shown was worth, (r,) int64 eighths, see ``GRADES``."""
    worth = np.zeros(len(lists.item), np.int64)
    for action, grade in GRADES.items():
        worth = np.maximum(worth, grade * lists.outcomes[action])
    against = np.any([lists.outcomes[action] for action in AGAINST], axis=0)
    return np.where(against, 0, worth)


def fit(
    lists: LoggedLists,
    trees: int,
    params: Mapping[str, Any],
    *,
    corrects_place: bool = True,
    seed: int = 0,
) -> Booster:
    """Learn the order of items on pages; a higher affinity or blend never lowers a score.

    With the correction, each place of each surface gets a term beside the trees, fitted with them and left out when they
    serve, so trees need not tell why what stands first is taken more.

    Args:
        lists: pages with something taken.
        trees: how many.
        params: of LightGBM, beside those that are fixed.
        corrects_place: whether places have terms.
        seed: of the features a tree may use.
    References: Burges, MSR-TR-2010-82 (LambdaMART); Hu et al., WWW 2019 (unbiased LambdaMART); Ke et al., NIPS 2017 (LightGBM).
    """
    import lightgbm

    names = [*lists.names, _SURFACE]
    how = {
        **_FIXED,
        **params,
        "seed": seed,
        "monotone_constraints": monotone(names),
    }
    data = lightgbm.Dataset(
        with_surfaces(lists),
        grades(lists),
        group=lists.group,
        position=places(lists) if corrects_place else None,
        categorical_feature=[len(lists.names)],
        params=how,
    )
    return Booster(lightgbm.train(how, data, trees).model_to_string())


def with_surfaces(lists: LoggedLists) -> NDArray[np.float32]:
    """Return (r, f + 1) float32 features with the number of the surface as the last."""
    return np.column_stack([lists.features, lists.surface.astype(np.float32)])


def places(lists: LoggedLists) -> NDArray[np.int64]:
    """Return the place of each item, (r,) int64 from 0, apart for each surface."""
    return lists.surface * (int(lists.position.max(initial=0)) + 1) + lists.position


def told_by(
    lists: LoggedLists, is_judge: NDArray[np.bool_], scores: Mapping[Any, NDArray[np.float64]]
) -> tuple[dict[Any, NDArray[np.float64]], dict[Any, NDArray[np.float64]]]:
    """Return how well each score alone tells what was taken, beside the place, on pages to choose by and on pages to judge by.

    The terms of places come from the former pages, fitted beside all scores at once, so they do not hold what the score by
    which pages were made says of items; then the slope of each score.

    Args:
        lists: pages with something taken.
        is_judge: (g,) bool.
        scores: name → (r,) float64.
    Returns: two times name → (pages,) log-likelihoods in nats.
    """
    judges = np.repeat(is_judge, lists.group)
    code, worth = places(lists), grades(lists)
    first, last = (
        Choices.of(lists.group[pages], code[rows], worth[rows], int(code.max(initial=0)) + 1)
        for pages, rows in ((~is_judge, ~judges), (is_judge, judges))
    )
    even = {name: (s - s.mean()) / max(float(s.std()), 1e-9) for name, s in scores.items()}
    terms, _ = first.fit(np.column_stack([s[~judges] for s in even.values()]))
    chosen, judged = {}, {}
    for name, score in even.items():
        _, slopes = first.fit(score[~judges][:, None], terms)
        slope = max(float(slopes[0]), 0.0)  # served as it is, not turned round
        chosen[name] = first.told(terms, slope, score[~judges])
        judged[name] = last.told(terms, slope, score[judges])
    return chosen, judged


def over_people(values: NDArray[np.float64], person: NDArray[np.int64], seed: int = 0) -> Interval:
    """Return the mean of (g,) figures of pages, each person's pages as one, with its interval; nobody known is one each."""
    who = np.where(person < 0, -1 - np.arange(len(person)), person)
    _, code = np.unique(who, return_inverse=True)
    return bootstrap(np.bincount(code, values) / np.bincount(code), seed=seed)


def _blend(lists: LoggedLists) -> NDArray[np.float64]:
    return lists.features[:, lists.names.index("blend")].astype(np.float64)
