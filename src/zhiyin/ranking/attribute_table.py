"""What the store says of each item, as one sparse table: brand, category, attributes and facts."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from zhiyin.core import Kind
from zhiyin.store.store import Store

LONGEST = 80
"""A value longer than this is a text, not an attribute."""


def read_attributes(store: Store, n_items: int) -> tuple[Any, Any]:
    """Return how often each attribute was said of each item, (n_items, n_attributes) float32 CSR, and the same with tags.

    A category counts with each of its parents (``Home > Kitchen`` is also ``Home``). What is said of one item alone tells it
    from no other and is left out. Facts that a person said, such as tags, stand in the second only: they tell who had to do
    with an item, which what is held out must not; they may say which items are alike.

    Args:
        store: where they are.
        n_items: height; items beyond are left out.
    """
    items = store.entities_since(Kind.ITEM, -1)
    facts = [_facts(chunk) for chunk in store.facts()]
    said = [
        _said(items, pl.lit("brand"), pl.col("brand")),
        *_categories(items),
        *_of_documents(items),
        *(_named(chunk.filter(pl.col("person").is_null())) for chunk in facts),
    ]
    tags = [_named(chunk.filter(pl.col("person").is_not_null())) for chunk in facts]
    attributes = _counted(said, n_items)
    is_tagged = any(chunk.height for chunk in tags)
    return attributes, _counted([*said, *tags], n_items) if is_tagged else attributes


def _counted(said: list[pl.DataFrame], n_items: int) -> Any:
    table = pl.concat(said).filter((pl.col("item") < n_items) & pl.col("name").is_not_null())
    counts = table.group_by("item", "name", maintain_order=True).len("count")
    names = counts.group_by("name", maintain_order=True).len("items").filter(pl.col("items") > 1)
    names = names.with_row_index("number")
    counts = counts.join(names, on="name", maintain_order="left")
    place = (counts["item"].to_numpy(), counts["number"].to_numpy().astype(np.int64))
    entries = (counts["count"].to_numpy().astype(np.float32), place)
    return sparse.csr_array(entries, shape=(n_items, names.height))


def _said(frame: pl.DataFrame, name: pl.Expr, value: pl.Expr) -> pl.DataFrame:
    """Return item and ``name=value`` of rows with a short value."""
    text = value.cast(pl.String).str.strip_chars().str.to_lowercase()
    is_short = text.str.len_chars().is_between(1, LONGEST)
    named = pl.when(is_short).then(pl.concat_str(name, pl.lit("="), text))
    return frame.select(item=pl.col("number").cast(pl.Int64), name=named)


def _categories(items: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the categories of items with their parents."""
    steps = pl.col("category").str.split(">")
    deepest = items.select(steps.list.len().max()).item() or 0
    return [
        _said(
            items.filter(steps.list.len() > depth),
            pl.lit(f"category {depth}"),
            steps.list.head(depth + 1).list.join(">"),
        )
        for depth in range(deepest)
    ]


def _of_documents(items: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the attributes that stand in items' JSON objects, those that are neither lists nor objects."""
    texts = items.filter(pl.col("attributes").is_not_null())
    found = []
    for number, text in texts.select("number", "attributes").iter_rows():
        values = text if isinstance(text, dict) else json.loads(text)
        found += [(number, name, str(value)) for name, value in values.items() if _is_plain(value)]
    frame = pl.DataFrame(found, schema=["number", "key", "value"], orient="row")
    return [_said(frame, pl.col("key"), pl.col("value"))] if found else []


def _is_plain(value: object) -> bool:
    return isinstance(value, str | bool | int | float)


def _facts(chunk: pl.DataFrame) -> pl.DataFrame:
    """Return what facts say of items, and who said it."""
    return chunk.filter(pl.col("kind") == int(Kind.ITEM)).rename({"subject": "number"})


def _named(facts: pl.DataFrame) -> pl.DataFrame:
    return _said(facts, pl.col("name"), pl.col("value"))
