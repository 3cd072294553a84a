"""One pass over each table of a store, through its own readers."""

from __future__ import annotations

import time
from collections.abc import Iterable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import Kind
from zhiyin.core.progress import Progress
from zhiyin.ingest.doctor.shop_data import TEXT_CHARACTERS, ShopData, marked
from zhiyin.store.store import Store

_EVENTS_SHARE = 0.8
_EVENT = pl.Schema({
    "person": pl.Int32, "item": pl.Int32, "kind": pl.UInt8, "type": pl.UInt32,
    "value": pl.Float32, "time_us": pl.Int64,
})  # fmt: skip
_TITLED = '"title":'
_TITLE_MADE = '"title_from":'
_DESCRIBING = (
    "title", "description", "category", "brand", "price_minor", "currency", "stock", "created",
    "attributes", "translations",
)  # fmt: skip
_ITEM = pl.Schema({
    "title": pl.String, "category": pl.String, "brand": pl.String, "price_minor": pl.Int64,
    "currency": pl.String, "stock": pl.Int64,
})  # fmt: skip
_POST = pl.Schema({
    "number": pl.Int64, "person": pl.Int64, "item": pl.Int64, "kind": pl.String,
    "text": pl.String, "title": pl.String, "rating": pl.Float64, "time_us": pl.Int64,
})  # fmt: skip
_TIE = pl.Schema({"person": pl.Int64, "other": pl.Int64, "kind": pl.String})
_INTERACTION = pl.Schema({"person": pl.Int64, "other": pl.Int64, "item": pl.Int64})
_CHAT = pl.Schema({"item": pl.Int64})
_FACT = pl.Schema({
    "kind": pl.UInt8, "subject": pl.Int64, "facts": pl.UInt32, "name": pl.String, "value": pl.String,
})  # fmt: skip


def read_shop(store: Store, progress: Progress, *, now_us: int | None = None) -> ShopData:
    """Read everything that the checks look at.

    Args:
        store: whose data.
        progress: told how much is done, 0 to 1, and how many rows were read.
        now_us: as of when; now unless given.
    Complexity: one pass over each table; about 23 bytes an event and the first thousand characters of each post.
    """
    events, types = _events(store, progress)
    text = pl.col("text").str.head(TEXT_CHARACTERS)
    posts = _gathered((chunk.with_columns(text) for chunk in store.posts()), _POST)
    ties = _gathered(store.ties(), _TIE)
    interactions = _gathered(store.interactions(), _INTERACTION)
    chats = _gathered(store.chats(), _CHAT)
    facts = _facts(store)
    rows = sum(frame.height for frame in (events, posts, ties, interactions, chats))
    rows += int(facts["facts"].sum())
    progress(_EVENTS_SHARE + 0.1, rows)
    # Counted after the records were read, so that every number in them is below the counts, whoever writes meanwhile.
    n_people, n_items, n_posts = map(store.count, (Kind.PERSON, Kind.ITEM, Kind.POST))
    data = ShopData(
        events=events,
        types=types,
        items=_items(store, n_items),
        people_described=_people_described(store, n_people),
        posts=posts,
        ties=ties,
        interactions=interactions,
        chat_items=chats["item"].drop_nulls().to_numpy(),
        facts=facts,
        n_people=n_people,
        n_items=n_items,
        n_posts=n_posts,
        keys=store.keys,
        now_us=int(time.time() * 1e6) if now_us is None else now_us,
    )
    progress(1.0, rows + n_items + n_people)
    return data


def _events(store: Store, progress: Progress) -> tuple[pl.DataFrame, tuple[str, ...]]:
    last = max(store.since.marks().event, 1)
    codes: dict[str, int] = {}
    parts, rows = [], 0
    for chunk in store.events():
        for name in chunk["type"].unique(maintain_order=True):
            codes.setdefault(name, len(codes))
        coded = pl.col("type").replace_strict(codes, return_dtype=pl.UInt32)
        parts.append(chunk.with_columns(coded).select(list(_EVENT)).cast(_EVENT))
        rows += chunk.height
        progress(_EVENTS_SHARE * min(chunk["id"][-1] / last, 1.0), rows)
    return pl.concat([pl.DataFrame(schema=_EVENT), *parts], rechunk=True), tuple(codes)


def _items(store: Store, n_items: int) -> pl.DataFrame:
    """Return the items, one row for each number."""
    said = store.entities_since(Kind.ITEM, -1)
    translated = pl.col("translations").str.contains(_TITLED, literal=True).fill_null(False)
    told = said.select(
        "number",
        *_ITEM,
        has_title=pl.col("title").is_not_null() | translated,
        has_description=pl.col("description").is_not_null(),
        is_title_made=pl.col("attributes").str.contains(_TITLE_MADE, literal=True).fill_null(False),
        is_described=pl.any_horizontal(pl.col(_DESCRIBING).is_not_null()),
    )
    numbers = pl.DataFrame({"number": np.arange(n_items)})
    return numbers.join(told, on="number", how="left", maintain_order="left").with_columns(
        pl.col("has_title", "has_description", "is_title_made", "is_described").fill_null(False)
    )


def _people_described(store: Store, n_people: int) -> NDArray[np.bool_]:
    people = store.entities_since(Kind.PERSON, -1).filter(
        (pl.col("number") < n_people)
        & pl.any_horizontal(pl.col("created", "attributes").is_not_null())
    )
    return marked(n_people, people["number"])


def _facts(store: Store) -> pl.DataFrame:
    parts = [
        chunk.group_by("kind", "subject", maintain_order=True).agg(
            pl.len().cast(pl.UInt32).alias("facts"), pl.col("name", "value").first()
        )
        for chunk in store.facts()
    ]
    return (
        pl.concat([pl.DataFrame(schema=_FACT), *parts])
        .group_by("kind", "subject", maintain_order=True)
        .agg(pl.col("facts").sum(), pl.col("name", "value").first())
    )


def _gathered(chunks: Iterable[pl.DataFrame], schema: pl.Schema) -> pl.DataFrame:
    empty = pl.DataFrame(schema=schema)
    return pl.concat([empty, *(chunk.select(list(schema)) for chunk in chunks)], rechunk=True)
