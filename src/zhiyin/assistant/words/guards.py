"""What an answer may hold: values that stand in the evidence, words that are quoted, and no promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zhiyin.assistant.tools.tool import Evidence
from zhiyin.language.scripts import fold

_VALUES = re.compile(
    r"https?://[^\s)>，。；”\"]+"
    r"|[A-Za-z]{0,6}[-_]?\d[A-Za-z0-9]*(?:[.,:/_-]\d[A-Za-z0-9]*)*%?"
)
_PROMISES = re.compile(
    r"赔偿|赔付|赔您|赔给您|补偿|全额退|保证(?:退|给|到|会)|承诺|免单|送您|返现|双倍"
    r"|\bcompensat\w+|\bwe (?:will|shall|'ll) (?:pay|refund|give|credit|reimburse)\b|\bi (?:will|'ll) (?:pay|refund|give|credit)\b"
    r"|\bguarantee[ds]?\b|\bfull refund\b|\bfree of charge\b|\bfor free\b|\bpromise\w*\b"
)  # fmt: skip


class Sentence(NamedTuple):
    """A sentence of an answer, and what it rests on.

    Attributes:
        text: of it.
        evidence: that holds its values, or its words where it is a quotation.
        is_quote: whether it is evidence word by word.
        place: in a list, from 1; it stands before the text.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    is_quote: bool = False
    place: int | None = None


def supported(sentences: Iterable[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Return the sentences that may be said, and those that are dropped.

    >>> order = Evidence("order", "o12345", "Order o12345 was shipped", ("o12345",))
    >>> kept, dropped = supported([Sentence("It is o12345.", (order,)), Sentence("It comes in 3 days.", (order,))])
    >>> [one.text for one in dropped]
    ['It comes in 3 days.']
    """
    kept: list[Sentence] = []
    dropped: list[Sentence] = []
    for one in sentences:
        (kept if may_be_said(one) else dropped).append(one)
    return kept, dropped


def may_be_said(sentence: Sentence) -> bool:
    """Return whether each value of a sentence stands in its evidence, a quotation word by word, and nothing is promised."""
    held = [(one.source, fold(one.text), *map(fold, one.values)) for one in sentence.evidence]
    said = fold(sentence.text)
    if sentence.is_quote:
        quoted = [source for source, *texts in held if said.strip() in texts[0]]
        if not quoted or "policy" in quoted:
            return bool(quoted)
    if _PROMISES.search(_without_titles(said, sentence.evidence)):
        return False
    return all(_stands(value, held) for value in _VALUES.findall(said))


def _stands(value: str, held: Sequence[tuple[str, ...]]) -> bool:
    around = re.compile(rf"(?<![a-z0-9]){re.escape(value)}(?![a-z0-9]|[.,]\d)")
    return any(around.search(text) for _, *texts in held for text in texts)


def _without_titles(said: str, evidence: Sequence[Evidence]) -> str:
    """Return a sentence without the values that are quoted in it, such as titles of goods: those are the shop's words."""
    for value in sorted((fold(v) for one in evidence for v in one.values), key=len, reverse=True):
        if len(value) > 3:
            said = said.replace(value, " ")
    return said
