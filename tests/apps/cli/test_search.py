"""``zhiyin search``."""

from __future__ import annotations

import json
from pathlib import Path

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
