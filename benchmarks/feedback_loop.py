"""Does a shop that learns from what it showed let the rich get richer? Twenty rounds on the sample shop, policy by policy.

    python benchmarks/feedback_loop.py             # the figures, on shops that nothing was chosen by
    python benchmarks/feedback_loop.py --develop   # many parameters, on the shops they were chosen by

A round is five days: visitors come, a policy makes lists of ten of what the shop's sources propose, people answer by their
true utility, and the blend is fitted anew on all that was done. Prints one JSON document.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from feedback_policies import DEVELOPED, POLICIES
from feedback_world import Policy, Shopkeeper, World
from setting import report
from zhiyin.evaluation.beyond_accuracy import gini
from zhiyin.ingest.sample.lists import EXAMINE
from zhiyin.reranking.explore import least

DEVELOPMENT_SEEDS = (7, 8, 9)
REPORTING_SEEDS = (5083, 5084, 5085, 5086)  # not looked at while anything was chosen
ROUNDS = 20
LAST = 5  # rounds that count as the end
TAIL = 0.8
FLOOR = 0.25  # of a brand's mean exposure
TIRELESS = ", nobody tires"
_COMPARED = (
    "final_gini",
    "gini_of_all",
    "clicks_a_list",
    "final_clicks_a_list",
    "purchases_a_list",
)


def run(world: World, policy: Policy, seed: int) -> dict[str, NDArray[np.float64]]:
    """Return by round how many lists were shown, the clicks to be expected, purchases, and exposure (rounds, live items).

    Exposure is how often an item was on a list, times the chance that people look at its place.
    """
    told: dict[str, list[Any]] = {"lists": [], "clicks": [], "purchases": [], "exposure": []}
    keeper = Shopkeeper(world, policy, seed)
    loop = keeper.loop
    for _ in range(ROUNDS):
        slates, propensity = keeper.lists()
        told["lists"].append(len(slates))
        told["clicks"].append(loop.expected_clicks(slates).sum())
        got = loop.show(slates, propensity)
        told["purchases"].append(got.purchased.sum())
        seen = np.bincount(got.item, EXAMINE[got.position], minlength=len(loop.live))
        told["exposure"].append(seen[loop.live])
    return {name: np.array(values, float) for name, values in told.items()}


def figures(
    done: Mapping[str, NDArray[np.float64]], is_tail: NDArray[np.bool_], brand: NDArray[np.int64]
) -> dict[str, Any]:
    """Return the inequality of exposure, the tail's share of it, and clicks: by round, at the end, and of all rounds."""
    exposure, lists, clicks = done["exposure"], done["lists"], done["clicks"]
    end, total = exposure[-LAST:].sum(axis=0), exposure.sum(axis=0)
    of_brand = np.bincount(brand, end)
    return {
        "gini": [gini(one) for one in exposure],
        "tail_share": (exposure[:, is_tail].sum(axis=1) / exposure.sum(axis=1)).tolist(),
        "clicks": (clicks / lists).tolist(),
        "final_gini": gini(end),
        "gini_of_all": gini(total),
        "final_tail_share": float(end[is_tail].sum() / end.sum()),
        "never_shown": float((total == 0).mean()),
        "brands_below_floor": float((of_brand < FLOOR * of_brand.mean()).mean()),
        "clicks_a_list": float(clicks.sum() / lists.sum()),
        "final_clicks_a_list": float(clicks[-LAST:].sum() / lists[-LAST:].sum()),
        "purchases_a_list": float(done["purchases"].sum() / lists.sum()),
        "lists": float(lists.sum()),
    }


def measured(seed: int, *, is_developed: bool) -> dict[str, Any]:
    """Return the figures of policies on one shop, all from the same moment on."""
    world, policies = World(seed), DEVELOPED if is_developed else POLICIES
    live = Shopkeeper(world, Policy(), seed).loop.live
    is_tail = least(world.began.popularity[live], TAIL)
    brand = np.unique(world.brand(np.flatnonzero(live)), return_inverse=True)[1]
    return {
        name: figures(run(world, policy, seed), is_tail, brand) for name, policy in policies.items()
    }


def interval(values: Sequence[float]) -> list[float]:
    """Return the mean over shops with its 95 % interval by Student's t; of one shop only the figure."""
    mean, n = float(np.mean(values)), len(values)
    if n == 1:
        return [mean]
    half = float(stats.t.ppf(0.975, n - 1) * np.std(values, ddof=1) / np.sqrt(n))
    return [mean, mean - half, mean + half]


def summed(shops: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return each policy's figures over shops, and how much they are above the naive policy's of the same shop."""
    found: dict[str, Any] = {}
    for name, first in shops[0].items():
        base = "naive" + TIRELESS * name.endswith(TIRELESS)
        found[name] = {
            key: interval([shop[name][key] for shop in shops]) if np.isscalar(value)
            else np.mean([shop[name][key] for shop in shops], axis=0).tolist()
            for key, value in first.items()
        }  # fmt: skip
        found[name]["over_naive"] = {
            key: interval([shop[name][key] / shop[base][key] - 1 for shop in shops])
            for key in _COMPARED
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--develop", action="store_true", help="the grid, on the development shops")
    develop = parser.parse_args().develop
    seeds = DEVELOPMENT_SEEDS if develop else REPORTING_SEEDS
    with ProcessPoolExecutor(2) as pool:
        shops = list(pool.map(partial(measured, is_developed=develop), seeds))
    report("feedback loop", seeds=seeds, rounds=ROUNDS, policies=summed(shops))


if __name__ == "__main__":
    main()
