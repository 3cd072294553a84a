"""Searches of the log from whose hits something was taken, with how each hit matches the query."""

from __future__ import annotations

import numpy as np
import polars as pl

from zhiyin.core.rule import SEARCH
from zhiyin.ranking.impression_lists import ACTIONS, LoggedLists
from zhiyin.search.learning.rematching import Rematching
from zhiyin.search.match import NAMES
from zhiyin.store.store import Store

LATEST = 20_000
"""Searches with something taken that are read, the latest ones; matching them anew takes some milliseconds each."""
_PAGES, _CHUNK_PAGES = 200_000, 5_000


def read_searches(store: Store, matching: Rematching) -> LoggedLists:
    """Return the latest searches from which something was taken, in the order of time.

    Hits match as they do in the index as it is now; those that are gone, and searches with fewer than two hits left or
    without a text in the log, are left out. A query counts as it is logged, without personal data.

    Args:
        store: with the log.
        matching: tells how hits match.
    Complexity: O(pages shown + documents that have a word, for each search).
    """
    parts = [_taken(shown) for shown in store.labelled(chunk_pages=_CHUNK_PAGES, latest=_PAGES)]
    if not parts:
        return _lists(pl.DataFrame(schema=_SCHEMA), np.zeros((0, len(NAMES)), np.float32))
    rows = pl.concat(parts)
    texts = store.searches.texts(rows["request_id"].unique().to_list())
    schema = {"request_id": pl.String, "text": pl.String}
    told = pl.DataFrame([list(texts), list(texts.values())], schema)
    rows = rows.join(told, on="request_id")
    rows = rows.filter(pl.Series(matching.known(rows["item"].to_numpy()), dtype=pl.Boolean))
    rows = rows.filter(pl.len().over("impression") > 1)
    newest = rows["impression"].unique().sort().tail(LATEST)
    rows = rows.filter(pl.col("impression").is_in(newest.implode()))
    rows = rows.sort("time_us", "impression", "position")
    matches = [
        matching.matches(str(text), own["item"].to_numpy())
        for (_, text), own in rows.group_by("impression", "text", maintain_order=True)
    ]
    return _lists(rows, np.concatenate([np.zeros((0, len(NAMES)), np.float32), *matches]))


_SCHEMA = pl.Schema(
    {
        "impression": pl.Int64(), "request_id": pl.String(), "person": pl.Int64(), "time_us": pl.Int64(),
        "position": pl.Int64(), "item": pl.Int64(), **dict.fromkeys(ACTIONS, pl.Boolean()),
    }
)  # fmt: skip


def _taken(shown: pl.DataFrame) -> pl.DataFrame:
    """Return the hits of searches from which something was taken."""
    own = shown.filter(surface=SEARCH)
    types = pl.col("outcomes").list.eval(pl.element().struct.field("type"))
    done = [
        types.list.eval(pl.element().is_in(kinds)).list.any().alias(action)
        for action, kinds in ACTIONS.items()
    ]
    own = own.with_columns(*done).select(_SCHEMA.names()).cast(_SCHEMA)
    return own.filter(pl.any_horizontal("click", "cart", "purchase").any().over("impression"))


def _lists(rows: pl.DataFrame, matches: np.ndarray) -> LoggedLists:
    pages = rows.group_by("impression", maintain_order=True).agg(
        pl.len(), pl.first("time_us"), pl.first("person")
    )
    return LoggedLists(
        NAMES,
        matches,
        pages["len"].cast(pl.Int64).to_numpy(),
        rows["item"].to_numpy(),
        rows["position"].to_numpy(),
        np.full(rows.height, np.nan),
        np.zeros(rows.height, np.int64),
        (SEARCH,),
        pages["time_us"].to_numpy(),
        pages["person"].fill_null(-1).to_numpy(),
        {action: rows[action].to_numpy() for action in ACTIONS},
    )
