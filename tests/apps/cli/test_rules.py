"""``zhiyin rules``: what is said of items, tried, changed and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin
from zhiyin.shop import Shop


def told(zhiyin: Zhiyin, home: Path, *words: str) -> dict:  # type: ignore[type-arg]
    result = zhiyin("--home", home, "rules", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def test_a_rule_from_adding_to_removing(zhiyin: Zhiyin, home: Path) -> None:
    added = told(
        zhiyin, home, "add", "exclude", 'id = "net"', "--by", "li", "--note", "recall",
        "--surface", "home", "--from", "2026-11-25", "--until", "2026-12-02T08:00+08:00",
    )  # fmt: skip
    assert added["valid_from"] == "2026-11-25T00:00:00Z"
    assert added["valid_until"] == "2026-12-02T00:00:00Z"
    assert (added["set_by"], added["surfaces"], added["lacking"]) == ("li", ["home"], [])
    changed = told(
        zhiyin, home, "change", added["id"], "--until", "", "--surface", "", "--by", "an"
    )
    assert (changed["valid_until"], changed["surfaces"]) == (None, [])
    assert changed["valid_from"] == added["valid_from"]
    assert changed.pop("items") == 1
    assert told(zhiyin, home, "list")["rules"] == [changed]
    lines = zhiyin("--home", home, "rules", "list").stdout
    assert "exclude" in lines
    assert "recall" in lines
    told(zhiyin, home, "remove", added["id"], "--by", "bo")
    assert told(zhiyin, home, "list") == {"rules": []}
    done = told(zhiyin, home, "list", "--changes")["changes"]
    assert [(one["act"], one["rule"]["set_by"]) for one in done] == [
        ("added", "li"), ("changed", "an"), ("removed", "bo"),
    ]  # fmt: skip
    assert "removed" in zhiyin("--home", home, "rules", "list", "--changes").stdout
    assert "No rules." in zhiyin("--home", home, "rules", "list").stdout


def test_times_without_a_zone_are_the_shop_s_own(
    zhiyin: Zhiyin, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIYIN_READING__TIME_ZONE", "Asia/Shanghai")
    added = told(zhiyin, home, "add", "bury", "stock < 3", "--from", "2026-11-25", "--by", "li")
    assert added["valid_from"] == "2026-11-24T16:00:00Z"


def test_a_pin_is_seen_by_shoppers_as_promoted(zhiyin: Zhiyin, home: Path) -> None:
    told(zhiyin, home, "add", "pin", "--item", "net", "--place", "1", "--by", "li")
    lines = zhiyin("--home", home, "recommend", "u0", "-n", "2").stdout.splitlines()
    assert lines[2].endswith("Net  [net]")
    assert lines[3].strip() == "Promoted by the shop"
    chinese = zhiyin("--home", home, "recommend", "u0", "-n", "2", "--language", "zh").stdout
    assert "本店推广" in chinese


def test_a_preview_tells_both_pages_and_stores_nothing(zhiyin: Zhiyin, home: Path) -> None:
    words = ("preview", "pin", 'id = "net"', "--place", "1", "--user", "u0", "-n", "2")
    document = told(zhiyin, home, *words)
    assert document["items"] == 1
    assert document["examples"] == [{"item": "net", "title": "Net"}]
    assert document["before"][0]["id"] != "net"
    assert (document["after"][0]["id"], document["after"][0]["promoted"]) == ("net", True)
    assert "Net [net] (promoted)" in zhiyin("--home", home, "rules", *words).stdout
    with Shop.open(home) as shop:
        assert shop.rules.changes() == []


def test_a_preview_of_the_feed(zhiyin: Zhiyin, home: Path) -> None:
    document = told(
        zhiyin, home, "preview", "bury", 'id = "tea"', "--user", "u1", "--surface", "feed"
    )
    assert document["after"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "pin", 'id = "a"', "--by", "li"), 1, "pin needs it"),
        (("add", "exclud", 'id = "a"', "--by", "li"), 1, 'did you mean "exclude"'),
        (("add", "bury", "pric < 3", "--by", "li"), 1, "where, character 1, “pric < 3”"),
        (("add", "bury", "--by", "li"), 1, "it says of no item"),
        (("add", "bury", "stock < 3", "--item", "a"), 2, "give one of them"),
        (("add", "bury", "stock < 3", "--from", "soon"), 1, "is no time"),
        (("add", "bury", "stock < 3", "--surface", "hom"), 1, 'did you mean "home"'),
        (("remove", "never", "--by", "li"), 1, "zhiyin rules list"),
        (("change", "never", "--place", "2"), 1, "zhiyin rules list"),
        (("preview", "bury", "stock < 3", "--surface", "hom"), 2, 'did you mean "home"'),
    ],
)
def test_what_is_wrong_is_said(
    zhiyin: Zhiyin, home: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    result = zhiyin("--home", home, "rules", *words)
    assert result.exit_code == code
    assert said in result.stderr.replace("│", "")


def test_settings_that_lack_a_part_are_told(zhiyin: Zhiyin, home: Path) -> None:
    (home / "zhiyin.toml").write_text('[pipelines.home]\nfilters = [{ type = "in_stock" }]\n')
    result = zhiyin("--home", home, "rules", "add", "exclude", "stock < 1", "--by", "li")
    assert "pipelines.home.filters does not name allowed" in result.stdout


def test_a_rule_for_searches_with_some_words(zhiyin: Zhiyin, home: Path) -> None:
    words = ("exclude", "--item", "net", "--query", "net")
    tried = told(zhiyin, home, "preview", *words)
    assert [one["id"] for one in tried["before"]] == ["net"]
    assert tried["after"] == []
    assert told(zhiyin, home, "preview", *words, "--search", "tea")["after"] != []
    added = told(zhiyin, home, "add", *words, "--by", "li")
    assert (added["query"], added["surfaces"]) == ("net", ["search"])
    assert "“net”" in zhiyin("--home", home, "rules", "list").stdout
    refused = zhiyin("--home", home, "rules", "add", *words, "--surface", "home", "--by", "li")
    assert refused.exit_code == 1
    assert "the surface search alone" in refused.stderr
    changed = told(zhiyin, home, "change", added["id"], "--query", "", "--by", "an")
    assert (changed["query"], changed["surfaces"]) == ("", ["search"])
