"""What goods a text names, and whether they are among those that a search found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhiyin.assistant.dialogue.document_steps import EMPTY
from zhiyin.language.scripts import fold

_NOT_GOODS = re.compile(
    r"还有|别的|好?东西|最近|有些|新品|好[的货]|什么样|几样|商品|其[他它]|有什么|什么|有没有|推荐|介绍|给我|帮我|我想|想要|想买|要买|购买|一下|一[个些款台把辆架双件张]|几[个款双件]|[吗呢吧的了请有卖买]|你们|可以|能|好"
    r"|\b(?:what|do|you|can|could|would|recommend|suggest|any|some|show|me|please|something|anything|a|an|the|i|for|to|buy|want|ideas?|help|choose|sell|stock|carry|got|used|here|else|other|others|another|more|ones?|are|is|there|available|which|have|new|good|nice|what's|has|these|days|like)\b"
    r"|\W"
)
_LIMIT = re.compile(
    r"\d+(?:\.\d+)?\s*(?:块钱?|元|yuan|cny|rmb)?|以内|以下|左右|\b(?:under|below|less than|up to|around)\b"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z]{3,}")
_OFFERS = re.compile(
    r"优惠|折扣|打折|活动|代金|红包|哪些|[券卷劵码领用抵送]|最近|现在|今天|目前|便宜|店里|商品"
    r"|\b(?:coupons?|vouchers?|codes?|discounts?|offers?|deals?|sales?|promo\w*|get|gets|use|now|today|currently|available|valid|apply|there|find|shop|store|orders?|better|price|cheaper|this|that|it)\b"
)
_SOLD = re.compile(
    r"有.{0,4}卖|给.{1,5}[买挑]|[一-龥]{2}有吗\W*$|想换[个条件套双床台](?!大|小|尺|颜|新的)|卖不卖|卖(?!我|家|掉|了|给).{0,10}[吗嘛么]|(?<!不)[想要]买|买得?到|有.{1,8}卖吗|有.{1,8}买吗"
    r"|\bdo you (?:sell|stock|carry)\b(?! my| our)|\b(?:can|where can|could) i buy\b|\bwant to buy\b"
)


def is_open(text: str) -> bool:
    """Return whether a text asks for goods without naming any.

    >>> is_open("有什么推荐吗"), is_open("推荐一款帐篷")
    (True, False)
    """
    return not _NOT_GOODS.sub("", fold(text))


def asks_whether_sold(text: str) -> bool:
    """Return whether a text asks if the shop sells something.

    >>> asks_whether_sold("你们卖飞机吗"), asks_whether_sold("不想买了"), asks_whether_sold("do you sell my data")
    (True, False, False)
    """
    return bool(_SOLD.search(fold(text)))


_NARROWS = re.compile(
    r"预算|以[内下]|[左右]{2}|之间|^\W*(?:要|想要|最好|有没有|有|能|可以).{1,8}(?:的|点|些)[吗呢嘛么]?\W*$|^\W*.{1,6}的(?:有吗|呢)\W*$"
    r"|\bbudget\b|\bunder\b|\bbelow\b|\bup to\b|\bless than\b|^\W*(?:and |but |something |anything |any )?(?:with|without|in|for|made of)\b|\b(?:ones|smaller|bigger|lighter|warmer|quieter)\W*$"
)
_INSTEAD = re.compile(r"^\W*(?:那|还是)?(?:换成|换|改成|改看)(?=.{2,})|呢\W*$")


def narrows(text: str) -> bool:
    """Return whether a text says more of goods that were asked for, without naming others.

    >>> narrows("预算200"), narrows("要降噪的"), narrows("with noise cancelling"), narrows("第二个多少钱")
    (True, True, True, False)
    """
    return bool(_NARROWS.search(fold(text)))


def named_instead(text: str) -> str:
    """Return a text without words that say it replaces what was asked for.

    >>> named_instead("换成狗粮呢")
    '狗粮'
    """
    return _INSTEAD.sub("", fold(text))


def share_named(text: str, titles: Sequence[str], *, by_head: bool = True) -> float:
    """Return the share of the goods' words in a text that stand in some titles, from 0 to 1; 0 where it has none.

    Of Chinese pairs of signs are compared, of other words whole ones.

    Args:
        text: of the shopper.
        titles: of what was found.
        by_head: whether the end of a Chinese noun that stands in all titles counts for all of it.

    >>> share_named("do you have a folding umbrella", ["Folding Umbrella, blue"]), share_named("卖飞机吗", ["保温杯"])
    (1.0, 0.0)
    """
    words = _words(text)
    pieces = {piece for word in words for piece in _pieces(word)}
    found = [fold(title) for title in titles]
    if not pieces or not found:
        return 0.0
    heads = [word[-2:] for word in words if by_head and word[0] > "z"]
    if any(all(head in title for title in found) for head in heads):
        return 1.0
    return sum(any(_stands(piece, title) for title in found) for piece in pieces) / len(pieces)


def names_other_offer(text: str, held: str) -> bool:
    """Return whether a text names a sort of offer of which nothing stands in those that there are.

    >>> names_other_offer("有生日券吗", "跑鞋可用优惠码 A1"), names_other_offer("有什么优惠券", "跑鞋可用优惠码 A1")
    (True, False)
    """
    named = _OFFERS.sub(" ", fold(text))
    return bool(_words(named)) and share_named(named, [held]) == 0


def _words(text: str) -> list[str]:
    """Return the words of a text that may name goods, folded."""
    left = _NOT_GOODS.sub(" ", _LIMIT.sub(" ", fold(text)))
    return _WORDS.findall(EMPTY.sub(" ", left))


def _pieces(word: str) -> set[str]:
    if word[0] <= "z":
        return {word.rstrip("s")}
    return {word[at : at + 2] for at in range(len(word) - 1)}


def _stands(piece: str, title: str) -> bool:
    if piece[0] > "z":
        return piece in title
    return bool(re.search(rf"\b{re.escape(piece)}(?:e?s)?\b", title))
