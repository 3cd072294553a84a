"""The events with items of a store that all may learn from, in arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.affinity.rows import EventStrength
from zhiyin.core import NO_TIME, Kind
from zhiyin.core.history import History
from zhiyin.core.interactions import Interactions
from zhiyin.store.store import Store


@dataclass(frozen=True, slots=True, eq=False)
class EventTable:
    """Events with items, one array a column.

    Attributes:
        interactions: who did something with what, when, and how much it says; 28 bytes an event.
        names: the types of event there are.
        types: (e,) int16 places in ``names``.
        values: (e,) float64, NaN where an event has no value.
    """

    interactions: Interactions
    names: NDArray[np.str_]
    types: NDArray[np.int16]
    values: NDArray[np.float64]

    def histories(self, chosen: NDArray[np.bool_]) -> Callable[[int, int], History]:
        """Return what ``Store.history`` would if only the chosen events, (e,) bool, had happened.

        Complexity: O(e log e) once, O(limit) for each history.
        """
        events = self.interactions
        at = np.flatnonzero(chosen)
        # Newest first; of equal times what came later.
        at = at[np.lexsort((-at, -events.time_us[at].astype(np.float64), events.person[at]))]
        person = events.person[at]

        def history(who: int, limit: int) -> History:
            first, last = np.searchsorted(person, (who, who + 1))
            rows = at[first : min(last, first + limit)]
            kinds = self.names[self.types[rows]]
            return History(events.item[rows], kinds, self.values[rows], events.time_us[rows])

        return history


def read_events(store: Store, strength: EventStrength, *, values: bool = True) -> EventTable:
    """Return the events with items in the order they came, without those that people keep private.

    Args:
        store: where they are.
        strength: how much each says.
        values: whether types and values are wanted, too, 10 bytes an event; else those columns are empty.
    """
    names: dict[str, int] = {}
    parts = [_columns(chunk, strength, names, values) for chunk in store.events(private=False)]
    if not parts:
        parts = [_columns(pl.DataFrame(schema=_SCHEMA), strength, names, values)]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return EventTable(Interactions(*columns[:4]), np.array(list(names), np.str_), *columns[4:])


_SCHEMA = {
    "person": pl.Int64, "kind": pl.Int64, "item": pl.Int64, "type": pl.String, "value": pl.Float64,
    "time_us": pl.Int64,
}  # fmt: skip


def _columns(
    chunk: pl.DataFrame, strength: EventStrength, names: dict[str, int], values: bool
) -> tuple[NDArray[Any], ...]:
    """Return person, item, strength, time, type and value of a chunk's events with items."""
    events = chunk.filter(pl.col("kind") == int(Kind.ITEM))
    own = events["type"].unique()
    codes = events["type"].cast(pl.Enum(own)).to_physical().to_numpy()
    value = events["value"].fill_null(np.nan).to_numpy()
    place = np.array([names.setdefault(name, len(names)) for name in own], np.int16)
    return (
        events["person"].to_numpy(),
        events["item"].to_numpy(),
        strength.of_coded(own.to_list(), codes, value),
        events["time_us"].fill_null(NO_TIME).to_numpy(),
        place[codes] if values else place[:0],
        value if values else value[:0],
    )
