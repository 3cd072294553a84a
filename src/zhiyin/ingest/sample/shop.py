"""The sample shop: a synthetic social-commerce shop made from a seed. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.errors import DataError
from zhiyin.ingest.sample.behaviour import simulate
from zhiyin.ingest.sample.catalogue import Goods, make_goods, product_texts
from zhiyin.ingest.sample.chats import INTENTS, make_chats
from zhiyin.ingest.sample.climate import CITIES, DAYS, Climate, make_climate, to_us
from zhiyin.ingest.sample.coupons import Coupons, make_coupons, step_bounds
from zhiyin.ingest.sample.event_log import make_events
from zhiyin.ingest.sample.frames import table
from zhiyin.ingest.sample.interactions import make_interactions
from zhiyin.ingest.sample.orders import make_orders
from zhiyin.ingest.sample.people import AGE_BANDS, DEVICES, GENDERS, LANGUAGES, make_people
from zhiyin.ingest.sample.policies import policies
from zhiyin.ingest.sample.posts import make_daily, make_faq, make_finds, make_questions
from zhiyin.ingest.sample.reviews import make_reviews
from zhiyin.ingest.sample.ties import TIE_KINDS, make_ties
from zhiyin.ingest.sample.truth import Truth
from zhiyin.ingest.sample.utility import Pieces
from zhiyin.ingest.sample.visits import expected_features
from zhiyin.ingest.sample.vocabulary_shop import CATEGORIES
from zhiyin.ingest.sample.world import PURCHASE, VIEW, Behaviour, World
from zhiyin.store.frames import json_text

SAMPLE_VERSION = 1
"""Goes up whenever the same seed makes another shop."""


@dataclass(frozen=True)
class SampleShop:
    """A synthetic shop: its records as frames, and the truth they were drawn from.

    Attributes:
        seed: what it was made from.
        frames: kind of record → frame; columns are the fields of the nouns in ``zhiyin.core.records``.
        truth: what no record says; for measuring only, never for training.

    >>> shop = make(1, people=60, products=96)
    >>> shop.frames["items"].height, shop.truth.pieces.taste.shape
    (96, (60, 25))
    """

    seed: int
    frames: dict[str, pl.DataFrame]
    truth: Truth


def make(seed: int = 7, *, people: int = 2000, products: int = 800) -> SampleShop:
    """Make the sample shop; the same seed and sizes give the same bytes on the same machine.

    Raises:
        DataError: below 40 people or 48 products, where there is no shop to speak of.

    Complexity: O(people² + visits · products) time, about four seconds of one core at the sizes given here.

    >>> shop = make(1, people=60, products=96)
    >>> sorted(shop.frames)
    ['chats', 'documents', 'events', 'facts', 'interactions', 'items', 'orders', 'posts', 'ties', 'users']
    """
    if people < 40 or products < 48:
        raise DataError(
            f"{people} people and {products} products are too few",
            where="make", expected="at least 40 people and 48 products",
            next_step="leave the sizes out to get 2,000 and 800",
        )  # fmt: skip
    world, coupons = _make_world(seed, people, products)
    log = simulate(seed, world)
    texts = product_texts(seed, world.goods)
    bought = _part(log, PURCHASE)
    colours = [str(a.get("colour", "")) for a in texts["attributes"]]
    reviews = make_reviews(seed, world.people, world.goods, bought, colours)
    events, event_truth = make_events(seed, world, coupons, log, reviews)
    posts, post_truth = _posts(seed, world, log, reviews)
    turns, intent, _ = make_chats(seed, world.people, world.goods, bought)
    frames = {
        "items": _items(world, texts),
        "users": _users(world),
        "ties": _ties(world),
        "interactions": _interactions(seed, world, log, bought),
        "events": events,
        "posts": posts,
        "chats": _chats(turns),
        "facts": _coupon_facts(coupons),
        "orders": make_orders(seed, world, coupons, log, reviews["purchase"]),
        "documents": policies(),
    }
    chat_intent = np.array(INTENTS)[intent]
    truth = _truth(world, log, event_truth | post_truth | {"chat_intent": chat_intent})
    return SampleShop(seed, frames, truth)


def _make_world(seed: int, n_people: int, n_products: int) -> tuple[World, Coupons]:
    people, goods, climate = (
        make_people(seed, n_people),
        make_goods(seed, n_products),
        make_climate(seed),
    )
    coupons = make_coupons(seed, goods)
    pieces = Pieces(
        taste=people.taste,
        item_factors=goods.factors,
        item_bias=(goods.quality + goods.appeal - _usual_want(climate, goods)).astype(np.float32),
        wants=goods.wants,
        context_response=people.context_response.astype(np.float32),
        sensitivity=people.sensitivity.astype(np.float32),
        repeat_days=goods.repeat_days.astype(np.float32),
        coupon_item=coupons.item,
        coupon_first=coupons.first,
        coupon_last=coupons.last,
        coupon_percent=coupons.percent,
    )
    return World(people, goods, make_ties(seed, people), climate, pieces), coupons


def _usual_want(climate: Climate, goods: Goods) -> NDArray[np.float64]:
    """Return (items,) what the year's mean context adds, so that out of season an item is wanted less than others."""
    mean = expected_features(climate, np.arange(len(CITIES)), 0, DAYS)
    weight = np.array([city.weight for city in CITIES])
    usual: NDArray[np.float64] = goods.wants @ (weight @ mean)
    return usual


def _part(log: Behaviour, kind: int) -> dict[str, NDArray[Any]]:
    chosen = log.events["type"] == kind
    return {name: column[chosen] for name, column in log.events.items()}


def _items(world: World, texts: dict[str, list[Any]]) -> pl.DataFrame:
    goods = world.goods
    names = [CATEGORIES[c].name for c in goods.category]
    english = [
        {"title": texts["title_en"][k], "description": texts["description_en"][k],
         "brand": texts["brand_en"][k], "category": names[k].en}
        for k in range(len(names))
    ]  # fmt: skip
    return table(
        "items",
        {
            "id": _ids("i", np.arange(len(names))), "title": texts["title"],
            "description": texts["description"], "category": [name.zh for name in names],
            "brand": texts["brand"], "price_minor": goods.price_minor,
            "currency": ["CNY"] * len(names), "stock": goods.stock, "created": to_us(goods.created),
            "attributes": [json_text(a) for a in texts["attributes"]],
            "translations": [json_text({"en": one}) for one in english],
        },
    )  # fmt: skip


def _users(world: World) -> pl.DataFrame:
    people = world.people
    attributes = [
        json_text(
            {"city": CITIES[people.city[k]].zh, "city_en": CITIES[people.city[k]].en,
             "latitude": CITIES[people.city[k]].latitude, "longitude": CITIES[people.city[k]].longitude,
             "gender": GENDERS[people.gender[k]], "age_band": AGE_BANDS[people.age_band[k]],
             "device": DEVICES[people.device[k]], "language": LANGUAGES[people.language[k]]}
        )
        for k in range(len(people.city))
    ]  # fmt: skip
    ids = _ids("u", np.arange(len(attributes)))
    return table("users", {"id": ids, "created": to_us(people.created), "attributes": attributes})


def _ties(world: World) -> pl.DataFrame:
    ties = world.ties
    return table(
        "ties",
        {"user": _ids("u", ties.user), "other": _ids("u", ties.other),
         "kind": [TIE_KINDS[k] for k in ties.kind], "time": to_us(ties.time)},
    )  # fmt: skip


def _interactions(
    seed: int, world: World, log: Behaviour, bought: dict[str, NDArray[Any]]
) -> pl.DataFrame:
    columns = make_interactions(seed, world.people, world.goods, world.ties, log.shares, bought)
    order = np.argsort(np.array(columns["minutes"]), kind="stable")
    picked = {name: [values[k] for k in order] for name, values in columns.items()}
    return table(
        "interactions",
        {"user": _ids("u", picked["user"]), "other": _ids("u", picked["other"]), "type": picked["type"],
         "item": _ids("i", picked["item"]), "text": picked["text"],
         "time": to_us(np.array(picked["minutes"])),
         "event_id": [f"n{k:06d}" for k in range(len(order))]},
    )  # fmt: skip


def _posts(
    seed: int, world: World, log: Behaviour, reviews: dict[str, Any]
) -> tuple[pl.DataFrame, dict[str, NDArray[Any]]]:
    people, goods = world.people, world.goods
    scale = len(people.created) / 2000
    bought, viewed = _part(log, PURCHASE), _part(log, VIEW)
    posts = [
        {"user": int(reviews["person"][k]), "item": int(reviews["item"][k]), "kind": "review",
         "text": text, "rating": float(reviews["rating"][k]), "language": int(reviews["language"][k]),
         "minutes": float(reviews["minutes"][k]), "intent": "review", "row": k}
        for k, text in enumerate(reviews["text"]) if text
    ]  # fmt: skip
    posts += make_daily(seed, people, log.visits, round(1200 * scale))
    posts += make_finds(seed, people, goods, bought, round(500 * scale))
    posts += make_questions(seed, people, goods, viewed, round(400 * scale))
    posts = make_faq() + sorted(posts, key=lambda post: float(post["minutes"]))
    last = step_bounds(len(log.policy) - 1)[1] - 1
    minutes = np.minimum([post["minutes"] for post in posts], last)
    frame = table(
        "posts",
        {"id": [f"p{k:05d}" for k in range(len(posts))], "user": _ids("u", _column(posts, "user")),
         "item": _ids("i", _column(posts, "item")), "kind": _column(posts, "kind"),
         "text": _column(posts, "text"), "title": _column(posts, "title"),
         "rating": _column(posts, "rating"), "language": [LANGUAGES[post["language"]] for post in posts],
         "time": to_us(minutes)},
    )  # fmt: skip
    row = np.array([post.get("row", -1) for post in posts])
    aspects = np.where(row[:, None] >= 0, reviews["aspects"][row], 0).astype(np.int8)
    polarity = np.where(row >= 0, reviews["polarity"][row], 0).astype(np.int8)
    intent = np.array(_column(posts, "intent"))
    return frame, {"post_polarity": polarity, "post_aspects": aspects, "post_intent": intent}


def _column(rows: list[dict[str, Any]], name: str) -> list[Any]:
    return [row.get(name) for row in rows]


def _ids(letter: str, numbers: Any) -> list[str | None]:
    return [None if k is None else f"{letter}{k:05d}" for k in numbers]


def _chats(turns: dict[str, list[Any]]) -> pl.DataFrame:
    ids = {"user": _ids("u", turns["user"]), "item": _ids("i", turns["item"])}
    event_ids = [f"t{k:05d}" for k in range(len(turns["text"]))]
    return table("chats", turns | ids | {"event_id": event_ids})


def _coupon_facts(coupons: Coupons) -> pl.DataFrame:
    bounds = np.array(
        [
            [step_bounds(a)[0], step_bounds(b)[1]]
            for a, b in zip(coupons.first, coupons.last, strict=True)
        ]
    )
    begin, end = to_us(bounds[:, 0]), to_us(bounds[:, 1])
    values = [
        json_text({"code": coupons.code(k), "percent": int(coupons.percent[k]),
                 "valid_from": _iso(int(begin[k])), "valid_to": _iso(int(end[k]))})
        for k in range(len(begin))
    ]  # fmt: skip
    return table(
        "facts",
        {"subject": _ids("i", coupons.item), "name": ["coupon"] * len(values), "value": values, "time": begin},
    )  # fmt: skip


def _iso(time_us: int) -> str:
    return str(np.datetime64(time_us // 1_000_000, "s")) + "Z"


def _truth(world: World, log: Behaviour, columns: dict[str, Any]) -> Truth:
    people, goods, shown, sway = world.people, world.goods, log.exposures, log.sway
    bought = _part(log, PURCHASE)
    narrow = {"request": np.int32, "person": np.int32, "item": np.int32, "position": np.int8}
    exposures: dict[str, Any] = {
        f"exposure_{k}": a.astype(narrow.get(k, a.dtype)) for k, a in shown.items()
    }
    return Truth(
        pieces=world.pieces,
        city=people.city, community=people.community, susceptibility=people.susceptibility,
        mood=people.mood, quality=goods.quality, appeal=goods.appeal,
        aspect_quality=goods.aspect_quality, temperature=world.climate.temperature,
        weather=world.climate.weather, tie_strength=world.ties.strength.astype(np.float32),
        policy=log.policy, uniform_click=log.uniform_click,
        visit_features=log.visits["features"].astype(np.float32),
        purchase_person=bought["person"], purchase_item=bought["item"],
        purchase_day=np.floor(bought["begin"] / 1440).astype(np.float32), purchase_step=bought["step"],
        **exposures, **{f"sway_{name}": column for name, column in sway.items()}, **columns,
    )  # fmt: skip
