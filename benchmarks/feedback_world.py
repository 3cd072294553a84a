"""The shop of ``feedback_loop.py``: what it learns from the year and the rounds so far, and the lists it makes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.affinity.baselines import FRIENDS, ITEM_KNN, POPULARITY, ease_learner
from zhiyin.affinity.blending import choose, fit_blend, weighted_sum
from zhiyin.affinity.learners import GRAPH_FILTER, people_learners
from zhiyin.affinity.popularity import popularity
from zhiyin.affinity.rows import EventStrength
from zhiyin.affinity.training import Training
from zhiyin.core import Candidates, Query, Reranker
from zhiyin.core.impression import Impression
from zhiyin.core.interactions import Interactions
from zhiyin.core.stages import Drawing
from zhiyin.core.ties import Ties
from zhiyin.evaluation.contest import Budget
from zhiyin.evaluation.task import TrainingData
from zhiyin.ingest.sample import FeedbackLoop, make
from zhiyin.ingest.sample.climate import to_us
from zhiyin.ingest.sample.event_log import EVENT_TYPES
from zhiyin.ingest.sample.feedback_loop import FATIGUE
from zhiyin.ingest.sample.lists import SLATE
from zhiyin.ingest.sample.tasks import numbers
from zhiyin.portraits.item_likeness import ItemLikeness
from zhiyin.ranking.signals import freshness_signal, popularity_signal
from zhiyin.ranking.tuning import choose_weights
from zhiyin.store.exposure import Exposure

K = 20
PER_SOURCE = 100
RETRAIN = 2  # rounds between two fits
FRESH_DAYS = 14.0
_STRENGTH = EventStrength()
_PARTS = (POPULARITY, ITEM_KNN, ease_learner(), GRAPH_FILTER, people_learners()[1], FRIENDS)


class Learned(NamedTuple):
    """What re-rankers are made of: popularity and likeness of items, the catalogue, and what was shown."""

    popularity: NDArray[np.float32]
    item_likeness: ItemLikeness
    catalogue: Any
    impression_log: Any


class Policy(NamedTuple):
    """What lists are ordered by (``blend``, ``popularity``, ``random``), re-rankers, and how soon people tire of an item."""

    by: str = "blend"
    rerankers: Callable[[Learned], Sequence[Reranker]] = lambda learned: ()
    fatigue: float = FATIGUE


class World:
    """A sample shop at the end of its year, and the blend that training chose on that year."""

    def __init__(self, seed: int) -> None:
        self.shop = make(seed)
        frames = self.shop.frames
        self.shape = frames["users"].height, frames["items"].height
        self.year, self._gone = self._of_year(frames["events"].filter(pl.col("item").is_not_null()))
        self._titles = frames["items"]["title"].to_list()
        ties = frames["ties"]
        self.side = {"ties": Ties(numbers(ties["user"]), numbers(ties["other"]))}
        self.created_us = frames["items"]["created"].dt.epoch("us").to_numpy()
        self._codes = {
            name: np.unique(frames["items"][name].to_numpy(), return_inverse=True)[1]
            for name in ("category", "brand")
        }
        data = TrainingData(self.year, *self.shape, self.side)
        held = data.held_out(sample=600)
        chosen = choose(_PARTS, held, K, Budget(1, 600, 0))
        visible = held.data.interactions
        self.params = chosen.params
        self.fitted = fit_blend(_PARTS, data, self.params)
        scores = weighted_sum(chosen.held_out, self.params, held.data)
        popular = popularity(visible.item, visible.strength, visible.time_us, self.shape[1])
        training = Training(self.fitted, {}, held, popular, K, scores, chosen.held_out)
        self.weights, _ = choose_weights(training)
        self.began = self.learned(data)

    def __len__(self) -> int:
        return self.shape[1]

    def follow(self, *names: str) -> None:
        """Like the catalogue's; no item of the sample shop names a product or a seller."""

    def group(self, name: str, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        return self._codes[name][ids] if name in self._codes else np.full(len(ids), -1)

    def category(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        return self.group("category", ids)

    def brand(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        return self.group("brand", ids)

    def title(self, number: int) -> str:
        return self._titles[number]

    def key(self, number: int) -> str:
        return f"i{number:05d}"

    def code(self, name: str, value: str) -> int:
        return -1

    def _of_year(self, log: pl.DataFrame) -> tuple[Interactions, NDArray[np.bool_]]:
        """Return the year's events, and (people, items) bool what a list leaves out: had or turned down."""
        types, values = log["type"].to_numpy().astype(np.str_), log["value"].fill_null(np.nan)
        person, item = numbers(log["user"]), numbers(log["item"])
        strength = _STRENGTH.of(types, values.to_numpy())
        gone = np.zeros(self.shape, bool)
        is_gone = np.isin(types, ("purchase", "review")) | (strength < 0)
        gone[person[is_gone], item[is_gone]] = True
        events = Interactions(person, item, strength, log["time"].dt.epoch("us").to_numpy())
        return events.where(strength != 0), gone

    def after(self, loop: FeedbackLoop) -> tuple[TrainingData, NDArray[np.bool_]]:
        """Return what is known after some rounds, and (people, items) bool what a list leaves out."""
        got = loop.answers()
        done = np.column_stack([got.clicked, got.favourited, got.carted, got.purchased])
        row, kind = np.nonzero(done)
        types = np.array(EVENT_TYPES)[kind]
        strength = _STRENGTH.of(types, np.full(row.size, np.nan))
        time_us = to_us(got.minutes[row] + got.delay[row])
        since = Interactions(got.person[row], got.item[row], strength, time_us)
        gone = self._gone.copy()
        gone[got.person[got.purchased], got.item[got.purchased]] = True
        return TrainingData(self.year.joined(since), *self.shape, self.side), gone

    def learned(self, data: TrainingData) -> Learned:
        """Return what re-rankers know after some events."""
        events = data.interactions
        popular = popularity(events.item, events.strength, events.time_us, self.shape[1])
        return Learned(popular, ItemLikeness.of(data.rows), self, None)


class Shopkeeper:
    """Makes the lists of one loop, round after round, and learns from what comes back."""

    def __init__(self, world: World, policy: Policy, seed: int) -> None:
        self.world, self.policy = world, policy
        self.loop = FeedbackLoop(world.shop, seed, fatigue=policy.fatigue)
        self._fitted, self._learned = world.fitted, world.began
        self._seed = seed
        self._log = SimpleNamespace(exposure=Exposure())

    def lists(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return (v, 10) items for the visitors of this round, and with what chance each stands there."""
        world, loop = self.world, self.loop
        data, gone = world.after(loop)
        if loop.round and loop.round % RETRAIN == 0:
            self._fitted = fit_blend(_PARTS, data, world.params)
            self._learned = world.learned(data)
        visitors = loop.visitors()
        people, row = np.unique(visitors.person, return_inverse=True)
        at_us = to_us(visitors.minutes)
        scores, is_candidate = self._proposed(data, people, int(at_us.max()))
        is_candidate &= loop.live & ~gone[people]
        rerankers = self.policy.rerankers(self._learned._replace(impression_log=self._log))
        begin, liked = data.histories.indptr, data.histories.indices.astype(np.int64)
        slates = np.full((len(row), SLATE), -1, np.int64)
        chances = np.ones(slates.shape)
        for visit, (at, request) in enumerate(zip(row, visitors.request, strict=True)):
            ids = np.flatnonzero(is_candidate[at])
            order = ids[np.argsort(-scores[at, ids], kind="stable")]
            found = Candidates.of(order, scores[at, order])
            own = liked[begin[people[at]] : begin[people[at] + 1]]
            query = Query(n=SLATE, request_id=f"{self._seed} {request}", fields={"recent": own})
            found, chance = reranked(query, found, rerankers)
            slates[visit, : len(found)], chances[visit, : len(found)] = found.ids, chance
            page = tuple(found.ids.tolist())
            self._log.exposure.add(Impression("", None, "home", int(at_us[visit]), page, ()))
        return slates, chances

    def _proposed(
        self, data: TrainingData, people: NDArray[np.int64], now_us: int
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Return (m, items) scores, and what the home page's sources propose: alike, popular and fresh."""
        world, popular = self.world, self._learned.popularity
        fresh = freshness_signal(world.created_us, now_us, FRESH_DAYS)
        if self.policy.by != "blend":
            rng = np.random.default_rng([self._seed, self.loop.round])
            shape = people.size, popular.size
            chance = rng.random(shape, np.float32)
            score = chance if self.policy.by == "random" else np.broadcast_to(popular, shape)
            return score, np.ones(shape, bool)
        affinity = self._fitted.on(data)(people)
        alike = np.where(data.histories[people].toarray() > 0, 0, affinity)
        is_found = alike >= np.maximum(-np.partition(-alike, PER_SOURCE)[:, [PER_SOURCE]], 1e-12)
        is_found[:, np.argsort(-popular, kind="stable")[:PER_SOURCE]] = True
        age = np.where(
            world.created_us <= now_us, now_us - world.created_us, np.iinfo(np.int64).max
        )
        is_found[:, np.argsort(age, kind="stable")[:PER_SOURCE]] = True
        beside = world.weights.popularity * popularity_signal(popular)
        return affinity + beside + world.weights.freshness * fresh, is_found


def reranked(
    query: Query, found: Candidates, rerankers: Sequence[Reranker]
) -> tuple[Candidates, NDArray[np.float64]]:
    """Return the page that re-rankers make of candidates, best first, and the chance of each place."""
    chance = np.ones(len(found))
    for place, stage in enumerate(rerankers, 1):
        k = query.n if place == len(rerankers) else len(found)
        if isinstance(stage, Drawing):
            positions, drawn = stage.draw(query, found, k)
            chance = chance[positions] * drawn
        else:
            positions = stage.rerank(query, found, k)
            chance = chance[positions]
        found = found.take(positions)
    return found.take(np.arange(min(query.n, len(found)))), chance[: query.n]
