from __future__ import annotations

import fcntl
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.core import RECORDS, Kind
from zhiyin.errors import Conflict, InvalidRecord, StoreUnavailable
from zhiyin.ingest.batch import Batch
from zhiyin.ingest.formats.table import Table
from zhiyin.ingest.importing import run_import
from zhiyin.store.store import Store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        yield store


def imported(store, *paths, kind="events", columns=None, progress=lambda done, rows: None):
    form = Table(Table.Config(kind=kind, columns=columns or {}))
    return run_import(form, paths, store, Path(paths[0]).parent / "quarantine", progress)


def put(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / name


PLAYS = "user,item,type,value,time\nan,tea,view,1,2024-05-01\nbo,tea,like,,2024-05-02\n"


def test_the_report_counts_every_kind_of_record(store, tmp_path):
    report = imported(store, put(tmp_path, "a.csv", PLAYS))
    assert tuple(report.accepted) == tuple(RECORDS)
    assert report.accepted == dict.fromkeys(RECORDS, 0) | {"events": 2, "items": 1, "users": 2}
    assert (report.duplicates, report.rejected, report.quarantine) == (0, 0, None)
    assert report.seconds > 0


def test_bad_rows_go_to_the_quarantine_and_good_rows_land(store, tmp_path):
    path = put(
        tmp_path, "a.csv", PLAYS + ',pot,view,,\nci,"pot",view,much,\ndi,pot\nei,pot,view,2,\n'
    )
    report = imported(store, path)
    assert (report.accepted["events"], report.rejected) == (3, 3)
    bad = [json.loads(line) for line in report.quarantine.read_text(encoding="utf-8").splitlines()]
    assert sorted((row["file"], row["line"], row["reason"]) for row in bad) == [
        ("a.csv", 4, "user is missing"),
        ("a.csv", 5, "value: much is not a number"),
        ("a.csv", 6, "2 cells for 5 columns"),
    ]
    assert "much" in next(row["row"] for row in bad if row["line"] == 5)


def test_a_second_import_adds_nothing(store, tmp_path):
    path = put(tmp_path, "a.csv", PLAYS)
    imported(store, path)
    report = imported(store, path)
    assert not any(report.accepted.values())
    assert report.duplicates == 2


def test_real_repeats_stay(store, tmp_path):
    path = put(tmp_path, "a.csv", PLAYS + "an,tea,view,1,2024-05-01\n" * 2)
    assert imported(store, path).accepted["events"] == 4
    assert imported(store, path).duplicates == 4


def test_repeats_in_two_files_of_one_import_stay(store, tmp_path):
    paths = put(tmp_path, "a.csv", PLAYS), put(tmp_path, "b.csv", PLAYS)
    assert imported(store, *paths).accepted["events"] == 4


def test_events_that_have_ids_are_known_by_them_alone(store, tmp_path):
    rows = "event_id,user,item\ne1,an,tea\ne2,an,tea\ne1,bo,pot\n,an,tea\n"
    assert imported(store, put(tmp_path, "a.csv", rows)).accepted["events"] == 3
    report = imported(store, put(tmp_path, "b.csv", rows + "e3,an,tea\n"))
    assert (report.accepted["events"], report.duplicates, report.rejected) == (1, 3, 1)
    assert "bo" not in store.keys(Kind.PERSON, range(store.count(Kind.PERSON)))
    assert report.quarantine is not None
    refused = json.loads(report.quarantine.read_text())
    assert (refused["line"], refused["reason"]) == (4, "event_id: another event has it")


def test_the_same_events_from_csv_and_parquet_are_the_same(store, tmp_path):
    imported(store, put(tmp_path, "a.csv", PLAYS))
    frame = pl.read_csv(tmp_path / "a.csv", try_parse_dates=True)
    frame.write_parquet(tmp_path / "a.parquet")
    frame.with_columns(pl.col("time").cast(pl.String)).write_ndjson(tmp_path / "a.jsonl")
    assert imported(store, tmp_path / "a.parquet").duplicates == 2
    assert imported(store, tmp_path / "a.jsonl").duplicates == 2


class Broken:
    """Fails behind the first batch that has rows."""

    name = "table"

    def __init__(self, form):
        self.form = form

    def batches(self, paths: Sequence[Path]) -> Iterator[Batch]:
        for batch in self.form.batches(paths):
            yield batch
            if batch.rows.height:
                break
        raise InvalidRecord("the disk went away", where="a.csv")


def test_an_interrupted_import_goes_on_where_it_stopped(store, tmp_path):
    paths = (
        put(tmp_path, "a.csv", PLAYS + "bad\n"),
        put(tmp_path, "b.csv", PLAYS + "ci,pot,view,,\n"),
    )
    form = Table(Table.Config(kind="events"))
    with pytest.raises(InvalidRecord, match="the disk went away"):
        run_import(Broken(form), paths, store, tmp_path / "quarantine")
    assert sum(chunk.height for chunk in store.events()) == 2
    (quarantine,) = (tmp_path / "quarantine").iterdir()
    with quarantine.open("a") as file:
        file.write("of a batch that was not stored\n")
    report = imported(store, *paths)
    assert (report.accepted["events"], report.duplicates, report.resumed) == (5, 0, 3)
    assert (report.rejected, report.quarantine) == (1, quarantine)
    assert len(quarantine.read_text().splitlines()) == 1
    again = imported(store, *paths)
    assert (again.duplicates, again.resumed) == (5, 0)


def test_an_import_that_is_running_is_not_gone_on_with(store, tmp_path):
    path = put(tmp_path, "a.csv", PLAYS + "bad\n")
    form = Table(Table.Config(kind="events"))
    with pytest.raises(InvalidRecord, match="the disk went away"):
        run_import(Broken(form), [path], store, tmp_path / "quarantine")
    (quarantine,) = (tmp_path / "quarantine").iterdir()
    before = quarantine.read_text()
    with quarantine.open("ab") as running:
        fcntl.flock(running, fcntl.LOCK_EX)
        with pytest.raises(Conflict, match="running already"):
            imported(store, path)
    assert quarantine.read_text() == before
    assert imported(store, path).resumed == 3


def test_an_interrupted_import_of_a_file_that_changed_starts_again(store, tmp_path):
    path = put(tmp_path, "a.csv", PLAYS)
    with pytest.raises(InvalidRecord, match="the disk went away"):
        run_import(Broken(Table(Table.Config(kind="events"))), [path], store, tmp_path / "q")
    path.write_text(PLAYS + "ci,pot,view,,\n")
    report = imported(store, path)
    assert (report.accepted["events"], report.duplicates, report.resumed) == (1, 2, 0)


def test_a_file_named_twice_or_missing_stops_an_import_before_it_begins(store, tmp_path):
    path = put(tmp_path, "a.csv", PLAYS)
    for paths, what in (([path, path], "named twice"), ([path, tmp_path / "no.csv"], "no such")):
        with pytest.raises(InvalidRecord, match=what):
            imported(store, *paths)
    assert list(store.events()) == []


def test_a_damaged_second_file_leaves_the_first_stored(store, tmp_path):
    paths = put(tmp_path, "a.csv", PLAYS), put(tmp_path, "b.csv", "")
    with pytest.raises(InvalidRecord, match="the file is empty"):
        imported(store, *paths)
    assert sum(chunk.height for chunk in store.events()) == 2


def test_a_quarantine_that_cannot_be_written_is_an_error_of_ours(store, tmp_path):
    path = put(tmp_path, "a.csv", PLAYS + "bad\n")
    put(tmp_path, "quarantine", "a file in the way")
    with pytest.raises(StoreUnavailable, match="the quarantine cannot be written") as caught:
        imported(store, path)
    assert caught.value.expected
    assert caught.value.next_step


def test_progress_is_told(store, tmp_path):
    told: list[tuple[float, int]] = []
    paths = put(tmp_path, "a.csv", PLAYS + "bad\n"), put(tmp_path, "b.csv", PLAYS)
    imported(store, *paths, progress=lambda done, rows: told.append((done, rows)))
    assert told == sorted(told)
    assert told[-1] == (1.0, 5)


def test_strange_ids_come_back_as_they_went_in(store, tmp_path):
    ids = ["a b", "line\nbreak", "茶🍵", "12.0", "'; drop table events; --", "x" * 512, '"q"']
    path = tmp_path / "a.jsonl"
    path.write_text(
        "".join(json.dumps({"user": name, "item": "tea"}) + "\n" for name in [*ids, "x" * 513])
    )
    report = imported(store, path)
    assert (report.accepted["users"], report.rejected) == (len(ids), 1)
    assert store.keys(Kind.PERSON, range(len(ids))) == ids


cells = st.sampled_from(
    ["", "an", "bo", "茶", " x ", "1", "NaN", "2024-05-01", '{"a":1}', "\0", '"']
)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(cells, cells, cells, cells, cells), max_size=8))
def test_any_import_is_idempotent_and_accounts_for_every_row(rows):
    names = ("user", "item", "type", "value", "time")
    with tempfile.TemporaryDirectory() as name, Store.open(Path(name, "shop.db")) as store:
        path = Path(name, "a.jsonl")
        lines = [json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows]
        path.write_text("".join(lines) or "\n")
        first, second = imported(store, path), imported(store, path)
    assert first.accepted["events"] + first.rejected == len(rows)
    assert first.duplicates == 0
    assert not any(second.accepted.values())
    assert (second.duplicates, second.rejected) == (first.accepted["events"], first.rejected)
