"""Chinese words for goods that no title has: 跑鞋 for 跑步鞋, 鞋子 for 鞋, and 红鞋 and 女鞋 for shoes that are red or for women."""

from __future__ import annotations

import re

from zhiyin.search.query.spelling import Speller

_WORN = "[鞋靴裤裙衣衫装服袄帽袜包表伞]"
_FOR_WHOM = re.compile(f"[男女童](?={_WORN}$)")
_COLOURED = re.compile(
    f"(?!红包)[红黑白蓝绿紫灰粉黄棕](?=(?:[长短皮棉布]?{_WORN}|裤子|裙子|帽子|袜子|鞋子)$)"
)
_NAMED_LAST = re.compile(".{2,3}(?=[鞋靴裤裙帽袜]$)")
_SUFFIXED = re.compile("[鞋裤裙帽袜桌椅柜箱盒杯瓶被毯架梯帘垫凳扇勺叉筷盘碟罐桶篮袋夹梳链镯钩杆钉橘桃李柚栗饺粽]子$")  # fmt: skip
"""Names of goods that are the same without their suffix."""


def parting(word: str, speller: Speller) -> int:
    """Return behind how many characters of a word the goods are named that it says more of, 0 where titles have the word.

    >>> [parting(word, Speller({"白鞋": 3})) for word in ("女鞋", "红鞋", "运动鞋", "白鞋", "红包", "冰箱")]
    [1, 1, 2, 0, 0, 0]
    """
    match = _FOR_WHOM.match(word) or _COLOURED.match(word)
    if match is None and speller.ends_with(word[-1]) and not speller.knows(word):
        match = _NAMED_LAST.match(word)
    return match.end() if match and not speller.is_in_titles(word) else 0


def bare(word: str, speller: Speller) -> str | None:
    """Return a word for goods without its suffix 子 where titles have it only so; None for others.

    >>> [bare("鞋子", Speller(words)) for words in ({"跑步鞋": 3}, {"跑步鞋": 3, "鞋子": 1}, {})], bare("电子", Speller({"充电": 3}))
    (['鞋', None, None], None)
    """
    is_so = bool(_SUFFIXED.search(word)) and speller.ends_with(word[-2])
    return word[:-1] if is_so and not speller.is_in_titles(word) else None


def whom(said: str) -> int:
    """Return how many characters of a word say whom it is for, where the others say what the goods are; else all.

    >>> whom("女鞋"), whom("童鞋"), whom("女士"), whom("女")
    (1, 1, 2, 1)
    """
    match = _FOR_WHOM.match(said)
    return match.end() if match else len(said)
