"""What is known of a person in sentences, Chinese and English, as that person may read them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from zhiyin.apps.portrait_names import NAMES, name_of

Said = Mapping[str, Any]
_Filled = tuple[str, Mapping[str, Any]]
_LEAST_CHANGE = 0.2
_SHOWN = 3
_CATEGORIES = ("category", "department", "type")
_TODO = ("buy", "see", "read", "hear", "play")

_EN = {
    "more": "You choose {what} about {times} times as often as others do",
    "less": "You choose {what} about {percent} as often as others do",
    "facet brand": "the brand “{value}”",
    "facet category": "“{value}”",
    "facet colour": "{value} things",
    "facet material": "things made of {value}",
    "facet audience": "things for {value}",
    "facet season": "things for {value}",
    "facet": "things marked “{facet}: {value}”",
    "facet band 1": "the cheapest things of their kind",
    "facet band 2": "rather cheap things",
    "facet band 3": "mid-priced things",
    "facet band 4": "rather expensive things",
    "facet band 5": "the most expensive things of their kind",
    "keyword": "“{what}” comes up in what you buy and praise (items: {items})",
    "price": "For “{category}” you usually pay {low} to {high}{unit}, most often about {middle}{unit}",
    "price one": "For “{category}” you usually pay {middle}{unit}",
    "hours": "You are mostly here between {start}:00 and {end}:00 ({percent} of what you do)",
    "aspect": "In your reviews you often write about {what} (praise: {positive}, complaints: {negative})",
    "interest": "From what you wrote, you like {what}",
    "life_event": "Lately in your life: {what}",
    "buy": "You are looking for {what}",
    "see": "You want to see {what}",
    "read": "You want to read {what}",
    "hear": "You want to hear {what}",
    "play": "You want to play {what}",
    "go": "You want to go to {what}",
    "travel": "You want to travel",
    "occasion": "You are getting ready for {what}",
    "gift": "You are looking for a gift",
    "place": "More than once you wrote from {what}",
    "brighter": "What you wrote in {last} sounds brighter than in {first}",
    "darker": "What you wrote in {last} sounds less bright than in {first}",
    "steady": "What you wrote in {last} sounds much as it did in {first}",
    "ties": "{what} here: {count}",
    "closest": "Closest to you here: {what}",
    "community": "You are part of “{what}”",
    "common_friends": "Friends in common: {count} ({what})",
    "unnamed_friends": "Friends in common: {count}",
    "taste": "Your tastes are alike",
    "follows_you": "Follows you already",
    "head": "What this shop knows of {user}",
    "empty": "Nothing yet. It comes with what you look at, buy, rate and write, once the shop has learned again.",
    "removed": "Removed: this will not be said of {user} again.",
    "between": ", ",
}
_ZH = {
    "more": "你更常选{what}，约为一般人的 {times} 倍",
    "less": "你较少选{what}，约为一般人的 {percent}",
    "facet brand": "“{value}”这个牌子",
    "facet category": "“{value}”",
    "facet colour": "{value}的东西",
    "facet material": "{value}材质的东西",
    "facet audience": "适合{value}的东西",
    "facet season": "{value}用的东西",
    "facet": "标着“{facet}：{value}”的东西",
    "facet band 1": "同类里最便宜的",
    "facet band 2": "同类里偏便宜的",
    "facet band 3": "同类里价格居中的",
    "facet band 4": "同类里偏贵的",
    "facet band 5": "同类里最贵的",
    "keyword": "你买过、夸过的商品里常见“{what}”（{items} 件）",
    "price": "买“{category}”，你一般花 {low} 到 {high}{unit}，最常是 {middle}{unit}",
    "price one": "买“{category}”，你一般花 {middle}{unit}",
    "hours": "你多在 {start} 点到{next_day} {end} 点来逛（约占 {percent}）",
    "aspect": "你写评价时常说到{what}（夸 {positive} 次，不满 {negative} 次）",
    "interest": "从你写的来看，你喜欢{what}",
    "life_event": "你最近的大事：{what}",
    "buy": "你想买{what}",
    "see": "你想看{what}",
    "read": "你想读{what}",
    "hear": "你想听{what}",
    "play": "你想玩{what}",
    "go": "你想去{what}",
    "travel": "你想去旅行",
    "occasion": "你在为{what}做准备",
    "gift": "你在挑礼物",
    "place": "你不止一次写到自己在{what}",
    "brighter": "你 {last} 写的话，语气比 {first} 更明快",
    "darker": "你 {last} 写的话，语气不如 {first} 明快",
    "steady": "你 {last} 写的话，语气和 {first} 差不多",
    "ties": "在这里：{what} {count} 位",
    "closest": "在这里和你最亲近的人：{what}",
    "community": "你是“{what}”的一员",
    "common_friends": "你们有 {count} 位共同好友（{what}）",
    "unnamed_friends": "你们有 {count} 位共同好友",
    "taste": "你们喜好相近",
    "follows_you": "已经关注了你",
    "head": "这家店对 {user} 的了解",
    "empty": "还什么都不知道。看过、买过、评过、写过一些之后，等店铺再学习一次就会有了。",
    "removed": "已移除：以后不会再这样说 {user}。",
    "between": "、",
}
_WORDS: Mapping[str, Mapping[str, str]] = {"en": _EN, "zh": _ZH}

GROUPS: tuple[tuple[Mapping[str, str], tuple[str, ...]], ...] = (
    ({"en": "What you like", "zh": "你喜欢什么"}, ("leaning", "keyword")),
    ({"en": "What you pay", "zh": "你花多少"}, ("price",)),
    ({"en": "When you come", "zh": "你什么时候来"}, ("hours",)),
    ({"en": "What matters to you", "zh": "你在意什么"}, ("aspect",)),
    (
        {"en": "Interests and life", "zh": "兴趣与生活"},
        ("interest", "life_event", "intent", "occasion", "place", "mood"),
    ),
    ({"en": "People", "zh": "你身边的人"}, ("ties", "closest", "community")),
)
"""Headings in each language, and the kinds of statements that stand under them."""


def worded(portrait: Said, language: str) -> dict[str, Any]:
    """Return a portrait's document with the text of each statement.

    Args:
        portrait: by ``shop.people.portrait``.
        language: ``zh`` or ``en``.
    """
    told = [{**one, "text": statement_text(one, language)} for one in portrait["statements"]]
    return {**portrait, "language": language, "statements": told}


def statement_text(statement: Said, language: str) -> str:
    """Return one plain sentence that says a statement; a kind without words is said by its own name.

    Args:
        statement: of a portrait's document.
        language: ``zh`` or ``en``.

    >>> statement_text({"kind": "interest", "about": "cooking", "value": "cooking"}, "zh")
    '从你写的来看，你喜欢做饭'
    >>> brand = {"kind": "leaning", "facet": "brand", "value": "Lu", "lift": 1.163}
    >>> statement_text(brand, "en")
    'You choose the brand “Lu” about 3.2 times as often as others do'
    """
    kind = statement["kind"]
    if kind not in _FILLINGS:
        return f"{kind}: {statement['about']}"
    template, filling = _FILLINGS[kind](statement, language)
    return _WORDS[language][template].format_map(filling)


def receipts(statement: Said) -> list[str]:
    """Return what a statement stands on, for people: up to three titles, or ids where there are none.

    >>> receipts({"evidence": [{"type": "view", "item": "a", "title": "Tea"}, {"type": "post", "source": "post:p1"}]})
    ['Tea', 'post:p1']
    """
    named = (
        one.get("title") or one.get("item") or one.get("source") for one in statement["evidence"]
    )
    return list(dict.fromkeys(name for name in named if name))[:_SHOWN]


def phrase(key: str, language: str, **filling: str) -> str:
    """Return words of a portrait's page that are no statement: ``head``, ``empty`` or ``removed``."""
    return _WORDS[language][key].format_map(filling)


def suggestion_text(reason: Said, language: str) -> str:
    """Return in words why somebody is suggested to be followed; a kind without words is said by its own name.

    >>> suggestion_text({"kind": "common_friends", "people": ["an", "bo"], "count": 5}, "en")
    'Friends in common: 5 (an, bo)'
    """
    words, kind = _WORDS[language], reason["kind"]
    if kind == "common_friends" and not reason["people"]:
        kind = "unnamed_friends"
    people = words["between"].join(reason.get("people", ()))
    return words.get(kind, kind).format_map({**reason, "what": people})


def _leaning(said: Said, language: str) -> _Filled:
    words, facet, value = _WORDS[language], said["facet"], said["value"]
    form = value if facet == "price" else "category" if facet in _CATEGORIES else facet
    if facet in NAMES and value not in NAMES[facet]:
        form = ""  # the shop's own word, which may be anything
    template = words.get(f"facet {form}", words["facet"])
    value, named = name_of(facet, value, language), name_of("facet", facet, language)
    ratio = math.exp(said["lift"])
    return "more" if ratio > 1 else "less", {
        "what": template.format(value=value, facet=named),
        "times": f"{ratio:.1f}",
        "percent": f"{ratio:.0%}",
    }


def _price(said: Said, language: str) -> _Filled:
    currency = said.get("currency") or ""
    unit = " 元" if (currency, language) == ("CNY", "zh") else f" {currency}".rstrip()
    prices = {name: _amount(said[name]) for name in ("low", "middle", "high")}
    form = "price" if prices["low"] != prices["high"] else "price one"
    return form, {**prices, "category": said["category"], "unit": unit}


def _amount(price: float) -> str:
    return f"{price:,.0f}" if price >= 100 or price == int(price) else f"{price:,.2f}"


def _hours(said: Said, _language: str) -> _Filled:
    start, end = said["from"], said["to"]
    return "hours", {
        "start": start,
        "end": end,
        "next_day": "次日" if end < start else "",
        "percent": f"{said['share']:.0%}",
    }


def _intent(said: Said, language: str) -> _Filled:
    verb, _, what = said["value"].partition(" ")
    if verb in _TODO and what:
        return verb, {"what": what}
    key = "travel" if said["value"] == "travel" else "go"
    return key, {"what": name_of("place", said["value"], language)}


def _occasion(said: Said, language: str) -> _Filled:
    key = "gift" if said["value"] == "gift" else "occasion"
    return key, {"what": name_of("occasion", said["value"], language)}


def _mood(said: Said, _language: str) -> _Filled:
    change = said["change"]
    key = "steady" if abs(change) < _LEAST_CHANGE else "brighter" if change > 0 else "darker"
    return key, {name: said["months"][at]["month"] for name, at in (("first", 0), ("last", -1))}


def _closest(said: Said, language: str) -> _Filled:
    names = [name_of("tie", one["tie"], language) for one in said["ties"]]
    return "closest", {"what": _WORDS[language]["between"].join(names)}


def _named(kind: str, field: str = "value") -> Callable[[Said, str], _Filled]:
    """Return what fills the words of a kind whose ``field`` is an id with a name, or stands as it is."""

    def fill(said: Said, language: str) -> _Filled:
        return kind, {**said, "what": name_of(kind, said[field], language)}

    return fill


_FILLINGS: Mapping[str, Callable[[Said, str], _Filled]] = {
    "leaning": _leaning,
    "keyword": _named("keyword", "word"),
    "price": _price,
    "hours": _hours,
    "aspect": _named("aspect", "aspect"),
    "interest": _named("interest"),
    "life_event": _named("life_event"),
    "intent": _intent,
    "occasion": _occasion,
    "place": _named("place"),
    "mood": _mood,
    "ties": _named("ties", "tie"),
    "closest": _closest,
    "community": _named("community"),
}
KINDS = frozenset(_FILLINGS)
"""The kinds of statements that there are words for."""
