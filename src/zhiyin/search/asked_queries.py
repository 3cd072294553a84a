"""What people searched for, as far as others may be told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.scripts import fold
from zhiyin.privacy.redaction import personal_data

FEWEST_PEOPLE = 5
"""Distinct people that must have asked the same before anybody else is told."""
HALF_LIFE_DAYS = 30.0
"""After so many days without being asked a query counts half."""
LONGEST = 60
"""Characters of a query that can be told; longer ones are letters rather than searches."""
_DAY_US = 86_400_000_000
_IS_SOMEBODYS = re.compile(r"\[[a-z]+_\d+\]|\d(?:[ .-]?\d){6,}")


class AskedQuery(NamedTuple):
    """A query of the log.

    Attributes:
        text: as it was typed.
        times: how often it was asked.
        people: how many distinct people asked it.
        last_us: when it was asked last, in microseconds of UTC.
        found: how many items it found the last time.
        chosen: item number → how many distinct people chose it from what was found.
    """

    text: str
    times: int
    people: int
    last_us: int
    found: int
    chosen: Mapping[int, int] = {}


def normal(text: str) -> str:
    """Return a query in the form in which queries are compared.

    >>> normal("  ＩＰＨＯＮＥ   手機殼 ")
    'iphone 手机壳'
    """
    return " ".join(fold(text).split())


def holds_personal_data(text: str) -> bool:
    """Return whether a text holds what looks like somebody's: an address, a number of a telephone, a card, a parcel.

    Seven digits and more are taken for such a number, even where they are a bar code, and so are the marks that the log has in
    the place of personal data.

    >>> [holds_personal_data(text) for text in ("张三 13800138000", "an@example.com", "qq 1234567", "iphone 15")]
    [True, True, True, False]
    """
    return bool(_IS_SOMEBODYS.search(fold(text)) or personal_data(text))


def tellable(asked: Iterable[AskedQuery], fewest: int = FEWEST_PEOPLE) -> list[AskedQuery]:
    """Return the queries that others may be told: of enough people, with an answer, without personal data.

    Ways of writing the same query are one, under the way most used. As the same person may have used several, such a query
    counts as asked by the people of the most usual way alone.

    Args:
        asked: the log's, in any order.
        fewest: distinct people.
    Complexity: O(characters).
    """
    ways: dict[str, list[AskedQuery]] = {}
    for one in asked:
        key = normal(one.text)
        if key and len(key) <= LONGEST:
            ways.setdefault(key, []).append(one)
    merged = (_merged(same) for same in ways.values())
    return [
        one
        for one in merged
        if one.people >= fewest and one.found > 0 and not holds_personal_data(one.text)
    ]


def popularity(asked: Sequence[AskedQuery], now_us: int) -> NDArray[np.float64]:
    """Return how often queries were asked, halved for every ``HALF_LIFE_DAYS`` since they were last, (n,) float64."""
    counts = np.array([one.times for one in asked], np.float64)
    ages = np.array([max(now_us - one.last_us, 0) for one in asked], np.float64)
    return np.asarray(counts * 2.0 ** -(ages / (HALF_LIFE_DAYS * _DAY_US)), np.float64)


def _merged(same: Sequence[AskedQuery]) -> AskedQuery:
    if len(same) == 1:
        return same[0]
    most = max(same, key=lambda one: (one.people, one.times, one.text))
    last = max(same, key=lambda one: one.last_us)
    chosen = {
        item: max(one.chosen.get(item, 0) for one in same) for one in same for item in one.chosen
    }
    times = sum(one.times for one in same)
    return AskedQuery(most.text, times, most.people, last.last_us, last.found, chosen)
