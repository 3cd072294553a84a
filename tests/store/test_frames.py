from __future__ import annotations

from datetime import datetime, timedelta, timezone

import polars as pl
import pytest

from zhiyin.core.records import RECORDS, Event, Item, Tie
from zhiyin.errors import InvalidRecord
from zhiyin.store.frames import frame, schema


def test_the_columns_of_items():
    assert dict(schema("items")) == {
        "id": pl.String, "title": pl.String, "description": pl.String, "category": pl.String,
        "brand": pl.String, "price_minor": pl.Int64, "currency": pl.String, "stock": pl.Int64,
        "created": pl.Datetime("us", "UTC"), "attributes": pl.String, "translations": pl.String,
    }  # fmt: skip


@pytest.mark.parametrize("kind", RECORDS)
def test_every_kind_has_columns(kind: str):
    assert set(schema(kind).dtypes()) <= {
        pl.String(), pl.Int64(), pl.Float64(), pl.Datetime("us", "UTC"),
    }  # fmt: skip


def test_mappings_become_json_and_times_become_utc():
    noon_in_china = datetime(2024, 5, 1, 20, tzinfo=timezone(timedelta(hours=8)))
    batch = frame([Item("a", attributes={"色": "红", "b": 1}, created=noon_in_china), Item("b")])
    assert batch["attributes"].to_list() == ['{"b":1,"色":"红"}', None]
    assert batch["created"].dt.epoch("us").to_list() == [1_714_564_800_000_000, None]


@pytest.mark.parametrize(
    "records",
    [[], [Event("a", "b"), Tie("a", "b")], ["a"], [Tie("a", "b", time=datetime(2024, 1, 1))]],
)
def test_what_is_no_batch_is_refused(records: list[object]):
    with pytest.raises(InvalidRecord):
        frame(records)


def test_an_unknown_kind_is_told_the_nearest():
    with pytest.raises(InvalidRecord, match='did you mean "events"'):
        schema("event")
