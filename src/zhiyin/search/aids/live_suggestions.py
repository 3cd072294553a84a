"""Suggestions over a store: what people asked and what the catalogue says, kept up as both change."""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Kind
from zhiyin.core.times import to_us
from zhiyin.search.aids.catalogue_phrases import CataloguePhrases, leaf
from zhiyin.search.aids.did_you_mean import NearQueries
from zhiyin.search.aids.related import RelatedQueries
from zhiyin.search.aids.suggesting import Phrase, Suggestion, Suggestions
from zhiyin.search.asked_queries import FEWEST_PEOPLE, AskedQuery, normal, popularity, tellable
from zhiyin.store.store import Store

OF_CATALOGUE = 0.5
"""What an item that says a phrase counts beside a search for it, both by their logarithms."""
FRESH_FOR_S = 60.0
"""How long what was made is taken for fresh."""
_HISTORY = 100
Hidden = Callable[[], NDArray[np.int64]]
"""Returns numbers of items that no search finds."""


def nothing_hidden() -> NDArray[np.int64]:
    """Return that every item may be found."""
    return np.empty(0, np.int64)


class LiveSuggestions:
    """Suggests from a store.

    It is made when it is first asked for, and made anew beside the requests that ask, at most once a minute.

    Args:
        store: whose items and searches.
        clock: gives the time.
        hidden: what only such items say is not suggested.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        hidden: Hidden = nothing_hidden,
    ) -> None:
        self._store = store
        self._clock = clock
        self._ask_hidden = hidden
        self._hidden: frozenset[int] = frozenset()
        self._turn = threading.Lock()
        self._revision, self._searches = -1, -1
        self._checked_s = -math.inf
        self._phrases = CataloguePhrases()
        self._categories: dict[int, str | None] = {}
        self._suggestions = Suggestions([])
        self._asked: list[AskedQuery] = []
        self._near: NearQueries | None = None
        self._related: RelatedQueries | None = None

    def suggest(self, text: str, *, person: int | None = None, n: int = 10) -> list[Suggestion]:
        """Return how what is being typed may go on, best first.

        Args:
            text: typed so far.
            person: whose own searches and favourite categories count too.
            n: how many at most.
        """
        self.keep_up()
        if person is None:
            return self._suggestions.suggest(text, n=n)
        items = self._store.history(person, _HISTORY).items.tolist()
        counts = Counter(name for item in items if (name := self._categories.get(item)))
        likes = {name: count / counts.total() for name, count in counts.items()}
        return self._suggestions.suggest(text, n=n, own=self._store.asked.own(person), likes=likes)

    def near(self) -> NearQueries:
        """Return what finds queries of others that are like one."""
        self.keep_up()
        if self._near is None:
            self._near = NearQueries(self._asked)
        return self._near

    def related(self) -> RelatedQueries:
        """Return what finds queries that go with one."""
        self.keep_up()
        if self._related is None:
            self._related = RelatedQueries(self._asked)
        return self._related

    def keep_up(self) -> None:
        """Take in what changed: at once the first time, later beside the request that asks."""
        if monotonic() - self._checked_s < FRESH_FOR_S:
            return
        if self._revision < 0:
            self.refresh()
        elif not self._turn.locked():
            self._checked_s = monotonic()
            threading.Thread(target=self.refresh, name="suggestions", daemon=True).start()

    def refresh(self) -> None:
        """Take in what changed, now.

        Complexity: one look-up of each where nothing did; else O(changed items + phrases + searches).
        """
        with self._turn:
            revision, searches = self._store.revision(), self._store.asked.revision()
            hidden = frozenset(self._ask_hidden().tolist())
            if revision != self._revision:
                self._take_items()
            if searches != self._searches:
                chosen = self._store.asked.chosen(FEWEST_PEOPLE)
                texts = self._store.asked.texts(FEWEST_PEOPLE)
                self._asked = tellable(AskedQuery(*one, chosen.get(one.text, {})) for one in texts)
                self._near = self._related = None
            before = self._revision, self._searches, self._hidden
            self._hidden = hidden
            if (revision, searches, hidden) != before:
                self._suggestions = Suggestions(self._all())
            self._revision, self._searches = revision, searches
            self._checked_s = monotonic()

    def _take_items(self) -> None:
        rows = self._store.entities_since(Kind.ITEM, self._revision).rows(named=True)
        if self._revision < 0:
            self._phrases = CataloguePhrases({row["brand"] for row in rows if row["brand"]})
        self._phrases.put(rows)
        self._categories.update((row["number"], leaf(row["category"])) for row in rows)

    def _all(self) -> list[Phrase]:
        of_catalogue = {normal(one.text): one for one in self._phrases.phrases(hidden=self._hidden)}
        gone = {key for key, own in of_catalogue.items() if not own.shown}
        often = popularity(self._asked, to_us(self._clock()))
        phrases = {}
        for one, count in zip(self._asked, often.tolist(), strict=True):
            said = of_catalogue.get(normal(one.text))
            category = self._category_of(one) if said is None else said.category
            phrases[normal(one.text)] = Phrase(one.text, math.log1p(count), "query", category)
        for key, own in of_catalogue.items():
            weight = OF_CATALOGUE * math.log1p(own.items)
            asked = phrases.get(key)
            both = weight + (asked.weight if asked else 0.0)
            phrases[key] = Phrase(own.text, both, own.kind, own.category)
        return [phrase for key, phrase in phrases.items() if key not in gone]

    def _category_of(self, asked: AskedQuery) -> str | None:
        """Return the category of most of what was chosen from a query."""
        counts: Counter[str] = Counter()
        for item, people in asked.chosen.items():
            if name := self._categories.get(item):
                counts[name] += people
        return counts.most_common(1)[0][0] if counts else None
