"""Ratings and reviews that say why: aspect by aspect, in Chinese or English, with noise."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample import vocabulary_reviews_en, vocabulary_reviews_zh
from zhiyin.ingest.sample.catalogue import ASPECTS, TYPES, Goods, sentence
from zhiyin.ingest.sample.climate import DAY_MINUTES, DAYS
from zhiyin.ingest.sample.people import LANGUAGES, People
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.vocabulary_shop import COLOURS

RATED_SHARE, WRITTEN_SHARE = 0.5, 0.86
MISMATCH = 0.03
"""Share of ratings that contradict their text, as when someone mistakes one star for best."""


def make_reviews(
    seed: int, people: People, goods: Goods, bought: dict[str, NDArray[Any]], colours: list[str]
) -> dict[str, Any]:
    """Rate purchases and write about most of them.

    Returns: arrays by name: ``person``, ``item``, ``minutes``, ``rating``, ``purchase`` (row in ``bought``),
        ``aspects`` (n, aspects) int8 polarity of what the text says, ``polarity`` int8 of the whole text, ``text``
        (empty where only stars were given), ``language`` (position in ``LANGUAGES``).
    """
    rng = generator(seed, "reviews")
    rated = np.flatnonzero(rng.random(len(bought["person"])) < RATED_SHARE)
    minutes = bought["minutes"][rated] + (2 + rng.exponential(6, len(rated))) * DAY_MINUTES
    rated, minutes = rated[minutes < DAYS * DAY_MINUTES], minutes[minutes < DAYS * DAY_MINUTES]
    person, item = bought["person"][rated], bought["item"][rated]
    n = len(rated)
    felt = (
        goods.aspect_quality[item]
        + people.mood[person, None]
        + rng.normal(0, 0.85, (n, len(ASPECTS)))
    )
    aspects = _mentioned(rng, felt)
    said = np.where(aspects != 0, felt, np.nan)
    verdict = np.nanmean(said, axis=1)
    balance = aspects.sum(axis=1)
    stars = 3.2 + 0.8 * verdict + 0.65 * np.sign(balance) + rng.normal(0, 0.4, n)
    flipped = rng.random(n) < MISMATCH
    rating = np.clip(np.round(np.where(flipped, 6 - stars, stars)), 1, 5)
    language = np.where(rng.random(n) < 0.9, people.language[person], 1 - people.language[person])
    written = rng.random(n) < WRITTEN_SHARE
    polarity = np.where(balance == 0, np.sign(verdict - 0.1), np.sign(balance)).astype(np.int8)
    texts = [
        _write(rng, goods, int(item[k]), aspects[k], int(language[k]), colours[item[k]])
        if written[k]
        else ""
        for k in range(n)
    ]
    return {
        "person": person, "item": item, "minutes": minutes, "rating": rating, "purchase": rated,
        "aspects": np.where(written[:, None], aspects, 0).astype(np.int8), "polarity": polarity,
        "text": texts, "language": language,
    }  # fmt: skip


def _mentioned(rng: np.random.Generator, felt: NDArray[np.floating[Any]]) -> NDArray[np.int8]:
    """Choose one to four aspects a text speaks of, the strongly felt ones first, and their polarity."""
    n = len(felt)
    weight = np.where(np.isnan(felt), -np.inf, np.abs(np.nan_to_num(felt) - 0.3))
    keys = weight + rng.gumbel(0, 0.8, felt.shape)
    rank = np.argsort(np.argsort(-keys, axis=1, kind="stable"), axis=1, kind="stable")
    count = rng.choice([1, 2, 3, 4], n, p=[0.28, 0.38, 0.24, 0.1])
    polarity = np.where(np.nan_to_num(felt) > 0.1, 1, -1)
    return np.where(rank < count[:, None], polarity, 0).astype(np.int8)


def _write(
    rng: np.random.Generator,
    goods: Goods,
    item: int,
    aspects: NDArray[np.int8],
    language: int,
    colour: str,
) -> str:
    words: ModuleType = (vocabulary_reviews_zh, vocabulary_reviews_en)[language]
    name = TYPES[goods.type[item]][1].name[language]
    mentioned = np.flatnonzero(aspects)
    good, bad = mentioned[aspects[mentioned] > 0], mentioned[aspects[mentioned] < 0]
    slots = {
        "name": name, "days": int(rng.integers(2, 5)), "brand": "",
        "colour": (COLOURS.get(colour, "颜色"), colour or "colour")[language],
    }  # fmt: skip

    def clauses(chosen: NDArray[np.int64], bank: dict[str, tuple[str, ...]]) -> list[str]:
        order = rng.permutation(chosen)
        picked = [bank[ASPECTS[a]][int(rng.integers(len(bank[ASPECTS[a]])))] for a in order]
        late = slots | {"days": int(rng.integers(5, 20))} if bank is words.NEGATIVE else slots
        return [clause.format(**late) for clause in picked]

    def pick(options: tuple[str, ...]) -> str:
        return options[int(rng.integers(len(options)))]

    mood = "GOOD" if not len(bad) else "BAD" if not len(good) else "MIXED"
    first, second = clauses(good, words.POSITIVE), clauses(bad, words.NEGATIVE)
    if len(bad) > len(good) and mood == "MIXED":
        first, second = second, first
    text = _join(first, words.AND, pick)
    if first and second:
        text += pick(words.BUT)
    text += _join(second, words.AND, pick)
    opening = pick(getattr(words, f"OPENING_{mood}"))
    closing = pick(getattr(words, f"CLOSING_{mood}"))
    return roughen(rng, _finish(opening + text + closing, language), language)


def _join(clauses: list[str], links: tuple[str, ...], pick: Any) -> str:
    text = clauses[0] if clauses else ""
    for clause in clauses[1:]:
        text += pick(links) + clause
    return text


def _finish(text: str, language: int) -> str:
    """Put capital letters where English sentences begin."""
    if LANGUAGES[language] == "zh":
        return text
    for mark in (". ", "! "):
        text = mark.join(sentence(part) for part in text.split(mark))
    return text


def roughen(rng: np.random.Generator, text: str, language: int) -> str:
    """Write like people do: now and then a typo, no punctuation, or a word's worth of marks too many."""
    roll = rng.random()
    if roll < 0.06:
        words: ModuleType = (vocabulary_reviews_zh, vocabulary_reviews_en)[language]
        wrong = [pair for pair in words.TYPOS if pair[0] in text]
        if wrong:
            old, new = wrong[int(rng.integers(len(wrong)))]
            return text.replace(old, new, 1)
    if roll < 0.12:
        for mark in "，。！、；,;!":
            text = text.replace(mark, " " if language == 0 else "")
        return " ".join(text.split())
    if roll < 0.16:
        return text.rstrip("。.!！") + ("！！！" if language == 0 else "!!!")
    return text
