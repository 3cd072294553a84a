"""Products side by side, in lines."""

from __future__ import annotations

from typing import Any

from zhiyin.apps.comparison_wording import comparison_texts


def told(**more: Any) -> dict[str, Any]:
    items = [
        {"name": "a", "item": "i1", "title": "Red cup"},
        {"name": "b", "item": "i2", "title": "Blue cup"},
    ]
    return {"items": items, "facts": [], "aspects": [], "are_unlike": False, **more}


def test_facts_and_opinions_stand_a_line_each() -> None:
    facts = [{"text": "价格", "texts": ["249 元", None]}]
    counts = [{"positive": 9, "negative": 1}, {"positive": 1, "negative": 8}]
    aspects = [{"aspect": "battery", "opinions": counts, "better": 0}]
    assert comparison_texts(told(facts=facts, aspects=aspects), "zh") == [
        "比较：Red cup / Blue cup",
        "  价格: 249 元 / –",
        "  电池：夸 9 / 1 次，不满 1 / 8 次（大家更喜欢Red cup）",
    ]
    [_, english] = comparison_texts(told(aspects=aspects), "en")
    assert english == "  battery: praise 9 / 1, complaints 1 / 8 (people like Red cup better)"


def test_what_cannot_be_compared_says_so() -> None:
    nobody = [{"name": name, "item": None, "title": None} for name in ("Lu", "Ko")]
    [line] = comparison_texts(told(items=nobody, are_unlike=True), "en")
    assert (
        line == "Lu / Ko: nothing of these brands is of one category, so they cannot be compared."
    )
    half = [{"name": "a", "item": "i1", "title": "Red cup"}, nobody[1]]
    assert comparison_texts(told(items=half), "en") == ["Nothing was found for Ko."]
    assert comparison_texts(None, "zh") == []
