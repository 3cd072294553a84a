"""Whom the reader is close to or trusts, and what those did lately, as far as each of them lets it be seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Query
from zhiyin.portraits.society import Society
from zhiyin.portraits.weights import BUY, event_weights
from zhiyin.privacy.consent import HIDDEN, NAMED
from zhiyin.registry import PartConfig

_DAY_US = 86_400_000_000
_MOST = 1.0  # what one friend says of one item, in purchases: nobody votes twice
_NEW_TIE = 0.3  # strength of a tie made after the training, where the reader has no other
_TRUST = 0.5  # strength that full trust alone gives: as close as to anybody else one knows


class Circle:
    """Reads the people whom the reader is close to or trusts, each time anew.

    Who withdraws consent is gone from the next page, and so is who blocks, mutes or distrusts the reader, or the other way
    round. Reasons to listen to somebody may each fail: the strength of who is close and trusted is
    ``1 - (1 - closeness) (1 - trust / 2)``.

    Fields: ``circle`` (c,) int64 ascending, people who let themselves be counted; ``circle_strength`` (c,) float32 in
    0..1; ``circle_named`` (c,) bool, whether the two let themselves be named to each other; ``friend_person`` (d,) int64,
    ``friend_item`` (d,) int64 and ``friend_amount`` (d,) float32, who of them speaks how much for which item, below 0
    against it: in purchases, times the strength of the tie, less with every day.
    """

    name = "circle"

    class Config(PartConfig):
        """Options of `Circle`."""

        people: int = Field(100, ge=1, description="How many of the closest people are looked at.")
        trusted: int = Field(20, ge=0, description="How many of the most trusted people besides.")
        days: float = Field(60.0, gt=0, description="How far back their doings are read.")
        half_life_days: float = Field(14.0, gt=0, description="Age at which a doing counts half.")
        types: tuple[str, ...] = Field(
            ("favourite", "like", "purchase", "rating", "return", "review", "share"),
            description="Types of event by which people speak for an item or against it.",
        )

    def __init__(
        self,
        config: Config,
        society: Society,
        friends: Callable[[int], NDArray[np.int64]],
        consents: Callable[[NDArray[np.int64], int | None], NDArray[np.uint8]],
        doings: Callable[..., pl.DataFrame],
    ) -> None:
        self._config = config
        self._society = society
        self._friends = friends
        self._consents = consents
        self._doings = doings

    def hydrate_query(self, query: Query) -> dict[str, np.ndarray]:
        """Return the fields, empty for someone unknown."""
        people, strength = self._heard(query.person)
        asked = np.append(people, [] if query.person is None else [query.person]).astype(np.int64)
        levels = self._consents(asked, query.person) if asked.size else np.empty(0, np.uint8)
        levels, own = levels[: people.size], levels[people.size :]
        kept = np.flatnonzero(levels > HIDDEN)
        kept = kept[np.argsort(people[kept], kind="stable")]
        people, strength = people[kept], strength[kept]
        may_name = own.size > 0 and int(own[0]) == NAMED
        person, item, amount = self._spoken(query, people, strength)
        return {
            "circle": people,
            "circle_strength": strength,
            "circle_named": (levels[kept] == NAMED) & may_name,
            "friend_person": person,
            "friend_item": item,
            "friend_amount": amount,
        }

    def _heard(self, person: int | None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the closest and the most trusted people, and how strongly they are listened to."""
        if person is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        close, closeness = self._close(person)
        trusted, trust = self._society.trust.trusted(person, self._config.trusted)
        if not trusted.size:
            return close, closeness
        people, place = np.unique(np.concatenate([close, trusted]), return_inverse=True)
        doubt = np.ones(people.size)
        np.multiply.at(doubt, place, 1 - np.concatenate([closeness, _TRUST * trust]))
        return people, np.asarray(1 - doubt, np.float32)

    def _close(self, person: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the closest people, strongest first, and how close; also those tied since the training."""
        closeness = self._society.closeness
        rows = closeness.rows_of(person)
        people, strength = closeness.two[rows], closeness.strength[rows]
        new = np.setdiff1d(self._friends(person), people)
        usual = float(np.median(strength)) if strength.size else _NEW_TIE
        people = np.concatenate([people, new])
        strength = np.concatenate([strength, np.full(new.size, usual, np.float32)])
        best = np.argsort(-strength, kind="stable")[: self._config.people]
        return people[best], strength[best].astype(np.float32)

    def _spoken(
        self, query: Query, people: NDArray[np.int64], strength: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        now_us = query.time_us
        since_us = now_us - int(self._config.days * _DAY_US)
        if not people.size:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32)
        # What has no time is as old as the oldest that has one, and where nothing has, all counts alike.
        undated_us = self._society.table.origin_us or now_us
        undated = undated_us >= since_us
        done = self._doings(people, self._config.types, since_us, undated=undated)
        done = done.with_columns(pl.col("time_us").fill_null(undated_us))
        done = done.filter(pl.col("time_us") <= now_us)
        types = np.array(done["type"].to_list(), np.str_)
        weights = event_weights(types, done["value"].fill_null(np.nan).to_numpy())
        age_days = (now_us - done["time_us"].to_numpy()) / _DAY_US
        left = weights / BUY * 2.0 ** (-age_days / self._config.half_life_days)
        pairs = np.stack([done["person"].to_numpy(), done["item"].to_numpy()])
        (person, item), place = np.unique(pairs, axis=1, return_inverse=True)
        amount = np.clip(np.bincount(place.ravel(), left, person.size), -_MOST, _MOST)
        amount = amount * strength[np.searchsorted(people, person)]
        return person, item, amount.astype(np.float32)
