"""What 它, 第二个, "that one" or "the cheaper one" stand for: something that was shown or spoken of last."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from zhiyin.language.scripts import fold

_ORDINALS = (
    r"第一|头一|最前|\b(?:the )?(?:first|1st)\b",
    r"第二|\b(?:the )?(?:second|2nd)\b",
    r"第三|\b(?:the )?(?:third|3rd)\b",
    r"第四|\b(?:the )?(?:fourth|4th)\b",
    r"第五|\b(?:the )?(?:fifth|5th)\b",
)
_BARE = re.compile(r"\W*(?:no\.? ?|number |option |选|#)?([1-9])\W*(?:号|个)?\W*")
_NTH = tuple(re.compile(one) for one in _ORDINALS)
_LAST = re.compile(r"最后(?:一)?[个件条]|\bthe last (?:one|item|order)\b")
_LATTER = re.compile(r"后者|\bthe latter\b")
_FORMER = re.compile(r"前者|\bthe former\b")
_OTHER = re.compile(r"另外?(?:一)?[个件条]|别的那|\bthe other (?:one|order|item)\b")
_CHEAPEST = re.compile(
    r"便宜(?:的|点|些)?的?|\bthe (?:cheaper|cheapest)(?: one)?\b|\b(?:some|any)(?:thing)? cheaper\b"
)
_DEAREST = re.compile(
    r"贵(?:一)?(?:的|点的|些的)|\bthe (?:more expensive|most expensive|dearer)(?: one)?\b"
)
_SAME = re.compile(
    r"它|[这那该][个件款条双台瓶盒]|这货|这东西|\b(?:it|this|that|this one|that one|this item|that item)\b"
)
_FIRST_FEW = re.compile(
    r"前([两二三四234])[个款件条]?|\b(?:the )?first (two|three|four|2|3|4)\b|\b(both)\b|[这那](两)[个款件条]"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "two": 2, "three": 3, "four": 4, "both": 2}
_SAME_ORDER = re.compile(r"[这那该](?:个|笔|一单|单)?(?:订单|单)|\b(?:this|that|the same) order\b")
_CORRECTED = re.compile(
    r"不是这(?:个|笔|单|件)|不是那(?:个|笔|单|件)|(?:看|查|问)的是另|另外?一?[个笔单]|搞错了|说的是另|我(?:说|指)的是"
    r"|\bnot (?:this|that)(?: one| order| item)?\b|\bi meant\b|\bthe wrong (?:one|order|item)\b|\bthe other (?:one|order|item)\b"
)


_CHEAPER = re.compile(r"便宜[点些]|更便宜|\bcheaper\b")


def is_cheaper(text: str) -> bool:
    """Return whether a text asks for something that costs less.

    >>> is_cheaper("有没有便宜点的"), is_cheaper("any cheaper ones"), is_cheaper("便宜吗")
    (True, True, False)
    """
    return bool(_CHEAPER.search(fold(text)))


def weighs_price(text: str) -> bool:
    """Return whether a text asks for what costs the least or the most.

    >>> weighs_price("which is the cheapest"), weighs_price("它防水吗")
    (True, False)
    """
    folded = fold(text)
    return any(one.search(folded) for one in (_CHEAPER, _CHEAPEST, _DEAREST))


def corrects(text: str) -> bool:
    """Return whether a text says that something else was meant.

    >>> corrects("No, I meant the other order"), corrects("不是这个订单"), corrects("where is it")
    (True, True, False)
    """
    return bool(_CORRECTED.search(fold(text)))


def points_back(text: str) -> bool:
    """Return whether a text speaks of what was spoken of before, without its name."""
    folded = fold(text)
    return bool(_SAME.search(folded) or _SAME_ORDER.search(folded))


def points_to_order(text: str) -> bool:
    """Return whether a text speaks of an order that was spoken of before.

    >>> points_to_order("has that order left"), points_to_order("that pot")
    (True, False)
    """
    return bool(_SAME_ORDER.search(fold(text)))


def places(text: str, n: int) -> list[int]:
    """Return which places of a list of ``n`` a text names by their number, from 0.

    >>> places("第一个和第三个", 3), places("the second one", 3)
    ([0, 2], [1])
    """
    folded = fold(text)
    if few := _FIRST_FEW.search(folded):
        told = next(one for one in few.groups() if one)
        return list(range(min(n, _COUNTS[told] if told in _COUNTS else int(told))))
    return [place for place, pattern in enumerate(_NTH[:n]) if pattern.search(folded)]


def chosen(
    text: str,
    shown: Sequence[str],
    last: str | None = None,
    *,
    price: Callable[[str], int | None] = lambda _: None,
    name: Callable[[str], str] = lambda _: "",
) -> str | None:
    """Return which of some things a text means, None where it means none of them.

    Args:
        text: of the shopper.
        shown: ids as they were listed.
        last: the one spoken of last.
        price: of one, for "the cheaper one".
        name: of one, for texts that say it.

    >>> chosen("the second one please", ["tea", "pot"]), chosen("它有货吗", [], "pot")
    ('pot', 'pot')
    """
    folded = fold(text)
    place = _place(folded, len(shown))
    if place is not None:
        return shown[place]
    if named := [one for one in shown if _says(folded, name(one))]:
        return named[0]
    others = [one for one in shown if one != last]
    if _OTHER.search(folded) and len(others) == 1:
        return others[0]
    priced = [(value, one) for one in shown if (value := price(one)) is not None]
    if len(priced) > 1 and _DEAREST.search(folded):
        return max(priced)[1]
    if len(priced) > 1 and _CHEAPEST.search(folded):
        return min(priced)[1]
    if last is not None and points_back(folded) and not corrects(folded):
        return last
    return None


def _place(folded: str, n: int) -> int | None:
    if bare := _BARE.fullmatch(folded):
        return int(bare[1]) - 1 if int(bare[1]) <= n else None
    for place, pattern in enumerate(_NTH[:n]):
        if pattern.search(folded):
            return place
    if n and _LAST.search(folded):
        return n - 1
    if n == 2:
        return 1 if _LATTER.search(folded) else 0 if _FORMER.search(folded) else None
    return None


def _says(folded: str, name: str) -> bool:
    """Return whether a text holds a name, or the most of its letters in a row that a shopper would type."""
    said = fold(name).strip()
    if len(said) < 2:
        return False
    words = [word for word in re.split(r"[\s/·|,，()（）]+", said) if len(word) > 1]
    return said in folded or (
        len(words) > 1 and sum(word in folded for word in words) * 2 > len(words)
    )
