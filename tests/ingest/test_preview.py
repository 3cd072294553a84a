from __future__ import annotations

from itertools import count

import polars as pl
import pytest

from zhiyin.errors import InvalidRecord, UnknownPart
from zhiyin.ingest import preview as module
from zhiyin.ingest.batch import Batch
from zhiyin.ingest.preview import preview
from zhiyin.ingest.reading import text_file
from zhiyin.shop import Shop


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.csv"
    rows = [f"u{n},tea,{n},x" for n in range(25)] + [",tea,1,x"] * 15
    path.write_text("buyer,item,qty,colour\n" + "\n".join(reversed(rows)) + "\n")
    return path


def test_a_table_s_columns_first_rows_and_first_rejected_rows(path):
    seen = Shop.preview("table", [path], {"kind": "events"})
    assert seen.mapping == {"user": "buyer", "item": "item", "value": "qty"}
    assert seen.unused == ["colour"]
    assert list(seen.rows) == ["events"]
    assert len(seen.rows["events"]) == len(seen.rejected) == 10
    assert seen.rows["events"][0] == {
        "user": "u24",
        "item": "tea",
        "type": "interaction",
        "value": 24.0,
    }
    assert (seen.rejected[0].line, seen.rejected[0].reason) == (2, "user is missing")
    assert seen.kinds == {"events": 40}
    assert seen.notes == (
        'a.csv: no column says what happened, so each row is of type "interaction"',
    )


def test_only_the_first_rows_of_a_table_are_read(path, monkeypatch):
    monkeypatch.setattr(text_file, "CHUNK_ROWS", 20)
    seen = Shop.preview("table", [path, path.with_name("missing.csv")], {"kind": "events"})
    assert 0 < seen.kinds["events"] <= 20


def test_a_note_on_a_column_whose_name_has_an_arrow_is_kept(tmp_path):
    path = tmp_path / "a ← b.csv"
    path.write_text("buyer,item,time\nu1,tea,2024-05-01 08:00\n")
    seen = Shop.preview("table", [path], {"kind": "events"})
    assert "a ← b.csv: time says no time zone and is taken as UTC" in seen.notes
    assert not any("user ← buyer" in note for note in seen.notes)


class Half:
    """Gives ties and items by turns, one a batch, for ever; every second tie is none."""

    name = "half"

    def batches(self, paths):
        for n in count(1):
            ties = pl.DataFrame({"user": [f"u{n}"], "other": ["bo" if n % 2 else None]})
            yield Batch("ties", ties, pl.Series([n]), "half", notes=("same",))
            yield Batch("items", pl.DataFrame({"id": [n]}), pl.Series([n]), "half")


def test_a_data_set_shows_each_kind_within_bounds():
    seen = preview(Half(), [])
    assert {kind: len(rows) for kind, rows in seen.rows.items()} == {"ties": 10, "items": 10}
    assert seen.rows["ties"][1] == {"user": "u3", "other": "bo"}
    assert seen.kinds == {"ties": 19, "items": 10}
    assert [row.line for row in seen.rejected] == list(range(2, 19, 2))
    assert (seen.mapping, seen.unused, seen.notes) == ({}, (), ("same",))


def test_it_ends_when_its_batches_or_its_time_are_over(monkeypatch):
    monkeypatch.setattr(module, "_MOST_BATCHES", 3)
    assert preview(Half(), []).kinds == {"ties": 2, "items": 1}
    monkeypatch.setattr(module, "_PATIENCE_S", -1.0)
    assert preview(Half(), []).kinds == {"ties": 1}


def test_a_header_alone_is_no_rows(tmp_path):
    (tmp_path / "a.csv").write_text("user,item\n")
    seen = Shop.preview("table", [tmp_path / "a.csv"], {"kind": "events"})
    assert (seen.rows, seen.rejected, seen.kinds) == ({"events": []}, [], {"events": 0})


def test_wrong_words_and_files_are_refused(tmp_path):
    with pytest.raises(UnknownPart):
        Shop.preview("tabel", [])
    with pytest.raises(InvalidRecord, match="no such file"):
        Shop.preview("table", [tmp_path / "a.csv"], {"kind": "events"})
