"""``zhiyin portrait``: sentences with receipts, each of which can be removed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin
from zhiyin.core.records import Fact
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

TIME = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def known(home: Path) -> Path:
    """The home of a shop that read what u2 likes."""
    facts = [
        Fact("u2", "interest", value, subject_kind="person", user="u2", source=f"post:{value}", time=TIME,
             method="rule", confidence=0.8, span="x")
        for value in ("hiking", "cooking")
    ]  # fmt: skip
    with Shop.open(home) as shop:
        shop.store.write("facts", frame(facts))
    return home


def test_a_portrait_is_sentences_with_what_they_stand_on(zhiyin: Zhiyin, known: Path) -> None:
    lines = zhiyin("--home", known, "portrait", "u2", "--language", "en").stdout.splitlines()
    assert lines[1] == "What this shop knows of u2"
    at = lines.index("  From what you wrote, you like hiking")
    assert lines[lines.index("Interests and life") + 1].startswith("  From what you wrote")
    assert lines[at + 1].endswith("  post:hiking")
    chinese = zhiyin("--home", known, "portrait", "u2", "--language", "zh").stdout
    assert "兴趣与生活\n" in chinese
    assert "  从你写的来看，你喜欢徒步\n" in chinese


def test_a_portrait_for_programs_is_one_document(zhiyin: Zhiyin, known: Path) -> None:
    (known / "zhiyin.local.toml").write_text('language = "zh"\n')
    told = json.loads(zhiyin("--home", known, "portrait", "u2", "--json").stdout)
    assert (told["user"], told["language"]) == ("u2", "zh")
    said = {one["about"]: one for one in told["statements"]}
    assert said["hiking"]["text"] == "从你写的来看，你喜欢徒步"
    assert said["hiking"]["evidence"] == [
        {"type": "post", "source": "post:hiking", "time": "2026-05-01T00:00:00+00:00"}
    ]


def test_what_is_removed_stays_away(zhiyin: Zhiyin, known: Path) -> None:
    words = ["--home", known, "portrait", "u2"]
    said = json.loads(zhiyin(*words, "--json").stdout)["statements"]
    gone = next(one["id"] for one in said if one["about"] == "hiking")
    assert zhiyin(*words, "--language", "en", "--remove", gone).stdout == (
        "Removed: this will not be said of u2 again.\n"
    )
    again = json.loads(zhiyin(*words, "--remove", gone, "--json").stdout)
    assert again == {"user": "u2", "removed": gone}
    left = json.loads(zhiyin(*words, "--json").stdout)["statements"]
    assert [one["id"] for one in left] == [one["id"] for one in said if one["id"] != gone]


def test_of_whom_nothing_is_known_it_says_what_would_help(zhiyin: Zhiyin, home: Path) -> None:
    with Shop.open(home) as shop:
        shop.put("users", [{"id": "newcomer"}])
    result = zhiyin("--home", home, "portrait", "newcomer", "--language", "en")
    assert "Nothing yet. It comes with what you look at" in result.stdout
    told = json.loads(zhiyin("--home", home, "portrait", "newcomer", "--json").stdout)
    assert told["statements"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nobody"], "nobody has the id nobody. Expected "),
        (["u2", "--remove", "beef"], "no statement about u2 has the id beef. Expected "),
        (["\udcff\udcfe"], "nobody has the id "),
    ],
)
def test_what_is_not_there_is_said_in_four_parts(
    zhiyin: Zhiyin, home: Path, words: list[str], says: str
) -> None:
    result = zhiyin("--home", home, "portrait", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert "Next: zhiyin " in result.stderr


def test_before_a_training_it_names_the_next_step(zhiyin: Zhiyin, untrained: Path) -> None:
    result = zhiyin("--home", untrained, "portrait", "u2")
    assert result.exit_code == 1
    assert "Next: zhiyin train" in result.stderr
