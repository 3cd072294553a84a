"""Ties between people."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from zhiyin.ingest.doctor.finding import Finding, judged
from zhiyin.ingest.doctor.shop_data import ShopData

MUTUAL = ("friend", "family")
"""Kinds of tie that hold both ways."""
ONE_WAY_WARN = 0.1
HUB_SHARE = 0.1
FEWEST_TIED = 100
"""With fewer people a hub is only someone with friends."""


def tie_checks(data: ShopData) -> Iterator[Finding]:
    """Yield what is found about ties."""
    yield to_self(data)
    yield duplicates(data)
    yield one_way(data)
    yield hubs(data)


def to_self(data: ShopData) -> Finding:
    """Find people tied to themselves."""
    rows = data.ties.filter(pl.col("person") == pl.col("other"))
    return judged(
        "ties.self",
        rows.height,
        data.ties.height,
        "ties of people to themselves",
        "a person would be advised by their own history",
        "Leave them out of the export.",
        lambda: data.examples(rows.select("person", tie="kind")),
    )


def _spelled() -> pl.Expr:
    """Return kinds of tie in one spelling: lower case and the singular."""
    return pl.col("kind").str.strip_chars().str.to_lowercase().str.replace("s$", "")


def duplicates(data: ShopData) -> Finding:
    """Find ties that stand twice, under two spellings of one kind."""
    pair = ["person", "other"]
    ties = data.ties.with_columns(spelled=_spelled())
    kinds = ties.with_columns(spellings=pl.len().over(*pair, "spelled"))
    rows = kinds.filter(pl.col("spellings") > 1).sort(*pair, "kind")
    return judged(
        "ties.duplicates",
        rows.height,
        data.ties.height,
        "ties that stand under two spellings of one kind",
        "they count twice",
        "Write the kind of a tie in one way.",
        lambda: data.examples(rows.select(*pair, tie="kind")),
    )


def one_way(data: ShopData) -> Finding:
    """Find friendships and families of which only one direction is stored."""
    mutual = data.ties.filter(_spelled().is_in(MUTUAL) & (pl.col("person") != pl.col("other")))
    back = mutual.select(person="other", other="person", kind="kind")
    rows = mutual.join(back, on=["person", "other", "kind"], how="anti")
    return judged(
        "ties.one_way",
        rows.height,
        mutual.height,
        "ties of friends and family that are not stored the other way round",
        "ties are directed: until the next training a newcomer learns nothing from who is tied to them",
        "Import each pair both ways, or call what has a direction follow.",
        lambda: data.examples(rows.select("person", "other", tie="kind")),
        warn_above=ONE_WAY_WARN,
    )


def hubs(data: ShopData) -> Finding:
    """Find people who are tied to more than a tenth of all who have ties."""
    both = pl.concat(
        [data.ties.select("person", "other"), data.ties.select(person="other", other="person")]
    ).unique()
    counts = both.group_by("person", maintain_order=True).agg(people=pl.len())
    limit = HUB_SHARE * counts.height
    rows = counts.filter(pl.col("people") > limit).sort("people", descending=True)
    if counts.height < FEWEST_TIED:
        rows = rows.clear()
    return judged(
        "ties.hubs",
        rows.height,
        counts.height,
        f"people tied to more than {HUB_SHARE:.0%} of all who have ties",
        "a shop's own account or a star says nothing about friendship",
        "Leave such accounts out, or import their ties as follow.",
        lambda: data.examples(rows),
    )
