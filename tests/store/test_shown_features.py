from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zhiyin.core.impression import Impression
from zhiyin.core.page import Features
from zhiyin.core.records import Event
from zhiyin.store.frames import frame
from zhiyin.store.shown_features import packed, unpacked
from zhiyin.store.store import Store, restored

ONE = Features(("a", "b"), np.array([[1.5, np.nan], [-0.1, 3e30]], np.float32))
OTHER = Features(("b",), np.array([[np.inf]], np.float32))


def page(request, items, features, time_us=1):
    scores = tuple(0.0 for _ in items)
    return Impression(request, 0, "home", time_us, items, scores, features=features)


def fill(store):
    store.record_impressions(
        [page("r1", (4, 7), ONE), page("r2", (9,), OTHER), page("r3", (1, 2), None)]
    )


def rows(store, **asked):
    shown = pl.concat(store.labelled(**asked))
    names = [None if n is None else json.loads(n) for n in shown["feature_names"]]
    return list(zip(shown["item"], names, shown["features"].to_list(), strict=True))


@given(
    st.tuples(st.integers(1, 4), st.integers(0, 5)).flatmap(
        lambda shape: arrays(np.float32, shape, elements=st.floats(width=32))
    )
)
def test_every_bit_comes_back(values):
    again = unpacked(packed(values), len(values))
    assert again.shape == values.shape
    assert again.tobytes() == values.tobytes()


def test_pages_come_back_with_their_features(store_url):
    with Store.open(store_url) as store:
        fill(store)
        (_, one), (_, other), (_, none) = store.impressions()
        assert (one.features.names, other.features.names) == (("a", "b"), ("b",))
        assert one.features.values.tobytes() == ONE.values.tobytes()
        assert other.features.values.tobytes() == OTHER.values.tobytes()
        assert none.features is None


@pytest.mark.parametrize("chunk_pages", [1, 10])
def test_each_shown_item_has_its_own_row(store_url, chunk_pages):
    with Store.open(store_url) as store:
        fill(store)
        (four, seven, nine, first, last) = rows(store, chunk_pages=chunk_pages)
    assert (four[:2], seven[:2], nine) == ((4, ["a", "b"]), (7, ["a", "b"]), (9, ["b"], [np.inf]))
    assert four[2][0] == 1.5
    assert np.isnan(four[2][1])
    assert seven[2] == ONE.values[1].tolist()
    assert (first, last) == ((1, None, None), (2, None, None))


def test_the_latest_pages_alone(store_url):
    with Store.open(store_url) as store:
        assert list(store.labelled(latest=2)) == []
        fill(store)
        assert [row[0] for row in rows(store, latest=2)] == [9, 1, 2]


def test_what_is_done_later_changes_no_feature(store_url):
    with Store.open(store_url) as store:
        fill(store)
        before = pl.concat(store.labelled())
        click = Event("an", "i", "click", request_id="r1", event_id="e")
        store.write("items", pl.DataFrame({"id": [f"x{n}" for n in range(10)]}))
        store.write("events", frame([click, Event("an", "x4", "click", request_id="r1")]))
        after = pl.concat(store.labelled())
    assert after["outcomes"].list.len().to_list() == [1, 0, 0, 0, 0]
    assert before.drop("outcomes").equals(after.drop("outcomes"), null_equal=True)


def test_names_are_kept_once(tmp_path):
    with Store.open(tmp_path / "a.db") as store:
        fill(store)
        store.record_impressions([page(f"s{n}", (4, 7), ONE) for n in range(50)])
        with store._database.reading() as connection:
            asked = "SELECT count(*) FROM state WHERE key LIKE 'features of pages %'"
            assert connection.exec_driver_sql(asked).scalar_one() == 2


def test_a_dump_and_an_export_hold_them(tmp_path):
    with Store.open(tmp_path / "a.db") as store:
        store.write("items", pl.DataFrame({"id": [f"i{n}" for n in range(10)]}))
        store.write("users", pl.DataFrame({"id": ["an"]}))
        fill(store)
        store.dump(tmp_path / "a.zip")
        store.export(tmp_path / "out", "jsonl", ["labelled"])
        before = [shown for _, shown in store.impressions()]
    restored(tmp_path / "b.db", tmp_path / "a.zip")
    with Store.open(tmp_path / "b.db") as store:
        after = [shown for _, shown in store.impressions()]
        assert after == before
        assert after[0].features.names == ONE.names
        assert after[0].features.values.tobytes() == ONE.values.tobytes()
    lines = [json.loads(x) for x in (tmp_path / "out" / "labelled.jsonl").read_text().splitlines()]
    assert (lines[0]["feature_names"], lines[0]["features"]) == (["a", "b"], [1.5, None])
    assert lines[-1]["features"] is None
