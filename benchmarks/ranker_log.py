"""Does a ranker gain by learning from the log of what was shown? Rounds on the sample shop, features logged with every page.

    python benchmarks/ranker_log.py             # the figures, on shops that nothing was chosen by
    python benchmarks/ranker_log.py --develop   # the shops that rounds, sizes and parameters were chosen by

After its year the shop shows pages of ten on three surfaces for 24 rounds of five days: ``home`` (the blend), ``hot``
(popularity) and ``similar`` (what goes with the newest item the person had). People look less at later places. One page of
ten has its ten items in an order drawn by chance. Then rankers learn, from the events or from the log, and order the first
hundred candidates of the visitors of eight later rounds; the truth of the sample shop says how many clicks each list gets in
expectation. Prints one JSON document.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from feedback_world import _PARTS, World
from setting import report
from zhiyin.affinity.asked import Asked
from zhiyin.affinity.blend import Blend
from zhiyin.affinity.blending import fit_blend, fit_parts, weighted_sum
from zhiyin.affinity.friends import Friends
from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.training import Training
from zhiyin.evaluation.intervals import bootstrap, paired_difference
from zhiyin.evaluation.task import TrainingData
from zhiyin.ingest.sample import FeedbackLoop
from zhiyin.ingest.sample.climate import to_us
from zhiyin.ingest.sample.feedback_loop import FATIGUE
from zhiyin.ingest.sample.lists import SLATE
from zhiyin.ranking.booster import Booster, families, names_of
from zhiyin.ranking.features.family import Situation, table
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.features.item_counts import ItemCounts
from zhiyin.ranking.features.social import friends_took
from zhiyin.ranking.impression_lists import ACTIONS, LoggedLists
from zhiyin.ranking.log_training import GRID, fit, grades, learn_from_log, taken_from
from zhiyin.ranking.ranker import RankerModel
from zhiyin.ranking.ranker_training import fit_all, learn_booster
from zhiyin.ranking.ranking_lists import EVENTS, WIDTH
from zhiyin.ranking.ranking_moments import ranking_moments
from zhiyin.ranking.signals import HALF_LIFE_DAYS, freshness_signal, popularity_signal

DEVELOPMENT_SEEDS = (7, 8, 9)
REPORTING_SEEDS = (6101, 6102)  # not looked at while anything was chosen
ROUNDS, JUDGED, REFIT = 24, 8, 8  # rounds; REFIT between two fits of the blend
SURFACES = ("home", "hot", "similar")
SHARES = (0.6, 0.2, 0.2)
DRAWN = 0.1
TREES, HOW = 60, GRID[0]
CASES = {"people tire": FATIGUE, "nobody tires": 0.0}


class Lists(NamedTuple):
    """What may be shown to the visitors of a round: items (v, width), best of the surface first, -1 where none are left."""

    ids: NDArray[np.int64]
    features: NDArray[np.float32]  # (v, width, f)
    surface: NDArray[np.int64]  # (v,)


class Keeper:
    """A shop that shows its blend on three surfaces, and notes what it knew."""

    def __init__(self, world: World, seed: int, fatigue: float) -> None:
        self.world, self.seed = world, seed
        self.loop = FeedbackLoop(world.shop, seed, fatigue=fatigue)
        self.columns = columns_of(world)
        self.refit()
        self.families = families(list(self.model.parts))
        self.names = tuple(names_of(self.families))

    def refit(self) -> None:
        """Fit the blend, popularity and counts on all that was done; which parts there are and what they weigh stays."""
        world = self.world
        data, _ = world.after(self.loop)
        self.model: Blend = fit_blend(_PARTS, data, world.params).model
        events = data.interactions
        popular = popularity(events.item, events.strength, events.time_us, world.shape[1])
        self.popular = popularity_signal(popular)
        until_us = int(events.time_us.max()) + 1
        self.counts = ItemCounts.of(events, world.shape[1], until_us)

    def lists(self) -> Lists:
        """Return the candidates of this round's visitors, who come to one surface each."""
        visitors = self.loop.visitors()
        rng = np.random.default_rng([self.seed, self.loop.round])
        surface = rng.choice(len(SURFACES), len(visitors.person), p=SHARES)
        data, gone = self.world.after(self.loop)
        events = data.interactions
        order = np.lexsort((-events.time_us, events.person))
        begin = np.searchsorted(events.person[order], np.arange(self.world.shape[0] + 1))
        ids = np.full((len(surface), WIDTH), -1, np.int64)
        features = np.full((*ids.shape, len(self.names)), np.nan, np.float32)
        at_us = to_us(visitors.minutes)
        for row, who in enumerate(visitors.person.tolist()):
            own = order[begin[who] : begin[who + 1]]
            found, told = self._listed(
                data, who, events.item[own], events.time_us[own], int(at_us[row]),
                self.loop.live & ~gone[who], SURFACES[surface[row]],
            )  # fmt: skip
            ids[row, : len(found)], features[row, : len(found)] = found, told
        return Lists(ids, features, surface)

    def _listed(
        self,
        data: TrainingData,
        who: int,
        items: NDArray[np.int64],
        time_us: NDArray[np.int64],
        now_us: int,
        may: NDArray[np.bool_],
        surface: str,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        world, model = self.world, self.model
        row = slice(data.rows.indptr[who], data.rows.indptr[who + 1])
        asked = Asked(
            data.rows.indices[row].astype(np.int64), data.rows.data[row], who, items[:EVENTS]
        )
        if surface == "similar" and items.size:
            asked = Asked.of(items[:1].tolist())
        parts = model.scores_by_part(asked)
        affinity = np.nansum(parts, axis=0, dtype=np.float32)
        fresh = freshness_signal(world.created_us, now_us, HALF_LIFE_DAYS)
        blend = affinity + world.weights.popularity * self.popular + world.weights.freshness * fresh
        may = may & (world.created_us <= now_us)
        may[items] = False
        ids = np.flatnonzero(may)
        score = self.popular if surface == "hot" else blend
        ids = ids[np.argsort(-score[ids], kind="stable")[:WIDTH]]
        friends = model.parts.get(Friends.name)
        known = friends if isinstance(friends, Friends) else None
        tied = ids[:0] if known is None else known.tied_to(who)
        took = friends_took(known, tied, ids, items[:EVENTS], self.counts)
        situation = Situation(
            now_us, items[:EVENTS], time_us[:EVENTS], ids, affinity[ids], self.popular[ids],
            blend[ids].astype(np.float32), parts[:, ids], took, self.columns, self.counts,
        )  # fmt: skip
        return ids, table(self.families, situation)

    def show(self, lists: Lists) -> LoggedLists:
        """Show the first ten of each list, one of ten in an order drawn by chance, and return what is logged."""
        rng = np.random.default_rng([self.seed, self.loop.round, 1])
        v = len(lists.ids)
        place = np.tile(np.arange(SLATE), (v, 1))
        is_drawn = rng.random(v) < DRAWN
        place[is_drawn] = rng.permuted(place[is_drawn], axis=1)
        at = np.arange(v)[:, None]
        visitors = self.loop.visitors()
        got = self.loop.show(lists.ids[at, place])
        drawn = np.repeat(np.where(is_drawn, 1 / SLATE, np.nan), SLATE)
        nothing = np.zeros(len(got.item), bool)
        done = {"click": got.clicked, "cart": got.carted, "purchase": got.purchased}
        return LoggedLists(
            self.names,
            lists.features[at, place].reshape(-1, len(self.names)),
            np.full(v, SLATE),
            got.item,
            got.position,
            drawn,
            np.repeat(lists.surface, SLATE),
            SURFACES,
            to_us(visitors.minutes),
            visitors.person,
            {action: done.get(action, nothing) for action in ACTIONS},
        )


def columns_of(world: World) -> ItemColumns:
    """Return what the sample shop's catalogue says."""
    items = world.shop.frames["items"]
    code = {
        name: np.unique(texts, return_inverse=True)[1].astype(np.int64)
        for name, texts in (
            ("category", items["category"].to_numpy().astype(str)),
            ("brand", items["brand"].to_numpy().astype(str)),
        )
    }
    price = np.log(items["price_minor"].cast(float).to_numpy())
    return ItemColumns(code["category"], code["category"], code["brand"], price, world.created_us)


def joined(parts: Sequence[LoggedLists]) -> LoggedLists:
    """Return the pages of several rounds as one log."""
    first = parts[0]

    def whole(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    names = ("features", "group", "item", "position", "propensity", "surface", "time_us", "person")
    done = {a: np.concatenate([part.outcomes[a] for part in parts]) for a in ACTIONS}
    return replace(first, **{name: whole(name) for name in names}, outcomes=done)


def of_events(keeper: Keeper) -> tuple[Booster, dict[str, Any]]:
    """Return trees learned from the events up to now, as a training makes them, and what it says of them."""
    world = keeper.world
    data, _ = world.after(keeper.loop)
    held = data.held_out(sample=2000)
    events = held.data.interactions
    parts = fit_parts(_PARTS, held.data, world.params)
    popular = popularity(events.item, events.strength, events.time_us, world.shape[1])
    scores = weighted_sum(parts, world.params, held.data)
    fitted = replace(world.fitted, model=keeper.model)
    training = Training(
        fitted, {}, held, popular, SLATE, scores, parts,
        lambda other: fit_parts(_PARTS, other, world.params),
    )  # fmt: skip
    asked = training, world.weights, keeper.columns, data.interactions
    booster, told = learn_booster(*asked)
    if booster is None:  # what a training would not serve is measured all the same
        booster = fit_all(ranking_moments(*asked, 0), told)
    return booster, told


def shuffled(lists: LoggedLists) -> LoggedLists:
    """Return the log with what was done at random places of the same page."""
    rng = np.random.default_rng(0)
    order = np.lexsort((rng.random(len(lists.item)), lists.page()))
    return replace(lists, outcomes={a: done[order] for a, done in lists.outcomes.items()})


def rankers(keeper: Keeper, log: LoggedLists) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return name → scores of (n, f) features on a surface, and what trainings say."""
    taken, rng = taken_from(log), np.random.default_rng(0)
    events, told = of_events(keeper)
    counts = RankerModel(events.text, keeper.columns, keeper.counts)
    product, said = learn_from_log(log, counts)
    one = fit(taken, TREES, HOW)
    no_place = fit(taken, TREES, HOW, corrects_place=False)
    chance = fit(taken_from(shuffled(log)), TREES, HOW)
    surface_of_page = taken.surface[taken.start()]
    own = {
        code: fit(taken.where(surface_of_page == code), TREES, HOW) for code in range(len(SURFACES))
    }

    def knows(booster: Booster) -> Any:
        return lambda rows, surface: booster.scores(
            np.column_stack([rows, np.full(len(rows), surface, np.float32)])
        )

    made = {
        "events": lambda rows, surface: events.scores(rows),
        "random order": lambda rows, surface: rng.random(len(rows)),
        "log, place not corrected": knows(no_place),
        "log, place corrected": knows(one),
        "log, one model a surface": lambda rows, surface: knows(own[surface])(rows, surface),
        "log, shuffled": knows(chance),
        "what training serves": knows(product.booster) if product.surfaces
        else lambda rows, surface: events.scores(rows),
    }  # fmt: skip
    return made, {"events": told, "log": said}


def ordered(lists: Lists, score: Any) -> NDArray[np.int64]:
    """Return the (v, 10) items that a ranker puts first."""
    v, width, f = lists.features.shape
    scores = np.full((v, width), -np.inf)
    for code in range(len(SURFACES)):
        rows = np.flatnonzero(lists.surface == code)
        if rows.size:
            scores[rows] = score(lists.features[rows].reshape(-1, f), code).reshape(-1, width)
    return firsts(lists, scores)


def firsts(lists: Lists, scores: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return the (v, 10) items of the highest (v, width) scores."""
    scores = np.where(lists.ids < 0, -np.inf, scores)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :SLATE]
    return np.take_along_axis(lists.ids, order, axis=1)


def click_rate(log: LoggedLists, n_items: int) -> NDArray[np.float64]:
    """Return the share of times that each item was clicked where it was shown, drawn to the mean as by five more."""
    clicked = log.outcomes["click"]
    total = np.bincount(log.item, clicked, n_items) + 5 * clicked.mean()
    return np.asarray(total / (np.bincount(log.item, minlength=n_items) + 5))


def measured(seed: int) -> dict[str, dict[str, Any]]:
    """Return ``rounds`` of one shop, where people tire of what they see in vain and where nobody does."""
    world = World(seed)
    return {name: rounds(Keeper(world, seed, fatigue)) for name, fatigue in CASES.items()}


def rounds(keeper: Keeper) -> dict[str, Any]:
    """Return the log's size, what trainings say, and of each later visit the clicks to be expected by each order."""
    pages = []
    for at in range(ROUNDS):
        if at and at % REFIT == 0:
            keeper.refit()
        pages.append(keeper.show(keeper.lists()))
    log = joined(pages)
    keeper.refit()
    made, told = rankers(keeper, log)
    rate = click_rate(log, keeper.world.shape[1])
    clicks: dict[str, list[NDArray[np.float64]]] = {}
    person, surface = [], []
    for _ in range(JUDGED):
        lists = keeper.lists()
        utility = np.take_along_axis(keeper.loop.utility(), np.maximum(lists.ids, 0), axis=1)
        shown = {
            "shown order": lists.ids[:, :SLATE],
            "item click rate": firsts(lists, rate[lists.ids]),
            "the truth": firsts(lists, utility),
            **{name: ordered(lists, score) for name, score in made.items()},
        }
        for name, slates in shown.items():
            clicks.setdefault(name, []).append(keeper.loop.expected_clicks(slates))
        person.append(keeper.loop.visitors().person)
        surface.append(lists.surface)
        keeper.show(lists)
    return {
        "log": {"pages": len(log), "items clicked": int((grades(log) > 0).sum()), "features": len(log.names)},
        "training": told,
        "clicks": {name: np.concatenate(parts) for name, parts in clicks.items()},
        "person": np.concatenate(person),
        "surface": np.concatenate(surface),
    }  # fmt: skip


def by_person(values: NDArray[np.float64], person: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean of each person's visits, in the order of people."""
    _, code = np.unique(person, return_inverse=True)
    return np.asarray(np.bincount(code, values) / np.bincount(code))


def summed(shops: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return clicks a list over people of all shops, and paired gains over the order shown, in all and by surface."""
    found: dict[str, Any] = {"logs": [s["log"] for s in shops], "trainings": [s["training"] for s in shops]}  # fmt: skip
    for place in (None, *range(len(SURFACES))):
        figures = {}
        for name in shops[0]["clicks"]:
            own, base = [], []
            for shop in shops:
                rows = slice(None) if place is None else shop["surface"] == place
                own.append(by_person(shop["clicks"][name][rows], shop["person"][rows]))
                base.append(by_person(shop["clicks"]["shown order"][rows], shop["person"][rows]))
            values, shown = np.concatenate(own), np.concatenate(base)
            figures[name] = {
                "clicks": bootstrap(values).as_list(),
                "gain": paired_difference(values, shown).as_list(),
                "by shop": [float(o.mean() / b.mean() - 1) for o, b in zip(own, base, strict=True)],
            }
        found["all surfaces" if place is None else SURFACES[place]] = figures
    pairs = (("log, place corrected", "log, place not corrected"), ("log, place corrected", "log, one model a surface"),
             ("log, place corrected", "events"), ("what training serves", "events"))  # fmt: skip
    found["paired"] = {
        f"{one} over {other}": paired_difference(
            *(np.concatenate([by_person(s["clicks"][name], s["person"]) for s in shops]) for name in (one, other))
        ).as_list()
        for one, other in pairs
    }  # fmt: skip
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--develop", action="store_true", help="the development shops")
    parser.add_argument("--seeds", type=int, nargs="*", help="other shops")
    given = parser.parse_args()
    seeds = given.seeds or (DEVELOPMENT_SEEDS if given.develop else REPORTING_SEEDS)
    with ProcessPoolExecutor(2) as pool:
        shops = list(pool.map(measured, seeds))
    found = {name: summed([shop[name] for shop in shops]) for name in CASES}
    report("ranker log", seeds=seeds, rounds=ROUNDS, judged=JUDGED, **found)


if __name__ == "__main__":
    main()
