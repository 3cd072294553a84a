"""What is made to hold people's data only its owner may read; what was there keeps its rights."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhiyin.core import Event
from zhiyin.shop import Shop


@pytest.fixture(autouse=True)
def _open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_home_and_its_files_are_their_owner_s(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "bad.csv").write_text("user,item\n,tea\nan,pot\n")
    with Shop.open(home) as shop:
        shop.record([Event("an", "tea")])
        report = shop.ingest("table", [tmp_path / "bad.csv"], {"kind": "events"})
        assert report.quarantine is not None
        assert rights(report.quarantine) == 0o600
        beside = {path.name: rights(path) for path in home.glob("shop.db*")}
    assert beside == dict.fromkeys(["shop.db", "shop.db-shm", "shop.db-turn", "shop.db-wal"], 0o600)
    assert rights(home) == 0o700


def test_what_was_there_keeps_its_rights(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o750)
    (home / "shop.db").touch(mode=0o640)
    with Shop.open(home) as shop:
        shop.record([Event("an", "tea")])
    assert (rights(home), rights(home / "shop.db")) == (0o750, 0o640)
