"""``zhiyin why``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.apps.cli.conftest import Zhiyin
from zhiyin.apps.api.explain_bodies import Explained
from zhiyin.shop import Shop


@pytest.fixture
def request_id(home: Path) -> str:
    with Shop.open(home) as shop:
        return shop.recommend("u0", n=2).request_id


def test_a_page_that_was_shown(zhiyin: Zhiyin, home: Path, request_id: str) -> None:
    result = zhiyin("--home", home, "why", request_id, "tea", "--language", "en")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "It stands at place 1" in result.stdout
    assert "As it was shown" in result.stdout
    assert "affinity" in result.stdout


def test_a_new_page(zhiyin: Zhiyin, home: Path) -> None:
    words = ["--home", home, "why", "--user", "u0", "--surface", "home", "-n", 1]
    english = zhiyin(*words, "net", "--language", "en").stdout
    assert "behind the page's last" in english
    assert "As it was shown" not in english
    assert "没有进入这一页" in zhiyin(*words, "net", "--language", "zh").stdout


def test_a_search(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "why", "net", "--query", "tea cup", "--language", "en")
    assert "No source proposed it" in result.stdout


def test_one_document_for_programs(zhiyin: Zhiyin, home: Path, request_id: str) -> None:
    document = json.loads(zhiyin("--home", home, "why", request_id, "tea", "--json").stdout)
    Explained.model_validate(document, extra="forbid")
    assert document["now"]["differs"] is False


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nothing", "tea"], 1),
        (["\udcff", "tea"], 1),
        (["\udcff"], 1),
        (["nix"], 1),
        (["a", "b", "c"], 2),
        (["a", "tea", "--user", "u0"], 2),
        ([], 2),
        (["tea", "--surface", "hom"], 2),
    ],
)
def test_what_cannot_be_told(zhiyin: Zhiyin, home: Path, words: list[str], code: int) -> None:
    result = zhiyin("--home", home, "why", *words)
    assert result.exit_code == code
    assert result.stdout == ""
