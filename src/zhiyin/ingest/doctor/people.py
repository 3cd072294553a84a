"""People whose events teach little, and people who are none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from zhiyin.ingest.doctor.finding import Finding, judged
from zhiyin.ingest.doctor.shop_data import ShopData
from zhiyin.ingest.doctor.times import SECOND_US
from zhiyin.ingest.robots import ROBOT_EVENTS, ROBOT_SECONDS

ONE_ITEM_WARN = 0.5
DOMINANT_SHARE = 0.05
FEWEST_PEOPLE = 100
"""With fewer people some have a large share by right."""


def people_checks(data: ShopData) -> Iterator[Finding]:
    """Yield what is found about people with events."""
    yield one_item(data)
    yield robots(data)
    yield dominant(data)


def one_item(data: ShopData) -> Finding:
    """Find people whose events are all on one item."""
    items_of = np.bincount(data.pairs[0], minlength=data.n_people)
    events = data.events_of_person
    found = np.flatnonzero(items_of == 1)
    once = np.count_nonzero(events == 1)
    return judged(
        "people.one_item",
        len(found),
        int(np.sum(items_of > 0)),
        f"people with events on one item only ({once:,} of them with one event)",
        "they say nothing about what goes together",
        "Look whether one person has several ids: guests, devices, one id for each order.",
        lambda: data.examples(pl.DataFrame({"person": found, "events": events[found]})),
        warn_above=ONE_ITEM_WARN,
    )


def robots(data: ShopData) -> Finding:
    """Find people with a thousand events within an hour, at a hundred different seconds or more."""
    many = np.flatnonzero(data.events_of_person >= ROBOT_EVENTS).astype(np.int32)
    events = (
        data.events.select("person", "time_us")
        .filter(pl.col("person").is_in(many) & pl.col("time_us").is_not_null())
        .sort("person", "time_us")
    )
    person, time_us = events["person"].to_numpy(), events["time_us"].to_numpy()
    second = time_us // SECOND_US
    nth_second = np.cumsum(np.diff(second, prepend=second[:1]) != 0)
    last = ROBOT_EVENTS - 1
    start = np.flatnonzero(
        (person[last:] == person[: len(person) - last])
        & (time_us[last:] - time_us[: len(person) - last] < 3600 * SECOND_US)
    )
    start = start[nth_second[start + last] - nth_second[start] + 1 >= ROBOT_SECONDS]
    robot, place = np.unique(person[start], return_index=True)
    of = int(np.sum(data.events_of_person > 0))
    rows = pl.DataFrame(
        {
            "person": robot,
            "events": data.events_of_person[robot],
            "time_us": time_us[start[place]],
        }
    )
    return judged(
        "people.robots",
        rows.height,
        of,
        f"people with {ROBOT_EVENTS:,} events within an hour",
        "no one shops so fast: a crawler, a test or a shared id",
        "Leave these ids out of the export.",
        lambda: data.examples(rows.sort("events", descending=True)),
    )


def dominant(data: ShopData) -> Finding:
    """Find people with more than a twentieth of all events."""
    events = data.events_of_person
    n_people, total = np.count_nonzero(events), int(events.sum())
    is_many = (events > DOMINANT_SHARE * total) & (n_people >= FEWEST_PEOPLE)
    found = np.flatnonzero(is_many)
    rows = pl.DataFrame({"person": found, "events": events[found]}).sort("events", descending=True)
    return judged(
        "people.dominant",
        int(events[found].sum()),
        total,
        f"events of people who alone have more than {DOMINANT_SHARE:.0%} of all",
        "what is popular is what they do: a till, a test or a default id",
        "Leave out ids that stand for no one person.",
        lambda: data.examples(rows),
    )
