"""Whether a sentence in other words still says what the first one said, and nothing besides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from itertools import pairwise

from zhiyin.language.scripts import HAN, LATIN, fold
from zhiyin.portraits.same_words import EMPTY, LABELS, NEGATIONS, ROLES, SAME
from zhiyin.portraits.sensitive import is_blocked

_FIGURE = re.compile(r"\d+(?:[.,:-]\d+)*%?")
_QUOTED = re.compile("“([^”]+)”")
_LIST = re.compile(r"[:：] ?([^\d:：()（）]+[,、][^\d:：()（）]+)$")
_SIGNS = frozenset(".,;:()'\"“”‘’-–—，。；：、（）「」《》%")
_OPEN, _CLOSE = '[“"‘「《]', '[”"’」》]'
_GROWTH, _SPARE = 1.5, 20
_COUNT = "0"
_LISTED = sorted((word for word in {*SAME, *EMPTY, *NEGATIONS} if not word.isascii()), key=len)
_WORD = re.compile(
    "|".join([*reversed(_LISTED), f"[{HAN}]", f"[{LATIN}]+(?:'[{LATIN}]+)?", r"[^\W\d_]+", _COUNT])
)


def objection(rewording: str, sentence: str, names: Collection[str] = ()) -> str:
    """Return why a rewording must not be shown in place of a sentence; "" where nothing speaks against it.

    Nothing may be added and nothing lost. Names and figures stand as they were and in their order. Each other word must
    stand in the sentence too, or a word that says the same (`same_words`), or say nothing by itself; and each word of the
    sentence must be there again. It is a fence of closed lists, stricter than it need be: much that is right is refused.
    Not seen is a sentence whose same words stand in an order that makes it nonsense.

    Args:
        rewording: what a model wrote.
        sentence: what is said.
        names: texts that stand in the sentence as they are, such as brands and what a person wrote; those within “” and
            enumerations behind a colon are found without.
    Complexity: O(characters x names).

    >>> said = "You choose the brand “Lu” about 2.0 times as often as others do"
    >>> objection("You pick the brand “Lu” around 2.0 times as often as other people.", said)
    ''
    >>> objection("You choose the brand “Lu” about 3.0 times as often as others do", said)
    'figures'
    >>> objection("You choose the fine brand “Lu” about 2.0 times as often as others do", said)
    'added: fine'
    """
    if not rewording.strip() or len(rewording) > _GROWTH * len(sentence) + _SPARE:
        return "length"
    pattern = _names(sentence, names)
    (was, kept), (now, found) = _parted(sentence, pattern), _parted(rewording, pattern)
    if kept != found:
        return "names"
    if _FIGURE.findall(was) != _FIGURE.findall(now):
        return "figures"
    strange = {sign for sign in now if not (sign.isalnum() or sign == " ")} - _SIGNS
    if strange - set(was) or not rewording.isprintable():
        return "signs"
    if is_blocked("text", now) or is_blocked("text", rewording):
        return "sensitive"
    return _of_words(_words(was), _words(now))


def _of_words(was: list[str], now: list[str]) -> str:
    """Return what meanings lack, have too many of, or have in the wrong order; ``_COUNT`` stands for a figure."""
    if _counted(was, NEGATIONS) != _counted(now, NEGATIONS):
        return "negation"
    before, after = (
        dict.fromkeys(word for word in words if word not in EMPTY) for words in (was, now)
    )
    for name, more in (("added", after.keys() - before), ("lost", before.keys() - after)):
        if more:
            return f"{name}: {', '.join(sorted(more))}"
    roles = [[word for word in words if word in ROLES] for words in (before, after)]
    if roles[0] != roles[1] or not _compared(now) <= _compared(was):
        return "roles"
    if LABELS & before.keys() and not _is_bound(was, now):
        return "labels"
    return ""


def _counted(words: list[str], which: Collection[str]) -> Counter[str]:
    return Counter(word for word in words if word in which)


def _compared(words: list[str]) -> set[str]:
    """Return the words right before others: who is chosen for is not who is compared to."""
    pairs = pairwise(["", *words])
    return {first for first, second in pairs if second == "others" != first}


def _is_bound(was: list[str], now: list[str]) -> bool:
    """Return whether labels and figures alternate as they did, or each pair the other way round."""
    before, after = ([w for w in words if w in LABELS or w == _COUNT] for words in (was, now))
    pairs = zip(before[::2], before[1::2], strict=False)
    return after in (before, [word for one, two in pairs for word in (two, one)])


def _words(text: str) -> list[str]:
    """Return the words of a text in order, each as the first of those that say the same, and a mark for each figure.

    Chinese is cut into the longest words of the lists; what is in none of them stands character by character.
    """
    found = _WORD.findall(fold(_FIGURE.sub(f" {_COUNT} ", text)))
    return [SAME.get(word, word) for word in found]


def _names(sentence: str, names: Collection[str]) -> re.Pattern[str]:
    """Return a pattern of the names that a sentence holds, the longest first."""
    quoted = {f"{_OPEN}{re.escape(name)}{_CLOSE}" for name in _QUOTED.findall(sentence)}
    rest = _QUOTED.sub(" ", sentence)
    plain = {name for name in (*names, *_LIST.findall(rest)) if name.strip() and name in rest}
    bounded = {
        rf"(?<![^\W_]){re.escape(name)}(?![^\W_])" if name[0].isascii() else re.escape(name)
        for name in plain
    }
    ordered = sorted(quoted, key=len, reverse=True) + sorted(bounded, key=len, reverse=True)
    return re.compile("|".join(ordered) or r"(?!)")


def _parted(text: str, names: re.Pattern[str]) -> tuple[str, list[str]]:
    """Return a text without its names, and these in order without their quotation marks."""
    found = [match[0].strip('“”"‘’「」《》') for match in names.finditer(text)]
    return names.sub(" ", text), found
