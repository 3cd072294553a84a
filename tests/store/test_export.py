"""An export says everything with the shop's own ids, and can be imported again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import polars as pl
import pytest

from tests.store.full_store import LONG, MAY, fill
from zhiyin.core.impression import Impression
from zhiyin.core.records import RECORDS, Event, Item
from zhiyin.errors import Conflict, StoreUnavailable, UnknownPart
from zhiyin.store import export as exporting
from zhiyin.store.export import EXPORTS, Exported
from zhiyin.store.frames import frame, schema
from zhiyin.store.store import Store
from zhiyin.store.table_file import Form

FORMS = get_args(Form)
COUNTS = {
    "events": 5, "items": 7, "users": 3, "ties": 2, "interactions": 2, "posts": 2, "chats": 2,
    "facts": 2, "impressions": 3, "labelled": 4, "rules": 2, "searches": 2, "orders": 3, "returns": 1, "documents": 2, "turns": 2,
}  # fmt: skip


@pytest.fixture
def full(store_url: str) -> Any:
    with Store.open(store_url) as store:
        fill(store)
        yield store


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_has_its_rows_and_its_file(full: Store, tmp_path: Path, form: Form) -> None:
    told: list[float] = []
    made = full.export(tmp_path / "out", form, progress=lambda done, rows: told.append(done))
    assert made == {kind: Exported(n, (f"{kind}.{form}",)) for kind, n in COUNTS.items()}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{k}.{form}" for k in EXPORTS}
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_parquet_has_the_columns_of_the_nouns(full: Store, tmp_path: Path) -> None:
    full.export(tmp_path)
    for kind in RECORDS:
        assert pl.read_parquet(tmp_path / f"{kind}.parquet").schema == schema(kind)
    events = pl.read_parquet(tmp_path / "events.parquet").rows()
    assert events[0] == (
        "an", "茶/1", "click", 0.1, MAY, '{"place":"家"}', "r1", "e1", "item",
    )  # fmt: skip
    assert events[2] == ("an", "p1", "like", None, MAY, None, None, "e4", "post")
    items = pl.read_parquet(tmp_path / "items.parquet")
    assert items["id"].to_list() == ["茶/1", "pot", "cup", "new", "x0", "x1", "x2"]
    assert items.row(0, named=True)["price_minor"] == 990
    posts = pl.read_parquet(tmp_path / "posts.parquet")
    assert posts["text"].to_list() == [LONG, "?"]
    assert posts.select("id", "user", "item").row(1) == ("p2", None, None)
    facts = pl.read_parquet(tmp_path / "facts.parquet")
    assert facts.select("subject_kind", "subject").rows() == [("item", "pot"), ("person", "an")]


def test_json_lines_hold_objects_and_utc_times(full: Store, tmp_path: Path) -> None:
    full.export(tmp_path, "jsonl")
    first = lines(tmp_path / "events.jsonl")[0]
    assert first == {
        "user": "an", "item": "茶/1", "type": "click", "value": 0.1,
        "time": "2026-05-01T08:30:15.123456Z", "context": {"place": "家"}, "request_id": "r1",
        "event_id": "e1", "target": "item",
    }  # fmt: skip
    items = lines(tmp_path / "items.jsonl")
    assert items[1]["attributes"] == {"n": 1e-300, "色": ["红", None]}
    assert items[2]["translations"] == {"en": {"title": "Tea cup"}}
    assert items[0]["attributes"] is None
    assert lines(tmp_path / "posts.jsonl")[0]["text"] == LONG


def test_pages_and_labels_have_ids(full: Store, tmp_path: Path) -> None:
    full.export(tmp_path, "jsonl", ["labelled", "impressions"])
    full.export(tmp_path, "parquet", ["labelled", "impressions"])
    pages = lines(tmp_path / "impressions.jsonl")
    assert pages[0] == {
        "impression": 1, "request_id": "r1", "user": "an", "surface": "home",
        "time": "1970-01-01T00:00:00.000001Z", "items": ["茶/1", "pot", "cup"],
        "scores": [0.1, 1e-300, 3.0], "propensities": [0.5, 1.0, 0.1], "arms": {"x": "b"},
        "context": {},
    }  # fmt: skip
    assert pages[2]["time"] == "2255-06-05T23:47:34.740993Z"
    assert (pages[1]["user"], pages[1]["propensities"], pages[2]["items"]) == (None, None, [])
    labels = lines(tmp_path / "labelled.jsonl")
    assert [row["item"] for row in labels] == ["茶/1", "pot", "cup", "pot"]
    assert labels[0]["outcomes"] == [
        {"type": "click", "value": 0.1, "time": "2026-05-01T08:30:15.123456Z"}
    ]
    assert labels[1]["outcomes"] == [{"type": "purchase", "value": 1e-300, "time": None}]
    assert labels[3]["outcomes"] == [{"type": "cart", "value": None, "time": None}]
    table = pl.read_parquet(tmp_path / "labelled.parquet")
    assert table["outcomes"][0][0] == {"type": "click", "value": 0.1, "time": MAY}
    assert table["user"].to_list() == ["an", "an", "an", None]
    assert pl.read_parquet(tmp_path / "impressions.parquet")["items"][0].to_list() == [
        "茶/1", "pot", "cup",
    ]  # fmt: skip


def test_a_kind_without_rows_has_no_file_and_an_old_one_goes(tmp_path: Path) -> None:
    (tmp_path / "ties.parquet").write_text("old")
    with Store.open(tmp_path / "a.db") as store:
        store.write("items", frame([Item("tea")]))
        made = store.export(tmp_path, only=["items", "ties"], replaces=True)
    assert made == {"items": Exported(1, ("items.parquet",)), "ties": Exported(0, ())}
    assert not (tmp_path / "ties.parquet").exists()


def test_a_file_that_is_there_stays_unless_told_otherwise(tmp_path: Path) -> None:
    (tmp_path / "users.parquet").write_text("mine")
    with Store.open(tmp_path / "a.db") as store:
        store.write("events", frame([Event("an", "tea")]))
        with pytest.raises(Conflict, match="--force"):
            store.export(tmp_path)
        assert {path.name for path in tmp_path.glob("*.parquet")} == {"users.parquet"}
        assert (tmp_path / "users.parquet").read_text() == "mine"
        store.export(tmp_path, only=["events"])
        store.export(tmp_path, replaces=True)
        assert pl.read_parquet(tmp_path / "users.parquet")["id"].to_list() == ["an"]


def test_an_unknown_kind_gets_a_guess(tmp_path: Path) -> None:
    with (
        Store.open(tmp_path / "a.db") as store,
        pytest.raises(UnknownPart, match='did you mean "labelled"'),
    ):
        store.export(tmp_path / "out", only=["events", "labeled"])
    assert not (tmp_path / "out").exists()


def test_numbers_that_json_lacks_become_null(tmp_path: Path) -> None:
    page = Impression("r", None, "home", 0, (0, 1), (float("-inf"), 0.5), context={"x": "y"})
    with Store.open(tmp_path / "a.db") as store:
        store.write("items", frame([Item("a"), Item("b")]))
        store.record_impressions([page])
        store.export(tmp_path, "jsonl", ["impressions", "labelled"])
        store.export(tmp_path, "parquet", ["impressions"])
    [row] = lines(tmp_path / "impressions.jsonl")
    assert (row["scores"], row["context"]) == ([None, 0.5], {"x": "y"})
    assert [row["score"] for row in lines(tmp_path / "labelled.jsonl")] == [None, 0.5]
    scores = pl.read_parquet(tmp_path / "impressions.parquet")["scores"][0].to_list()
    assert scores == [float("-inf"), 0.5]


def test_a_store_that_fails_midway_says_so_and_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> Any:
        yield pl.DataFrame(schema=schema("events"))
        raise StoreUnavailable("the disk is gone")

    with Store.open(tmp_path / "a.db") as store:
        store.write("events", frame([Event("an", "tea")]))
        monkeypatch.setattr(exporting, "_frames", failing)
        for form in FORMS:
            with pytest.raises(StoreUnavailable, match="the disk is gone"):
                store.export(tmp_path / "out", form, ["events"])
    assert list((tmp_path / "out").iterdir()) == []


def test_many_rows_stay_in_order(tmp_path: Path) -> None:
    n = 120_001
    with Store.open(tmp_path / "a.db") as store:
        ids = [f"i{k}" for k in range(n)]
        store.write("items", pl.DataFrame({"id": ids, "stock": range(n)}))
        store.export(tmp_path, only=["items"])
    table = pl.read_parquet(tmp_path / "items.parquet")
    assert table["id"].to_list() == ids
    assert table["stock"].to_list() == list(range(n))


@pytest.mark.parametrize("form", FORMS)
def test_what_was_exported_can_be_imported(
    full: Store, tmp_path: Path, form: Form, import_table: Callable[..., dict[str, int]]
) -> None:
    made = full.export(tmp_path / "out", form)
    with Store.open(tmp_path / "new.db") as new:
        for kind in RECORDS:
            import_table(new, kind, tmp_path / "out" / f"{kind}.{form}")
        new.export(tmp_path / "again", form)
        again = {
            kind: import_table(new, kind, tmp_path / "out" / f"{kind}.{form}") for kind in RECORDS
        }
        assert again == {kind: {"accepted": 0, "rejected": 0} for kind in RECORDS}
        assert (
            new.export(tmp_path / "third", form)
            | {
                kind: made[kind]
                for kind in ("impressions", "labelled", "rules", "searches", "returns", "turns")
            }
            == made
        )
    for kind in RECORDS:
        assert rows_of(tmp_path / "again" / f"{kind}.{form}", kind) == rows_of(
            tmp_path / "out" / f"{kind}.{form}", kind
        )


def rows_of(path: Path, kind: str) -> list[str]:
    rows = lines(path) if path.suffix == ".jsonl" else pl.read_parquet(path).rows(named=True)
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in map(trimmed, rows))


def trimmed(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as an import understands it: without spaces around texts, and empty texts as null."""
    return {
        name: value.strip() or None if isinstance(value, str) else value
        for name, value in row.items()
    }


@pytest.fixture
def import_table(tmp_path: Path) -> Callable[..., dict[str, int]]:
    """Return a function that imports a file of a kind and counts what was new and what was refused."""
    from zhiyin.ingest.formats.table import Table
    from zhiyin.ingest.importing import run_import

    def run(store: Store, kind: str, path: Path) -> dict[str, int]:
        table = Table(Table.Config(kind=kind))
        report = run_import(table, [path], store, tmp_path / "quarantine")
        return {"accepted": sum(report.accepted.values()), "rejected": report.rejected}

    return run
