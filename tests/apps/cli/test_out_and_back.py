"""``zhiyin export``, ``dump`` and ``restore``: a shop's data out, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.apps.cli.conftest import Zhiyin
from zhiyin.core import Kind
from zhiyin.shop import Shop


def document(stdout: str) -> Any:
    """Return the one JSON document that is all of stdout."""
    assert stdout.count("\n") == 1
    return json.loads(stdout)


def test_a_shop_is_dumped_restored_and_trained_again(
    zhiyin: Zhiyin, home: Path, tmp_path: Path
) -> None:
    file, new = tmp_path / "a dump [1].zip", tmp_path / "new home"
    dumped = document(zhiyin("--home", home, "dump", file, "--json").stdout)
    assert list(dumped) == ["file", "bytes", "revision", "rows"]
    assert (dumped["file"], dumped["bytes"]) == (str(file), file.stat().st_size)
    assert (dumped["rows"]["entities"], dumped["rows"]["events"]) == (16, 24)
    restored = document(zhiyin("--home", new, "restore", file, "--json").stdout)
    assert list(restored) == ["home", "created", "rows", "forgotten_again"]
    assert restored["rows"] == dumped["rows"]
    assert zhiyin("--home", new, "train").exit_code == 0
    lists = [
        document(zhiyin("--home", place, "recommend", "u1", "--json").stdout)["items"]
        for place in (home, new)
    ]
    assert [row["item"] for row in lists[0]] == [row["item"] for row in lists[1]]


def test_dump_and_restore_say_what_is_next(zhiyin: Zhiyin, home: Path, tmp_path: Path) -> None:
    dumped = zhiyin("--home", home, "dump", tmp_path / "x.zip")
    assert "events" in dumped.stdout
    assert f"Restore it: zhiyin --home DIR restore {tmp_path}/x.zip" in dumped.stdout
    assert dumped.stderr == ""
    restored = zhiyin("--home", tmp_path / "new", "restore", tmp_path / "x.zip")
    assert restored.stdout.splitlines()[-1].endswith(f"Next: zhiyin --home {tmp_path}/new train")


def test_a_file_that_is_there_needs_force(zhiyin: Zhiyin, home: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("mine")
    refused = zhiyin("--home", home, "dump", tmp_path / "x.zip")
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert "--force" in refused.stderr
    assert (tmp_path / "x.zip").read_text() == "mine"
    assert zhiyin("--home", home, "dump", tmp_path / "x.zip", "--force").exit_code == 0


@pytest.mark.parametrize("content", [None, b"", b"hello"])
def test_a_file_that_is_no_dump_makes_nothing(
    zhiyin: Zhiyin, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "x.zip").write_bytes(content)
    result = zhiyin("--home", tmp_path / "new", "restore", tmp_path / "x.zip", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"zhiyin: {tmp_path}/x.zip: ")
    assert result.stderr.count("\n") == 1
    assert "Expected" in result.stderr
    assert "Next: " in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_shop_that_holds_something_is_not_restored_into(
    zhiyin: Zhiyin, home: Path, tmp_path: Path
) -> None:
    zhiyin("--home", home, "dump", tmp_path / "x.zip")
    result = zhiyin("--home", home, "restore", tmp_path / "x.zip")
    assert result.exit_code == 1
    assert "the store holds 16 rows of entities. Expected an empty store" in result.stderr


@pytest.mark.parametrize("verb", [["dump", "x.zip"], ["export", "out"]])
def test_a_mistyped_home_is_named_and_not_made(
    zhiyin: Zhiyin, tmp_path: Path, verb: list[str]
) -> None:
    result = zhiyin("--home", tmp_path / "typo", *verb)
    assert result.exit_code == 1
    assert "no shop is in this folder" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_an_export_can_be_imported_twice_and_counts_once(
    zhiyin: Zhiyin, home: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out"
    exported = document(zhiyin("--home", home, "export", out, "--format", form, "--json").stdout)
    assert exported["events"] == {"rows": 24, "files": [f"events.{form}"]}
    assert exported["ties"] == {"rows": 0, "files": []}
    assert list(exported)[-6:] == [
        "impressions",
        "labelled",
        "rules",
        "searches",
        "returns",
        "turns",
    ]
    words = ["--home", tmp_path / "new", "import", "table"]
    for accepted in (True, False):
        for kind in ("items", "users", "events"):
            report = document(
                zhiyin(*words, out / f"{kind}.{form}", "--kind", kind, "--json").stdout
            )
            assert bool(report["accepted"][kind]) is accepted
            assert report["rejected"] == 0
    with Shop.open(home) as old, Shop.open(tmp_path / "new") as new:
        assert [new.store.count(kind) for kind in Kind] == [old.store.count(kind) for kind in Kind]
        assert pl.concat(new.store.events()).height == pl.concat(old.store.events()).height


def test_export_of_some_kinds(zhiyin: Zhiyin, home: Path, tmp_path: Path) -> None:
    result = zhiyin("--home", home, "export", tmp_path / "out", "--only", "items, users")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "items.parquet",
        "users.parquet",
    }
    assert "events" not in result.stdout
    again = zhiyin("--home", home, "export", tmp_path / "out", "--only", "items")
    assert again.exit_code == 1
    assert "--force" in again.stderr
    words = ["export", tmp_path / "out", "--only", "items", "--force"]
    assert zhiyin("--home", home, *words).exit_code == 0


def test_wrong_usage_is_two(zhiyin: Zhiyin, home: Path, tmp_path: Path) -> None:
    unknown = zhiyin("--home", home, "export", tmp_path / "out", "--only", "event")
    assert unknown.exit_code == 2
    assert 'did you mean "events"?' in unknown.stderr
    for words in (["dump"], ["restore"], ["export"], ["export", "out", "--format", "csv"]):
        result = zhiyin("--home", home, *words)
        assert result.exit_code == 2
        assert result.stdout == ""
