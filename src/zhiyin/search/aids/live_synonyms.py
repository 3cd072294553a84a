"""The synonyms of a store: set, taken back and tried; what stands holds for the next search of every process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.synonym import Synonym, SynonymChange
from zhiyin.search.aids.related import RelatedQueries
from zhiyin.search.aids.synonyms import Proposal, Synonyms, best_of, proposed
from zhiyin.search.hits import Hits
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.understanding import Understanding
from zhiyin.store.store import Store


class SynonymPreview(NamedTuple):
    """What a query finds without and with a synonym.

    Attributes:
        before: hits under the synonyms that stand.
        after: hits with one more.
        alternatives: the other words in which the query is asked then.
    """

    before: Hits
    after: Hits
    alternatives: tuple[str, ...]


class LiveSynonyms:
    """Keeps the operator's synonyms and says queries by them.

    Args:
        store: keeps them.
        index: of the shop, to try one.
        related: queries of others, to propose some.
        search: returns what a search finds under some synonyms; hits of the index unless given.
    """

    def __init__(
        self,
        store: Store,
        index: Callable[[], LiveIndex],
        related: Callable[[], RelatedQueries],
        search: Callable[[str, Synonyms], Hits] | None = None,
    ) -> None:
        self._search = search
        self._store = store
        self._index = index
        self._related = related
        self._now = 0, Synonyms(())

    def now(self) -> Synonyms:
        """Return what stands, ready to say queries by. Complexity: one look-up where nothing changed.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        revision = self._store.synonyms.revision()
        if revision != self._now[0]:
            self._now = revision, Synonyms(self.standing())
        return self._now[1]

    def find(
        self,
        read: Understanding,
        *,
        n: int = 300,
        may: NDArray[np.bool_] | None = None,
        under: Synonyms | None = None,
    ) -> Hits:
        """Return what a query finds, as it was said and in other words; see ``LiveIndex.find``."""
        return self._found(under or self.now(), read, n, may)[0]

    def informed(self, read: Understanding, under: Synonyms | None = None) -> Understanding:
        """Return a query with the values for which its words stand; see ``Synonyms.informed``."""
        return self._informed(under or self.now(), read)

    def readings(
        self, read: Understanding, under: Synonyms | None = None
    ) -> tuple[Understanding, ...]:
        """Return a query as it was said and in other words; see ``Synonyms.readings``."""
        return (under or self.now()).readings(read, self._index().understand)

    def standing(self) -> list[Synonym]:
        """Return the synonyms that were not removed, the newest at the end."""
        return self._store.synonyms.standing()

    def changes(self) -> list[SynonymChange]:
        """Return all that was done with synonyms, in the order it was done."""
        return self._store.synonyms.changes()

    def add(self, synonym: Synonym) -> Synonym:
        """Keep a synonym, and return it with its id; one that says the same as one that stands is that one.

        Raises:
            InvalidRecord: nobody sets it.
        """
        return self._store.synonyms.add(synonym)

    def remove(self, synonym: str, by: str) -> Synonym:
        """Let the synonym with an id stand no longer, and return what it was.

        Raises:
            UnknownEntity: none with that id stands.
            InvalidRecord: nobody removes it.
        """
        return self._store.synonyms.remove(synonym, by)

    def preview(self, synonym: Synonym, text: str, *, n: int = 10) -> SynonymPreview:
        """Return what a search finds without and with a synonym, for nobody in particular; nothing is stored.

        Args:
            synonym: to be tried, beside those that stand.
            text: the query.
            n: how many hits.
        """
        index = self._index()
        index.refresh()
        read = index.understand(text)
        tried = Synonyms([*self.standing(), synonym])
        before, _ = self._found(self.now(), read, n)
        after, others = self._found(tried, read, n)
        if self._search:
            before, after = (
                found.taken(np.arange(found.numbers.size) < n)
                for found in (self._search(text, self.now()), self._search(text, tried))
            )
        return SynonymPreview(before, after, tuple(one.said for one in others))

    def proposed(self, *, n: int = 50) -> list[Proposal]:
        """Return synonyms that clicks speak for, without those that stand; none is ever applied by itself."""
        known = self.now()
        return [
            one
            for one in proposed(self._related(), n=n)
            if one.words[1] not in known.alternatives(one.words[0])
        ]

    def _informed(self, synonyms: Synonyms, read: Understanding) -> Understanding:
        index = self._index()
        return synonyms.informed(read, index.understand, index.catalogue.texts.words.terms)

    def _found(
        self, synonyms: Synonyms, read: Understanding, n: int, may: NDArray[np.bool_] | None = None
    ) -> tuple[Hits, Sequence[Understanding]]:
        """Return what a query finds, and in which other words it was asked."""
        index = self._index()
        readings = synonyms.readings(self._informed(synonyms, read), index.understand)
        others = [one for one in readings if one.said != read.said]
        return best_of([index.find(one, n=n, may=may) for one in readings], n), others
