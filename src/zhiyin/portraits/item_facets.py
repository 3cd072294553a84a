"""What the catalogue and its readers say of items, as facets, opinions and places among prices."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core import Kind
from zhiyin.language.embedder import readable
from zhiyin.portraits.sensitive import allowed

OPINIONS = ("negative", "neutral", "positive")
_OPINION = "opinion."
_READ = ("brand", "colour", "material", "season", "audience")
"""Facts of items that are facets; sizes and amounts are not, since they are written in too many ways."""
_LONGEST = 80
_BANDS = 5
_FEWEST_PRICED = 3
_CHOSEN = {"number": pl.Int64, "kind": pl.String, "value": pl.String}


def facets_of(
    items: pl.DataFrame, facts: pl.DataFrame | None, n: int
) -> tuple[Any, NDArray[np.str_], NDArray[np.int32]]:
    """Return which facets items have.

    The kinds are ``brand``, ``category`` (the whole path) and ``department`` (its first step), ``price`` (the fifth of
    its category that an item's price lies in), the names of the shop's own attributes, and what was read out of titles.
    Values differ neither by case nor by outer spaces; the commonest spelling stands. A facet of one item alone tells it
    from no other and is left out, and so is what is nobody's business.

    Args:
        items: columns of ``Store.entities_since``.
        facts: columns of ``Store.facts``.
        n: how many items.
    Returns: (n, n_facets) float32 CSR of ones, (n_facets,) ``kind:value``, and (n,) int32 the facet that is the item's
        category, -1 for none.
    """
    said = [*_columns(items), *_attributes(items), *_facts(facts, n)]
    table = pl.concat(said) if said else pl.DataFrame(schema=_CHOSEN)
    table = _short(table).filter(pl.col("number") < n)
    table = pl.concat([table, _bands(items, n)])
    folded = table.with_columns(key=pl.col("value").str.to_lowercase())
    counted = folded.group_by("kind", "key", maintain_order=True).agg(
        pl.col("number").n_unique().alias("items"),
        pl.col("value").mode(maintain_order=True).first(),
    )
    counted = counted.filter(pl.col("items") > 1)
    names = [f"{kind}:{value}" for kind, value in counted.select("kind", "value").iter_rows()]
    counted = counted.filter(pl.Series(allowed(names), dtype=pl.Boolean))
    counted = counted.with_row_index("place").drop("value")
    pairs = folded.join(counted, on=["kind", "key"]).unique(["number", "place"])
    pairs = pairs.sort("number", "place")
    place = pairs["place"].cast(pl.Int32).to_numpy()
    start = np.searchsorted(pairs["number"].to_numpy(), np.arange(n + 1))
    shape = (n, counted.height)
    ones = np.ones(len(place), np.float32)
    index = np.int32 if len(place) < np.iinfo(np.int32).max else np.int64
    matrix = sparse.csr_array((ones, place, start.astype(index)), shape=shape)
    own = pairs.filter(pl.col("kind") == "category")
    category = np.full(n, -1, np.int32)
    category[own["number"].to_numpy()] = own["place"].to_numpy()
    kept = [name for name, is_kept in zip(names, allowed(names).tolist(), strict=True) if is_kept]
    return matrix, np.array(kept, np.str_), category


def opinions_of(facts: pl.DataFrame | None, n: int) -> tuple[NDArray[np.str_], NDArray[np.int32]]:
    """Return the aspects that are spoken of, (n_aspects,) by name, and (n, n_aspects, 3) int32 counts of opinions."""
    if facts is None:
        return np.empty(0, np.str_), np.zeros((n, 0, 3), np.int32)
    said = _of_items(facts, n).filter(
        pl.col("name").str.starts_with(_OPINION) & pl.col("value").is_in(OPINIONS)
    )
    said = said.with_columns(pl.col("name").str.strip_prefix(_OPINION))
    aspects = sorted(said["name"].unique().to_list())
    aspects = [aspect for aspect, is_kept in zip(aspects, allowed(aspects), strict=True) if is_kept]
    said = said.filter(pl.col("name").is_in(aspects))
    place = said["name"].cast(pl.Enum(aspects)).to_physical().to_numpy()
    polarity = said["value"].cast(pl.Enum(OPINIONS)).to_physical().to_numpy()
    flat = (said["number"].to_numpy() * len(aspects) + place) * 3 + polarity
    counts = np.bincount(flat, minlength=n * len(aspects) * 3).astype(np.int32)
    return np.array(aspects, np.str_), counts.reshape(n, len(aspects), 3)


def price_positions(items: pl.DataFrame, n: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return prices in the commonest currency, (n,) int64 with -1 for none, and (n,) float32 places among prices.

    An item's place is the share of its category that is cheaper, itself and equal prices counted half; NaN where fewer
    than three items of the category have a price.
    """
    price = np.full(n, -1, np.int64)
    position = np.full(n, np.nan, np.float32)
    if "price_minor" not in items.columns:
        return price, position
    currency = pl.col("currency") if "currency" in items.columns else pl.lit(None, pl.String)
    category = pl.col("category") if "category" in items.columns else pl.lit(None, pl.String)
    priced = items.select(
        "number", "price_minor", currency.alias("currency"), category.alias("category")
    )
    priced = priced.filter((pl.col("price_minor") >= 0) & (pl.col("number") < n))
    if priced.is_empty():
        return price, position
    common = priced["currency"].fill_null("").mode().sort()[0]
    priced = priced.filter(pl.col("currency").fill_null("") == common)
    placed = priced.with_columns(
        place=(pl.col("price_minor").rank("average").over("category") - 0.5)
        / pl.len().over("category"),
        many=pl.len().over("category"),
    )  # fmt: skip
    price[placed["number"].to_numpy()] = placed["price_minor"].to_numpy()
    enough = placed.filter((pl.col("many") >= _FEWEST_PRICED) & pl.col("category").is_not_null())
    position[enough["number"].to_numpy()] = enough["place"].to_numpy()
    return price, position


def _columns(items: pl.DataFrame) -> list[pl.DataFrame]:
    """Return brands, categories and, of categories with steps, departments."""
    found = []
    if "brand" in items.columns:
        found.append(_told(items, "brand", pl.col("brand")))
    if "category" in items.columns:
        steps = pl.col("category").cast(pl.String).str.split(">")
        found.append(_told(items, "category", pl.col("category")))
        deep = items.filter(steps.list.len() > 1)
        found.append(_told(deep, "department", steps.list.first()))
    return found


def _told(items: pl.DataFrame, kind: str, value: pl.Expr) -> pl.DataFrame:
    return items.select(
        pl.col("number").cast(pl.Int64), kind=pl.lit(kind), value=value.cast(pl.String)
    )


def _attributes(items: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the shop's own attributes, those that are neither lists nor objects."""
    if "attributes" not in items.columns:
        return []
    told = items.filter(pl.col("attributes").is_not_null())
    found = []
    for number, text in told.select("number", "attributes").iter_rows():
        values = text if isinstance(text, dict) else json.loads(text)
        found += [
            (number, readable(name).lower().replace(":", " "), readable(str(value)))
            for name, value in values.items()
            if isinstance(value, str | bool | int | float)
        ]
    return [pl.DataFrame(found, schema=_CHOSEN, orient="row")]


def _facts(facts: pl.DataFrame | None, n: int) -> list[pl.DataFrame]:
    """Return what was read of items that nobody in particular said."""
    if facts is None:
        return []
    read = _of_items(facts, n).filter(pl.col("name").is_in(_READ) & pl.col("person").is_null())
    return [read.select("number", kind="name", value="value")]


def _of_items(facts: pl.DataFrame, n: int) -> pl.DataFrame:
    of_items = (pl.col("kind") == int(Kind.ITEM)) & (pl.col("subject") < n)
    return facts.filter(of_items).select(
        "name", "value", "person", number=pl.col("subject").cast(pl.Int64)
    )


def _short(table: pl.DataFrame) -> pl.DataFrame:
    table = table.with_columns(pl.col("value").str.strip_chars())
    return table.filter(pl.col("value").str.len_chars().is_between(1, _LONGEST))


def _bands(items: pl.DataFrame, n: int) -> pl.DataFrame:
    _, position = price_positions(items, n)
    priced = np.flatnonzero(~np.isnan(position))
    band = np.minimum((position[priced] * _BANDS).astype(np.int64), _BANDS - 1) + 1
    return pl.DataFrame(
        {"number": priced, "kind": ["price"] * len(priced), "value": [f"band {k}" for k in band]},
        schema=_CHOSEN,
    )
