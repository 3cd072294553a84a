"""From what was simulated to the events a shop would have logged, in order of time, with their context."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.ingest.sample.climate import (
    DAY_MINUTES,
    DAYS,
    PLACES,
    STEP_DAYS,
    WEATHER,
    day_of,
    occasion_days,
    to_us,
)
from zhiyin.ingest.sample.coupons import Coupons
from zhiyin.ingest.sample.frames import table
from zhiyin.ingest.sample.people import DEVICES
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.world import PURCHASE, VIEW, Behaviour, World
from zhiyin.store.frames import json_text

EVENT_TYPES = ("view", "favourite", "cart", "purchase", "rating", "redeem")
RATING, REDEEM = 4, 5
REDEEM_SHARE = 0.7
REDEEM_DELAY = 0.1
"""Minutes from the purchase to its coupon's event."""
_SEASON_STARTS = ((3, 1), (6, 1), (9, 1), (12, 1))
_SEASONS = ("winter", "spring", "summer", "autumn", "winter")


def visit_contexts(
    seed: int, world: World, visits: dict[str, NDArray[Any]]
) -> list[dict[str, Any]]:
    """Return each visit's context as a shop would log it."""
    rng = generator(seed, "devices")
    person, minutes = visits["person"], visits["minutes"]
    n = len(person)
    day = np.minimum((minutes // DAY_MINUTES).astype(np.int64), DAYS - 1)
    own = rng.random(n) < 0.86
    device = np.where(own, world.people.device[person], rng.integers(0, len(DEVICES), n))
    city = world.people.city[person]
    warmth = np.round(world.climate.warmth(city, minutes), 1)
    sky = world.climate.weather[day, city]
    season = np.searchsorted([day_of(*start) for start in _SEASON_STARTS], day, side="right")
    occasions = occasion_days()[0]
    contexts = []
    for k in range(n):
        context: dict[str, Any] = {
            "place": PLACES[visits["place"][k]],
            "weather": WEATHER[sky[k]],
            "temperature_c": float(warmth[k]),
            "season": _SEASONS[season[k]],
            "hour": int(minutes[k] % DAY_MINUTES // 60),
            "weekday": int((day[k] + 2) % 7),
            "device": DEVICES[device[k]],
        }
        occasion = occasions[day[k]]
        if occasion:
            context["occasion"] = occasion
        contexts.append(context)
    return contexts


def redeemed(
    seed: int, coupons: Coupons, events: dict[str, NDArray[Any]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the purchase rows that used a coupon, and which coupon."""
    rng = generator(seed, "redeem")
    rows = np.flatnonzero(events["type"] == PURCHASE)
    step = (events["minutes"][rows] + REDEEM_DELAY) // (STEP_DAYS * DAY_MINUTES)
    used, which = [], []
    of_item: dict[int, list[int]] = {}
    for number, item in enumerate(coupons.item):
        of_item.setdefault(int(item), []).append(number)
    for row, now, roll in zip(rows, step, rng.random(len(rows)), strict=True):
        for number in of_item.get(int(events["item"][row]), []):
            if coupons.first[number] <= now <= coupons.last[number] and roll < REDEEM_SHARE:
                used.append(row)
                which.append(number)
    return np.array(used, np.int64), np.array(which, np.int64)


def make_events(
    seed: int, world: World, coupons: Coupons, log: Behaviour, reviews: dict[str, Any]
) -> tuple[pl.DataFrame, dict[str, NDArray[Any]]]:
    """Return the events' frame in order of time, and the truth columns row for row beside it."""
    events = log.events
    bought = np.flatnonzero(events["type"] == PURCHASE)
    rated = bought[reviews["purchase"]]
    used, which = redeemed(seed, coupons, events)
    base = np.concatenate([np.arange(len(events["type"])), rated, used])
    n, ratings = len(events["type"]), len(rated)
    kind = np.concatenate([events["type"], np.full(ratings, RATING), np.full(len(used), REDEEM)])
    minutes = np.concatenate(
        [events["minutes"], reviews["minutes"], events["minutes"][used] + REDEEM_DELAY]
    )
    value = np.full(len(base), np.nan)
    value[n : n + ratings] = reviews["rating"]
    extra = np.concatenate([np.full(n + ratings, -1), which])
    order = np.argsort(minutes, kind="stable")
    base, kind, minutes, value, extra = (a[order] for a in (base, kind, minutes, value, extra))
    contexts = _contexts(seed, world, coupons, log, base, kind, extra)
    request = events["request"][base]
    frame = table(
        "events",
        {
            "user": [f"u{k:05d}" for k in events["person"][base]],
            "item": [f"i{k:05d}" for k in events["item"][base]],
            "type": [EVENT_TYPES[k] for k in kind],
            "value": pl.Series(value).fill_nan(None),
            "time": to_us(minutes),
            "context": contexts,
            "request_id": [f"r{k:07d}" if k >= 0 else None for k in request],
            "event_id": [f"e{k:07d}" for k in range(len(base))],
        },
    )
    simulated = kind <= PURCHASE
    truth = {
        "event_visit": np.where(simulated, events["visit"][base], -1),
        "event_utility": np.where(simulated, events["utility"][base], np.nan).astype(np.float32),
        "event_influenced": simulated & events["influenced"][base],
        "event_source": np.where(simulated, events["source"][base], -1),
        "event_channel": np.where(simulated, events["channel"][base], -1),
    }
    return frame, truth


def _contexts(
    seed: int,
    world: World,
    coupons: Coupons,
    log: Behaviour,
    base: NDArray[np.int64],
    kind: NDArray[np.int64],
    extra: NDArray[np.int64],
) -> list[str]:
    plain = visit_contexts(seed, world, log.visits)
    written = [json_text(context) for context in plain]
    visit, quantity = log.events["visit"], log.events["quantity"]
    texts = []
    for row, what, coupon in zip(base.tolist(), kind.tolist(), extra.tolist(), strict=True):
        order_id = f"o{visit[row]:06d}"
        if VIEW <= what < PURCHASE:
            texts.append(written[visit[row]])
        elif what == RATING:
            texts.append(json_text({"order_id": order_id}))
        elif what == REDEEM:
            texts.append(json_text({"order_id": order_id, "code": coupons.code(coupon)}))
        else:
            order = {"order_id": order_id, "quantity": int(quantity[row])}
            texts.append(json_text(plain[visit[row]] | order))
    return texts
