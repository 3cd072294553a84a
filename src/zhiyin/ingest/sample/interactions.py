"""What people do toward each other: counts follow the latent strength of their tie."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample import vocabulary_posts as words
from zhiyin.ingest.sample.catalogue import Goods
from zhiyin.ingest.sample.climate import DAY_MINUTES, DAYS
from zhiyin.ingest.sample.people import People
from zhiyin.ingest.sample.posts import item_slots, pick
from zhiyin.ingest.sample.seeds import generator
from zhiyin.ingest.sample.ties import Ties

TYPES = ("message", "comment", "like", "mention", "gift", "group_buy")
TYPE_SHARES = np.array(
    [
        [0.40, 0.22, 0.28, 0.05, 0.02, 0.03],  # friend
        [0.62, 0.10, 0.16, 0.03, 0.06, 0.03],  # family
        [0.30, 0.18, 0.34, 0.06, 0.02, 0.10],  # colleague
    ]
)
WITH_ITEM = ("gift", "group_buy", "mention")


def make_interactions(
    seed: int,
    people: People,
    goods: Goods,
    ties: Ties,
    shares: dict[str, NDArray[Any]],
    bought: dict[str, NDArray[Any]],
) -> dict[str, list[Any]]:
    """Return the columns user, other, type, item, text, minutes; users and items as numbers."""
    rng = generator(seed, "interactions")
    end = DAYS * DAY_MINUTES - 60
    begin = np.maximum(ties.time, 0)
    talkative = rng.lognormal(-0.18, 0.6, len(people.created))
    rate = 7.5 * ties.strength**2.2 * talkative[ties.user] * (end - begin) / end
    count = np.minimum(rng.poisson(np.maximum(rate, 0)), 60)
    row = np.repeat(np.arange(len(count)), count)
    minutes = begin[row] + (end - begin[row]) * rng.random(len(row))
    roll = rng.random(len(row))
    kind = (roll[:, None] > np.cumsum(TYPE_SHARES, axis=1)[ties.kind[row]]).sum(axis=1)
    kind = np.minimum(kind, len(TYPES) - 1)
    item = _earlier_purchase(rng, ties.user[row], minutes, bought)
    columns: dict[str, list[Any]] = {
        name: [] for name in ("user", "other", "type", "item", "text", "minutes")
    }

    def add(
        user: int, other: int, what: str, thing: int | None, text: str | None, at: float
    ) -> None:
        for name, value in zip(columns, (user, other, what, thing, text, at), strict=True):
            columns[name].append(value)

    for k in range(len(row)):
        what, user = TYPES[kind[k]], int(ties.user[row[k]])
        thing = int(item[k]) if what in WITH_ITEM and item[k] >= 0 else None
        if what in WITH_ITEM and thing is None:
            what = "message"
        language = int(people.language[user])
        text = _say(rng, goods, what, thing, language)
        add(user, int(ties.other[row[k]]), what, thing, text, float(minutes[k]))
    for k in range(len(shares["user"])):
        user, thing = int(shares["user"][k]), int(shares["item"][k])
        text = _say(rng, goods, "share", thing, int(people.language[user]))
        add(user, int(shares["other"][k]), "share", thing, text, float(shares["minutes"][k]))
    return columns


def _say(
    rng: np.random.Generator, goods: Goods, what: str, item: int | None, language: int
) -> str | None:
    if what == "message":
        return pick(rng, (words.MESSAGES_ZH, words.MESSAGES_EN)[language])
    if what == "comment":
        return pick(rng, (words.COMMENTS_ZH, words.COMMENTS_EN)[language])
    if what == "share" and item is not None and rng.random() < 0.6:
        notes = (words.SHARE_NOTES_ZH, words.SHARE_NOTES_EN)[language]
        return pick(rng, notes).format(**item_slots(rng, goods, item, language))
    return None


def _earlier_purchase(
    rng: np.random.Generator,
    user: NDArray[np.int64],
    minutes: NDArray[np.float64],
    bought: dict[str, NDArray[Any]],
) -> NDArray[np.int64]:
    """Return an item each user had bought by then, -1 where there is none."""
    order = np.lexsort((bought["minutes"], bought["person"]))
    person, item, when = (bought[name][order] for name in ("person", "item", "minutes"))
    key = person * 1e7 + when
    first = np.searchsorted(key, user * 1e7)
    last = np.searchsorted(key, user * 1e7 + minutes)
    choice = first + np.floor(rng.random(len(user)) * (last - first)).astype(np.int64)
    return np.where(last > first, item[np.minimum(choice, len(item) - 1)], -1)
