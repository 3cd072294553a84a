"""Past conversations with the shop's service; the intent behind each is kept in truth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample import vocabulary_chats as words
from zhiyin.ingest.sample.catalogue import TYPES, Goods
from zhiyin.ingest.sample.climate import DAY_MINUTES, DAYS, to_us
from zhiyin.ingest.sample.people import People
from zhiyin.ingest.sample.reviews import roughen
from zhiyin.ingest.sample.seeds import generator

INTENTS = tuple(words.ZH)
INTENT_SHARES = np.array([14, 20, 11, 10, 8, 6, 8, 7, 4, 5, 3, 4]) / 100


def make_chats(
    seed: int, people: People, goods: Goods, bought: dict[str, NDArray[Any]], n: int = 300
) -> tuple[dict[str, list[Any]], NDArray[np.int64], NDArray[np.int64]]:
    """Write ``n`` conversations after purchases.

    Returns: the turns' columns (``user`` and ``item`` as numbers), and each conversation's intent and language.
    """
    rng = generator(seed, "chats")
    n = min(n, len(bought["person"]))
    purchase = np.sort(rng.choice(len(bought["person"]), n, replace=False))
    intent = rng.choice(len(INTENTS), n, p=INTENT_SHARES)
    worn = np.array([a != "everyone" for a in goods.audience])[bought["item"][purchase]]
    sized = worn & (goods.category[bought["item"][purchase]] < 2)
    intent = np.where(sized & (rng.random(n) < 0.4), INTENTS.index("size_advice"), intent)
    unsized = (intent == INTENTS.index("size_advice")) & ~sized
    intent = np.where(unsized, INTENTS.index("logistics"), intent)
    language = people.language[bought["person"][purchase]]
    turns: dict[str, list[Any]] = {
        name: [] for name in ("conversation", "role", "text", "user", "item", "time")
    }
    for k in range(n):
        row = purchase[k]
        start = bought["minutes"][row] + rng.exponential(3) * DAY_MINUTES + 30
        minutes = min(float(start), DAYS * DAY_MINUTES - 60.0)
        kind = TYPES[goods.type[bought["item"][row]]][1]
        point = kind.points[int(rng.integers(len(kind.points)))]
        slots = {
            "name": kind.name[language[k]], "point": point[language[k]], "days": int(rng.integers(3, 12)),
        }  # fmt: skip
        for role, text in _conversation(rng, INTENTS[intent[k]], int(language[k]), slots):
            minutes += float(rng.uniform(0.2, 2.5))
            turns["conversation"].append(f"c{k:04d}")
            turns["role"].append(role)
            turns["text"].append(text)
            turns["user"].append(int(bought["person"][row]))
            turns["item"].append(int(bought["item"][row]))
            turns["time"].append(int(to_us(np.array([minutes]))[0]))
    return turns, intent, language


def _conversation(
    rng: np.random.Generator, intent: str, language: int, slots: dict[str, Any]
) -> list[tuple[str, str]]:
    talk = (words.ZH, words.EN)[language][intent]

    def pick(options: tuple[str, ...]) -> str:
        return options[int(rng.integers(len(options)))]

    greeting = pick(words.GREETINGS[language])
    opening = pick(talk.openings)
    turns = [("shopper", roughen(rng, greeting + opening + pick(words.TAILS[language]), language))]
    if rng.random() < 0.45:
        turns.append(("agent", pick(words.HOLDING[language])))
        if rng.random() < 0.3:
            turns.append(("shopper", f"ZY{int(rng.integers(10**7, 10**8))}"))
    answers = [talk.answers[i] for i in rng.permutation(len(talk.answers))]
    questions = [talk.follow_ups[i] for i in rng.permutation(len(talk.follow_ups))]
    turns.append(("agent", answers[0]))
    for answer, question in zip(answers[1:], questions, strict=False):
        if rng.random() < 0.5:
            break
        turns += [("shopper", roughen(rng, question, language)), ("agent", answer)]
    if rng.random() < 0.75:
        turns += [
            ("shopper", pick(words.THANKS[language])),
            ("agent", pick(words.GOODBYES[language])),
        ]
    return [(role, text.format(**slots)) for role, text in turns]
