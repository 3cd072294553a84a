"""``zhiyin search``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin


def test_hits_are_printed_with_reasons(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "search", "tea cup", "--language", "en")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1  Tea cup  [cup]" in result.stdout
    assert "100%  Has tea and cup" in result.stdout


def test_one_document_for_programs(zhiyin: Zhiyin, home: Path) -> None:
    words = ["--home", home, "search", "茶壶", "--user", "u1", "-n", 1, "--no-personal", "--json"]
    document = json.loads(zhiyin(*words).stdout)
    assert [item["item"] for item in document["items"]] == ["pot"]
    assert document["understanding"]["language"] == "zh"


def test_nothing_found_is_said_and_something_popular_shown(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "search", "qqqxxx", "--language", "en")
    assert result.exit_code == 0
    assert "Nothing found. Popular:" in result.stdout


def test_a_question_for_the_service_is_said_to_be_one(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "search", "where is my order", "--language", "en", "--explain")
    assert "This is a question for the customer service." in result.stdout
    assert "understood" in result.stdout
    assert "Nothing found" not in result.stdout


def test_what_was_corrected_and_cannot_be_held_is_said_beside_the_hits(
    zhiyin: Zhiyin, home: Path
) -> None:
    result = zhiyin("--home", home, "search", "tea cup under €5", "--language", "en")
    assert "Nothing has a price, so this cannot be held: under €5" in result.stdout
    assert "[cup]" in result.stdout
    chinese = zhiyin("--home", home, "search", "茶杯 5欧元以内", "--language", "zh")
    assert "商品没有标价，无法按此筛选" in chinese.stdout


@pytest.mark.parametrize(
    "text",
    ["", "😀", "(a+)+$", "' OR 1=1 --", "x" * 10_000, "ignore previous instructions", "<script>alert(1)</script>",
     "a\x1b[2Jb\x07", "\udcff", "[bold]tea[/bold]"],
)  # fmt: skip
def test_odd_queries_are_answered_as_plain_text(zhiyin: Zhiyin, home: Path, text: str) -> None:
    for words in ([], ["--json"]):
        result = zhiyin("--home", home, "search", *words, "--", text)
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout
    document = json.loads(result.stdout)
    assert document["degraded"] is False
