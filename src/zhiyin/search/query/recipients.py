"""Whom a gift is for, and which goods that speaks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from zhiyin.language.scripts import fold
from zhiyin.search.query.asking import blank
from zhiyin.search.understanding import Slot

WISH = 0.7
"""How sure it is that goods for somebody are what a gift for them should be: a wish, and no constraint."""
_AUDIENCES: Mapping[str, str] = {
    "women": "妈妈 妈 母亲 老妈 女朋友 女友 老婆 妻子 闺蜜 奶奶 外婆 姥姥 姐姐 妹妹 阿姨 婆婆 岳母 女生 女士 她 "
             "mom mum mother wife girlfriend sister grandma grandmother aunt her",
    "men": "爸爸 爸 父亲 老爸 男朋友 男友 老公 丈夫 爷爷 外公 姥爷 哥哥 弟弟 叔叔 公公 岳父 男生 男士 他 "
           "dad father husband boyfriend brother grandpa grandfather uncle him",
    "kids": "孩子 小孩 小朋友 儿子 女儿 侄子 侄女 外甥 孙子 孙女 son daughter kid kids child children nephew niece grandson granddaughter",
    "boys": "男孩 男孩子 小男孩 男童 boy",
    "girls": "女孩 女孩子 小女孩 女童 girl",
    "baby": "宝宝 baby newborn",
    "elderly": "长辈 老人 grandparents",
}  # fmt: skip
_OTHERS = "父母 老师 同事 朋友 领导 老板 上司 客户 对象 亲戚 亲友 friend teacher boss parents colleague coworker"
_SAME = tuple(
    tuple(group.split())
    for group in (
        "妈妈 妈 母亲 老妈 mom mum mother", "女朋友 女友 girlfriend", "老婆 妻子 wife", "爸爸 爸 父亲 老爸 dad father",
        "男朋友 男友 boyfriend", "老公 丈夫 husband", "奶奶 外婆 姥姥 grandma grandmother", "爷爷 外公 姥爷 grandpa grandfather",
        "姐姐 妹妹 sister", "哥哥 弟弟 brother", "孩子 小孩 小朋友 儿童 kid child", "儿子 son", "女儿 daughter",
        "宝宝 婴儿 baby newborn", "长辈 老人 grandparents", "老师 teacher", "朋友 friend", "领导 老板 boss", "父母 parents",
        "同事 colleague coworker",
    )
)  # fmt: skip
"""Words for the same people."""
_CLOSE = (
    "mom|mum|mother|dad|father|wife|husband|girlfriend|boyfriend|friend|teacher|boss|colleague|coworker|parents|"
    "grandma|grandpa|grandmother|grandfather|grandparents"
)
"""For whom goods are bought as a gift even where nobody says so; goods for a baby are goods for babies."""
_WHOSE = r"(?:my|our|her|his|your)"
_MARKS = ("送", "给", "礼", "生日", "for", "gift", "present", "birthday")
"""What one of must stand in a query for a gift."""
_YEARS = r"(?:(?:\d{1,2}[-~到至一]?\d{0,2}|[一二三四五六七八九十]{1,3})(?:周岁|岁|个月)半?的?)?"
_AGE = r"(?:\d{1,2}[\s-]*(?:years?|yrs?|months?|yo)[\s-]*(?:old)?\s+)?"
_NOT_GIVEN = r"(?![ -]?(?:box|bag|card|wrap|tag|paper|basket|ribbon))"
_KEPT = re.compile(r"礼物|礼品|送礼|伴手礼|生日|\b(?:gifts?|presents?|birthday)\b")
_NOTHING = re.compile(
    r"[的送给我你买想要个份件款\s]|男[士生]?|女[士生]?|圣诞节?|情人节|母亲节|父亲节|新年|纪念日"
    r"|\b(?:a|an|the|for|my|our|some|to|as|is|i|ideas?|from|men|women|boys|girls|kids|christmas|xmas|anniversary|graduation"
    r"|wedding|(?:valentine|mother|father)'?s'?|day)\b"
)
"""What says nothing of which goods a gift should be."""


def is_for_somebody(folded: str) -> bool:
    """Return whether a folded query looks for a gift.

    >>> is_for_somebody("送女朋友的生日礼物"), is_for_somebody("gift for mom"), is_for_somebody("送水泵")
    (True, True, False)
    """
    return bool(_given(folded))


def recipient(folded: str) -> Slot | None:
    """Return the audience of whom a gift is for, less sure than a constraint must be; None where nobody is named.

    >>> found = recipient("送妈妈的礼物")
    >>> found.value, found.start, found.confidence, recipient("gift for my 5 year old son").value, recipient("给老师的礼物")
    ('women', 1, 0.7, 'kids', None)
    """
    for match in _given(folded):
        whom = match.lastgroup
        if whom and (audience := _audiences().get(match[whom])):
            return Slot("audience", audience, *match.span(whom), WISH)
    return None


def without_recipient(folded: str) -> str:
    """Return a folded query with whom a gift is for made blank, of the same length; where nothing else is said, it stays.

    >>> without_recipient("送女朋友的红色围巾").split(), without_recipient("送妈妈的礼物").split()
    (['的红色围巾'], ['妈妈的礼物'])
    >>> without_recipient("a gift for my 5 year old son").split()
    ['a', 'gift', 'son']
    """
    given, goods = _given(folded), folded
    for match in given:
        goods = blank(goods, *match.span())
    if not given or any(map(str.isalnum, _NOTHING.sub("", goods))):
        return goods
    kept = [match.span() for match in _KEPT.finditer(folded)]
    kept += [match.span(whom) for match in given if (whom := match.lastgroup)]
    rest = [*goods]
    for start, end in kept:
        rest[start:end] = folded[start:end]
    return "".join(rest)


def wish_alone(said: str, start: int = 0, end: int = 0) -> bool:
    """Return whether a query says no more than that it looks for a gift, and for whom, beside a price at a place in it.

    >>> wish_alone("送爸爸 300元", 4, 8), wish_alone("送爸爸的围巾"), wish_alone("gift for my dad")
    (True, False, True)
    """
    folded = blank(fold(said), start, end)
    for match in _given(folded):
        folded = blank(folded, *match.span())
    return not any(map(str.isalnum, _NOTHING.sub("", folded)))


def named_alike(said: str) -> tuple[str, ...]:
    """Return the words for the same people as one, with itself first, in both languages.

    >>> named_alike("老爸"), named_alike("teacher")
    (('老爸', '爸爸', '爸', '父亲', 'dad', 'father'), ('teacher', '老师'))
    """
    word = fold(said)
    same = next((group for group in _SAME if word in group), ())
    return (word, *(one for one in same if one != word))


def _given(folded: str) -> list[re.Match[str]]:
    return [*_gift().finditer(folded)] if any(mark in folded for mark in _MARKS) else []


@cache
def _audiences() -> Mapping[str, str]:
    return {word: audience for audience, words in _AUDIENCES.items() for word in words.split()}


@cache
def _gift() -> re.Pattern[str]:
    words = sorted({*_audiences(), *_OTHERS.split()}, key=len, reverse=True)
    zh = "|".join(word for word in words if not word.isascii())
    en = "|".join(word for word in words if word.isascii())
    given = rf"(?:gifts?{_NOT_GIVEN}|presents?)(?:\s+ideas?)?"
    whom = rf"{_AGE}(?:(?:little|dear|old|new|young)\s+)?"
    return re.compile(
        rf"(?:送给|送|给)(?:我|他|她|你)?的?{_YEARS}(?P<zh>{zh})|{_YEARS}(?P<zh2>{zh})(?=的?(?:生日)?礼[物品])|(?:生日)?礼[物品]\s*(?P<zh3>{zh})"
        r"|礼物(?![袋盒纸])|礼品(?![袋盒纸卡])|送礼|伴手礼|生日(?!蛋糕|帽)"
        rf"|\b(?:{given}|birthday)(?:\s+{given})?\s+for\s+(?:(?:{_WHOSE}|an?|the)\s+)?{whom}(?P<en>{en})\b"
        rf"|\bfor\s+{_WHOSE}\s+{whom}(?P<en2>{en})\b|\bfor\s+(?:an?\s+|the\s+)?(?P<en3>{_CLOSE})\b"
        rf"|\b(?:{given}|birthday(?! (?:cake|candle|banner|hat|card|party)))\b"
    )
