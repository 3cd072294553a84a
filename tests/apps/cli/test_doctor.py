"""``zhiyin doctor`` on a sound home and on damaged ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin
from zhiyin.shop import Shop


def statuses(stdout: str) -> dict[str, str]:
    return {row["check"]: row["status"] for row in json.loads(stdout)}


def damage(home: Path) -> Path:
    """Change one byte of the snapshot's numbers, and return the file."""
    path = home / "snapshots" / "000001" / "popularity.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 0xFF
    path.write_bytes(content)
    return path


def test_a_sound_home_passes(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "doctor", "--json")
    assert result.exit_code == 0
    checks = ("software", "home", "database", "snapshot", "list")
    assert statuses(result.stdout) == dict.fromkeys(checks, "PASS")
    lines = zhiyin("--home", home, "doctor").stdout.splitlines()
    assert [line.split()[:2] for line in lines if line.startswith("PASS")] == [
        ["PASS", check] for check in checks
    ]
    assert max(map(len, lines)) <= 80


def test_a_damaged_snapshot_is_named(zhiyin: Zhiyin, home: Path) -> None:
    path = damage(home)
    result = zhiyin("--home", home, "doctor", "--json")
    assert result.exit_code == 1
    failed = [row for row in json.loads(result.stdout) if row["status"] == "FAIL"]
    assert any(str(path) in row["found"] and "damaged" in row["found"] for row in failed)
    assert zhiyin("--home", home, "doctor").exit_code == 1


def test_a_garbage_database_is_named(zhiyin: Zhiyin, home: Path) -> None:
    (home / "shop.db").write_bytes(b"this is no database " * 500)
    result = zhiyin("--home", home, "doctor", "--json")
    assert result.exit_code == 1
    [failed] = [row for row in json.loads(result.stdout) if row["status"] == "FAIL"]
    assert "shop.db" in failed["found"]
    assert "not a database" in failed["found"]


def test_wrong_settings_are_named(zhiyin: Zhiyin, home: Path) -> None:
    (home / "zhiyin.toml").write_text("[api]\nprot = 80\n")
    result = zhiyin("--home", home, "doctor", "--json")
    assert statuses(result.stdout)["settings"] == "FAIL"
    assert 'did you mean \\"port\\"' in result.stdout


def test_a_home_that_is_not_there_is_not_made(zhiyin: Zhiyin, tmp_path: Path) -> None:
    result = zhiyin("--home", tmp_path / "typo", "doctor", "--json")
    assert result.exit_code == 1
    assert statuses(result.stdout) == {"software": "PASS", "home": "FAIL"}
    assert "zhiyin init" in result.stdout
    assert not (tmp_path / "typo").exists()


def test_an_untrained_shop_says_what_is_next(zhiyin: Zhiyin, untrained: Path) -> None:
    result = zhiyin("--home", untrained, "doctor", "--json")
    assert result.exit_code == 1
    assert statuses(result.stdout)["database"] == "PASS"
    assert "Next: zhiyin train" in result.stdout


@pytest.mark.usefixtures("popular_hangs")
def test_a_degraded_list_is_named_with_its_stage(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "doctor", "--json")
    assert statuses(result.stdout)["list"] == "FAIL"
    assert "sources/popular late" in result.stdout


def test_numbers_that_were_never_given_are_found(zhiyin: Zhiyin, home: Path) -> None:
    import sqlite3

    with sqlite3.connect(home / "shop.db") as database:
        database.execute("UPDATE events SET item = 999 WHERE id = 1")
    database.close()
    result = zhiyin("--home", home, "doctor", "--json")
    assert statuses(result.stdout)["database"] == "FAIL"
    assert "item 999 was never given" in result.stdout


def test_the_doctor_changes_nothing(zhiyin: Zhiyin, home: Path) -> None:
    with Shop.open(home) as shop:
        before = (shop.store.revision(), shop.version)
    zhiyin("--home", home, "doctor")
    with Shop.open(home) as shop:
        assert (shop.store.revision(), shop.version) == before
