"""The report is one whole page that needs nothing else, and says what the answer says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.apps.report.answers import HOSTILE, against, answer, model
from zhiyin.apps.report.page import page

LANGUAGES = ["en", "zh"]
VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Reads a page, and refuses elements that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def values(self) -> set[float]:
        return {float(a["value"] or "nan") for tag, a in self.seen if tag == "data"}


def leaves(value: Any) -> set[float]:
    """Return all numbers of a document."""
    if isinstance(value, dict):
        return set().union(*map(leaves, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(leaves, value))
    return {float(value)} if isinstance(value, int | float) else set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_answer_is_in_it_to_the_last_digit(language: str) -> None:
    document = answer()
    shown = Reader(page(document, language)).values
    for name in ("pipeline", "popularity", "item-knn", "friends"):
        row = document["models"][name]
        kept = {key: row[key] for key in row if key not in ("params", "slices")}
        assert leaves(kept) <= shown
        assert set(row["slices"]["history 3-7"]["ndcg@5"]) <= shown
    for group in (document["cold"]["cold items"], document["repeats"]):
        assert leaves(group["models"]) <= shown
    for part in ("serving", "training", "data", "protocol"):
        assert leaves(document[part]) <= shown
    people, providers = document["fairness"]["people"], document["fairness"]["providers"]
    assert leaves(people["gender"]["models"]["pipeline"]) <= shown
    for name in ("pipeline", "popularity"):
        one = providers["models"][name]
        assert {*one["disparity"], *one["by_chance"]} <= shown
    assert leaves(providers["providers"]["b10"]) <= shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_four_pictures_each_with_a_title_and_a_description(language: str) -> None:
    text = page(answer(), language)
    pictures = [ET.fromstring(found) for found in re.findall(r"<svg.*?</svg>", text, re.DOTALL)]
    assert len(pictures) == 4
    for picture in pictures:
        title, described = picture.find("title"), picture.find("desc")
        assert title is not None
        assert title.text
        assert described is not None
        assert described.text
        assert picture.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_stay_inside_their_frame(language: str) -> None:
    text = page(answer(), language)
    for found in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        picture = ET.fromstring(found)
        _, _, width, height = map(float, picture.attrib["viewBox"].split())
        for element in picture.iter():
            for key, value in element.attrib.items():
                if key in ("x", "x1", "x2", "cx"):
                    assert 0 <= float(value) <= width
                if key in ("y", "y1", "y2", "cy"):
                    assert 0 <= float(value) <= height


def test_a_dot_stands_where_its_figure_says() -> None:
    text = page(answer(), "en")
    [picture] = re.findall(r"<svg[^>]*accuracy-title.*?</svg>", text, re.DOTALL)
    places = {}
    for tick in ("0", "0.2"):
        [x] = re.findall(rf'<text x="([\d.]+)"[^>]*>{re.escape(tick)}</text>', picture)
        places[tick] = float(x)
    [own] = re.findall(r'cx="([\d.]+)"[^>]*class="own"', picture)
    wanted = places["0"] + (places["0.2"] - places["0"]) * 0.31234 / 0.2
    assert float(own) == pytest.approx(wanted, abs=0.2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_needs_nothing_from_elsewhere(language: str) -> None:
    text = page(answer(), language)
    reader = Reader(text)
    assert not {tag for tag, _ in reader.seen} & {"script", "link", "img", "iframe", "object", "a"}
    assert not re.search(r"https?:|url\(|@import|src=|href=", text)
    [policy] = [a for tag, a in reader.seen if "http-equiv" in a]
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_becomes_markup(language: str) -> None:
    document = answer()
    document["models"][HOSTILE] = model(0.2, against=against(-0.1, 0.2), params={HOSTILE: HOSTILE})
    document["models"][f"{HOSTILE}, x"] = model(0.1, control_of=HOSTILE)
    document["models"]["pipeline"]["slices"][HOSTILE] = {"people": 50, "ndcg@5": [0.1, 0.0, 0.2]}
    document["models"]['" onload="alert(1)'] = model(0.2)
    document["cold"] = {HOSTILE: {"people": 21, "models": {HOSTILE: model(0.1)}}}
    fair = document["fairness"]
    fair["people"][HOSTILE] = fair["people"].pop("gender")
    fair["providers"]["attribute"] = HOSTILE
    fair["providers"]["providers"][HOSTILE] = fair["providers"]["providers"].pop("b10")
    document["left_out"] = {HOSTILE: f"\x1b[2J\u202e{HOSTILE}"}
    document["data"][HOSTILE] = HOSTILE
    document["protocol"][HOSTILE] = [HOSTILE]
    text = page(document, language)
    reader = Reader(text)
    assert "script" not in {tag for tag, _ in reader.seen}
    assert not any(key.startswith("on") for _, attributes in reader.seen for key in attributes)
    assert HOSTILE in "".join(reader.texts)
    assert "\x1b" not in text
    assert "\u202e" not in text


VERDICTS = {
    (0.05, 0.001): ("Yes: ", "胜过最好的基线“item-knn”"),
    (0.05, 0.4): ("Not proven: what the shop serves scores higher", "得分高于最好的基线"),
    (-0.05, 0.001): ("No: ", "最好的基线“item-knn”胜过"),
    (-0.05, 0.4): ("Not proven: what the shop serves scores no higher", "没有高于最好的基线"),
}


@pytest.mark.parametrize(("mean", "p"), VERDICTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_says_whether_the_pipeline_wins(mean: float, p: float, language: str) -> None:
    document = answer()
    document["models"]["pipeline"]["against"] = against(mean, p)
    [headline] = re.findall("<h1>(.*?)</h1>", page(document, language))
    assert VERDICTS[mean, p][language == "zh"] in headline


def test_it_speaks_one_language() -> None:
    english, chinese = page(answer(), "en"), page(answer(), "zh")
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert '<html lang="en">' in english
    assert '<html lang="zh-CN">' in chinese
    for text in ("评估方法", "人数太少", "已知 3–7 件商品", "打乱好友关系（对照）", "真实有效"):
        assert text in chinese


def test_people_read_a_minus_sign_and_programs_a_hyphen() -> None:
    text = page(answer(), "en")
    shown = "".join(Reader(text).texts)
    assert "−0.1100" in shown
    assert "-0.1" not in shown
    assert '<data value="-0.11">−0.1100</data>' in text


def test_a_refusal_is_said_in_chinese() -> None:
    document = answer()
    document["left_out"] = {"ease": "the smaller side is 9,724, above 8,000 for a dense solve"}
    assert "人数与商品数中较小者为 9,724，超过稠密求解的上限 8,000" in page(document, "zh")


@pytest.mark.parametrize(
    ("language", "title", "gender"), [("en", "Fairness", "gender"), ("zh", "公平性", "性别")]
)
def test_fairness_shows_the_ends_of_many_providers(language: str, title: str, gender: str) -> None:
    text = page(answer(), language)
    assert f"<h2>{title}</h2>" in text
    assert f"{gender} · woman" in text
    brands = re.findall(r">(b\d\d)<", text)
    assert brands == ["b00", "b01", "b02", "b03", "b04", "b06", "b07", "b08", "b09", "b10"]
    without = answer()
    without["fairness"] = {"people": {}, "providers": None}
    assert f"<h2>{title}</h2>" not in page(without, language)


def test_what_an_answer_lacks_is_left_out() -> None:
    bare = {"models": {"a": {"ndcg@5": 0.2, "ci": {"ndcg@5": [0.1, 0.3]}}}}
    text = page(bare, "en")
    Reader(text)
    assert text.count("<svg") == 1
    assert "How the models compare" in text


def test_a_group_that_is_too_small_shows_no_figure() -> None:
    document = answer()
    text = page(document, "en")
    assert "0 items known: too few people to tell" in text
    assert "cold people: 4 people, 5 pairs of a person and an item, too few people to tell" in text
