"""``zhiyin evaluate``: the shop's own lists in tables, JSON and a report."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.apps.cli.conftest import Zhiyin
from tests.apps.report.answers import answer

Asked = dict[str, Any]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Let the evaluation answer at once, and return what it was asked."""
    options: Asked = {}

    def evaluate(shop: Any, *, progress: Any, **more: Any) -> dict[str, Any]:
        progress(0.7, 5)
        progress(1.0, 0)
        options.update(more)
        return answer()

    module = ModuleType("zhiyin.bench.own_data")
    module.evaluate = evaluate  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return options


def test_it_prints_the_answer_as_one_document(zhiyin: Zhiyin, home: Path, asked: Asked) -> None:
    words = ["-k", 5, "--people", 50, "--trials", 2, "--seed", 9, "--provider", "seller"]
    words += ["--journal", "j.jsonl"]
    result = zhiyin("--home", home, "evaluate", *words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count("\n") == 1
    assert json.loads(result.stdout) == answer()
    assert asked == {
        "surface": "home",
        "k": 5,
        "people": 50,
        "trials": 2,
        "seed": 9,
        "provider": "seller",
        "journal": Path("j.jsonl"),
    }


@pytest.mark.usefixtures("asked")
def test_people_read_the_verdict_first(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "evaluate")
    assert (result.exit_code, result.stderr) == (0, "")
    verdict, figures, *_ = result.stdout.splitlines()
    assert verdict == "Yes: what the shop serves beats the best baseline, item-knn."
    assert figures.startswith("NDCG@5 is 0.3123 for the shop's pipeline and 0.2623 for item-knn")
    assert "Serving: 60 pages · 2 degraded · p50, ms: 3.25 · p99, ms: 9.5\n" in result.stdout


@pytest.mark.usefixtures("asked")
def test_people_read_of_gaps_and_of_brands(
    zhiyin: Zhiyin, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    lines = [line.split() for line in zhiyin("--home", home, "evaluate").stdout.splitlines()]
    found = [".0735", "[.0585,", ".1085]", ".0175", ".0215", ".0615"]
    assert ["gender", "man", "woman", *found] in lines
    assert ["pipeline", ".4785", "[.4160,", ".5160]", ".0550"] in lines
    assert ["b10", "41", "3.15%", "9.15%", "1.25", "[0.62,", "2.50]"] in lines
    assert not any(line[:1] == ["b05"] for line in lines)  # neither end


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("language", "said"), [("en", "Yes: "), ("zh", "结论：")])
def test_it_writes_a_report(zhiyin: Zhiyin, home: Path, language: str, said: str) -> None:
    words = ["--home", home, "evaluate", "--html", "report [1].html"]
    assert "Report: report [1].html\n" in zhiyin(*words, "--lang", language).stdout
    assert f"<h1>{said}" in Path("report [1].html").read_text("utf-8")
    told = json.loads(zhiyin(*words, "--json").stdout)
    assert told == {**answer(), "html": "report [1].html"}


@pytest.mark.usefixtures("asked")
def test_a_report_speaks_the_shop_s_language(zhiyin: Zhiyin, home: Path) -> None:
    (home / "zhiyin.toml").write_text('language = "zh"\n')
    assert zhiyin("--home", home, "evaluate", "--html", "r.html").exit_code == 0
    assert '<html lang="zh-CN">' in Path("r.html").read_text("utf-8")


def test_a_file_that_cannot_be_written_is_said_before_the_work(
    zhiyin: Zhiyin, home: Path, asked: Asked
) -> None:
    result = zhiyin("--home", home, "evaluate", "--html", "missing/report.html", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("zhiyin: missing/report.html: ")
    assert asked == {}


def test_a_mistyped_home_makes_no_shop(zhiyin: Zhiyin, tmp_path: Path, asked: Asked) -> None:
    result = zhiyin("--home", tmp_path / "x", "evaluate", "--html", "report.html")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no shop is in this folder" in result.stderr
    assert list(tmp_path.iterdir()) == []
    assert asked == {}


def test_a_real_shop_is_judged_and_left_as_it_is(zhiyin: Zhiyin, home: Path) -> None:
    before = (home / "shop.db").read_bytes()
    result = zhiyin("--home", home, "evaluate", "-k", 3, "--trials", 1, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert {"pipeline", "popularity", "random"} <= set(found["models"])
    assert "ndcg@3" in found["models"]["pipeline"]
    assert zhiyin("--home", home, "evaluate", "-k", 3, "--trials", 1).exit_code == 0
    assert (home / "shop.db").read_bytes() == before
