"""Posts of the sample shop: daily life with an intent, shared finds, questions, and the FAQ."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample import vocabulary_posts as words
from zhiyin.ingest.sample.catalogue import TYPES, Goods, aspects_of, scenes_of
from zhiyin.ingest.sample.climate import FEATURES
from zhiyin.ingest.sample.people import People
from zhiyin.ingest.sample.reviews import roughen
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.vocabulary_faq import FAQ
from zhiyin.ingest.sample.vocabulary_shop import BRANDS

DAILY_INTENTS = tuple(words.DAILY_ZH)
QUESTION_TOPICS = tuple(words.QUESTIONS_ZH)
_PULL = {
    "park": "sunny", "rainy": "rain", "heat": "hot", "cold": "cold", "gift": "gift", "study": "school",
    "travel": "festival", "film": "night", "cook": "weekend", "fitness": "morning",
}  # fmt: skip
"""Context feature that brings each intent up."""


def pick(rng: np.random.Generator, options: tuple[str, ...]) -> str:
    """Return one of the options."""
    return options[int(rng.integers(len(options)))]


def item_slots(rng: np.random.Generator, goods: Goods, item: int, language: int) -> dict[str, str]:
    """Return what templates may say of an item, in a language."""
    kind = TYPES[goods.type[item]][1]
    brand = BRANDS[goods.category[item]][goods.brand[item]]
    point = kind.points[int(rng.integers(len(kind.points)))]
    scenes = scenes_of(kind)
    scene = scenes[int(rng.integers(len(scenes)))]
    parts = {"name": kind.name, "brand": brand, "point": point, "scene": scene}
    return {name: pair[language] for name, pair in parts.items()}


def make_daily(
    seed: int, people: People, visits: dict[str, NDArray[Any]], n: int
) -> list[dict[str, Any]]:
    """Write ``n`` posts of daily life, whose intent leans on the writer's weather, hour and feast."""
    rng = generator(seed, "daily posts")
    rows = np.sort(rng.choice(len(visits["person"]), min(n, len(visits["person"])), replace=False))
    table = np.zeros((len(FEATURES), len(DAILY_INTENTS)))
    for intent, feature in _PULL.items():
        table[FEATURES.index(feature), DAILY_INTENTS.index(intent)] = 2.2
    base = np.array([-2.0 if name in ("rainy", "heat", "cold") else 0.0 for name in DAILY_INTENTS])
    keys = visits["features"][rows] @ table + base + rng.gumbel(0, 1, (len(rows), len(base)))
    posts = []
    for row, intent in zip(rows, keys.argmax(axis=1), strict=True):
        person = int(visits["person"][row])
        language = int(people.language[person])
        bank = (words.DAILY_ZH, words.DAILY_EN)[language]
        before, after = words.BEFORE[language], words.AFTER[language]
        body = pick(rng, bank[DAILY_INTENTS[intent]])
        text = roughen(rng, pick(rng, before) + body + pick(rng, after), language)
        posts.append(
            {"user": person, "item": None, "kind": "share", "text": text, "language": language,
             "minutes": float(visits["minutes"][row]) + 1, "intent": DAILY_INTENTS[intent]}
        )  # fmt: skip
    return posts


def make_finds(
    seed: int, people: People, goods: Goods, bought: dict[str, NDArray[Any]], n: int
) -> list[dict[str, Any]]:
    """Write ``n`` posts that show friends something the writer bought."""
    rng = generator(seed, "shared finds")
    rows = np.sort(rng.choice(len(bought["person"]), min(n, len(bought["person"])), replace=False))
    posts = []
    for row in rows:
        person, item = int(bought["person"][row]), int(bought["item"][row])
        language = int(people.language[person])
        slots = item_slots(rng, goods, item, language)
        text = pick(rng, (words.SHARES_ZH, words.SHARES_EN)[language]).format(**slots)
        posts.append(
            {"user": person, "item": item, "kind": "share", "text": roughen(rng, text, language),
             "language": language, "minutes": float(bought["minutes"][row]) + 60, "intent": "find"}
        )  # fmt: skip
    return posts


def make_questions(
    seed: int, people: People, goods: Goods, viewed: dict[str, NDArray[Any]], n: int
) -> list[dict[str, Any]]:
    """Write ``n`` questions about goods people looked at."""
    rng = generator(seed, "questions")
    rows = np.sort(rng.choice(len(viewed["person"]), min(n, len(viewed["person"])), replace=False))
    posts = []
    for row in rows:
        person, item = int(viewed["person"][row]), int(viewed["item"][row])
        language = int(people.language[person])
        aspects = aspects_of(int(goods.type[item]))
        topics = tuple(
            name for name in QUESTION_TOPICS
            if name in ("logistics", "price", "fit") or name in aspects
        )  # fmt: skip
        topic = pick(rng, topics)
        bank = (words.QUESTIONS_ZH, words.QUESTIONS_EN)[language][topic]
        text = pick(rng, bank).format(**item_slots(rng, goods, item, language))
        posts.append(
            {"user": person, "item": item, "kind": "question", "text": roughen(rng, text, language),
             "language": language, "minutes": float(viewed["minutes"][row]) + 2,
             "intent": f"question:{topic}"}
        )  # fmt: skip
    return posts


def make_faq() -> list[dict[str, Any]]:
    """Return the FAQ, each entry once in Chinese and once in English."""
    return [
        {"user": None, "item": None, "kind": "faq", "title": entry[2 * language],
         "text": entry[2 * language + 1], "language": language, "minutes": 0.0, "intent": "faq"}
        for entry in FAQ for language in (0, 1)
    ]  # fmt: skip
