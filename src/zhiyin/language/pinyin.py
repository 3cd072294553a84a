"""Chinese words by their sound: pinyin, and the words that a mistyped one may stand for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

import numpy as np

from zhiyin.language.scripts import HAN, LATIN, fold

_WORD = re.compile(f"(?P<zh>[{HAN}]+)|[0-9{LATIN}]+")
_CONFUSED = (
    (re.compile("ng"), "n"),
    (re.compile("([zcs])h"), r"\1"),
    (re.compile("n"), "l"),
)
_LONGEST = 64
_SHORTEST_WITH_A_SLIP = 4


def syllables(text: str) -> str:
    """Return the pinyin of a text without tones, parted by spaces; Latin words and numbers stay.

    Complexity: O(n).
    References: the dictionary of readings of phrases is pypinyin's.

    >>> syllables("重庆的 iPhone15 手機壳，重量")
    'chong qing de iphone15 shou ji ke zhong liang'
    """
    from pypinyin import lazy_pinyin

    found: list[str] = []
    for match in _WORD.finditer(fold(text)):
        found += lazy_pinyin(match[0]) if match["zh"] else [match[0]]
    return " ".join(found)


class Sounds:
    """Finds the words of a vocabulary that a text sounds like.

    Args:
        words: the vocabulary, the most usual word first.

    >>> sounds = Sounds(["手机", "书籍", "牛奶"])
    >>> [sounds.candidates(text)[0] for text in ("shouji", "手鸡", "sou ji", "liulai", "nn")]
    [('手机', 1.0), ('手机', 1.0), ('手机', 0.9), ('牛奶', 0.9), ('牛奶', 0.5)]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(dict.fromkeys(words))
        rows = [
            (_code(trait), place)
            for place, word in enumerate(self._words)
            for trait in _traits_of_word(word)
        ]
        table = np.array(rows, [("code", np.uint64), ("place", np.int32)])
        table.sort(order=("code", "place"))
        self._codes, self._places = table["code"].copy(), table["place"].copy()

    def candidates(self, text: str, *, limit: int = 5) -> list[tuple[str, float]]:
        """Return the words that a text may stand for, and how alike they sound, best first.

        A likeness of 1 is the same pinyin. 0.9: the same but for what many speakers do not tell apart: zh and z, ch
        and c, sh and s, n and l, and ang, eng, ing and an, en, in. 0.7: that, with one letter missing,
        too many, wrong or moved. 0.5: the text is the first letters. Among equals, words that share more characters
        with the text come first, then those that are more usual.

        Args:
            text: pinyin with or without spaces, characters, or both; one of more than 64 characters is no word.
            limit: of candidates.
        Complexity: O(length² + log words) and what is found.
        """
        if len(text) > _LONGEST:
            return []
        found: dict[int, float] = {}
        for trait, likeness in _traits_of_query(text):
            code = np.uint64(_code(trait))
            first, end = (np.searchsorted(self._codes, code, side) for side in ("left", "right"))
            for place in self._places[first:end].tolist():
                found.setdefault(place, likeness)
        characters = set(fold(text))
        ranked = sorted(
            found.items(),
            key=lambda pair: (
                -pair[1],
                -len(characters.intersection(self._words[pair[0]])),
                pair[0],
            ),
        )
        return [(self._words[place], likeness) for place, likeness in ranked[:limit]]


def _traits_of_word(word: str) -> Iterator[str]:
    spelt = syllables(word)
    letters = spelt.replace(" ", "")
    if not letters:
        return
    yield f"same {letters}"
    yield f"alike {_confused(letters)}"
    yield from _slips(_confused(letters))
    if " " in spelt:
        yield f"first {''.join(syllable[0] for syllable in spelt.split())}"


def _traits_of_query(text: str) -> Iterator[tuple[str, float]]:
    """Return what to look up, the most alike first."""
    letters = syllables(text).replace(" ", "").replace("'", "")
    yield f"same {letters}", 1.0
    yield f"alike {_confused(letters)}", 0.9
    for slip in _slips(_confused(letters)):
        yield slip, 0.7
    yield f"first {letters}", 0.5


def _confused(letters: str) -> str:
    """Return letters without the differences that many speakers do not make.

    It works on whole words, so it need not know where one syllable ends: 方案 and "fangan" give the same.
    """
    for pattern, plain in _CONFUSED:
        letters = pattern.sub(plain, letters)
    return letters


def _slips(letters: str) -> Iterator[str]:
    """Return what two words share that are one letter apart: the letters, and those without one of them.

    References: Garbe, symmetric delete spelling correction, 2012.
    """
    if len(letters) >= _SHORTEST_WITH_A_SLIP:
        yield f"slip {letters}"
        for place in range(len(letters)):
            yield f"slip {letters[:place]}{letters[place + 1 :]}"


def _code(trait: str) -> int:
    return int.from_bytes(hashlib.blake2b(trait.encode(), digest_size=8).digest())
