"""``zhiyin serve``: what cannot be served is told before anything is opened."""

from __future__ import annotations

from pathlib import Path

from tests.apps.cli.conftest import Zhiyin


def test_one_shop_and_a_folder_of_shops_are_too_many(zhiyin: Zhiyin, tmp_path: Path) -> None:
    result = zhiyin("--home", tmp_path / "home", "serve", "--shops", tmp_path)
    assert result.exit_code == 1
    assert "--home and --shops: one shop and a folder of shops are named" in result.stderr
    assert not (tmp_path / "home").exists()
