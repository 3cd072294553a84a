"""Is there enough to learn from, and in which languages."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from zhiyin.ingest.doctor.finding import Finding, judged, passed, sentence
from zhiyin.ingest.doctor.shop_data import ShopData

FEWEST_PEOPLE = 100
"""People with two items or more: with fewer, what goes together is mostly chance."""

OTHER_SCRIPT_SHARE = 0.1
_OTHER = r"[\p{Hiragana}\p{Katakana}\p{Hangul}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{Thai}\p{Devanagari}\p{Greek}]"


def size_checks(data: ShopData) -> Iterator[Finding]:
    """Yield what is found about how much there is."""
    yield events(data)
    yield people(data)
    yield languages(data)


def events(data: ShopData) -> Finding:
    """Find out whether there are events at all."""
    count = data.item_events.height
    if count:
        n_people = int(np.count_nonzero(data.events_of_person))
        n_items = int(np.count_nonzero(data.events_of_item))
        told = f"events, of {n_people:,} people on {n_items:,} items"
        return passed("size.events", count, count, told)
    return Finding(
        "size.events",
        "FAIL",
        0,
        0,
        "There are no events with items: nothing can be learned.",
        advice="Import what people viewed, bought or rated: zhiyin import table FILE --kind events.",
    )


def people(data: ShopData) -> Finding:
    """Count the people whose events say which items go together."""
    items_of = np.bincount(data.pairs[0])
    found, of = int(np.sum(items_of >= 2)), int(np.sum(items_of > 0))
    counted = "people with events on two items or more"
    if found >= FEWEST_PEOPLE or not of:
        return passed("size.people", found, of, counted)
    means = f"fewer than {FEWEST_PEOPLE} say too little about what goes together"
    advice = "Import more history, or wait for it; until then lists are mostly what is popular."
    return Finding("size.people", "WARN", found, of, sentence(f"{counted}: {means}"), (), advice)


def languages(data: ShopData) -> Finding:
    """Count the texts that are neither Chinese nor English by their script."""
    titles = data.items.select(text="title", item=pl.int_range(pl.len()))
    posts = data.posts.select("text", post="number")
    texts = pl.concat([titles, posts], how="diagonal").filter(pl.col("text").str.contains(r"\p{L}"))
    text = pl.col("text")
    script = texts.select(
        other=text.str.contains(_OTHER),
        zh=text.str.contains(r"\p{Han}"),
        en=text.str.contains("[A-Za-z]"),
    )
    other = script["other"]
    of, zh = texts.height, int((script["zh"] & ~other).sum())
    en = int((script["en"] & ~script["zh"] & ~other).sum())
    shares = f"{zh / of:.0%} Chinese, {en / of:.0%} Latin script" if of else "there are none"
    return judged(
        "size.languages",
        int(other.sum()),
        of,
        f"titles and posts in another script than Chinese or Latin ({shares})",
        "words are understood in Chinese and English only",
        "Import translations of titles; likeness learned from events does not depend on language.",
        lambda: data.examples(texts.filter(other).with_columns(text.str.head(60))),
        warn_above=OTHER_SCRIPT_SHARE,
    )
