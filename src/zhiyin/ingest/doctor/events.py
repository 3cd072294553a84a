"""Events that are stored twice, or whose type or value cannot be right."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.ingest.doctor.finding import Finding, judged, passed
from zhiyin.ingest.doctor.shop_data import ShopData
from zhiyin.ingest.plausible import MOST_PIECES
from zhiyin.ingest.values.event_types import standard_type

REPEATED_WARN = 0.05
TWICE_WARN = 0.05
TWICE_FAIL = 0.3
APART = 1_000
"""Events that came in between, from which on an equal one comes of another import."""
WEAK = frozenset({"impression", "view", "click"})
_COUNTED = ("purchase", "cart", "play")
_KEY = ("person", "item", "kind", "type", "time_us")


def event_checks(data: ShopData, known_types: Collection[str]) -> Iterator[Finding]:
    """Yield what is found about events one by one."""
    yield from repeats(data)
    yield types(data, known_types)
    yield one_type(data)
    yield values(data)


def repeats(data: ShopData) -> Iterator[Finding]:
    """Find events of known time that equal an earlier one in person, item, type and time, under another id.

    One that came soon after is a repeat of the shop's own; one that came much later is of a second import.
    """
    timed = data.events.filter(pl.col("time_us").is_not_null())
    first, later = _equal_rows(timed.select(_KEY).hash_rows().to_numpy())
    is_apart = later - first >= APART
    for check, chosen, counted, means, advice, warn, fail in (
        (
            "events.repeated",
            ~is_apart,
            "events that equal one shortly before in person, item, type and time",
            "what a person did once counts as often as it is written",
            "Export one row with a quantity as its value, or an event_id where they are truly several.",
            REPEATED_WARN,
            1.0,
        ),
        (
            "events.imported_twice",
            is_apart,
            "events that equal one of long before in person, item, type and time",
            "the same history was imported under two formats or with other ids",
            "Start a new shop and import each file once, always by the same format.",
            TWICE_WARN,
            TWICE_FAIL,
        ),
    ):
        rows = timed[np.unique(first[chosen])[:10]].drop("kind")
        yield judged(
            check,
            int(chosen.sum()),
            timed.height,
            counted,
            means,
            advice,
            lambda rows=rows: data.examples(rows),  # type: ignore[misc]
            warn_above=warn,
            fail_above=fail,
        )


def _equal_rows(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each row that equals an earlier one: the place of the last earlier one, and its own.

    Complexity: O(n log n) time, 16 bytes a row.
    """
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    again = np.flatnonzero(ordered[1:] == ordered[:-1])
    return order[again], order[again + 1]


def types(data: ShopData, known: Collection[str]) -> Finding:
    """Find types of events that neither the standard table nor the settings give a strength."""
    count = np.bincount(data.events["type"].to_numpy(), minlength=len(data.types))
    unknown = [place for place, name in enumerate(data.types) if name not in known]
    unknown.sort(key=lambda place: -count[place])
    return judged(
        "events.types",
        int(count[unknown].sum()),
        data.events.height,
        "events of a type without a strength",
        "they count as little as a glance",
        "Map them to a standard type, or say under [train.strengths] what they mean.",
        lambda: [
            {
                "type": data.types[place],
                "events": int(count[place]),
                "nearest": _nearest(data.types[place], known),
            }
            for place in unknown[:10]
        ],
    )


def _nearest(said: str, known: Collection[str]) -> str:
    standard = pl.DataFrame({"type": [said.strip()]}).select(standard_type("type")).item()
    close = difflib.get_close_matches(said.strip().lower(), sorted(known), n=1)
    return standard if standard in known else next(iter(close), "none")


def one_type(data: ShopData) -> Finding:
    """Find out whether there is any sign that people like items, beyond looking at them."""
    if not data.types:
        return passed("events.one_type", 0, 0, "there are no events")
    is_weak = set(data.types) <= WEAK
    told = ", ".join(sorted(data.types)[:5]) + (", …" if len(data.types) > 5 else "")
    return judged(
        "events.one_type",
        int(is_weak),
        1,
        f"types of events: {told}",
        "no event says that somebody liked, chose or bought anything",
        "Import purchases, carts or ratings too, if the shop has them.",
        tuple,
    )


def values(data: ShopData) -> Finding:
    """Find quantities that cannot be."""
    counted = data.events.filter(data.is_type(*_COUNTED) & pl.col("value").is_not_null())
    rows = counted.filter((pl.col("value") < 0) | (pl.col("value") >= MOST_PIECES))
    return judged(
        "events.values",
        rows.height,
        counted.height,
        "purchases, carts and plays with a value below 0 or from a million up",
        "a return, a price or an id was taken for a quantity",
        "Map returns to the type return, and check which column value is.",
        lambda: data.examples(rows.drop("kind")),
    )
