"""``zhiyin check`` for people and for programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.apps.cli.conftest import Zhiyin
from zhiyin.core import Event, Item
from zhiyin.shop import Shop
from zhiyin.store.frames import frame


def plant_the_future(home: Path) -> None:
    late = datetime.now(UTC) + timedelta(days=400)
    with Shop.open(home) as shop:
        shop.store.write("events", frame([Event("u0", "tea", "purchase", time=late)]))


def test_a_sound_shop_is_ok_and_may_have_warnings(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "check", "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    findings = {row["check"]: row for row in json.loads(result.stdout)}
    assert set(findings["size.people"]) == {
        "check", "status", "found", "of", "what", "examples", "advice",
    }  # fmt: skip
    assert findings["store.sound"]["status"] == "PASS"
    assert findings["size.people"]["status"] == "WARN"
    assert findings["items.price"]["found"] == 6


def test_a_failure_is_one_with_examples_and_advice(zhiyin: Zhiyin, home: Path) -> None:
    plant_the_future(home)
    result = zhiyin("--home", home, "check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    [place] = [n for n, line in enumerate(lines) if line.startswith("FAIL")]
    assert lines[place].split()[:2] == ["FAIL", "times.future"]
    below = lines[place + 1 :]
    head = next(n for n, line in enumerate(below) if line.split()[:1] == ["person"])
    assert below[head].split() == ["person", "item", "type", "time", "title"]
    assert below[head + 1].split()[:3] == ["u0", "tea", "purchase"]
    assert below[head + 1].split()[-1] == "绿茶"
    assert below[head + 2].strip().startswith("What to do: Look for a wrong unit")
    assert " 1 FAIL, " in lines[-1]
    assert zhiyin("--home", home, "check", "--json").exit_code == 1


def test_what_there_is_not_is_only_counted(zhiyin: Zhiyin, home: Path) -> None:
    said = zhiyin("--home", home, "check").stdout
    assert "posts.copied" not in said
    assert "more had nothing to look at" in said
    assert "posts.copied" in zhiyin("--home", home, "check", "--json").stdout


def test_no_text_of_the_shop_reaches_the_terminal_as_a_command(zhiyin: Zhiyin, home: Path) -> None:
    with Shop.open(home) as shop:
        shop.store.write("items", frame([Item("evil", title="\x1b[2Jcaf\ufffd [red]x")]))
    said = zhiyin("--home", home, "check").stdout
    assert "\x1b" not in said
    assert "[2Jcaf\ufffd [red]x" in said


def test_a_home_that_is_not_there_is_not_made(zhiyin: Zhiyin, tmp_path: Path) -> None:
    result = zhiyin("--home", tmp_path / "typo", "check")
    assert result.exit_code == 1
    assert "zhiyin init" in result.stderr
    assert not (tmp_path / "typo").exists()
