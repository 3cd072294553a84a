from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from zhiyin.core import Kind
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.formats.table import Table
from zhiyin.ingest.importing import run_import
from zhiyin.ingest.reading import text_file
from zhiyin.store.store import Store

ROWS = {
    "events": {"user": "an", "item": "tea", "type": "view", "value": 2, "weather": "rain"},
    "items": {"id": "tea", "title": "茶", "price": 12.5, "stock": 3, "colour": "green"},
    "users": {"id": "an", "signup": "2024-05-01", "city": "杭州"},
    "ties": {"user": "an", "friend": "bo", "strength": 0.5},
    "interactions": {"sender": "an", "receiver": "bo", "type": "gift", "item": "tea"},
    "posts": {"author": "an", "item": "tea", "text": "good, very good", "rating": 5},
    "chats": {"session": "c1", "role": "shopper", "text": 'where is my "tea"?'},
    "orders": {
        "order_number": "o1",
        "buyer": "an",
        "sku": "tea",
        "状态": "已签收",
        "qty": 2,
        "price": 12.5,
        "签收时间": "2026-05-01",
    },
    "facts": {"subject": "tea", "name": "taste", "value": "bitter"},
}


def imported(store, path, kind, columns=None):
    form = Table(Table.Config(kind=kind, columns=columns or {}))
    return run_import(form, [path], store, path.parent / "quarantine")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        yield store


@pytest.mark.parametrize("kind", ROWS)
def test_every_kind_comes_in_and_is_the_same_from_every_file(store, tmp_path, kind):
    frame = pl.DataFrame([ROWS[kind]])
    frame.write_csv(tmp_path / "a.csv")
    report = imported(store, tmp_path / "a.csv", kind)
    assert (report.accepted[kind], report.duplicates, report.rejected) == (1, 0, 0)
    frame.write_ndjson(tmp_path / "a.jsonl")
    frame.write_parquet(tmp_path / "a.parquet")
    for name in ("a.jsonl", "a.parquet"):
        report = imported(store, tmp_path / name, kind)
        assert (report.accepted[kind], report.duplicates, report.rejected) == (0, 1, 0)


def test_items_keep_their_price_and_what_is_no_field(store, tmp_path):
    pl.DataFrame([ROWS["items"]]).write_csv(tmp_path / "a.csv")
    imported(store, tmp_path / "a.csv", "items")
    [item] = store.entities_since(Kind.ITEM, 0).to_dicts()
    assert (item["title"], item["price_minor"], item["stock"]) == ("茶", 1250, 3)
    assert json.loads(item["attributes"]) == {"colour": "green"}


def test_prices_that_are_no_numbers_are_rejected_not_lost(store, tmp_path):
    (tmp_path / "a.csv").write_text('id,price\na,"1,299.00"\nb,ask\nc,\nd,5\n', encoding="utf-8")
    report = imported(store, tmp_path / "a.csv", "items")
    assert (report.accepted["items"], report.rejected) == (3, 1)
    assert "price: ask is not a price" in report.quarantine.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("header", "type_"),
    [("user,item,rating", "rating"), ("user,item,weight", "interaction"), ("user,item", "interaction")],
)  # fmt: skip
def test_events_without_a_type_are_ratings_or_interactions(store, tmp_path, header, type_):
    (tmp_path / "a.csv").write_text(header + "\nan,tea" + ",1" * (header.count(",") - 1))
    imported(store, tmp_path / "a.csv", "events")
    [events] = store.events()
    assert events["type"].to_list() == [type_]


def test_later_lines_of_json_may_bring_new_columns(store, tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", 1)
    lines = ['{"product":"a"}', '{"product":"b","price":5,"id":"x"}', '{"colour":"red"}', "{}"]
    (tmp_path / "a.jsonl").write_text("nonsense\n" + "\n".join(lines))
    report = imported(store, tmp_path / "a.jsonl", "items")
    assert (report.accepted["items"], report.rejected) == (2, 3)
    items = store.entities_since(Kind.ITEM, 0)
    assert items["id"].to_list() == ["a", "b"]
    assert items["price_minor"].to_list() == [None, 500]
    assert json.loads(items["attributes"][1]) == {"id": "x"}


def test_a_file_of_nothing_but_bad_lines_is_read_to_its_end(store, tmp_path):
    (tmp_path / "a.jsonl").write_text("nonsense\n" * 3)
    report = imported(store, tmp_path / "a.jsonl", "events")
    assert report.rejected == 3
    assert not any(report.accepted.values())


def test_the_context_is_mapped_and_merged(store, tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"user":"an","item":"tea","context":{"device":"phone"},"W":"rain","weather":null}\n'
    )
    form = Table(Table.Config(kind="events", columns={"context.weather": "W"}))
    [batch] = form.batches([tmp_path / "a.jsonl"])
    assert json.loads(batch.rows["context"][0]) == {"device": "phone", "weather": "rain"}


@pytest.mark.parametrize(
    ("kind", "paths", "what"),
    [
        ("event", ["a.csv"], 'no kind of record is called "event"'),
        ("events", [], "there is nothing to read"),
        ("events", ["a.csv"], "no column for user and item"),
    ],
)
def test_what_cannot_be_imported_says_so_in_four_parts(store, tmp_path, kind, paths, what):
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    with pytest.raises(InvalidRecord, match=what) as caught:
        list(Table(Table.Config(kind=kind)).batches([tmp_path / path for path in paths]))
    error = caught.value
    assert all([error.what, error.where, error.expected, error.next_step])


def test_the_kind_is_said_before_any_file_is_opened():
    with pytest.raises(InvalidRecord, match='did you mean "events"'):
        Table(Table.Config(kind="evnts")).batches([Path("none.csv")])


def noted(path, kind="events", **options):
    form = Table(Table.Config(kind=kind, **options))
    return [note for batch in form.batches([path]) for note in batch.notes]


def test_notes_say_what_was_guessed_and_what_was_made_up(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("user,sku,qty,Created at\nan,tea,2,2024-05-01 08:00\n")
    assert noted(path) == [
        "a.csv: item ← sku, value ← qty, time ← Created at",
        'a.csv: no column says what happened, so each row is of type "interaction"',
        "a.csv: time says no time zone and is taken as UTC",
    ]
    path.write_text("user,item,star_rating,type\nan,tea,2,rate\n")
    assert noted(path) == ["a.csv: value ← star_rating"]
    path.write_text("user,item,type,time\nan,tea,view,2024-05-01T08:00:00Z\n")
    assert noted(path) == []


def test_new_columns_of_later_lines_are_noted_once(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", 1)
    path = tmp_path / "a.jsonl"
    path.write_text('{"sku":"a"}\n{"sku":"b","name":"B"}\n{"sku":"c","name":"C"}\n')
    assert noted(path, "items") == ["a.jsonl: id ← sku", "a.jsonl: title ← name"]


def test_a_table_without_a_header_is_named_from_outside(store, tmp_path):
    path = tmp_path / "UserBehavior.csv"
    path.write_text("1,1,5,pv,1511544070\n1,2,5,buy,1511544071\n")
    form = Table(
        Table.Config(kind="events", header=["user", "item", "category", "type", "timestamp"])
    )
    report = run_import(form, [path], store, tmp_path / "quarantine")
    assert (report.accepted["events"], report.rejected) == (2, 0)
    [events] = store.events()
    assert events["type"].to_list() == ["view", "purchase"]
    assert events["time_us"].to_list() == [1511544070_000000, 1511544071_000000]
    assert (form.mapping["time"], form.unused) == ("timestamp", ["category"])


def test_the_first_dates_decide_for_the_whole_file(store, tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", 2)
    path = tmp_path / "a.csv"
    days = ["25/12/2023", "1/2/2024", "3/4/2024", "5/13/2024"]
    path.write_text("user,item,time\n" + "".join(f"u,{n},{day}\n" for n, day in enumerate(days)))
    report = imported(store, path, "events")
    assert report.rejected == 1
    assert "time: 5/13/2024 (the day first) is not a time" in report.quarantine.read_text()
    events = pl.concat(store.events())
    said = events["time_us"].cast(pl.Datetime("us")).dt.strftime("%d.%m.%Y").to_list()
    assert said == ["25.12.2023", "01.02.2024", "03.04.2024"]
    assert "a.csv: time: the day comes first in dates such as 25/12/2023" in report.notes
