"""What ``zhiyin import`` says before it stores, and what it says afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin

CSV = """买家,sku,下单时间,weather,colour
王,tea,13/05/2024 08:00,rain,red
李,a very long name of a pot that is cut in the table that people see 一二三四五六七八九十,01/05/2024,sun,blue
,pot,2024-05-01,,red
"""
WORDS = ("--kind", "events")


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "plays.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_dry_run_shows_what_would_be_done_and_leaves_nothing(
    zhiyin: Zhiyin, tmp_path: Path, csv: Path
) -> None:
    result = zhiyin("--home", tmp_path / "h", "import", "table", csv, *WORDS, "--dry-run")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["user", "←", "买家"] in lines
    assert ["context.weather", "←", "weather"] in lines
    assert "Not used: colour" in result.stdout
    assert "the day comes first in dates such as" in result.stdout
    assert '{"weather":"sun"}' in result.stdout
    assert "…" in result.stdout
    assert "plays.csv:4  user is missing" in result.stdout
    assert "nothing stored" in result.stdout
    _, _, table = result.stdout.partition("The first events")
    assert max(map(len, table.splitlines())) <= 80
    assert not (tmp_path / "h").exists()


def test_a_dry_run_for_programs_is_one_document(zhiyin: Zhiyin, tmp_path: Path, csv: Path) -> None:
    words = ["--home", tmp_path / "h", "import", "table", csv, *WORDS, "--dry-run", "--json"]
    seen = json.loads(zhiyin(*words).stdout)
    assert list(seen) == ["mapping", "unused", "notes", "rows", "rejected", "kinds"]
    assert seen["mapping"]["item"] == "sku"
    assert seen["unused"] == ["colour"]
    assert seen["rows"]["events"][0] == {
        "user": "王",
        "item": "tea",
        "type": "interaction",
        "time": "2024-05-13 08:00:00",
        "context": '{"weather":"rain"}',
    }
    assert [(row["line"], row["reason"]) for row in seen["rejected"]] == [(4, "user is missing")]
    assert seen["kinds"] == {"events": 3}
    assert not (tmp_path / "h").exists()


def test_an_import_says_what_it_took_as_what(zhiyin: Zhiyin, tmp_path: Path, csv: Path) -> None:
    words = ["--home", tmp_path / "h", "import", "table", csv, *WORDS]
    text = zhiyin(*words).stdout
    assert "Note: plays.csv: context ← weather, user ← 买家" in text
    assert 'Note: plays.csv: no column says what happened, so each row is of type "int' in text
    assert (
        "plays.csv: time says no time zone and is taken as UTC"
        in json.loads(zhiyin(*words, "--json").stdout)["notes"]
    )


def test_a_table_without_a_header_line(zhiyin: Zhiyin, tmp_path: Path) -> None:
    path = tmp_path / "UserBehavior.csv"
    path.write_text("1,1,5,pv,1511544070\n2,1,5,buy,1511544071\n")
    words = ["--home", tmp_path / "h", "import", "table", path, *WORDS]
    names = "user, item, category, type, time"
    report = json.loads(zhiyin(*words, "--header", names, "--json").stdout)
    assert report["accepted"]["events"] == 2
    path.write_text("1,2,5,pv,1511544070\n")
    result = zhiyin(*words)
    assert result.exit_code == 1
    assert "the first line is a row, not a header" in result.stderr
    assert "--header user,item,time" in result.stderr


@pytest.mark.parametrize("words", [["--header", "user,item"], ["--map", "user=a"], WORDS])
def test_options_of_tables_are_for_tables(zhiyin: Zhiyin, tmp_path: Path, words: list[str]) -> None:
    result = zhiyin("--home", tmp_path / "h", "import", "movielens", tmp_path, *words)
    assert result.exit_code == 2
    assert "are for the format table" in " ".join(result.stderr.split())
    assert not (tmp_path / "h").exists()


@pytest.mark.parametrize("option", ["--dry-run", "--header"])
def test_no_cell_reaches_the_terminal_as_a_command(
    zhiyin: Zhiyin, tmp_path: Path, option: str
) -> None:
    path = tmp_path / "items.csv"
    path.write_text(
        "id,\x1b[2Jtitle,price,created\n1,\x1b[2Jpot\x9b2J,3,13/05/2024\n2,x,\x1b[2J,\n"
    )
    words = ["--map", "title=\x1b[2Jtitle", "--dry-run"]
    if option == "--header":
        path.write_text("1,pot,13/05/2024\n2,x,13/05/2024 \x1b[2J\n")
        words = ["--header", "id,title,created"]
    result = zhiyin("--home", tmp_path / "h", "import", "table", path, "--kind", "items", *words)
    assert result.exit_code == 0, result.stderr
    assert "pot" in result.stdout or "day comes first" in result.stdout
    assert not {"\x1b", "\x9b"} & set(result.stdout)
