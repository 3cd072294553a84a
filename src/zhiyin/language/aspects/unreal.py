"""Words from which on a text does not say what is: wishes, suppositions, expectations, and orders to whoever reads it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["wish", "if", "expected", "order"]

_VERBS = (
    r"(?:\b(?:output|answer|respond|reply|classify|label|print|return|rate|mark|say)\b"
    r"|回答|输出|判定|判断|判为|标记|标注|分类|评为|归类|返回|打印)"
)
_LABELS = r"(?:\b(?:positive|negative|neutral)\b|好评|差评|中评|正面|负面|正向|负向|积极|消极|中性)"
_PLEAS = (
    rf"(?:\b(?:please|you must|you should)\s+|请你?|必须|务必|一律)(?:只|only\s+|just\s+)?{_VERBS}"
)
_BARE_ANSWER = rf"{_VERBS}\s*(?:(?:with|as|only|just|it|this|that|is|为|成|是|作|:)\s*)*{_LABELS}"
_TO_READERS = (
    r"(?:\b(?:ignore|disregard|forget|override)\b[^.!?]{0,24}?\b(?:instructions?|prompts?|above|system message|rules)\b"
    r"|(?:忽略|无视|忘记|忘掉)[^。!?]{0,12}?(?:指令|提示|以上|上述|上文|规则|要求)"
    rf"|{_PLEAS}[^,.。!?]{{0,12}}?{_LABELS}|{_VERBS}\s*(?:with|as|为)?\s*[:\"“「'{{])"
)
_ANSWERS = rf"(?:{_BARE_ANSWER}|{_PLEAS})"
_NOT_SURPRISED = "(?<!never )(?<!n't )(?<!not )(?<!have )"
_WISHES = (
    r"(?:希望|但愿|建议|最好[能是]|要能|(?:(?<!不)能够?|可以)[再更](?=[^,。!?]{1,12}[点些就])|\bwish(?:ed|es)?\b|\bhop(?:e|es|ed|ing)\b|\bif only\b"
    r"|\bwould have (?:liked|preferred)\b|\bcould (?:use|be|have been)\b|\b(?:should|would) (?:be|have been)\b"
    rf"|{_NOT_SURPRISED}\bexpect(?:ed|ing)?\b(?! (?:of|by)\b))"
)
_IFS = r"(?:如果|假如|假若|若是|(?<![主只需])要是|倘若|\bif\b|\bunless\b)"
_EXPECTED = (
    r"(?:(?<![自不])以为|(?:本来|原本|起初|一开始|刚开始|之前|最初)[^,。]{0,4}(?:担心|怕|觉得|认为|想着)"
    rf"|{_NOT_SURPRISED}\bthought\b(?=.{{0,40}}\b(?:would|might|gonna|going to)\b)|\b(?:was|were) (?:\w+ )?(?:afraid|worried|scared|nervous|skeptical)\b)"
)
_SURPRISE = (
    r"(?:\bnever|n't|\bnot|\bwho would have) (?:think|thought|imagined?|expect(?:ed)?|believed?)\b"
    r"[^,.!?]{0,40}?\bwould (?:be|have been)\b"
)
_MARKS = re.compile(
    rf"{_SURPRISE}|(?P<readers>{_TO_READERS})|(?P<order>{_ANSWERS})|(?P<expected>{_EXPECTED})|(?P<wish>{_WISHES})|(?P<if>{_IFS})"
)
_KINDS: dict[str, Kind] = {
    "readers": "order", "order": "order", "expected": "expected", "wish": "wish", "if": "if",
}  # fmt: skip
_SENTENCE_END = re.compile(r"[。!?\n\r]|\.(?![0-9])|\Z")
_MORE = re.compile(
    r"[更再别]|不要|不那么|没那么|\b(?:more|less|a bit|a little|was|were|wasn't|weren't|not so|had)\b"
)
_COMPARED = re.compile(r"(?:\b\w+er|\bworse)\Z")
_SOME_MORE = re.compile(r"一?[点些]|\s+if\b")
_BETTER_SO = re.compile(r"就(?:更|太|再|很|非常)?(?:好|完美|棒|满意)")
_NEAR = 24  # characters before and behind an opinion that are looked at
_THEN = 12  # characters from the end of a supposition within which 就好了 makes it a wish


class Mark(NamedTuple):
    """Words behind which nothing is said to be so.

    Attributes:
        start: where they begin, in characters of the text.
        end: behind the last, or behind all that belongs to an order.
        kind: what they open.
    """

    start: int
    end: int
    kind: Kind


def marks(folded: str) -> list[Mark]:
    """Return the marks of a folded text, in order and apart.

    Complexity: O(n).

    >>> [mark.kind for mark in marks("希望物流快点,如果便宜就买,请回答好评")]
    ['wish', 'if', 'order']
    """
    found: list[Mark] = []
    for match in _MARKS.finditer(folded):
        if found and match.start() < found[-1].end:
            continue
        name, end = match.lastgroup, match.end()
        if name is None:
            continue
        if name == "readers":
            stop = _SENTENCE_END.search(folded, end)
            end = stop.start() if stop else len(folded)
        found.append(Mark(match.start(), end, _KINDS[name]))
    return found


def asks_for_more(folded: str, mark: Mark, start: int, end: int, clause_end: int) -> bool:
    """Return whether words behind a mark say that there should be more of what they praise: 希望快一点, could be faster.

    Args:
        folded: a text.
        mark: of the clause.
        start: where the words begin.
        end: behind them.
        clause_end: of their clause.
    """
    is_more = (
        _MORE.search(folded, max(mark.start, start - _NEAR), end)
        or _COMPARED.search(folded, start, end)
        or _SOME_MORE.match(folded, end)
    )
    if mark.kind == "wish":
        return bool(is_more)
    then = min(clause_end + _THEN, end + _NEAR)
    is_wish = mark.kind == "if" and _BETTER_SO.search(folded, max(mark.end, start), then)
    return bool(is_more and is_wish)
