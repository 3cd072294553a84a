"""What the person likes, has and turned down, read anew for every request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.blend import KnowsTies
from zhiyin.affinity.model import AffinityModel
from zhiyin.affinity.rows import EventStrength, row
from zhiyin.core import History, Query
from zhiyin.portraits.other_lists import PURCHASE
from zhiyin.registry import PartConfig
from zhiyin.retrieval.kept_tastes import KeptTastes


class Taste:
    """Reads the person's events and gives the fields that later stages share.

    Fields: ``row_items`` (h,) int64 and ``row_weights`` (h,) float32, the row that the affinity model scores;
    ``recent`` (r,) int64, the items that speak for something, newest first; ``friends`` (f,) int64 ascending, people the
    person is tied to; ``closed`` (c,) int64 ascending, people who hide or from whom a tie against parts the person, of whom
    nothing counts; ``affinity`` (n_items,) float32, what the model makes of all these; ``event_items`` and ``event_us``
    (e,) int64, the events that say something, newest first; ``had`` (s,) int64 ascending,
    the items the person has; ``against`` (a,) int64 ascending, the items the person turned down; ``bought_items`` and
    ``bought_us`` (b,) int64, the purchases, newest first.
    """

    name = "taste"

    class Config(PartConfig):
        """Options of `Taste`."""

        events: int = Field(1000, ge=1, description="How many of the latest events are read.")
        having: tuple[str, ...] = Field(
            ("interaction", "play", "purchase", "rating", "review"),
            description="Types of event after which the person has the item.",
        )
        fade: float = Field(
            0.7,
            gt=0,
            le=1,
            description="Of items clicked one after the other: what the one before counts.",
        )

    def __init__(
        self,
        config: Config,
        history: Callable[[int, int], History],
        friends: Callable[[int], NDArray[np.int64]],
        closed: Callable[[int | None, NDArray[np.int64]], NDArray[np.int64]],
        affinity: AffinityModel,
        event_strength: EventStrength,
        kept_tastes: KeptTastes,
    ) -> None:
        self._config = config
        self._affinity = affinity
        self._history = history
        self._friends = friends
        self._closed = closed
        self._strength = event_strength
        self._kept = kept_tastes

    def hydrate_query(self, query: Query) -> dict[str, np.ndarray]:
        """Return the fields, empty or 0 for someone unknown; a query's seeds, the last more, stand in the place of the row."""
        history, friends = History.empty(), np.empty(0, np.int64)
        closed = self._closed(query.person, self._learned_friends(query.person))
        if query.person is not None:
            history = self._history(query.person, self._config.events)
            friends = self._friends(query.person)
        make = partial(self._made, query, history, friends, closed)
        if query.person is None or query.seeds:
            return make()
        given = (history.items, history.types, history.values, history.time_us, friends, closed)
        key = (query.person, self._config, self._affinity)
        return dict(self._kept.once(key, given, make))

    def _made(
        self, query: Query, history: History, friends: NDArray[np.int64], closed: NDArray[np.int64]
    ) -> dict[str, np.ndarray]:
        asked, done = self._read(query, history)
        if not query.seeds:
            asked = replace(asked, person=query.person, friends=friends)
        asked = replace(asked, closed=closed)
        return {**asked.fields(), "affinity": self._affinity.scores(asked), **done}

    def brief(self, query: Query) -> dict[str, np.ndarray]:
        """Return what the events alone tell: all fields but ``friends``, ``closed`` and ``affinity``."""
        history = History.empty()
        if query.person is not None:
            history = self._history(query.person, self._config.events)
        asked, done = self._read(query, history)
        return {
            "row_items": asked.items,
            "row_weights": asked.weights,
            "recent": asked.recent,
            **done,
        }

    def _read(self, query: Query, history: History) -> tuple[Asked, dict[str, np.ndarray]]:
        """Return the row, as of somebody unknown, and what the person did, has and turned down."""
        items, weights = row(history, self._strength)
        strength = self._strength.of(history.types, history.values)
        asked = Asked(items, weights, recent=history.items[strength > 0])
        having = self._config.having
        has = np.array([name in having for name in history.types.tolist()], bool)
        had = np.unique(history.items[has])
        if query.seeds:
            asked = _session(query.seeds, self._config.fade)
            had = np.union1d(had, asked.items)
        says, is_bought = strength != 0, history.types == PURCHASE
        return asked, {
            "event_items": history.items[says],
            "event_us": history.time_us[says],
            "had": had,
            "against": np.unique(history.items[strength < 0]),
            "bought_items": history.items[is_bought],
            "bought_us": history.time_us[is_bought],
        }

    def _learned_friends(self, person: int | None) -> NDArray[np.int64]:
        if person is None or not isinstance(self._affinity, KnowsTies):
            return np.empty(0, np.int64)
        return np.asarray(self._affinity.tied_to(person), np.int64)


def _session(seeds: tuple[int, ...], fade: float) -> Asked:
    """Return somebody unknown by items in the order in which they were clicked, the last of them weighing 1."""
    newest = np.asarray(seeds[::-1], np.int64)
    items, place = np.unique(newest, return_index=True)
    return Asked(items, np.asarray(fade**place, np.float32), recent=newest)
