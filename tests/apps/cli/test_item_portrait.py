"""``zhiyin portrait --item``, and a person's portrait in the words of a chat model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin
from tests.language.test_chat_structured import Scripted
from zhiyin.core.records import Fact
from zhiyin.portraits.rewording import Rewriter
from zhiyin.shop import Shop
from zhiyin.store.frames import frame


def test_an_item_is_told_of_in_sentences(zhiyin: Zhiyin, home: Path) -> None:
    words = ["--home", home, "portrait", "--item", "tea"]
    lines = zhiyin(*words, "--language", "en").stdout.splitlines()
    assert lines[1] == "Green tea  [tea]"
    assert lines[lines.index("How it is known") + 1] == "  Chosen or looked at by 4 people"
    assert lines[lines.index("What goes with it") + 1].startswith("  Goes with “")
    assert "与它相配的\n" in zhiyin(*words, "--language", "zh").stdout
    told = json.loads(zhiyin(*words, "--json").stdout)
    assert (told["item"], told["people"], told["language"]) == ("tea", 4, "en")


@pytest.mark.parametrize(
    "words",
    [[], ["u2", "--item", "tea"], ["--item", "tea", "--reword"], ["--item", "tea", "--remove", "x"]],
)  # fmt: skip
def test_one_of_a_user_and_an_item_is_named(zhiyin: Zhiyin, home: Path, words: list[str]) -> None:
    result = zhiyin("--home", home, "portrait", *words)
    assert (result.exit_code, result.stdout) == (2, "")


def test_an_item_that_is_not_there_is_said_in_four_parts(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "portrait", "--item", "nothing")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no item has the id nothing. Expected " in result.stderr
    assert "Next: zhiyin " in result.stderr


def test_without_a_chat_model_rewording_says_how_to_name_one(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "portrait", "u2", "--reword")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("zhiyin: reading.chat: no chat model is named")
    assert (
        'Next: write chat = {type = "llama"} below [reading] of zhiyin.local.toml' in result.stderr
    )


def test_sentences_that_a_model_rewords_say_so(
    zhiyin: Zhiyin, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    likes = Fact(
        "u2",
        "interest",
        "hiking",
        subject_kind="person",
        user="u2",
        source="post:p",
        method="rule",
        confidence=0.8,
    )
    with Shop.open(home) as shop:
        shop.store.write("facts", frame([likes]))
    plain = json.loads(
        zhiyin("--home", home, "portrait", "u2", "--language", "en", "--json").stdout
    )
    told = plain["statements"]
    assert told, "there is something to reword"
    model = Scripted(
        *(json.dumps({"sentence": one["text"] + ", and you are rich"}) for one in told)
    )

    monkeypatch.setattr(Rewriter, "_made", lambda _: model)
    words = ["--home", home, "portrait", "u2", "--language", "en", "--reword", "--json"]
    again = json.loads(zhiyin(*words).stdout)["statements"]
    assert again == [{**one, "reworded": False} for one in told]
