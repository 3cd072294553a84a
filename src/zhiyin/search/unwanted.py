"""Which items hold what a query does not want."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from zhiyin.language.scripts import fold
from zhiyin.language.tokens import Tokenizer
from zhiyin.search.documents import texts_of
from zhiyin.search.understanding import Understanding

_FREE_OF = r"(?:不添加|不含|不带|没有|无|免|零|without|free of|free from|no|non|zero|0)[\s-]*(?:any |added )?"


class Unwanted:
    """Tells whether items hold things, by their words.

    An item that says it is without a thing does not hold it: 无酒精 and "alcohol-free" are what a query without alcohol wants.

    Args:
        said: each thing as the query has it.

    >>> row = {"title": "无酒精爽肤水", "brand": None, "category": None, "description": None, "attributes": None, "translations": None}
    >>> Unwanted(["酒精"]).stands_in(row), Unwanted(["酒精"]).stands_in({**row, "title": "酒精爽肤水"})
    (False, True)
    """

    def __init__(self, said: Iterable[str]) -> None:
        self._terms = {
            one: terms for text in said if (terms := terms_of(one := " ".join(fold(text).split())))
        }
        self._free = {one: _free_of(one) for one in self._terms}

    def stands_in(self, row: Mapping[str, Any]) -> bool:
        """Return whether an item of ``Store.entities_since`` holds any of them."""
        texts = [fold(text) for said in texts_of(row).values() for text in said]
        return any(
            terms <= terms_of(self._free[one].sub(" ", text))
            for one, terms in self._terms.items()
            for text in texts
            if one[:1] in text
        )


def unwanted_by(read: Understanding) -> Unwanted:
    """Return what tells of items whether they hold what a query does not want."""
    return Unwanted(read.said[one.start : one.end] for one in read.exclusions)


def _free_of(one: str) -> re.Pattern[str]:
    word = re.escape(one)
    return re.compile(rf"{_FREE_OF}{word}|{word}[\s-]free")


@lru_cache(20_000)
def terms_of(folded: str) -> frozenset[str]:
    """Return the terms of a folded text, those of parts of long words too."""
    return frozenset(_TOKENIZER.words(folded, for_search=True))


_TOKENIZER = Tokenizer()
