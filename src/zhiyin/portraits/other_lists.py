"""What the lists beside the personal one are made of, read from the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core import NO_TIME, Kind
from zhiyin.portraits.discreet import is_delicate
from zhiyin.portraits.groups import EVERYBODY, read_groups
from zhiyin.portraits.item_table import ItemPortraits
from zhiyin.portraits.reading import read_doings
from zhiyin.portraits.rebuying import Rebuying
from zhiyin.portraits.together import Together
from zhiyin.portraits.trend import Trend, with_communities
from zhiyin.portraits.weights import event_weights
from zhiyin.store.store import Store

PURCHASE = "purchase"


def read_lists(
    store: Store,
    items: ItemPortraits,
    vectors: NDArray[np.floating[Any]],
    touched: Any,
    community: NDArray[np.int64],
    *,
    until: int,
    last_us: int,
) -> tuple[Together, Rebuying, Trend]:
    """Return what is bought together, what is bought again, and what rises; private events teach nothing of it.

    Goods that are nobody's business go with nothing, and rise for everybody at most.

    Args:
        store: events and people.
        items: their portraits.
        vectors: (n_items, dim) of their texts, 0 where there is none.
        touched: (n_people, n_items) CSR of who had to do with what.
        community: (n_people,) of people, -1 for none.
        until: id of the last event that counts for what rises.
        last_us: time of the latest event.
    """
    delicate = read_delicate(store, len(items))
    bought = read_doings(store, Kind.ITEM, (PURCHASE,)).filter(pl.col("item") < len(items))
    person, item, time_us = (bought[name].to_numpy() for name in ("person", "item", "time_us"))
    told = ~delicate[item]
    together = Together.of(
        person[told], item[told], time_us[told], len(items),
        chosen=touched, category=items.category, vectors=vectors,
    )  # fmt: skip
    groups, member = with_communities(*read_groups(store, community.size), community)
    trend = Trend.of(_events(store, until), groups, member, delicate, last_us)
    return together, Rebuying.of(person, item, time_us, items.category), trend


def no_lists(n_people: int, n_items: int) -> tuple[Together, Rebuying, Trend]:
    """Return what a snapshot from before these lists knows of them."""
    none = np.empty(0, np.int64)
    everybody = np.array([EVERYBODY], np.str_), sparse.csr_array(np.ones((n_people, 1), np.float32))
    trend = Trend.of([], *everybody, np.zeros(n_items, bool), 0)
    rebuying = Rebuying.of(none, none, none, np.full(n_items, -1))
    return Together.of(none, none, none, n_items), rebuying, trend


def read_delicate(store: Store, n_items: int) -> NDArray[np.bool_]:
    """Return (n_items,) bool, of which goods it is nobody's business who bought them."""
    found = np.zeros(n_items, bool)
    known = store.entities_since(Kind.ITEM, -1).filter(pl.col("number") < n_items)
    for row in known.select("number", "title", "category", "translations").iter_rows(named=True):
        found[row["number"]] = is_delicate(row)
    return found


def _events(store: Store, until: int) -> Iterator[tuple[NDArray[Any], ...]]:
    """Yield person, item, weight and time of chunks of events."""
    wanted = (pl.col("kind") == int(Kind.ITEM)) & (pl.col("id") <= until)
    for chunk in store.events(private=False):
        events = chunk.filter(wanted)
        types = events["type"].to_numpy()
        weight = event_weights(types, events["value"].fill_null(np.nan).to_numpy())
        time_us = events["time_us"].fill_null(NO_TIME).to_numpy()
        yield events["person"].to_numpy(), events["item"].to_numpy(), weight, time_us
