"""Do lists in the order of what items are worth bring more than lists in the order of clicks? On the sample shop, by its truth.

    python benchmarks/values.py             # the figures, on shops that nothing was chosen by
    python benchmarks/values.py --develop   # the shops by which it was developed

Twelve rounds of the feedback loop are shown and logged by the blend; the chain learns from the log. Then each order of the blend's
first hundred makes the lists of four more rounds, all from the same moment on. Prints one JSON document.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_loop import interval
from feedback_world import FRESH_DAYS, Policy, Shopkeeper, World
from setting import report
from zhiyin.core.interactions import Interactions
from zhiyin.ingest.sample.behaviour import BUY_GIVEN_CART, CART_BAR, CHOICE_NOISE
from zhiyin.ingest.sample.climate import to_us
from zhiyin.ingest.sample.lists import SLATE, sigmoid
from zhiyin.ranking.chain import Chain, Shown, placed, utility
from zhiyin.ranking.features.scores import log_place, of_highest
from zhiyin.ranking.impression_lists import LoggedLists
from zhiyin.ranking.signals import freshness_signal, popularity_signal

DEVELOPMENT_SEEDS = (7, 8, 9)
REPORTING_SEEDS = (5083, 5084, 5085, 5086)
LOGGED, JUDGED = 12, 4  # rounds
WIDTH = 100
VALUES = {"click": 1.0, "cart": 3.0, "purchase": 7.0}
NAMES = (
    "affinity", "affinity_place", "popularity", "blend", "blend_place", "freshness", "price",
    "price_gap", "category_events", "brand_events", "item_looks", "item_carts", "item_cart_rate", "shown",
)  # fmt: skip
ORDERS = ("blend", "clicks", "value", "shuffled")


class Keeper(Shopkeeper):
    """Makes lists in some order of the blend's first hundred, and keeps what was known of what it showed."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, Policy(), seed)
        self.price = np.log(world.shop.frames["items"]["price_minor"].to_numpy())
        self.shown = np.zeros(world.shape, np.float32)
        self.log: list[LoggedLists] = []

    def parted(self) -> Keeper:
        """Return a second keeper that goes its own way from here."""
        own = copy.copy(self)
        own.loop, own.shown, own.log = copy.deepcopy(self.loop), self.shown.copy(), []
        return own

    def round(self, chain: Chain | None, order: str) -> tuple[float, float, float, int]:
        """Show one round; return what its lists are worth by the truth, their clicks and purchases, and how many they are."""
        world, loop = self.world, self.loop
        visitors = loop.visitors()
        data, gone = world.after(loop)
        people, row = np.unique(visitors.person, return_inverse=True)
        scores, is_candidate = self._proposed(data, people, int(to_us(visitors.minutes).max()))
        is_candidate &= loop.live & ~gone[people]
        about = self._about(data.interactions)
        slates = np.full((len(row), SLATE), -1, np.int64)
        features = np.empty((len(row), SLATE, len(NAMES)), np.float32)
        for visit, at in enumerate(row):
            ids = np.flatnonzero(is_candidate[at])
            ids = ids[np.argsort(-scores[at, ids], kind="stable")][:WIDTH]
            table = self._features(people[at], ids, scores[at, ids], about)
            if chain is not None and order != "blend":
                told = chain.probabilities(placed(table, 0))
                worth = told["click"] if order == "clicks" else utility(told, VALUES)
                first = np.argsort(-worth, kind="stable")
            else:
                first = np.arange(len(ids))
            slates[visit], features[visit] = ids[first[:SLATE]], table[first[:SLATE]]
        worth = self._worth(slates)
        got = loop.show(slates)
        np.add.at(self.shown, (got.person, got.item), 1)
        n, nothing = slates.size, np.zeros(slates.size, np.int64)
        self.log.append(
            LoggedLists(
                NAMES, features.reshape(n, -1), np.full(len(row), SLATE), got.item, got.position,
                np.full(n, np.nan), nothing, ("home",), to_us(visitors.minutes), visitors.person,
                {"click": got.clicked, "cart": got.carted, "purchase": got.purchased},
            )
        )  # fmt: skip
        return *worth, len(row)

    def _worth(self, slates: NDArray[np.int64]) -> tuple[float, float, float]:
        """Return the sums over lists of the value, clicks and purchases to be expected by the truth."""
        click = self.loop.click_chance(slates)
        wanted = self.loop.utility()[np.arange(len(slates))[:, None], slates]
        cart = click * sigmoid((wanted - CART_BAR) / CHOICE_NOISE)
        bought = BUY_GIVEN_CART * cart
        worth = VALUES["click"] * click + VALUES["cart"] * cart + VALUES["purchase"] * bought
        return float(worth.sum()), float(click.sum()), float(bought.sum())

    def _about(self, events: Interactions) -> dict[str, Any]:
        n_people, n_items = self.world.shape
        weight = {"looks": events.strength > 0, "carts": events.strength >= 0.75}
        found: dict[str, Any] = {
            name: np.bincount(events.item[chosen], minlength=n_items)
            for name, chosen in weight.items()
        }
        every = np.arange(n_items)
        for name in ("category", "brand"):
            code = self.world.group(name, every)
            counts = np.zeros((n_people, code.max() + 1), np.float32)
            np.add.at(counts, (events.person, code[events.item]), 1)
            found[name] = (code, counts)
        total = np.bincount(events.person, self.price[events.item], n_people)
        found["price"] = total / np.maximum(np.bincount(events.person, minlength=n_people), 1)
        latest = int(events.time_us.max())
        found["fresh"] = freshness_signal(self.world.created_us, latest, FRESH_DAYS)
        affinity_of = self._fitted.on(self.world.after(self.loop)[0])
        people = np.unique(self.loop.visitors().person)
        found["affinity"] = dict(zip(people.tolist(), affinity_of(people), strict=True))
        return found

    def _features(
        self,
        person: int,
        ids: NDArray[np.int64],
        blend: NDArray[np.float32],
        about: Mapping[str, Any],
    ) -> NDArray[np.float32]:
        affinity = about["affinity"][int(person)][ids]
        looks, carts = about["looks"][ids], about["carts"][ids]
        (category, of_category), (brand, of_brand) = about["category"], about["brand"]
        columns = [
            of_highest(affinity), log_place(affinity), popularity_signal(self._learned.popularity)[ids],
            of_highest(blend), log_place(blend), about["fresh"][ids], self.price[ids],
            self.price[ids] - about["price"][person], np.log1p(of_category[person, category[ids]]),
            np.log1p(of_brand[person, brand[ids]]), np.log1p(looks), np.log1p(carts),
            (carts + 2) / (looks + 10), np.log1p(self.shown[person, ids]),
        ]  # fmt: skip
        return np.column_stack(columns).astype(np.float32)


def joined(parts: Sequence[LoggedLists]) -> LoggedLists:
    def all_of(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    outcomes = {
        action: np.concatenate([part.outcomes[action] for part in parts])
        for action in parts[0].outcomes
    }
    columns = ("features", "group", "item", "position", "propensity", "surface")
    return LoggedLists(
        NAMES, *(all_of(name) for name in columns), ("home",), all_of("time_us"), all_of("person"),
        outcomes,
    )  # fmt: skip


def measured(seed: int) -> dict[str, Any]:
    """Return the figures of one shop."""
    keeper = Keeper(World(seed), seed)
    for _ in range(LOGGED):
        keeper.round(None, "blend")
    shown = Shown.of(joined(keeper.log))
    order = np.random.default_rng(seed).permutation(len(shown.part))
    shuffled = {action: done[order] for action, done in shown.outcomes.items()}
    chains = {"value": Chain.fit(shown), "shuffled": Chain.fit(replace(shown, outcomes=shuffled))}
    chains["clicks"] = chains["value"]
    told: dict[str, Any] = {}
    for name in ORDERS:
        own = keeper.parted()
        sums = np.sum([own.round(chains.get(name), name) for _ in range(JUDGED)], axis=0)
        told[name] = dict(
            zip(("worth", "clicks", "purchases"), (sums[:3] / sums[3]).tolist(), strict=True)
        )
    told["heads"] = dict(chains["value"].told)
    return told


def summed(shops: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return means over shops, and how much each order is above another in the same shop."""
    figures = ("worth", "clicks", "purchases")
    found: dict[str, Any] = {
        name: {one: interval([shop[name][one] for shop in shops]) for one in figures}
        for name in ORDERS
    }
    for name, other in (
        ("clicks", "blend"),
        ("value", "blend"),
        ("value", "clicks"),
        ("shuffled", "blend"),
    ):
        found[f"{name} over {other}"] = {
            one: interval([shop[name][one] / shop[other][one] - 1 for shop in shops]) for one in figures
        }  # fmt: skip
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--develop", action="store_true")
    seeds = DEVELOPMENT_SEEDS if parser.parse_args().develop else REPORTING_SEEDS
    with ProcessPoolExecutor(2) as pool:
        shops = list(pool.map(measured, seeds))
    report("values", seeds=list(seeds), values=VALUES, **summed(shops), shops=shops)


if __name__ == "__main__":
    main()
