"""The verb chat: turns as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from tests.apps.cli.conftest import Zhiyin
from tests.assistant.conftest import fill, settings_in
from zhiyin.shop import Shop


def test_turns_are_printed_and_told_as_json(zhiyin: Zhiyin, tmp_path: Path) -> None:
    home = settings_in(tmp_path / "home")
    with Shop.open(home) as shop:
        fill(shop)
    words = ("--home", home, "chat", "--user", "an", "--say", "多久发货？", "--say", "转人工")
    shown = zhiyin(*words)
    assert shown.exit_code == 0
    assert "付款后48小时内发货。" in shown.stdout
    told = json.loads(zhiyin(*words, "--json").stdout)
    first, second = told["turns"]
    assert first["said"] == "多久发货？"
    assert (first["lane"], second["lane"]) == ("answer", "human")
    assert {"lane", "text", "citations", "tools", "intent", "emotion"} <= first.keys()
    assert second["handover"]["reason"] == "asked"


def test_what_is_typed_is_answered_until_it_ends(zhiyin: Zhiyin, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from zhiyin.apps.cli.main import app

    home = settings_in(tmp_path / "home")
    with Shop.open(home) as shop:
        fill(shop)
    ran = CliRunner().invoke(app, ["--home", str(home), "chat"], input="hello\n\nbye\n")
    assert ran.exit_code == 0
    assert "Goodbye" in ran.stdout


def test_without_a_shop_it_says_where_it_looked(zhiyin: Zhiyin, tmp_path: Path) -> None:
    ran = zhiyin("--home", tmp_path / "nowhere", "chat", "--say", "hello")
    assert ran.exit_code == 1
    assert "no shop is in this folder" in ran.stderr
