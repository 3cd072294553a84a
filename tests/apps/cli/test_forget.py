"""``zhiyin forget`` says what went, and brings nobody back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.apps.cli.conftest import Zhiyin
from zhiyin import Event, Shop


def shop_of(home: Path) -> None:
    with Shop.open(home) as shop:
        shop.record([Event("an", "tea"), Event("an", "pot"), Event("bo", "tea")])
        shop.train()


def test_it_tells_what_went_and_what_is_left_to_do(zhiyin: Zhiyin, tmp_path: Path) -> None:
    shop_of(tmp_path)
    result = zhiyin("--home", tmp_path, "forget", "an")
    assert result.exit_code == 0
    assert "events" in result.stdout
    assert "Yours to do: dumps, exports and backups" in result.stdout
    assert zhiyin("--home", tmp_path, "forget", "nobody").exit_code == 1


def test_the_receipt_is_json_and_a_dump_from_before_is_restored_without_the_person(
    zhiyin: Zhiyin, tmp_path: Path
) -> None:
    home, fresh, file = tmp_path / "home", tmp_path / "fresh", tmp_path / "d.zip"
    shop_of(home)
    assert zhiyin("--home", home, "dump", file).exit_code == 0
    receipt = json.loads(zhiyin("--home", home, "forget", "an", "--train", "--json").stdout)
    assert receipt["weights"] == "trained"
    assert receipt["snapshots_holding"] == []
    fresh.mkdir()
    (home / "forgotten").rename(fresh / "forgotten")
    told = json.loads(zhiyin("--home", fresh, "restore", file, "--json").stdout)
    assert told["forgotten_again"] == 1
    with Shop.open(fresh) as shop:
        assert shop.store.history(0).items.size == 0
        assert shop.store.history(1).items.size == 1
