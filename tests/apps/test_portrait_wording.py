"""Portraits in words: every statement the room can make has a sentence in both languages, and every id a name."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zhiyin.portraits
from zhiyin.apps.portrait_names import NAMES, name_of
from zhiyin.apps.portrait_wording import GROUPS, KINDS, receipts, statement_text, suggestion_text
from zhiyin.apps.wording import LANGUAGES
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.facts import vocabulary_attributes as attributes
from zhiyin.language.facts.vocabulary_colours import COLOURS
from zhiyin.language.facts.vocabulary_context import PLACES
from zhiyin.language.facts.vocabulary_events import DAYS
from zhiyin.language.facts.vocabulary_everyday import TO_DO
from zhiyin.language.facts.vocabulary_intents import OCCASIONS, OUTINGS, PERSONAL
from zhiyin.language.facts.vocabulary_interests import INTERESTS
from zhiyin.language.facts.vocabulary_materials import MATERIALS
from zhiyin.portraits.item_facets import OPINIONS
from zhiyin.portraits.portrait import _LASTING
from zhiyin.portraits.sensitive import is_blocked
from zhiyin.social.relations import CIRCLES

ROOM = Path(zhiyin.portraits.__file__).parent
HAN = re.compile("[\u4e00-\u9fff]")

LEANING = {"kind": "leaning", "share": 0.2, "lift": 1.163, "events": 4}
MONTHS = [{"month": "2025-03", "mood": 0.1, "texts": 1}, {"month": "2025-05", "mood": 0.9, "texts": 2}]  # fmt: skip
SAYS: list[tuple[dict[str, Any], str, str]] = [
    (
        {**LEANING, "facet": "category", "value": "厨房小电"},
        "You choose “厨房小电” about 3.2 times as often as others do",
        "你更常选“厨房小电”，约为一般人的 3.2 倍",
    ),
    (
        {**LEANING, "facet": "colour", "value": "navy", "lift": -0.5},
        "You choose navy things about 61% as often as others do",
        "你较少选藏青色的东西，约为一般人的 61%",
    ),
    (
        {**LEANING, "facet": "price", "value": "band 5"},
        "You choose the most expensive things of their kind about 3.2 times as often as others do",
        "你更常选同类里最贵的，约为一般人的 3.2 倍",
    ),
    (
        {**LEANING, "facet": "material", "value": "moon dust"},
        "You choose things marked “material: moon dust” about 3.2 times as often as others do",
        "你更常选标着“材质：moon dust”的东西，约为一般人的 3.2 倍",
    ),
    (
        {"kind": "price", "category": "茶", "low": 12.5, "middle": 30.0, "high": 1299.0, "currency": "CNY"},
        "For “茶” you usually pay 12.50 to 1,299 CNY, most often about 30 CNY",
        "买“茶”，你一般花 12.50 到 1,299 元，最常是 30 元",
    ),
    (
        {"kind": "price", "category": "茶", "low": 15.0, "middle": 15.0, "high": 15.0, "currency": "CNY"},
        "For “茶” you usually pay 15 CNY",
        "买“茶”，你一般花 15 元",
    ),
    (
        {"kind": "price", "category": "tea", "low": 3, "middle": 4, "high": 5, "currency": None},
        "For “tea” you usually pay 3 to 5, most often about 4",
        "买“tea”，你一般花 3 到 5，最常是 4",
    ),
    (
        {"kind": "hours", "from": 22, "to": 2, "share": 0.484, "events": 12},
        "You are mostly here between 22:00 and 2:00 (48% of what you do)",
        "你多在 22 点到次日 2 点来逛（约占 48%）",
    ),
    (
        {"kind": "aspect", "aspect": "delivery", "negative": 1, "neutral": 0, "positive": 3},
        "In your reviews you often write about delivery (praise: 3, complaints: 1)",
        "你写评价时常说到物流（夸 3 次，不满 1 次）",
    ),
    (
        {"kind": "keyword", "word": "防滑", "items": 2},
        "“防滑” comes up in what you buy and praise (items: 2)",
        "你买过、夸过的商品里常见“防滑”（2 件）",
    ),
    (
        {"kind": "interest", "value": "cooking"},
        "From what you wrote, you like cooking",
        "从你写的来看，你喜欢做饭",
    ),
    ({"kind": "life_event", "value": "moving"}, "Lately in your life: a move", "你最近的大事：搬家"),
    ({"kind": "intent", "value": "beach"}, "You want to go to the beach", "你想去海边"),
    ({"kind": "intent", "value": "travel"}, "You want to travel", "你想去旅行"),
    ({"kind": "intent", "value": "buy red kettle"}, "You are looking for red kettle", "你想买red kettle"),
    ({"kind": "intent", "value": "see 星渡"}, "You want to see 星渡", "你想看星渡"),
    ({"kind": "occasion", "value": "gift"}, "You are looking for a gift", "你在挑礼物"),
    (
        {"kind": "occasion", "value": "mid_autumn"},
        "You are getting ready for the Mid-Autumn Festival",
        "你在为中秋做准备",
    ),
    (
        {"kind": "place", "value": "library"},
        "More than once you wrote from the library",
        "你不止一次写到自己在图书馆",
    ),
    (
        {"kind": "mood", "months": MONTHS, "change": 0.8},
        "What you wrote in 2025-05 sounds brighter than in 2025-03",
        "你 2025-05 写的话，语气比 2025-03 更明快",
    ),
    (
        {"kind": "mood", "months": MONTHS, "change": -0.8},
        "What you wrote in 2025-05 sounds less bright than in 2025-03",
        "你 2025-05 写的话，语气不如 2025-03 明快",
    ),
    ({"kind": "ties", "tie": "friend", "count": 4}, "Friends here: 4", "在这里：朋友 4 位"),
    (
        {"kind": "closest", "ties": [{"tie": "family", "strength": 0.9}, {"tie": "tie", "strength": 0.5}]},
        "Closest to you here: family, somebody you know",
        "在这里和你最亲近的人：家人、认识的人",
    ),
    ({"kind": "community", "value": "骑行社"}, "You are part of “骑行社”", "你是“骑行社”的一员"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "english", "chinese"), SAYS)
def test_a_statement_is_one_plain_sentence(
    statement: dict[str, Any], english: str, chinese: str
) -> None:
    assert statement_text(statement, "en") == english
    assert statement_text(statement, "zh") == chinese


def made_in_the_room() -> set[str]:
    """Return the first arguments of all calls of ``Statement`` in the room's files."""
    calls = [
        node.args[0]
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Statement" and node.args
    ]
    named = {ast.literal_eval(one) for one in calls if isinstance(one, ast.Constant)}
    [other] = [one for one in calls if not isinstance(one, ast.Constant)]
    assert getattr(other, "id", "") == "name"  # of a fact that lasts, or a place
    return named | set(_LASTING) | {"place"}


def test_every_kind_of_statement_has_words_a_heading_and_an_example_here() -> None:
    assert made_in_the_room() == KINDS
    assert sorted(KINDS) == sorted(kind for _, kinds in GROUPS for kind in kinds)
    assert {statement["kind"] for statement, _, _ in SAYS} == KINDS
    assert all(set(heading) == set(LANGUAGES) for heading, _ in GROUPS)


IDS = {
    "interest": set(INTERESTS),
    "life_event": set(DAYS),
    "occasion": {*OCCASIONS, *PERSONAL, "gift"} - {""},
    "place": {*PLACES, *OUTINGS} - {""},
    "aspect": {one for kind in (None, *Taxonomy().categories) for one in Taxonomy().aspects(kind)},
    "colour": set(COLOURS),
    "material": set(MATERIALS),
    "season": set(attributes.SEASONS),
    "audience": set(attributes.AUDIENCES),
    "tie": {*CIRCLES, "trust", "tie"},
    "ties": {*CIRCLES, "trust"},
}


@pytest.mark.parametrize("kind", IDS)
def test_every_id_has_a_name_in_both_languages(kind: str) -> None:
    assert IDS[kind] <= set(NAMES[kind])
    for value in NAMES[kind]:
        chinese, english = name_of(kind, value, "zh"), name_of(kind, value, "en")
        assert HAN.search(chinese) or value in ("kpop", "cosplay", "karaoke")
        assert english.isprintable()
        assert not HAN.search(english)
        assert "_" not in english
        assert not is_blocked(kind, chinese)
        assert not is_blocked(kind, english)


def test_the_room_s_other_words_are_known() -> None:
    assert set(TO_DO.values()) <= {"see", "read", "hear", "play"}
    assert OPINIONS == ("negative", "neutral", "positive")


ANYTHING = st.text(st.characters(codec=None), max_size=30)


@settings(deadline=None, max_examples=50)
@given(ANYTHING, st.sampled_from(LANGUAGES))
def test_whatever_a_shop_or_a_person_calls_things_is_said(value: str, language: str) -> None:
    for statement, english, _ in SAYS:
        named = {
            key: value for key in ("value", "word", "aspect", "tie", "category") if key in statement
        }
        assert statement_text({**statement, **named}, language)
        if "word" in statement:
            assert value in statement_text({**statement, **named}, "en")
        assert statement_text(statement, "en") == english


def test_a_kind_of_which_nobody_thought_is_said_by_its_name() -> None:
    assert statement_text({"kind": "sign", "about": "lion"}, "zh") == "sign: lion"


def test_receipts_are_three_different_titles_at_most() -> None:
    titles = ["a", "a", None, "b", "c", "d"]
    evidence = [{"type": "view", "item": f"i{n}", "title": title} for n, title in enumerate(titles)]
    assert receipts({"evidence": evidence}) == ["a", "i2", "b"]
    assert receipts({"evidence": [{"type": "post"}]}) == []


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        (
            {"kind": "common_friends", "people": ["an", "{bo}"], "count": 5},
            "Friends in common: 5 (an, {bo})",
            "你们有 5 位共同好友（an、{bo}）",
        ),
        (
            {"kind": "common_friends", "people": [], "count": 2},
            "Friends in common: 2",
            "你们有 2 位共同好友",
        ),
        ({"kind": "taste", "likeness": 0.9}, "Your tastes are alike", "你们喜好相近"),
        ({"kind": "follows_you"}, "Follows you already", "已经关注了你"),
    ],
)
def test_why_somebody_is_suggested(reason: dict[str, Any], english: str, chinese: str) -> None:
    assert suggestion_text(reason, "en") == english
    assert suggestion_text(reason, "zh") == chinese
