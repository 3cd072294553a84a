"""The verb insights: gaps as a table and as JSON, and approved."""

from __future__ import annotations

import json
from pathlib import Path

from tests.apps.cli.conftest import Zhiyin
from tests.assistant.conftest import Talker, fill, settings_in
from zhiyin.shop import Shop


def test_gaps_are_listed_approved_and_gone(zhiyin: Zhiyin, tmp_path: Path) -> None:
    home = settings_in(tmp_path / "home")
    words = ("--home", home, "insights", "gaps")
    with Shop.open(home) as shop:
        fill(shop)
    assert "No gaps." in zhiyin(*words).stdout
    with Shop.open(home) as shop:
        say = Talker(shop, "an")
        say("Can the zoo adopt my parrot")
        shop.conversations.say_as_agent(say.id, "Only on Mondays.")
    assert "Mondays." in zhiyin(*words).stdout
    [gap] = json.loads(zhiyin(*words, "--json").stdout)["gaps"]
    assert (gap["n"], gap["draft"], gap["n_unsolved"]) == (1, "Only on Mondays.", 0)
    told = zhiyin(*words, "--approve", gap["id"], "--answer", "On Mondays.", "--json")
    assert json.loads(told.stdout)["text"] == "On Mondays."
    assert zhiyin(*words, "--approve", "nothing").exit_code == 1
    assert zhiyin(*words, "--answer", "On Mondays.").exit_code == 2
    chat = zhiyin("--home", home, "chat", "--say", "Can the zoo adopt my parrot", "--json")
    assert json.loads(chat.stdout)["turns"][0]["text"] == "On Mondays."
