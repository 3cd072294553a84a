"""``zhiyin doctor`` tells what was found, to people and to programs; what is found is tested in its room."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin

CHECKS = [
    "python", "packages", "settings", "home", "disk", "secrets", "leftovers", "models", "port", "database", "schema",
    "integrity", "log", "clock", "snapshot", "earlier", "search", "page",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _a_port_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIYIN_API__PORT", "0")


def statuses(stdout: str) -> dict[str, str]:
    return {row["check"]: row["status"] for row in json.loads(stdout)}


def test_a_sound_home_passes(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "doctor", "--json")
    assert result.exit_code == 0
    assert statuses(result.stdout) == dict.fromkeys(CHECKS, "PASS")
    lines = zhiyin("--home", home, "doctor").stdout.splitlines()
    assert [line.split()[:2] for line in lines if line.startswith("PASS")] == [
        ["PASS", check] for check in CHECKS
    ]
    assert lines[-1] == "18 checks: none not well"
    assert max(map(len, lines)) <= 80


def test_what_fails_is_told_in_parts_and_by_the_exit_code(zhiyin: Zhiyin, home: Path) -> None:
    (home / "shop.db").write_bytes(b"this is no database " * 500)
    result = zhiyin("--home", home, "doctor", "--json")
    assert result.exit_code == 1
    [failed] = [row for row in json.loads(result.stdout) if row["status"] == "FAIL"]
    assert failed["check"] == "database"
    assert "not a database" in failed["found"]
    assert "shop.db" in failed["where"]
    assert failed["expected"]
    assert failed["next_step"]
    assert zhiyin("--home", home, "doctor").exit_code == 1


def test_what_may_go_wrong_later_is_told_and_no_failure(zhiyin: Zhiyin, home: Path) -> None:
    import sqlite3

    database = sqlite3.connect(home / "shop.db")
    database.execute("PRAGMA journal_mode = DELETE")
    database.close()
    result = zhiyin("--home", home, "doctor")
    assert result.exit_code == 0
    assert [line.split()[1] for line in result.stdout.splitlines() if line.startswith("WARN")] == [
        "log"
    ]


def test_an_untrained_shop_says_what_is_next(zhiyin: Zhiyin, untrained: Path) -> None:
    result = zhiyin("--home", untrained, "doctor", "--json")
    assert result.exit_code == 1
    assert statuses(result.stdout)["database"] == "PASS"
    assert "Next: zhiyin train" in result.stdout
