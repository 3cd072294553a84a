"""Both languages say the same things, and markup is only what we made."""

from __future__ import annotations

import re

import pytest

from zhiyin.apps.report.markup import Markup, tag
from zhiyin.apps.report.sentences import CATALOGUE
from zhiyin.apps.report.words import Words, metric_name


@pytest.mark.parametrize("key", CATALOGUE)
def test_both_languages_take_the_same_values(key: str) -> None:
    english, chinese = (set(re.findall(r"{\w+}", text)) for text in CATALOGUE[key])
    assert english == chinese
    assert not re.search(r"[\u4e00-\u9fff]", CATALOGUE[key][0])


@pytest.mark.parametrize(
    ("part", "english", "chinese"),
    [
        ("history 0", "0 items known", "已知 0 件商品"),
        ("history 3-7", "3–7 items known", "已知 3–7 件商品"),
        ("history 32+", "32 or more items known", "已知 32 件及以上商品"),
        ("new people", "new people", "new people"),
    ],
)
def test_parts_in_words(part: str, english: str, chinese: str) -> None:
    assert (Words("en").part(part), Words("zh").part(part)) == (english, chinese)


def test_metrics_in_words() -> None:
    assert metric_name("hit_rate@5") == "Hit rate@5"
    assert list(Words("en").explained("mrr@5")) == []


def test_text_is_escaped_in_content_and_in_attributes() -> None:
    made = tag("p", "<b>", Markup("<i></i>"), title='"x" & y', class_=None, data_x=1.25)
    assert made == '<p title="&quot;x&quot; &amp; y" data-x="1.2">&lt;b&gt;<i></i></p>'
