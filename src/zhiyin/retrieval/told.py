"""Candidates that a person's own words call for: works liked, interests, and plans, as of this moment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Query
from zhiyin.language.facts.phrases import spelled_out
from zhiyin.language.facts.vocabulary_interests import INTERESTS
from zhiyin.portraits.own_words import OwnWords, Saying
from zhiyin.portraits.places import OUTDOOR, is_bad_weather
from zhiyin.portraits.shelf import Shelf
from zhiyin.store.catalogue import Catalogue

_NAMED = {
    "likes": 1.0, "seen": 0.8, "read": 0.8, "heard": 0.8, "played": 0.8, "intent": 0.9,
}  # fmt: skip
"""Fact → what an item counts whose name is in it."""
_ALIKE = 0.8  # what an item counts that is of the same kind as one of that name
_INTEREST, _PLAN = 0.7, 0.9
_NEXT = (
    0.8  # what is left for each further item of a category, so that one work does not fill the page
)
_MOST = 12  # sayings, the newest, that call for something
_HALF_US = 90 * 86_400_000_000  # age in microseconds at which words count half
_Found = tuple[NDArray[np.int64], NDArray[np.float32]]


class _Call(NamedTuple):
    saying: Saying
    items: NDArray[np.int64]
    scores: NDArray[np.float32]


class Wrote:
    """Finds the items that the person's own words call for, each with the words that call for it most.

    A work that was liked or is known calls for what bears its name and for its kind, an interest for items with a word for
    it, a plan for what it is about; what is blamed calls for nothing, nor does a plan outdoors in bad weather. What expired,
    was removed or is nobody's business does not count. Fields, by item: ``told_item`` (t,) int64 ascending, ``told_score`` (t,) float32 from 0 to 1,
    ``told_post`` (t,) int64, -1 for none, ``told_text`` and ``told_span`` (t,) str, what was written there.
    """

    name = "wrote"

    def __init__(self, own_words: OwnWords, shelf: Shelf, catalogue: Catalogue) -> None:
        self._words = own_words
        self._shelf = shelf
        self._catalogue = catalogue

    def hydrate_query(self, query: Query) -> dict[str, np.ndarray]:
        """Return the fields, empty for somebody who wrote nothing."""
        calls = [] if query.person is None else list(self._calls(query, query.person))
        items = np.concatenate([np.empty(0, np.int64), *(call.items for call in calls)])
        scores = np.concatenate([np.empty(0, np.float32), *(call.scores for call in calls)])
        which = np.repeat(np.arange(len(calls)), [call.items.size for call in calls])
        best = np.lexsort((which, -scores, items))
        best = best[np.diff(items[best], prepend=-1) > 0]
        quotes = [self._words.quoted(call.saying) for call in calls]
        posts = np.array([post for post, _ in quotes], np.int64)
        texts = np.array([text for _, text in quotes], np.str_)
        spans = np.array([call.saying.span for call in calls], np.str_)
        which = which[best]
        return {
            "told_item": items[best], "told_score": scores[best].astype(np.float32), "told_post": posts[which],
            "told_text": texts[which], "told_span": spans[which],
        }  # fmt: skip

    def _calls(self, query: Query, person: int) -> Iterator[_Call]:
        now_us = query.time_us
        sayings = self._words.of(person, now_us)
        said = (one.value for one in sayings if one.name == "weather")
        is_bad = is_bad_weather(query.context.weather or next(said, ""))
        calling = self._calling(sayings)
        blamed = self._blamed(sayings, calling)
        for saying in calling:
            if is_bad and saying.name == "intent" and saying.value in OUTDOOR:
                continue
            items, scores = self._found(saying)
            is_kept = ~np.isin(items, blamed)
            items, scores = items[is_kept], scores[is_kept]
            scores = scores * _NEXT ** _places(self._catalogue.category(items), scores)
            age_us = now_us - (saying.time_us if saying.time_us is not None else now_us)
            yield _Call(saying, items, (scores * 2.0 ** (-age_us / _HALF_US)).astype(np.float32))

    def _calling(self, sayings: list[Saying]) -> list[Saying]:
        """Return the sayings that call for something, each value once; of an opinion that changed the newest counts."""
        opinions: dict[str, str] = {}
        for one in sayings:
            if one.name in ("likes", "dislikes"):
                opinions.setdefault(one.value, one.name)
        chosen: dict[str, Saying] = {}
        for one in sorted(sayings, key=lambda one: one.name != "likes"):
            if one.name not in (*_NAMED, "interest") or opinions.get(one.value) == "dislikes":
                continue
            is_known = one.value not in opinions and one.name not in ("intent", "interest")
            if not (is_known and self._words.is_negative(one.source)):
                chosen.setdefault(one.value, one)
            if len(chosen) == _MOST:
                break
        return list(chosen.values())

    def _blamed(self, sayings: list[Saying], calling: list[Saying]) -> NDArray[np.int64]:
        """Return the items named by what is blamed, which what is alike must not bring; a sequel that is liked stays."""
        blamed = dict.fromkeys(one.value for one in sayings if one.name == "dislikes")
        values = [v for v in blamed if not any(v in one.value for one in calling)]
        found = [self._shelf.named(value) for value in values[:_MOST]]
        return np.unique(np.concatenate([np.empty(0, np.int64), *found]))

    def _found(self, saying: Saying) -> _Found:
        if saying.name == "interest":
            return self._specific(self._shelf.holding(_interest(saying.value)), _INTEREST)
        name = saying.value
        if saying.name == "intent":
            if (places := self._shelf.of_place(name)).size:
                return places, np.full(places.size, _PLAN, np.float32)
            name = name.partition(" ")[2]
        named = self._shelf.named(name)
        works = self._shelf.works(name)
        alike, likeness = self._shelf.alike(works) if works.size else (named[:0], np.empty(0))
        strength = _NAMED[saying.name]
        scores = np.full(named.size, strength, np.float32)
        is_more = ~np.isin(alike, named)
        more = (_ALIKE * strength * likeness[is_more]).astype(np.float32)
        return np.concatenate([named, alike[is_more]]), np.concatenate([scores, more])

    def _specific(self, items: NDArray[np.int64], strength: float) -> _Found:
        """Return items with a score that falls with how many they are: a word that fits half of the shop says little."""
        n = max(len(self._shelf), 2)
        share = np.log(n / max(items.size, 1)) / np.log(n)
        return items, np.full(items.size, strength * share, np.float32)


class Told:
    """Proposes what the person's own words call for, read anew for every page."""

    name = "told"

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return items, the best first; none for somebody who wrote nothing."""
        scores = query.fields["told_score"]
        best = np.argsort(-scores, kind="stable")[:limit]
        return Candidates.of(query.fields["told_item"][best], scores[best], source=self.name)


def _places(groups: NDArray[np.int64], scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return (n,) how many of the same group stand before each by score."""
    order = np.lexsort((-scores, groups))
    starts = np.searchsorted(groups[order], groups[order])
    places = np.empty(groups.size, np.int64)
    places[order] = np.arange(groups.size) - starts
    return places


@cache
def _interest(value: str) -> tuple[str, ...]:
    templates = INTERESTS.get(value, "").split(" / ")
    return tuple(word for template in templates for word in spelled_out(template))
