"""What stands around a search: suggestions, synonyms, ways to narrow it, other searches, and products side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.comparing import Comparison, compare, items_of
from zhiyin.search.did_you_mean import LITTLE, DidYouMean, did_you_mean
from zhiyin.search.facets import Facet, facets
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.live_suggestions import LiveSuggestions
from zhiyin.search.live_synonyms import LiveSynonyms
from zhiyin.search.related import RelatedQuery
from zhiyin.search.understanding import Understanding
from zhiyin.store.store import Store


class SearchAids:
    """Answers what a search page asks for beside its hits; nothing is made before it is asked for.

    Args:
        store: of the shop.
        index: of its items.
    """

    def __init__(self, store: Store, index: Callable[[], LiveIndex]) -> None:
        self._store = store
        self._index = index

    @cached_property
    def suggestions(self) -> LiveSuggestions:
        """What a query that is being typed may become."""
        return LiveSuggestions(self._store)

    @cached_property
    def synonyms(self) -> LiveSynonyms:
        """Words that stand for one another."""
        return LiveSynonyms(self._store, self._index, self.suggestions.related)

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

    def comparison(
        self,
        read: Understanding,
        opinions: Callable[[str], Sequence[Mapping[str, Any]]],
        keys: Callable[[Sequence[int]], Sequence[str]],
        may: NDArray[np.bool_] | None = None,
    ) -> Comparison | None:
        """Return the products that a query wants compared, side by side; None where it names none.

        Args:
            read: the query.
            opinions: tells those of an item by its id, as `Texts.opinions` does.
            keys: tells ids of items by their numbers.
            may: (items,) bool, what may be shown; all unless given.
        """
        if not read.compared:
            return None
        index = self._index()
        numbers = items_of(index, read.compared, may)
        rows = {row["number"]: row for row in index.rows([n for n in numbers if n is not None])}
        found = [None if number is None else rows.get(number) for number in numbers]
        said = [[] if row is None else opinions(keys([row["number"]])[0]) for row in found]
        return compare(read.compared, found, said)
