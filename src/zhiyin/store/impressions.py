"""Impressions, one row for a page.

A page is shown as a whole: one row is one insert beside the request, keeps the propensities and the order of the list
together, and an interaction's ``request_id`` finds all of it in one look-up. One row for each item would cost twenty
inserts a page for the sake of a column that the position in the list already is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from sqlalchemy import Connection

from zhiyin.core.impression import Impression
from zhiyin.core.page import Features
from zhiyin.store.engine import Database, execute_rows, insert
from zhiyin.store.frames import json_text
from zhiyin.store.reads import chunks
from zhiyin.store.schema import impressions
from zhiyin.store.shown_features import digest, keep_names, kept_names, packed, unpacked
from zhiyin.store.tombstones import gone_people

_SCHEMA = {
    "request_id": pl.String, "person": pl.Int64, "surface": pl.String, "time_us": pl.Int64,
    "items": pl.String, "scores": pl.String, "arms": pl.String, "propensities": pl.String,
    "context": pl.String, "feature_names": pl.String, "features": pl.String,
}  # fmt: skip


def record(connection: Connection, shown: Sequence[Impression]) -> int:
    """Store impressions; a request stored before is left as it was, and pages of who was forgotten meanwhile are not kept.

    Returns: how many were new.
    """
    gone = gone_people(connection, [page.person for page in shown])
    shown = [page for page in shown if page.person not in gone]
    rows = [
        (
            page.request_id,
            page.person,
            page.surface,
            page.time_us,
            json_text(page.items),
            json_text(page.scores),
            json_text(dict(page.arms)),
            None if page.propensities is None else json_text(page.propensities),
            json_text(dict(page.context)),
            None if told is None else digest(told.names),
            None if told is None else packed(told.values),
        )
        for page in shown
        for told in [page.features]
    ]
    keep_names(connection, [page.features for page in shown])
    batch = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    new = insert(connection, impressions).inline().on_conflict_do_nothing()
    return execute_rows(connection, new, batch)


def stream(database: Database, after: int) -> Iterator[tuple[int, Impression]]:
    """Yield each impression with its id, in the order they came."""
    columns = [column.name for column in impressions.columns]
    for chunk in chunks(database, impressions, columns, 10_000, after):
        with database.reading() as connection:
            names_of = kept_names(connection)
        for id_, *row in chunk.iter_rows():
            yield id_, told(row, names_of)


def told(row: Sequence[Any], names_of: Mapping[str, tuple[str, ...]]) -> Impression:
    """Return the page of a row, without its id.

    Args:
        row: the columns of `impressions`, in their order.
        names_of: features by digest, from ``kept_names``.
    """
    request, person, surface, time_us, items, scores, arms, drawn, context, names, features = row
    shown = tuple(json.loads(items))
    return Impression(
        request,
        person,
        surface,
        time_us,
        shown,
        tuple(json.loads(scores)),
        json.loads(arms),
        None if drawn is None else tuple(json.loads(drawn)),
        json.loads(context),
        None if features is None else Features(names_of[names], unpacked(features, len(shown))),
    )
