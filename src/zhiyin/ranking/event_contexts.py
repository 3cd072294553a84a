"""In which situation each event happened, from what was logged and when it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.affinity.rows import EventStrength
from zhiyin.core import NO_TIME, Context, Kind
from zhiyin.ranking.context import Vocabulary, features, logged
from zhiyin.store.store import Store

MOST = 1_000_000
"""Events that are learned from, the latest to come."""
_FEATURES = 300
_CELLS = 2**26  # counts of features and items, at most
_SLOT_US = 1_800_000_000  # half an hour: some zones are so much beside the full one


@dataclass(frozen=True, slots=True, eq=False)
class EventContexts:
    """Events that speak for items, with their situations.

    Attributes:
        person: (e,) int64.
        item: (e,) int64.
        time_us: (e,) int64, ``NO_TIME`` where not known.
        vocabulary: of v features.
        rows: (e, v) float32 CSR of ones.
        zone: IANA time zone that hours and days are told in.
    """

    person: NDArray[np.int64]
    item: NDArray[np.int64]
    time_us: NDArray[np.int64]
    vocabulary: Vocabulary
    rows: Any
    zone: str


def read_contexts(
    store: Store,
    strength: EventStrength,
    zone: str,
    weather: Callable[[Context, datetime], Context] | None = None,
    *,
    most: int = MOST,
) -> EventContexts | None:
    """Return the situations of the events that all may learn from, None where there are none.

    Args:
        store: where they are.
        strength: what speaks for an item.
        zone: see ``features``.
        weather: fills in what was not logged.
        most: events, at most; the earliest are left out.
    Complexity: O(e), and reading each different situation once: half an hour with what was logged in it.
    """
    kept: list[pl.DataFrame] = []
    for chunk in store.people.situations():
        kept.append(chunk.filter(_speaking(chunk, strength)).drop("id", "kind", "type", "value"))
        while sum(one.height for one in kept[1:]) >= most:
            kept.pop(0)
    if not any(one.height for one in kept):
        return None
    events = pl.concat(kept).tail(most)
    slot = pl.col("time_us") // _SLOT_US
    moments = events.select("context", slot=slot).with_row_index("event")
    different = moments.group_by("context", "slot", maintain_order=True).agg("event")
    said = []
    for text, slot in different.select("context", "slot").iter_rows():
        context, time = logged(json.loads(text or "{}")), _time(slot)
        if weather is not None and time is not None:
            context = weather(context, time)
        said.append(features(context, time, zone))
    fitting = min(_FEATURES, _CELLS // max(store.count(Kind.ITEM), 1))
    times = different["event"].list.len()
    vocabulary = Vocabulary.of(said, times=times.to_list(), most=fitting)
    if not vocabulary.names.size:
        return None
    sizes = times.to_numpy()
    which = np.empty(events.height, np.int64)
    which[different["event"].explode().to_numpy()] = np.repeat(np.arange(sizes.size), sizes)
    return EventContexts(
        events["person"].to_numpy(),
        events["item"].to_numpy(),
        events["time_us"].fill_null(NO_TIME).to_numpy(),
        vocabulary,
        vocabulary.rows(said)[which],
        zone,
    )


def _speaking(chunk: pl.DataFrame, strength: EventStrength) -> pl.Series:
    own = chunk["type"].unique()
    codes = chunk["type"].cast(pl.Enum(own)).to_physical().to_numpy()
    value = chunk["value"].fill_null(np.nan).to_numpy()
    speaks = strength.of_coded(own.to_list(), codes, value) > 0
    return pl.Series(speaks) & (chunk["kind"] == int(Kind.ITEM))


def _time(slot: int | None) -> datetime | None:
    return None if slot is None else datetime.fromtimestamp(slot * _SLOT_US / 1e6, UTC)
