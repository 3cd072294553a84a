"""Names of people in Chinese text, told from common words by the dictionary."""

from __future__ import annotations

import re

from zhiyin.language.facts import vocabulary_people as words
from zhiyin.language.facts.people import people_in
from zhiyin.language.scripts import HAN
from zhiyin.language.tokens import dictionary

_LATIN = re.compile(r"[\w·-]+", re.ASCII)
_NICK = re.compile(rf"[小老阿][{HAN}]|([{HAN}])\1")
_NO_NAMES = frozenset(words.NO_NAMES_ZH.split())
_TAIL = frozenset(words.NAME_TAIL_ZH)
_CUT = frozenset(words.NAME_CUT_ZH)
_PHRASE = frozenset("vadzp")
_STOPPED = frozenset("rcuytfm")
_LONGEST = 6


def name_at(folded: str, start: int) -> int:
    """Return the length of a full name such as 张三 that stands at a place in a folded text, 0 where there is none.

    >>> name_at("同事张三说不错", 2), name_at("同事安排了", 2)
    (2, 0)
    """
    if folded[start : start + 1] not in words.SURNAMES or start >= len(folded):
        return 0
    ahead = re.match(f"[{HAN}]+", folded[start : start + _LONGEST])
    word, tag = dictionary().tag(ahead[0])[0] if ahead else ("", "")
    if not tag.startswith("nr") or word in _NO_NAMES or dictionary().has_word(word):
        return 0
    length = len(word) - (len(word) == 3 and word[-1] in _TAIL)
    return length if 2 <= length <= 3 else 0


def handle_length(run: str) -> int:
    """Return how much of the characters behind an ``@`` is a name, 0 where they are common words or a phrase.

    Latin handles are taken as they are. Chinese ones end before words that no name has; a verb or an adjective behind
    common words makes a phrase.

    >>> handle_length("张三你看看"), handle_length("emma"), handle_length("裤腿太小"), handle_length("感谢")
    (2, 4, 0, 0)
    """
    latin = _LATIN.match(run)
    if latin and latin.end() == len(run):
        return len(run) if run.strip("_·-") else 0
    length, is_name, is_phrase = 0, False, False
    pieces: list[str] = []
    for word, tag in dictionary().tag(run):
        is_nick = not length and _is_nick(word, tag)
        if not is_nick and (tag[:1] in _STOPPED or tag[:1] in _PHRASE or word[0] in _CUT):
            is_phrase = tag[:1] in _PHRASE or word[0] in _CUT
            break
        is_name |= is_nick or _LATIN.match(word) is not None
        length += len(word)
        pieces.append(word)
        if is_nick and word[-1] in _TAIL and len(word) == 3:
            return length - 1
    if is_name:
        return length
    is_common = len(pieces) == 1 and (dictionary().has_word(pieces[0]) or len(pieces[0]) == 1)
    return 0 if is_phrase or is_common else length


def _is_nick(word: str, tag: str) -> bool:
    """Return whether a word is how somebody is called: 张三, 小鹿, 豆豆."""
    if word in _NO_NAMES or people_in(word):
        return False
    if _NICK.fullmatch(word):
        return tag[:1] in ("n", "j") or not dictionary().has_word(word)
    is_full = len(word) == 3 and word[0] in words.SURNAMES
    return tag.startswith("nr") and (is_full or not dictionary().has_word(word))
