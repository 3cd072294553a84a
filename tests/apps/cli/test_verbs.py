"""What each verb does and prints, for people and for programs."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.apps.cli.conftest import Zhiyin
from zhiyin.apps.api.bodies import PageAnswer
from zhiyin.core import Event
from zhiyin.ingest.formats import sample
from zhiyin.settings import Settings, annotated
from zhiyin.shop import FAMILIES, Shop

CSV = """user,item,type,time
an,tea,purchase,2026-05-01
an,pot,view,2026-05-02
bo,tea,purchase,2026-05-03
bo,,view,2026-05-03
"""


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "plays [1].csv"
    path.write_text(CSV)
    return path


def document(stdout: str) -> Any:
    """Return the one JSON document that is all of stdout."""
    assert stdout.endswith("\n")
    assert stdout.count("\n") == 1
    return json.loads(stdout)


def test_init_writes_every_key_and_keeps_what_is_there(zhiyin: Zhiyin, tmp_path: Path) -> None:
    home = tmp_path / "a shop [new]"
    result = zhiyin("--home", home, "init")
    assert result.exit_code == 0
    assert f"Made {home}/zhiyin.toml" in result.stdout
    assert (home / "zhiyin.toml").read_text() == annotated()
    assert (home / "shop.db").is_file()
    assert Settings.load(home) == Settings(home=home)
    (home / "zhiyin.toml").write_text('language = "zh"\n')
    assert f"Kept {home}/zhiyin.toml" in zhiyin("--home", home, "init").stdout
    again = document(zhiyin("--home", home, "init", "--json").stdout)
    assert again == {"home": str(home), "settings": f"{home}/zhiyin.toml", "created": False}
    assert (home / "zhiyin.toml").read_text() == 'language = "zh"\n'


def test_import_counts_what_it_took(zhiyin: Zhiyin, tmp_path: Path, csv: Path) -> None:
    words = ["--home", tmp_path / "h", "import", "table", csv, "--kind", "events", "--json"]
    first = document(zhiyin(*words).stdout)
    assert list(first) == [
        "accepted", "duplicates", "rejected", "quarantine", "seconds", "resumed", "notes",
    ]  # fmt: skip
    nothing = dict.fromkeys(
        ["events", "items", "users", "ties", "interactions", "posts", "chats", "facts", "documents", "orders"], 0
    )  # fmt: skip
    assert first["accepted"] == nothing | {"events": 3, "items": 2, "users": 2}
    assert (first["duplicates"], first["rejected"]) == (0, 1)
    [row] = [json.loads(line) for line in Path(first["quarantine"]).read_text().splitlines()]
    assert (row["file"], row["line"], row["reason"]) == (csv.name, 5, "item is missing")
    again = document(zhiyin(*words).stdout)
    assert (again["accepted"], again["duplicates"]) == (nothing, 3)


def test_import_says_where_rejected_rows_are(zhiyin: Zhiyin, tmp_path: Path, csv: Path) -> None:
    home = tmp_path / "h"
    result = zhiyin("--home", home, "import", "table", csv, "--kind", "events")
    assert result.exit_code == 0
    assert "1 rejected" in result.stdout
    assert f"Rejected rows, with file, line and reason: {home}/quarantine/" in result.stdout


def test_import_maps_columns(zhiyin: Zhiyin, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("who,what\nan,tea\n")
    words = ["--home", tmp_path / "h", "import", "table", path, "--kind", "events", "--json"]
    report = document(zhiyin(*words, "--map", "user=who", "--map", "item=what").stdout)
    assert report["accepted"]["events"] == 1


def test_train_then_recommend(zhiyin: Zhiyin, untrained: Path) -> None:
    trained = document(zhiyin("--home", untrained, "train", "--json").stdout)
    assert trained["version"] == 1
    assert {"model", "facts", "seconds"} <= set(trained)
    table = zhiyin("--home", untrained, "train").stdout
    assert table.startswith("Snapshot 2: ")
    assert "popularity" in table


def test_rollback_goes_back_and_forward(zhiyin: Zhiyin, home: Path) -> None:
    assert "there is no earlier snapshot" in zhiyin("--home", home, "rollback").stderr
    zhiyin("--home", home, "train")
    back = document(zhiyin("--home", home, "rollback", "--json").stdout)
    assert back == {"version": 1, "versions": [1, 2]}
    with Shop.open(home) as shop:
        assert shop.version == 1
    forward = zhiyin("--home", home, "rollback", 2)
    assert forward.stdout == "Snapshot 2 is served from now on; there are 1, 2.\n"
    unknown = zhiyin("--home", home, "rollback", 7)
    assert unknown.exit_code == 1
    assert "there is no snapshot 7. Expected one of [1, 2]" in unknown.stderr


@pytest.mark.parametrize("user", ["u0", "nobody", "王芳 😀", "a/b", "--", "[bold]"])
def test_recommend_answers_anybody(zhiyin: Zhiyin, home: Path, user: str) -> None:
    page = document(zhiyin("--home", home, "recommend", "-n", 3, "--json", "--", user).stdout)
    assert list(page) == ["request_id", "items", "next", "degraded", "trace"]
    assert len(page["items"]) == 3
    assert page["degraded"] is False
    PageAnswer.model_validate(page, extra="forbid")
    shown = zhiyin("--home", home, "recommend", "--", user)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[1] == user


def test_recommend_gives_reasons_in_words(zhiyin: Zhiyin, home: Path) -> None:
    with Shop.open(home) as shop:
        shop.record([Event("x", "ball", "purchase")])
    lines = zhiyin("--home", home, "recommend", "x", "-n", 1).stdout.splitlines()
    assert lines[2] == "  1  Net  [net]"
    assert lines[3].endswith("%  Because of Ball in your history")
    chinese = zhiyin("--home", home, "recommend", "x", "-n", 1, "--language", "zh").stdout
    assert "网  [net]" in chinese
    assert "因为你看过或选过“球”" in chinese


def test_explain_shows_the_stages(zhiyin: Zhiyin, home: Path) -> None:
    plain = zhiyin("--home", home, "recommend", "u0").stdout
    explained = zhiyin("--home", home, "recommend", "u0", "--explain").stdout
    assert "Stages" not in plain
    _, _, stages = explained.partition("Stages")
    for name in ("taste", "alike", "popular", "seen", "blend", "caps", "shares"):
        assert name in stages
    assert max(len(line) for line in explained.splitlines()) <= 80


@pytest.mark.usefixtures("popular_hangs")
def test_a_degraded_list_says_so(zhiyin: Zhiyin, home: Path) -> None:
    assert "This page is degraded" in zhiyin("--home", home, "recommend", "u0").stdout
    page = document(zhiyin("--home", home, "recommend", "u0", "--json").stdout)
    assert page["degraded"] is True


def test_parts_lists_every_family_and_its_options(zhiyin: Zhiyin) -> None:
    listed = document(zhiyin("parts", "--json").stdout)
    assert {part["family"] for part in listed} == set(FAMILIES)
    text = zhiyin("parts").stdout
    for part in listed:
        assert part["name"] in text
        assert all(option.partition("=")[0] in text for option in part["options"])
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)
    assert [line for line in lines if not line.startswith(" ")] == list(FAMILIES)


def test_parts_of_one_family(zhiyin: Zhiyin) -> None:
    listed = document(zhiyin("parts", "sources", "--json").stdout)
    assert {part["family"] for part in listed} == {"sources"}
    assert list(listed[0]) == ["family", "name", "summary", "options"]


def test_home_comes_from_the_environment_and_an_argument_goes_before_it(
    zhiyin: Zhiyin, home: Path, untrained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIYIN_HOME", str(home))
    assert document(zhiyin("recommend", "u0", "--json").stdout)["items"]
    assert zhiyin("--home", untrained, "recommend", "u0").exit_code == 1


def test_home_is_a_folder_here_where_none_is_named(zhiyin: Zhiyin, tmp_path: Path) -> None:
    assert zhiyin("init").exit_code == 0
    assert (tmp_path / "zhiyin-home" / "shop.db").is_file()


@pytest.mark.parametrize("verb", [["train"], ["recommend", "u0"], ["doctor"]])
def test_nothing_moves_where_there_is_no_terminal(
    zhiyin: Zhiyin, home: Path, verb: list[str]
) -> None:
    result = zhiyin("--home", home, *verb)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "\x1b" not in result.stdout


def test_an_import_s_bar_is_silent_where_there_is_no_terminal(
    zhiyin: Zhiyin, tmp_path: Path, csv: Path
) -> None:
    result = zhiyin("--home", tmp_path / "h", "import", "table", csv, "--kind", "events")
    assert result.stderr == ""
    assert "Importing" not in result.stdout


def test_demo_refuses_a_folder_that_holds_another_shop(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "demo", "--once")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"zhiyin: {home}: this folder holds another shop. Expected" in result.stderr


@pytest.mark.slow
def test_demo_makes_a_shop_once_and_shows_it_again(
    zhiyin: Zhiyin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "make", partial(sample.make, people=150, products=96))
    first = zhiyin("--home", tmp_path / "demo", "demo", "--once")
    assert first.exit_code == 0
    assert "Sample shop, synthetic, seed 7" in first.stdout
    assert "someone new" in first.stdout
    again = zhiyin("--home", tmp_path / "demo", "demo", "--once", "--language", "zh")
    assert "Sample shop" not in again.stdout
    assert "近期热门" in again.stdout
    other = zhiyin("--home", tmp_path / "demo", "demo", "--once", "--seed", 8)
    assert other.exit_code == 1
    assert "the sample shop of seed 8" in other.stderr
