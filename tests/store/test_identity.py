from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core.records import Event
from zhiyin.store.frames import frame
from zhiyin.store.identity import content_ids, event_ids
from zhiyin.store.occurrences import Occurrences


def test_an_id_by_hand():
    rows = pl.DataFrame({"user": ["安"], "item": ["t"], "type": [None]})
    expected = hashlib.sha256("csv\nitem=1:tuser=3:安".encode()).hexdigest()[:32]
    assert content_ids("csv", rows).to_list() == [expected]


def test_equal_rows_stay_apart_across_chunks_and_a_second_reading_says_the_same():
    at = datetime(2024, 1, 1, tzinfo=UTC)
    rows = frame([Event("an", "tea", time=at), Event("bo", "tea")] * 3)
    seen = Occurrences()
    chunked = pl.concat([event_ids("csv", rows.slice(i, 2), seen) for i in range(0, 6, 2)])
    whole = event_ids("csv", rows, Occurrences())
    assert chunked.to_list() == whole.to_list()
    assert whole.n_unique() == 6
    assert whole[4] == f"{whole[0]}-2"


def test_ids_made_for_events_sort_by_time():
    at = [datetime(2024, 1, day, tzinfo=UTC) for day in (3, 1, 2)]
    ids = event_ids("csv", frame([Event("an", "tea", time=time) for time in at]), Occurrences())
    assert ids.arg_sort().to_list() == [1, 2, 0]
    assert ids[1].startswith(f"{1704067200:08x}")


def test_an_id_that_is_there_does_not_count_and_nothing_is_no_row():
    rows = frame([Event("an", "tea")])
    assert (
        event_ids("f", rows.with_columns(event_id=pl.lit("x")), Occurrences())[0]
        == event_ids("f", rows, Occurrences())[0]
    )
    assert event_ids("f", rows.clear(), Occurrences()).to_list() == []


texts = st.text(max_size=4) | st.none()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=8))
def test_content_ids_are_equal_exactly_where_rows_are(rows):
    batch = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String}, orient="row")
    ids = content_ids("f", batch).to_list()
    for one, first in zip(rows, ids, strict=True):
        for other, second in zip(rows, ids, strict=True):
            assert (one == other) == (first == second)
