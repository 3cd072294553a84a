"""Whether words stand in a query, for rules of the operator that hang on what is searched for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

Words = frozenset[str]


class QueryWords:
    """Tells of words whether all of them stand in one way of saying a query.

    Args:
        ways: the words of the query, as it is understood and in each other way that synonyms give; asked for at most once.
        words: which words of a text a search for it looks for.

    >>> says = QueryWords(lambda: [frozenset({"red", "trainer"}), frozenset({"red", "sneaker"})], lambda text: frozenset(text.split()))
    >>> says("sneaker red"), says("sneaker trainer"), says("")
    (True, False, False)
    """

    def __init__(self, ways: Callable[[], Iterable[Words]], words: Callable[[str], Words]) -> None:
        self._make = ways
        self._words = words

    @cached_property
    def _ways(self) -> tuple[Words, ...]:
        return tuple(self._make())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QueryWords) and self._ways == other._ways

    __hash__ = None  # type: ignore[assignment]

    def __call__(self, text: str) -> bool:
        """Return whether the words of a text stand in the query; no words stand nowhere."""
        wanted = self._words(text)
        return bool(wanted) and any(wanted <= way for way in self._ways)
