"""Amazon's product reviews and metadata as JSON lines (McAuley et al., 2015; Ni et al., 2019; Hou et al., 2024)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from zhiyin.ingest.batch import Batch
from zhiyin.ingest.data_set import given, not_the_data, peeked
from zhiyin.store.frames import json_text
from zhiyin.store.identity import content_ids

_DATA = "Amazon's reviews (user_id or reviewerID with rating or overall) or metadata (asin or parent_asin), as JSON lines"
_USER, _ITEM, _RATING = ("reviewerID", "user_id"), ("parent_asin", "asin"), ("overall", "rating")
_ATTRIBUTES = (
    "also_buy", "also_view", "bought_together", "related", "rank", "salesRank", "details", "main_cat",
    "main_category", "average_rating", "rating_number", "subtitle", "author", "date",
)  # fmt: skip
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LEFTOVER = re.compile(r"^\s*<\w|/>\s*$")
_PRICE = re.compile(r"^\s*(?:from\s+)?\$?\s*(\d[\d,]*(?:\.\d+)?)(?!\w)")
_FIELDS = ("id", "title", "description", "category", "brand", "price", "currency", "attributes")


class AmazonReviews:
    """Reads Amazon's reviews and metadata, told apart by their columns, in the spellings of 2014, 2018 and 2023.

    A review becomes a post and an event of type ``rating``, which have the same id, made from the review's content.
    Metadata become items. Where there is no title, or only a piece of the page's markup, the title is built from the
    brand and the last category, and ``attributes.title_from`` says so. Of a range of prices the lowest is taken.
    """

    name = "amazon-reviews"

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        """Read metadata, then reviews."""
        tables = []
        for path in given(paths, _DATA):
            names, chunks = peeked(path)
            tables.append((_is_reviews(path, names), path, chunks))
        tables.sort(key=lambda table: table[0])
        for place, (is_reviews, path, chunks) in enumerate(tables):
            for chunk in chunks:
                done = (place + chunk.done) / len(tables)
                said = chunk.rows.cast(pl.String)
                kinds = _reviews(said) if is_reviews else {"items": _items(said)}
                rejected, notes = chunk.rejected, chunk.notes
                for kind, rows in kinds.items():
                    yield Batch(kind, rows, chunk.lines, path.name, rejected, done, notes)
                    rejected = notes = ()


def _is_reviews(path: Path, names: set[str]) -> bool:
    if not names.intersection(_ITEM):
        raise not_the_data(path, f"no column {' or '.join(_ITEM)}", _DATA)
    is_reviews = bool(names.intersection(_USER))
    if is_reviews and not names.intersection(_RATING):
        raise not_the_data(path, f"no column {' or '.join(_RATING)}", _DATA)
    return is_reviews


def _reviews(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    posts = rows.select(
        _first(rows, *_USER).alias("user"),
        _first(rows, *_ITEM).alias("item"),
        _first(rows, "reviewText", "text").alias("text"),
        _first(rows, "summary", "title").alias("title"),
        _first(rows, *_RATING).alias("rating"),
        _first(rows, "unixReviewTime", "timestamp", "reviewTime").alias("time"),
    )
    posts = posts.with_columns(
        pl.Series(name, [text and _plain(text) for text in posts[name]], pl.String)
        for name in ("text", "title")
    ).with_columns(content_ids("amazon-reviews", posts))
    context = pl.struct(
        (_first(rows, "verified", "verified_purchase") == "true").alias("is_verified"),
        _first(rows, "vote", "helpful_vote")
        .str.replace_all(",", "")
        .replace("0", None)
        .cast(pl.Int64, strict=False)
        .alias("votes"),
    )
    events = posts.select(
        "user", "item", "time", type=pl.lit("rating"), value="rating", event_id="id"
    ).with_columns(rows.select(context=context))
    return {"posts": posts.with_columns(kind=pl.lit("review")), "events": events}


def _first(rows: pl.DataFrame, *names: str) -> pl.Expr:
    """Return the first of some columns that says something."""
    said = [pl.col(name) for name in names if name in rows.columns]
    return pl.coalesce(*said, pl.lit(None, pl.String))


def _plain(text: str) -> str:
    """Return a text without markup and entities."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip()


def _items(rows: pl.DataFrame) -> pl.DataFrame:
    items = [_item(row) for row in rows.iter_rows(named=True)]
    return pl.DataFrame(items, schema=dict.fromkeys(_FIELDS, pl.String))


def _item(row: Mapping[str, str | None]) -> dict[str, str | None]:
    said = {name: value for name, value in row.items() if value and value not in ("[]", "{}")}
    path = _texts(
        said.get("category")
        or said.get("categories")
        or said.get("main_cat")
        or said.get("main_category")
    )
    brand = _plain(said.get("brand") or said.get("store") or "")
    title = said.get("title", "")
    title = "" if _LEFTOVER.search(title) else _plain(title)
    attributes = {name: _value(said[name]) for name in _ATTRIBUTES if name in said}
    if not title and (title := " ".join([brand, *path[-1:]]).strip()):
        attributes["title_from"] = "brand and category"
    price = _PRICE.match(said.get("price", ""))
    paragraphs = [
        *_texts(said.get("description")),
        *_texts(said.get("feature") or said.get("features")),
    ]
    return {
        "id": said.get("parent_asin") or said.get("asin"),
        "title": title,
        "description": "\n".join(paragraphs),
        "category": " > ".join(path),
        "brand": brand,
        "price": price[1].replace(",", "") if price else None,
        "currency": "USD" if price else None,
        "attributes": json_text(attributes),
    }


def _value(said: str) -> Any:
    """Return a list or an object, or else the text."""
    try:
        return json.loads(said) if said[0] in "[{" else said
    except ValueError:
        return said


def _texts(said: str | None) -> list[str]:
    """Return the texts in a text or in a list of texts; of several lists, which are paths of categories, the first."""
    value = _value(said) if said else []
    while isinstance(value, list) and value and isinstance(value[0], list):
        value = value[0]
    texts = value if isinstance(value, list) else [said]
    return [text for text in map(_plain, map(str, texts)) if text]
