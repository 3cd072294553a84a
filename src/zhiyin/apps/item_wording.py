"""Who an item is in sentences, Chinese and English, for those who run the shop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhiyin.apps.money import amount_text
from zhiyin.apps.portrait_names import name_of

Told = Mapping[str, Any]
_BANDS = 5

_EN = {
    "category": "Stands under “{category}”",
    "brand": "Of the brand “{brand}”",
    "listed": "Listed on {day}, {age} days before the newest event learned from; newer than {percent} of the shop",
    "listed alone": "Listed on {day}",
    "price": "Costs {amount}",
    "price 1": "Costs {amount}: among the cheapest of “{category}”",
    "price 2": "Costs {amount}: cheaper than most of “{category}”",
    "price 3": "Costs {amount}: in the middle of “{category}”",
    "price 4": "Costs {amount}: more expensive than most of “{category}”",
    "price 5": "Costs {amount}: among the most expensive of “{category}”",
    "facet": "{facet}: {value}",
    "people": "Chosen or looked at by {people} people",
    "one person": "Chosen or looked at by one person",
    "neighbours": "Nobody has chosen it yet: it is known by its text and by the goods nearest to it, of which the rest tells",
    "catalogue": "It came after the last training: only the catalogue knows it",
    "opinion": "On {what}: praise {positive}, complaints {negative}, neither {neutral}",
    "audience": "{who} choose it about {times} times as often as everybody does",
    "age": "People of {value}",
    "gender women": "Women",
    "gender men": "Men",
    "city": "People in {value}",
    "region": "People in {value}",
    "related": "Goes with {titles}",
    "between": ", ",
    "quoted": "“{}”",
}
_ZH = {
    "category": "归在“{category}”",
    "brand": "“{brand}”这个牌子",
    "listed": "{day} 上架，到学过的最新一次行为时 {age} 天，比店里 {percent} 的商品新",
    "listed alone": "{day} 上架",
    "price": "售价 {amount}",
    "price 1": "售价 {amount}，在“{category}”里属最便宜的",
    "price 2": "售价 {amount}，比“{category}”里多数便宜",
    "price 3": "售价 {amount}，在“{category}”里居中",
    "price 4": "售价 {amount}，比“{category}”里多数贵",
    "price 5": "售价 {amount}，在“{category}”里属最贵的",
    "facet": "{facet}：{value}",
    "people": "有 {people} 人选过或看过",
    "one person": "有 1 人选过或看过",
    "neighbours": "还没有人选过：只能从它的文字和最相近的商品来认识它，下面说的是那些商品",
    "catalogue": "上次学习之后才有：只有商品目录知道它",
    "opinion": "说到{what}：夸 {positive} 次，不满 {negative} 次，中立 {neutral} 次",
    "audience": "{who}选它约为所有人的 {times} 倍",
    "age": "年龄 {value} 的人",
    "gender women": "女性",
    "gender men": "男性",
    "city": "{value}的人",
    "region": "{value}的人",
    "related": "常与它相配：{titles}",
    "between": "、",
    "quoted": "“{}”",
}
_WORDS: Mapping[str, Mapping[str, str]] = {"en": _EN, "zh": _ZH}

GROUPS: tuple[tuple[Mapping[str, str], tuple[str, ...]], ...] = (
    ({"en": "What it is", "zh": "它是什么"}, ("category", "brand", "price", "listed", "facet")),
    ({"en": "How it is known", "zh": "怎么认识它的"}, ("people", "neighbours", "catalogue")),
    ({"en": "What people think of it", "zh": "大家怎么看"}, ("opinion",)),
    ({"en": "Who chooses it more often", "zh": "谁更常选它"}, ("audience",)),
    ({"en": "What goes with it", "zh": "与它相配的"}, ("related",)),
)
"""Headings in each language, and the kinds of sentences that stand under them."""


def worded_item(portrait: Told, language: str) -> dict[str, Any]:
    """Return an item's portrait with what it says in sentences, each with its kind.

    Args:
        portrait: by ``shop.items.portrait``.
        language: ``zh`` or ``en``.

    >>> tea = {"item": "tea", "category": "Tea", "known_by": "people", "people": 12}
    >>> [one["text"] for one in worded_item(tea, "en")["sentences"]]
    ['Stands under “Tea”', 'Chosen or looked at by 12 people']
    """
    said = [{"kind": kind, "text": text} for kind, text in _sentences(portrait, language)]
    return {**portrait, "language": language, "sentences": said}


def _sentences(told: Told, language: str) -> Iterator[tuple[str, str]]:
    words = _WORDS[language]
    for name in ("category", "brand"):
        if told.get(name):
            yield name, words[name].format_map(told)
    if told.get("price"):
        yield "price", _price(told, language)
    if told.get("listed"):
        key = "listed alone" if told["newer_than"] is None else "listed"
        filling = {"day": told["listed"][:10], "age": told["age_days"]}
        percent = f"{told['newer_than'] or 0:.0%}"
        yield "listed", words[key].format(**filling, percent=percent)
    for one in told.get("facets", ()):
        named = name_of("facet", one["facet"], language)
        value = name_of(one["facet"], one["value"], language)
        yield "facet", words["facet"].format(facet=named, value=value)
    if told["known_by"] != "people":
        yield told["known_by"], words[told["known_by"]]
    elif told["people"] is not None:
        key = "one person" if told["people"] == 1 else "people"
        yield "people", words[key].format_map(told)
    for one in told.get("opinions", ()):
        what = name_of("aspect", one["aspect"], language)
        yield "opinion", words["opinion"].format(**one, what=what)
    for one in told.get("audience", ()):
        form = f"gender {one['value']}" if one["group"] == "gender" else one["group"]
        who = words[form].format_map(one)
        yield "audience", words["audience"].format(who=who, times=f"{one['times']:.1f}")
    if told.get("related"):
        names = [words["quoted"].format(one["title"] or one["item"]) for one in told["related"]]
        yield "related", words["related"].format(titles=words["between"].join(names))


def _price(told: Told, language: str) -> str:
    price, category = told["price"], told.get("category")
    key = "price"
    if category and price["position"] is not None:
        key = f"price {min(int(price['position'] * _BANDS), _BANDS - 1) + 1}"
    return _WORDS[language][key].format(
        amount=amount_text(price["amount"], price["currency"], language), category=category
    )
