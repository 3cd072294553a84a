"""What the person likes, has and turned down, read anew for every request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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
    ) -> None:
        self._config = config
        self._affinity = affinity
        self._history = history
        self._friends = friends
        self._closed = closed
        self._strength = event_strength

    def hydrate_query(self, query: Query) -> dict[str, np.ndarray]:
        """Return the fields, empty or 0 for someone unknown; a query's seeds, the last more, stand in the place of the row."""
        history, friends = History.empty(), np.empty(0, np.int64)
        closed = self._closed(query.person, self._learned_friends(query.person))
        if query.person is not None:
            history = self._history(query.person, self._config.events)
            friends = self._friends(query.person)
        items, weights = row(history, self._strength)
        strength = self._strength.of(history.types, history.values)
        asked = Asked(items, weights, query.person, history.items[strength > 0], friends, closed)
        having = self._config.having
        has = np.array([name in having for name in history.types.tolist()], bool)
        had = np.unique(history.items[has])
        if query.seeds:
            asked = replace(_session(query.seeds, self._config.fade), closed=closed)
            had = np.union1d(had, asked.items)
        says, is_bought = strength != 0, history.types == PURCHASE
        return {
            **asked.fields(),
            "affinity": self._affinity.scores(asked),
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
