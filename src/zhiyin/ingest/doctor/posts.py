"""Posts: copied, empty, unreadable, unrated, or all by one author."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from zhiyin.ingest.doctor.alike_texts import alike_pairs
from zhiyin.ingest.doctor.finding import Finding, judged
from zhiyin.ingest.doctor.mojibake import mojibake
from zhiyin.ingest.doctor.shop_data import ShopData, words

SHORTEST = 20
"""Characters, without signs and spaces at the ends; shorter texts are alike by chance."""
MOST_COMPARED = 100_000
"""Distinct texts that are compared for likeness; equality is looked for in all."""
COPIED_WARN = 0.01
EMPTY_WARN = 0.05
UNRATED_WARN = 0.5
DOMINANT_SHARE = 0.05
FEWEST_AUTHORS = 100


def post_checks(data: ShopData) -> Iterator[Finding]:
    """Yield what is found about posts."""
    yield copied(data)
    yield empty(data)
    yield mojibake(data, "posts.mojibake", data.posts.select("text", post="number"), "posts")
    yield unrated(data)
    yield dominant(data)


def copied(data: ShopData) -> Finding:
    """Find reviews that several people wrote, or that stand at several items, word for word or nearly."""
    long = (
        data.posts.filter((pl.col("kind") == "review") & pl.col("person").is_not_null())
        .with_columns(words=words("text"))
        .filter(pl.col("words").str.len_chars() >= SHORTEST)
    )
    distinct = long["words"].unique(maintain_order=True)
    labels = _labels(distinct)
    groups = long.with_columns(
        group=pl.col("words").replace_strict(distinct, labels, return_dtype=pl.Int64)
    ).with_columns(
        copies=pl.len().over("group"),
        authors=pl.col("person").n_unique().over("group"),
        items=pl.col("item").n_unique().over("group"),
    )
    found = groups.filter((pl.col("authors") > 1) | (pl.col("items") > 1))
    rows = found.unique("group", keep="first", maintain_order=True)
    shown = rows.sort("copies", descending=True).select(
        "copies", "authors", "items", "person", "item", text=pl.col("text").str.head(60)
    )
    return judged(
        "posts.copied",
        found.height,
        long.height,
        "reviews whose text others wrote too, or that stand at several items",
        "praise that is copied counts as if many had said it",
        "Look at the authors; where variants share their reviews, import each review once.",
        lambda: data.examples(shown),
        warn_above=COPIED_WARN,
    )


def _labels(texts: pl.Series) -> pl.Series:
    """Return (n,) the number of the group of alike texts that each distinct text is in."""
    pairs = alike_pairs(texts.head(MOST_COMPARED).to_list())
    ones = np.ones(len(pairs), bool)
    graph = sparse.coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(len(texts), len(texts)))
    return pl.Series(connected_components(graph, directed=False)[1])


def empty(data: ShopData) -> Finding:
    """Find posts that say nothing."""
    is_blank = [pl.col(name).fill_null("").str.strip_chars() == "" for name in ("text", "title")]
    rows = data.posts.filter(*is_blank)
    return judged(
        "posts.empty",
        rows.height,
        data.posts.height,
        "posts without text and title",
        "there is nothing in them to understand",
        "Check which column is the text: --map text=COLUMN; a mere rating is an event.",
        lambda: data.examples(rows.select("person", "item", "rating", "time_us", post="number")),
        warn_above=EMPTY_WARN,
    )


def unrated(data: ShopData) -> Finding:
    """Find reviews with a text and no rating."""
    reviews = data.posts.filter((pl.col("kind") == "review") & (pl.col("text") != ""))
    rows = reviews.filter(pl.col("rating").is_null())
    is_all = rows.height == reviews.height
    shown = rows.select("person", "item", text=pl.col("text").str.head(60))
    return judged(
        "posts.unrated",
        rows.height,
        reviews.height,
        "reviews with a text and no rating",
        "whether they praise or blame must be guessed from their words",
        "Import the rating with the text, if the shop has it.",
        lambda: () if is_all else data.examples(shown),
        warn_above=UNRATED_WARN,
    )


def dominant(data: ShopData) -> Finding:
    """Find authors of more than a twentieth of all posts."""
    counts = data.posts["person"].drop_nulls().value_counts(sort=True, name="posts")
    total = int(counts["posts"].sum())
    rows = counts.filter(pl.col("posts") > DOMINANT_SHARE * total)
    if counts.height < FEWEST_AUTHORS:
        rows = rows.clear()
    return judged(
        "posts.dominant",
        int(rows["posts"].sum()),
        total,
        f"posts of authors who alone wrote more than {DOMINANT_SHARE:.0%} of all",
        "they are the shop itself, an anonymous id, or paid",
        "Leave the author empty where nobody in particular wrote a post.",
        lambda: data.examples(rows),
    )
