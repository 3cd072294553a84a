"""The sample year: cities, weather, feasts, and the context features made from them.

The year runs from 2025-01-01 to 2025-12-31 in China's time (UTC+8). Inside, a time is minutes since its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample.seeds import generator

START = datetime(2024, 12, 31, 16, tzinfo=UTC)
START_US = int(START.timestamp()) * 1_000_000
DAYS = 365
DAY_MINUTES = 1440
STEP_DAYS = 5
"""State that people share (what friends did, what is popular) moves on in steps of this many days."""
STEPS = DAYS // STEP_DAYS


class City(NamedTuple):
    """A place people live in, with its climate."""

    zh: str
    en: str
    latitude: float
    longitude: float
    weight: float
    mean_c: float
    swing_c: float
    rain_winter: float
    rain_summer: float


CITIES = (
    City("北京", "Beijing", 39.90, 116.41, 0.18, 12.5, 15.5, 0.05, 0.38),
    City("上海", "Shanghai", 31.23, 121.47, 0.19, 17.0, 12.0, 0.28, 0.42),
    City("广州", "Guangzhou", 23.13, 113.26, 0.17, 22.5, 7.5, 0.20, 0.55),
    City("成都", "Chengdu", 30.57, 104.07, 0.13, 16.5, 10.0, 0.18, 0.50),
    City("武汉", "Wuhan", 30.59, 114.31, 0.11, 17.0, 12.5, 0.25, 0.40),
    City("哈尔滨", "Harbin", 45.80, 126.53, 0.07, 4.5, 21.0, 0.20, 0.42),
    City("西安", "Xi'an", 34.34, 108.94, 0.07, 14.5, 13.0, 0.12, 0.35),
    City("杭州", "Hangzhou", 30.27, 120.16, 0.08, 17.5, 12.0, 0.32, 0.45),
)

FEATURES = (
    "rain", "snow", "sunny", "hot", "cold", "spring", "gift", "festival", "midautumn",
    "kids_day", "school", "weekend", "morning", "night", "home", "work", "out",
)  # fmt: skip
"""Names of the context features, in the order of their columns."""

WEATHER = ("sunny", "cloudy", "rain", "snow")
PLACES = ("home", "work", "out")

OCCASIONS = (
    ("spring_festival", "festival", (1, 8), (1, 29)),
    ("valentines_day", "gift", (2, 6), (2, 14)),
    ("back_to_school", "school", (2, 15), (2, 24)),
    ("mothers_day", "gift", (5, 3), (5, 11)),
    ("childrens_day", "kids_day", (5, 20), (6, 1)),
    ("back_to_school", "school", (8, 14), (9, 4)),
    ("qixi", "gift", (8, 20), (8, 29)),
    ("mid_autumn", "midautumn", (9, 14), (10, 6)),
    ("national_day", "festival", (9, 26), (10, 1)),
    ("christmas", "gift", (12, 12), (12, 25)),
    ("new_year", "festival", (12, 24), (12, 31)),
)
"""Occasion, its context feature, first and last day; a later row wins where two overlap."""

SALES = (((6, 1), (6, 18)), ((11, 1), (11, 11)), ((12, 10), (12, 12)))


def day_of(month: int, day: int) -> int:
    """Return how many days after the year's start a date lies."""
    return (datetime(2025, month, day, tzinfo=UTC) - datetime(2025, 1, 1, tzinfo=UTC)).days


def to_us(minutes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return microseconds since 1970 UTC, whole seconds, for minutes since the year's start."""
    return START_US + np.floor(minutes * 60).astype(np.int64) * 1_000_000


def moment(minutes: float) -> datetime:
    """Return the UTC time that lies so many minutes after the year's start."""
    return START + timedelta(minutes=minutes)


def occasion_days() -> tuple[list[str | None], NDArray[np.float32]]:
    """Return each day's occasion, and its (365, features) occasion features."""
    names: list[str | None] = [None] * DAYS
    features = np.zeros((DAYS, len(FEATURES)), np.float32)
    for name, feature, first, last in OCCASIONS:
        for day in range(day_of(*first), day_of(*last) + 1):
            names[day] = name
            features[day, FEATURES.index(feature)] = 1
    return names, features


@dataclass(frozen=True)
class Climate:
    """The year's weather in each city.

    Attributes:
        temperature: (365, cities) float32, °C at mid-day less the daily swing.
        weather: (365, cities) int8, position in ``WEATHER``.
    """

    temperature: NDArray[np.float32]
    weather: NDArray[np.int8]

    def at(
        self, city: NDArray[np.int64], minutes: NDArray[np.float64], place: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the (n, features) float32 context features of moments in cities and places."""
        day = np.minimum((minutes // DAY_MINUTES).astype(np.int64), DAYS - 1)
        hour = (minutes % DAY_MINUTES) / 60
        warmth = self.warmth(city, minutes)
        weather = self.weather[day, city]
        features = occasion_days()[1][day]
        values: dict[str, NDArray[np.generic]] = {
            "rain": weather == 2,
            "snow": weather == 3,
            "sunny": weather == 0,
            "hot": np.clip((warmth - 22) / 8, 0, 1.3),
            "cold": np.clip((10 - warmth) / 10, 0, 1.3),
            "spring": (day >= day_of(3, 1)) & (day < day_of(6, 1)),
            "weekend": is_weekend(day),
            "morning": (hour >= 6) & (hour < 10),
            "night": (hour >= 20) | (hour < 2),
        }
        values |= {name: place == position for position, name in enumerate(PLACES)}
        for name, value in values.items():
            features[:, FEATURES.index(name)] = value
        return features

    def warmth(self, city: NDArray[np.int64], minutes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n,) temperatures in °C, warmest at three in the afternoon."""
        day = np.minimum((minutes // DAY_MINUTES).astype(np.int64), DAYS - 1)
        hour = (minutes % DAY_MINUTES) / 60
        swing = 3.5 * np.cos(2 * np.pi * (hour - 15) / 24)
        return self.temperature[day, city].astype(np.float64) + swing


def is_weekend(day: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which days of the year are Saturday or Sunday (2025-01-01 was a Wednesday)."""
    return (day + 2) % 7 >= 5


def make_climate(seed: int) -> Climate:
    """Draw a year of weather: a seasonal wave, days that resemble yesterday, rain by season."""
    rng = generator(seed, "climate")
    mean, swing, dry, wet = (
        np.array([getattr(city, name) for city in CITIES])
        for name in ("mean_c", "swing_c", "rain_winter", "rain_summer")
    )
    wave = -np.cos(2 * np.pi * (np.arange(DAYS) - 18) / DAYS)[:, None]
    shock = rng.normal(0, 1.9, (DAYS, len(CITIES)))
    drift = np.zeros_like(shock)
    for day in range(1, DAYS):
        drift[day] = 0.75 * drift[day - 1] + shock[day]
    temperature = mean + swing * wave + drift
    rainy_share = dry + (wet - dry) * (wave + 1) / 2
    weather = np.zeros((DAYS, len(CITIES)), np.int8)
    roll, sky = rng.random((2, DAYS, len(CITIES)))
    raining = np.zeros(len(CITIES), bool)
    for day in range(DAYS):
        raining = roll[day] < np.where(
            raining, 0.35 + 0.65 * rainy_share[day], 0.65 * rainy_share[day]
        )
        dry_sky = np.where(sky[day] < 0.58, 0, 1)
        weather[day] = np.where(raining, np.where(temperature[day] < 0.5, 3, 2), dry_sky)
    return Climate(temperature.astype(np.float32), weather)
