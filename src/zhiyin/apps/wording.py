"""Reasons in words, in Chinese and English: the one catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class _Wording(NamedTuple):
    reasons: Mapping[str, str]
    quoted: str
    between: str
    last: str


_WORDINGS: Mapping[str, _Wording] = {
    "en": _Wording(
        {
            "history": "Because of {names} in your history",
            "similar": "Goes with {names}",
            "popular": "Popular at the moment",
            "fresh": "New in the shop",
            "again": "You had it before",
            "context": "Chosen more often in a moment like this",
            "friends": "People around you looked at it or chose it",
            "people": "People of like taste looked at it or chose it",
            "discover": "Something to discover",
            "promoted": "Promoted by the shop",
            "together": "Bought together with {names}",
            "rebuy": "People buy it again after about {days} days",
            "rebuy.own": "You buy it about every {days} days",
            "rising": "Rising in the shop",
            "rising.place": "Rising in {where}",
            "rising.people": "Rising among people like you",
            "matched": "Has {words}",
            "spelled": "Written much like what was asked for",
            "asked": "As asked for: {value}",
            "priced": "In the price asked for: {value}",
            "lacks": "Not known to be what was asked for: {value}",
            "overpriced": "Outside the price asked for: {value}",
        },
        quoted="{}",
        between=", ",
        last=" and ",
    ),
    "zh": _Wording(
        {
            "history": "因为你看过或选过{names}",
            "similar": "与{names}相关",
            "popular": "近期热门",
            "fresh": "新品上架",
            "again": "你曾经选过",
            "context": "此时此景大家更常选",
            "friends": "你身边的人看过或选过",
            "people": "与你喜好相近的人看过或选过",
            "discover": "值得一看",
            "promoted": "本店推广",
            "together": "常与{names}一起购买",
            "rebuy": "大家约每{days}天回购一次",
            "rebuy.own": "你约每{days}天买一次",
            "rising": "本店正在升温",
            "rising.place": "{where}正在升温",
            "rising.people": "与你相近的人群中正在升温",
            "matched": "含有{words}",
            "spelled": "写法与所搜的相近",
            "asked": "符合要求：{value}",
            "priced": "价格符合要求：{value}",
            "lacks": "未标明符合要求：{value}",
            "overpriced": "价格不在要求之内：{value}",
        },
        quoted="“{}”",
        between="、",
        last="和",
    ),
}
LANGUAGES = tuple(_WORDINGS)


def reason_text(
    kind: str, names: Sequence[str], language: str, data: Mapping[str, Any] = _NOTHING
) -> str:
    """Return one reason in words; a kind without wording is said by its own name.

    Args:
        kind: of the reason.
        names: of what speaks for it.
        language: one of `LANGUAGES`.
        data: of the reason.

    >>> reason_text("history", ["tea", "cups"], "en"), reason_text("fresh", [], "zh")
    ('Because of tea and cups in your history', '新品上架')
    >>> reason_text("rebuy", [], "en", {"days": 30, "own": True}), reason_text("rising", [], "zh", {"group": "city:杭州"})
    ('You buy it about every 30 days', '杭州正在升温')
    """
    said = _WORDINGS[language].reasons.get(_form(kind, data), kind)
    if "{" not in said:
        return said
    _, _, where = str(data.get("group", "")).partition(":")
    filled = {"{names}": listed(names, language), "{days}": str(data.get("days")), "{where}": where}
    filled |= {
        "{words}": listed(data.get("words", ()), language),
        "{value}": str(data.get("value")),
    }
    for slot, words in filled.items():
        said = said.replace(slot, words)
    return said


def _form(kind: str, data: Mapping[str, Any]) -> str:
    """Return the key of the words for a reason."""
    if kind == "rebuy" and data.get("own"):
        return "rebuy.own"
    group = str(data.get("group", "everybody")).partition(":")[0]
    if kind == "rising" and group != "everybody":
        return "rising.place" if group in ("city", "region") else "rising.people"
    return kind


def listed(names: Sequence[str], language: str) -> str:
    """Return titles as one list.

    >>> listed(["tea", "cups", "pots"], "en"), listed(["茶", "杯子"], "zh")
    ('tea, cups and pots', '“茶”和“杯子”')
    """
    wording = _WORDINGS[language]
    *others, last = [wording.quoted.format(name) for name in names] or [""]
    return f"{wording.between.join(others)}{wording.last}{last}" if others else last


def language_for(asked: str, default: str) -> str:
    """Return the language to speak: the one asked for where there is wording for it.

    >>> language_for("zh-CN", "en"), language_for("fr", "en"), language_for("", "zh")
    ('zh', 'en', 'zh')
    """
    wanted = asked[:2].lower()
    return wanted if wanted in LANGUAGES else default
