"""What people praise about items, in their own words: what was mined from reviews, where most agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from zhiyin.core.entity import Kind
from zhiyin.language.tokens import Tokenizer
from zhiyin.social.expertise import wilson_bound
from zhiyin.store.store import Store

_OPINION = "opinion."
_MOST = 0.5
"""Share of the texts with an opinion of an aspect that must praise it, by the lower bound of what is known."""
_SAID_BY = 2
"""Texts that must say a word."""
_SHORTEST = 2
_OF_THE_SHOP = frozenset({"opinion.service", "opinion.delivery"})
"""What says nothing of the goods."""
_COLUMNS = ("number", "name", "value", "span", "source")

Praise = Mapping[int, Sequence[str]]
"""Item number → words."""


def praised(store: Store) -> Praise:
    """Return the words with which people praise each item; items without are left out.

    An aspect is praised where the lower bound of the share of praise is above half, for which four of four texts are
    enough, and a word of it is taken where two of them say it.

    Complexity: O(facts).
    References: Wilson, JASA 1927.
    """
    is_of_item = (pl.col("kind") == int(Kind.ITEM)) & _is_opinion()
    parts = [
        chunk.filter(is_of_item).rename({"subject": "number"}).select(_COLUMNS)
        for chunk in store.facts()
    ]
    return _words(parts)


def praised_of(store: Store, numbers: Iterable[int]) -> Praise:
    """Return the words with which people praise some items, see ``praised``."""
    told = ((number, store.mined.of(Kind.ITEM, number)) for number in numbers)
    return _words([
        facts.filter(_is_opinion()).select(pl.lit(number, pl.Int64).alias("number"), *_COLUMNS[1:])
        for number, facts in told
    ])  # fmt: skip


def with_praise(rows: Iterable[Mapping[str, Any]], praise: Praise) -> Iterator[dict[str, Any]]:
    """Yield items with ``opinions``, the words with which people praise them, where there are any.

    >>> list(with_praise([{"number": 3}, {"number": 4}], {4: ["comfortable"]}))
    [{'number': 3}, {'number': 4, 'opinions': ['comfortable']}]
    """
    for row in rows:
        words = praise.get(row["number"])
        yield {**row, "opinions": words} if words else dict(row)


def _is_opinion() -> pl.Expr:
    is_of_goods = pl.col("name").str.starts_with(_OPINION) & ~pl.col("name").is_in(_OF_THE_SHOP)
    return is_of_goods & pl.col("span").is_not_null()


def _words(parts: Sequence[pl.DataFrame]) -> Praise:
    said = pl.concat(parts).unique(maintain_order=True) if parts else pl.DataFrame()
    if said.is_empty():
        return {}
    is_praise = pl.col("value") == "positive"
    counts = (
        said.filter(pl.col("value") != "neutral")
        .group_by("number", "name")
        .agg(
            pl.col("source").filter(is_praise).n_unique().alias("for"),
            pl.col("source").filter(~is_praise).n_unique().alias("against"),
        )
    )
    bound = wilson_bound(counts["for"].to_numpy(), (counts["for"] + counts["against"]).to_numpy())
    liked = counts.filter(pl.Series(bound > _MOST))
    told: dict[tuple[int, str], set[str]] = {}
    kept = said.filter(is_praise).join(liked, on=["number", "name"], maintain_order="left")
    for number, span, source in kept.select("number", "span", "source").iter_rows():
        for word in _words_of(span):
            told.setdefault((number, word), set()).add(source)
    words: dict[int, list[str]] = {}
    for (number, word), sources in told.items():
        if len(sources) >= _SAID_BY:
            words.setdefault(number, []).append(word)
    return words


@lru_cache(1 << 14)
def _words_of(span: str) -> tuple[str, ...]:
    words = dict.fromkeys(token.text for token in _TOKENIZER.tokens(span))
    return tuple(word for word in words if len(word) >= _SHORTEST and _TOKENIZER.words(word))


_TOKENIZER = Tokenizer()
