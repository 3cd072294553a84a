"""What people did with items, seen from the items."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from zhiyin.ingest.doctor.finding import Finding, judged
from zhiyin.ingest.doctor.shop_data import ShopData
from zhiyin.ingest.doctor.times import DAY_US

UNTOUCHED_WARN = 0.8
ONE_PERSON_EVENTS = 50
ONE_PERSON_SHARE = 0.5
ONE_PERSON_WARN = 0.02
TOP_ITEMS = 100
"""Among the items with the most events, one is enough: they are what everybody is shown."""

RECENT_DAYS = 30
OUT_OF_STOCK_WARN = 0.1


def item_checks(data: ShopData) -> Iterator[Finding]:
    """Yield what is found about items with events, and without."""
    yield untouched(data)
    yield one_person(data)
    yield out_of_stock(data)


def untouched(data: ShopData) -> Finding:
    """Find items of the catalogue that no event names."""
    is_described = data.items["is_described"].to_numpy()
    found = np.flatnonzero(is_described & (data.events_of_item == 0))
    return judged(
        "items.untouched",
        len(found),
        int(is_described.sum()),
        "items of the catalogue without any event",
        "nothing is learned about them, so only their texts can bring them up",
        "Look whether events name variants and the catalogue products, and drop what is not sold.",
        lambda: data.examples(pl.DataFrame({"item": found})),
        warn_above=UNTOUCHED_WARN,
    )


def one_person(data: ShopData) -> Finding:
    """Find items that are popular with one person."""
    person, item, count = data.pairs
    events = data.events_of_item
    is_one = (events[item] >= ONE_PERSON_EVENTS) & (count >= ONE_PERSON_SHARE * events[item])
    rows = pl.DataFrame(
        {
            "item": item[is_one],
            "person": person[is_one],
            "events": count[is_one],
            "of": events[item[is_one]],
        }
    ).unique("item", keep="first", maintain_order=True)
    top = np.sort(events)[-TOP_ITEMS:]
    is_top = not rows.is_empty() and bool((rows["of"] >= top[0]).any())
    return judged(
        "items.one_person",
        rows.height,
        int(np.sum(events >= ONE_PERSON_EVENTS)),
        f"items with {ONE_PERSON_EVENTS} events or more, half of them by one person",
        "they look popular and are one person's habit, or a seller's own clicks",
        "Look at these people: sellers, tests and shared ids should not be in the export.",
        lambda: data.examples(rows.sort("events", descending=True)),
        warn_above=0.0 if is_top else ONE_PERSON_WARN,
    )


def out_of_stock(data: ShopData) -> Finding:
    """Find events of the last month of data on items that are out of stock."""
    is_out = (data.items["stock"].fill_null(1) <= 0).to_numpy()
    times = data.times_us[data.times_us <= data.now_us + DAY_US]
    since = int(times.max()) - RECENT_DAYS * DAY_US if len(times) else 0
    recent = data.item_events.filter((pl.col("time_us") >= since).fill_null(False))["item"]
    on_out = recent.filter(is_out[recent.to_numpy()])
    rows = on_out.value_counts(sort=True, name="events")
    return judged(
        "items.out_of_stock",
        len(on_out),
        len(recent),
        f"events of the last {RECENT_DAYS} days of data on items whose stock is 0",
        "the stock is out of date, or people meet what they cannot have",
        "Import the present stock; leave it empty for items that are not counted.",
        lambda: data.examples(rows),
        warn_above=OUT_OF_STOCK_WARN,
    )
