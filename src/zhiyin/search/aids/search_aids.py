"""What stands around a search: suggestions, synonyms, ways to narrow it, other searches, and products side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.entity import Kind
from zhiyin.core.times import to_us
from zhiyin.search.aids.comparing import Comparison, compare, items_of
from zhiyin.search.aids.did_you_mean import LITTLE, DidYouMean, did_you_mean
from zhiyin.search.aids.facets import Facet, facets
from zhiyin.search.aids.live_suggestions import Hidden, LiveSuggestions, nothing_hidden
from zhiyin.search.aids.live_synonyms import LiveSynonyms
from zhiyin.search.aids.related import RelatedQuery
from zhiyin.search.aids.synonyms import Synonyms
from zhiyin.search.asked_queries import FEWEST_PEOPLE, holds_personal_data
from zhiyin.search.hits import Hits
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.understanding import Understanding
from zhiyin.store.asked import SearchFigures as SearchFigures
from zhiyin.store.asked import Without
from zhiyin.store.store import Store


class SearchAids:
    """Answers what a search page asks for beside its hits; nothing is made before it is asked for.

    Args:
        store: of the shop.
        index: of its items.
        popularity: (n,) float32 by item number, as of the last training.
        hidden: numbers of items that no search finds now.
        search: returns what a search finds under some synonyms.
    """

    def __init__(
        self,
        store: Store,
        index: Callable[[], LiveIndex],
        popularity: Callable[[], NDArray[np.float32]] = lambda: np.empty(0, np.float32),
        hidden: Hidden = nothing_hidden,
        search: Callable[[str, Synonyms], Hits] | None = None,
    ) -> None:
        self._search = search
        self._store = store
        self._index = index
        self._popularity = popularity
        self._hidden = hidden

    @cached_property
    def suggestions(self) -> LiveSuggestions:
        """What a query that is being typed may become."""
        return LiveSuggestions(self._store, hidden=self._hidden)

    @cached_property
    def synonyms(self) -> LiveSynonyms:
        """Words that stand for one another."""
        return LiveSynonyms(self._store, self._index, self.suggestions.related, self._search)

    def facets(self, numbers: NDArray[np.int64]) -> list[Facet]:
        """Return the facets of items, all that a query found, the one that narrows down most first."""
        return facets(self._index().rows(numbers))

    def did_you_mean(self, read: Understanding, n_found: int) -> DidYouMean | None:
        """Return another query where this one was corrected, or found little while a query like it finds more."""
        asks_others = not read.corrections and n_found < LITTLE
        return did_you_mean(read, n_found, self.suggestions.near() if asks_others else None)

    def related(self, text: str, *, n: int = 8) -> list[RelatedQuery]:
        """Return searches of others that go with one, best first."""
        return self.suggestions.related().to(text, n=n)

    def searches(
        self, *, without: Without | None = None, days: float | None = None, n: int = 50
    ) -> list[SearchFigures]:
        """Return what at least five people searched for, most people first, never what holds personal data.

        Args:
            without: only searches without results, or with results of which nobody chose any.
            days: only searches of the last so many.
            n: how many texts at most.
        Complexity: O(searches + events on their pages).
        """
        since = None if days is None else to_us(datetime.now(UTC) - timedelta(days=days))
        told = self._store.asked.figures(FEWEST_PEOPLE, without=without, since_us=since)
        return [one for one in told if not holds_personal_data(one.text)][:n]

    def comparison(
        self,
        read: Understanding,
        opinions: Callable[[str], Sequence[Mapping[str, Any]]],
        may: NDArray[np.bool_] | None = None,
        language: str = "",
    ) -> Comparison | None:
        """Return the products that a query wants compared, side by side; None where it names none.

        Args:
            read: the query.
            opinions: tells those of an item by its id, as `Texts.opinions` does.
            may: (items,) bool, what may be shown; all unless given.
            language: in which values are told beside the catalogue's own.
        """
        if not read.compared:
            return None
        index = self._index()
        numbers, are_unlike = items_of(index, read.compared, may, self._popularity())
        rows = {row["number"]: row for row in index.rows([n for n in numbers if n is not None])}
        found = [None if number is None else rows.get(number) for number in numbers]
        said = [[] if row is None else opinions(self._key(row["number"])) for row in found]
        told = compare(read.compared, found, said, language)
        return told._replace(are_unlike=are_unlike)

    def _key(self, number: int) -> str:
        return self._store.keys(Kind.ITEM, [number])[0]
