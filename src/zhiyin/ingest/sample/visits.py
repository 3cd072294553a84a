"""When and from where people come to the sample shop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample.climate import (
    DAY_MINUTES,
    DAYS,
    FEATURES,
    SALES,
    Climate,
    day_of,
    is_weekend,
)
from zhiyin.ingest.sample.people import People
from zhiyin.ingest.sample.seeds import generator

HOURS = np.array(
    [
        2,
        1,
        0.5,
        0.3,
        0.3,
        0.6,
        1.5,
        3,
        4,
        3.5,
        3.5,
        4,
        6,
        5,
        3.5,
        3.2,
        3.3,
        3.8,
        5,
        6.5,
        8.5,
        9.5,
        8,
        4.5,
    ]
)
"""How busy each hour of the day is."""


@dataclass(frozen=True)
class Visits:
    """Visits in time order; all arrays are (visits,) but ``features``.

    Attributes:
        person: who.
        minutes: when, since the year's start.
        place: position in ``PLACES``.
        features: (visits, features) float32 context.
    """

    person: NDArray[np.int64]
    minutes: NDArray[np.float64]
    place: NDArray[np.int64]
    features: NDArray[np.float32]

    def between(self, first: float, last: float) -> Visits:
        """Return the visits with ``first <= minutes < last``."""
        low, high = np.searchsorted(self.minutes, [first, last])
        part = slice(low, high)
        return Visits(self.person[part], self.minutes[part], self.place[part], self.features[part])


def draw_place(rng: np.random.Generator, minutes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Draw where people are at (n,) moments: home, work or out."""
    hour = (minutes % DAY_MINUTES) / 60
    free = is_weekend((minutes // DAY_MINUTES).astype(np.int64)) | (hour < 9) | (hour >= 18)
    roll = rng.random(len(minutes))
    return np.where(
        free, np.where(roll < 0.72, 0, 2), np.where(roll < 0.6, 1, np.where(roll < 0.82, 0, 2))
    )


def make_visits(seed: int, people: People, climate: Climate) -> Visits:
    """Draw the year's visits: busier at sales, in the evening and as the shop grows."""
    rng = generator(seed, "visits")
    days = np.arange(DAYS)
    busy = (1 + 0.15 * is_weekend(days)) * np.linspace(0.85, 1.25, DAYS)
    for first, last in SALES:
        busy[day_of(*first) : day_of(*last) + 1] *= 1.7
    cumulative = np.concatenate([[0.0], np.cumsum(busy) / busy.sum()])
    joined_day = np.clip(np.ceil(people.created / DAY_MINUTES), 0, DAYS).astype(np.int64)
    begun = cumulative[joined_day]
    count = np.minimum(rng.poisson(people.visits * (1 - begun)), 400)
    count = np.where(people.is_newcomer, np.minimum(count, 1), count)
    person = np.repeat(np.arange(len(count)), count)
    position = begun[person] + (1 - begun[person]) * rng.random(len(person))
    day = np.clip(np.searchsorted(cumulative, position, side="right") - 1, 0, DAYS - 1)
    shift = rng.integers(-2, 3, len(count))  # early birds and night owls
    hour = (rng.choice(24, len(person), p=HOURS / HOURS.sum()) + shift[person]) % 24
    minutes = day * DAY_MINUTES + hour * 60.0 + rng.uniform(0, 60, len(person))
    keep = minutes < DAYS * DAY_MINUTES - 60
    order = np.argsort(minutes[keep], kind="stable")
    person, minutes = person[keep][order], minutes[keep][order]
    place = draw_place(rng, minutes)
    return Visits(person, minutes, place, climate.at(people.city[person], minutes, place))


def expected_features(
    climate: Climate, city: NDArray[np.int64], first_day: int, days: int
) -> NDArray[np.float32]:
    """Return (m, features): the mean context people of a city meet in a stretch of days.

    It uses the weather that came, so it is an oracle's expectation.
    """
    hours = np.arange(0, 24, 2)
    minutes = ((first_day + np.arange(days))[:, None] * DAY_MINUTES + hours * 60.0).ravel()
    weight = np.tile(HOURS[hours] / HOURS[hours].sum() / days, days)
    table = np.zeros((int(city.max()) + 1, len(FEATURES)), np.float32)
    for one in np.unique(city):
        free = climate.at(np.full(len(minutes), one), minutes, np.zeros(len(minutes), np.int64))
        table[one] = weight @ free
        table[one, [FEATURES.index(place) for place in ("home", "work", "out")]] = 0.55, 0.22, 0.23
    return table[city]
