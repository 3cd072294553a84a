"""How likely a person buys an item of their list in the days after a moment: ``zhiyin evaluate --purchases``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.bench.purchase_rows import PurchaseLog, PurchaseRows, moments
from zhiyin.bench.served import OpenShop
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import MissingExtra, NotFound
from zhiyin.evaluation.intervals import Interval, bootstrap_ratio
from zhiyin.evaluation.predictions import (
    LEAST_PROBABILITY,
    auc,
    auc_by_group,
    by_person,
    gauc,
    log_loss,
)
from zhiyin.evaluation.slices import history_slices
from zhiyin.evaluation.summary import rounded
from zhiyin.ranking.booster import is_installed
from zhiyin.ranking.calibration import Calibrator, reliability
from zhiyin.ranking.chain import CALIBRATE, CHOOSE, FEWEST, LEARN, STOP, Chain, Shown
from zhiyin.ranking.features.family import DAY_US
from zhiyin.ranking.link import Link, Rows

DAYS = 30.0
_LEARNED = 3
"""Moments that trees learn from; two more calibrate, and the last one judges."""
_MOMENTS = _LEARNED + 3
Model = Callable[[PurchaseRows], NDArray[np.float64]]


def purchases(
    shop: OpenShop, *, people: int = 2000, seed: int = 0, progress: Progress = untold
) -> dict[str, Any]:
    """Judge probabilities that a person buys a candidate of the list within the days that follow.

    Six moments stand ``DAYS`` apart, or less where the events span less than eight times that. Trees learn from the first
    three, the next two say how many and calibrate, and the last one judges. People are parted in two halves, and each is
    judged by what was learned from the other. Lists hold the hundred items that the blend of the moment puts first, new to
    the person.

    Args:
        shop: an open shop; it is not changed.
        people: at each moment, at most.
        seed: of people, halves, trees and intervals.
        progress: told as the work goes on.
    Returns: ``models``: name → ``auc``, ``gauc`` with its ``gauc_interval``, ``log_loss``, ``brier``, ``ece``, ``said`` and
        ``came_true`` (means), ``log_loss_less`` (than another model, as a part of that) and the table of ``reliability``;
        ``slices``: the plain ones of these for people by length of history; ``data``; ``protocol``.
    Raises:
        NotFound: there are too few purchases.
        MissingExtra: LightGBM is not there.
    """
    if not is_installed():
        raise MissingExtra(
            "LightGBM is not installed",
            where="evaluate --purchases",
            expected="the extra rank",
            next_step="pip install 'zhiyin[rank]'",
        )
    log = PurchaseLog.of(shop)
    times = log.table.interactions.time_us
    known = times[times > 0]
    days = min(DAYS, float(np.ptp(known)) / DAY_US / (_MOMENTS + 2)) if known.size else 0.0
    cuts = moments(log, _MOMENTS, days)
    parts = []
    for cut in cuts:
        parts.append(log.rows(cut, cut + int(days * DAY_US), people, seed))
        progress(len(parts) / (_MOMENTS + 2), len(parts))
    document = judged(parts, log.names, log.n_people, seed)
    progress(1.0, _MOMENTS)
    protocol = {"days": days, "cuts_us": cuts, "people": people, "seed": seed}
    return {**rounded(document), "protocol": protocol}


def judged(
    parts: list[PurchaseRows], names: tuple[str, ...], n_people: int, seed: int
) -> dict[str, Any]:
    """Return the figures of every model, of the last of some moments, see ``purchases``."""
    learned, last = _learned(parts, seed), parts[-1]
    is_odd = np.random.default_rng(seed).permuted(np.arange(n_people) % 2 == 1)
    bought = int(np.count_nonzero(learned[0].bought[learned[1] == LEARN]))
    if bought < 2 * FEWEST or not last.bought.any():
        raise NotFound(
            f"only {bought} of the candidates were bought",
            where="evaluate --purchases",
            expected=f"{2 * FEWEST} at the moments that are learned from",
            next_step="raise --people, or import more events",
        )
    told: dict[str, NDArray[np.float64]] = {}
    heads: list[Any] = []
    for half in (False, True):
        is_judged = is_odd[last.person] == half
        of_others = is_odd[learned[0].person] != half
        rows, part = learned[0].where(of_others), learned[1][of_others]
        models, head = _models(rows, part, names, seed)
        heads.append(head)
        asked = last.where(is_judged)
        for name, model in models.items():
            told.setdefault(name, np.empty(len(last.person)))[is_judged] = model(asked)
    slices = history_slices(last.history)
    return {
        "models": {name: _figures(p, told, last, seed) for name, p in told.items()},
        "slices": {
            title: {
                name: _short(p[chosen], last.bought[chosen], last.person[chosen])
                for name, p in told.items()
            }
            for title, chosen in slices.items()
        },
        "data": {
            "people": int(np.unique(last.person).size),
            "candidates": len(last.person),
            "bought": int(last.bought.sum()),
            "learned_from": {"candidates": len(learned[0].person), "bought": bought},
            "heads": heads,
        },
    }  # fmt: skip


def _learned(parts: list[PurchaseRows], seed: int) -> tuple[PurchaseRows, NDArray[np.int8]]:
    """Return the rows of all moments but the last, and what each is for."""
    rng = np.random.default_rng(seed)
    uses = [np.full(len(part.person), LEARN, np.int8) for part in parts[:_LEARNED]]
    shared = parts[_LEARNED]
    stops = rng.random(int(shared.person.max()) + 1) < 0.5
    uses.append(np.where(stops[shared.person], STOP, CALIBRATE).astype(np.int8))
    uses.append(np.full(len(parts[_LEARNED + 1].person), CHOOSE, np.int8))
    return PurchaseRows.joined(parts[:-1]), np.concatenate(uses)


def _models(
    rows: PurchaseRows, part: NDArray[np.int8], names: tuple[str, ...], seed: int
) -> tuple[dict[str, Model], Mapping[str, Any]]:
    """Return name → what gives probabilities, learned from some people, and what the chain says of its heads."""
    late = part >= CALIBRATE
    rate = float(rows.bought[late].mean())

    def calibrated(score: Model, of: PurchaseRows) -> Model:
        own = of.where(late)
        found = Calibrator.chosen(score(own), own.bought, part[late] == CHOOSE)
        return lambda asked: found.of(score(asked))

    order = np.random.default_rng(seed).permutation(len(part))
    shuffled = replace(rows, bought=rows.bought[order])
    chain = Chain.fit(
        Shown(
            names, rows.features,
            {"click": rows.looked, "cart": rows.carted, "purchase": rows.bought}, part,
        ),
        seed,
    )  # fmt: skip
    found: dict[str, Model] = {
        "base rate": lambda asked: np.full(len(asked.person), rate),
        "popularity": calibrated(lambda asked: asked.popularity, rows),
        "blend": calibrated(lambda asked: asked.blend, rows),
        "trees": calibrated(_trees(rows, part, seed), rows),
        "shuffled": calibrated(_trees(shuffled, part, seed), shuffled),
    }
    if "purchase" in chain.links:
        found["chain"] = lambda asked: chain.probabilities(asked.features)["purchase"]
    return found, chain.told


def _trees(rows: PurchaseRows, part: NDArray[np.int8], seed: int) -> Model:
    """Return trees that learned of purchases alone."""

    def of(use: int) -> Rows:
        own = part == use
        return Rows(rows.features[own], rows.bought[own], np.ones(int(own.sum())))

    link = Link.fit(of(LEARN), of(STOP), [0] * rows.features.shape[1], seed)
    return lambda asked: link.chance(asked.features)


def _figures(
    p: NDArray[np.float64], told: Mapping[str, NDArray[np.float64]], rows: PurchaseRows, seed: int
) -> dict[str, Any]:
    """Return the figures of probabilities; log-loss and Brier score beside the base rate's, by person and paired."""
    table, _ = reliability(p, rows.bought)
    return {
        **_short(p, rows.bought, rows.person),
        "gauc_interval": _gauc(p, rows, seed).as_list(),
        "log_loss_less": {
            name: _less(told[name], p, rows, seed).as_list()
            for name in ("base rate", "blend", "trees")
        },
        "reliability": table,
    }


def _short(
    p: NDArray[np.float64], label: NDArray[np.bool_], person: NDArray[np.int64]
) -> dict[str, Any]:
    return {
        "auc": auc(p, label),
        "gauc": gauc(p, label, person),
        "log_loss": log_loss(p, label),
        "brier": float(np.mean((p - label) ** 2)),
        "ece": reliability(p, label)[1],
        "said": float(p.mean()),
        "came_true": float(label.mean()),
    }


def _gauc(p: NDArray[np.float64], rows: PurchaseRows, seed: int) -> Interval:
    group = np.unique(rows.person, return_inverse=True)[1]
    areas, events = auc_by_group(p, rows.bought, group, int(group.max()) + 1)
    return bootstrap_ratio(areas * events, events.astype(np.float64), seed=seed)


def _less(
    other: NDArray[np.float64], p: NDArray[np.float64], rows: PurchaseRows, seed: int
) -> Interval:
    """Return by which part of the other's log-loss it is lower, with its interval over people."""
    group = np.unique(rows.person, return_inverse=True)[1]
    n = int(group.max()) + 1
    losses = [by_person(_loss(one, rows.bought), group, n)[0] for one in (other, p)]
    return bootstrap_ratio(losses[0] - losses[1], losses[0], seed=seed)


def _loss(p: NDArray[np.float64], label: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.asarray(-np.log(np.maximum(np.where(label, p, 1 - p), LEAST_PROBABILITY)))
