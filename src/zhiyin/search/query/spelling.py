"""Words typed wrongly: letters missing, too many, wrong or moved, words split or run together, and Chinese by its sound."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.pinyin import Sounds, syllables
from zhiyin.language.tokens import dictionary
from zhiyin.search.packed import Arrays, of_texts, texts
from zhiyin.search.understanding import CorrectionKind

_SHORTEST = 4
"""Letters of a word that is corrected at all."""
_TWO_SLIPS = 7
"""Letters from which on two slips are allowed."""
_LONGEST = 24
_LONGEST_WORD = 4
"""Characters of a Chinese word that is found by a sound that is not quite its own."""
_SURE = 3
"""Characters of a Chinese word from which on its sound says surely what was meant."""
_FEWEST, _SMALL = 3, 2000
"""Documents that have a word, from which on others are corrected to it; one is enough where so few words are known."""
_PARTS = re.compile("([a-z]{2,})([0-9]+)")
_MORE = 2
"""Characters that a Chinese word for goods may leave out."""
_MOST_SYLLABLES = 4
_LEAST_SOUND = 0.9


class Meant(NamedTuple):
    """What a word stands for, how it was mistyped, and how sure that is, 0 to 1."""

    text: str
    kind: CorrectionKind
    confidence: float


class Speller:
    """Finds the words of a vocabulary that others stand for.

    Args:
        words: folded word → number of documents that have it; 0 for forms that are right but never meant, such as stems.

    >>> speller = Speller({"dispenser": 9, "soap": 40, "multi": 8, "tool": 30, "手机壳": 12})
    >>> [speller.meant(word).text for word in ("dispensor", "soaap", "multitool", "shoujike", "手鸡壳")]
    ['dispenser', 'soap', 'multi tool', '手机壳', '手机壳']
    >>> speller.meant("soap"), speller.meant("xqzzyw")
    (None, None)
    """

    def __init__(self, words: Mapping[str, int]) -> None:
        self._open(words, *_shortened(words))

    def _open(
        self, words: Mapping[str, int], codes: NDArray[np.uint32], places: NDArray[np.int32]
    ) -> None:
        self._counts = dict(words)
        self._later: set[str] = set()
        self._fewest = fewest(words)
        self._words = list(words)
        self._codes, self._places = codes, places
        chinese = [word for word, often in words.items() if _is_said(word, often, self._fewest)]
        chinese.sort(key=lambda word: -words[word])
        self._ends: dict[str, list[str]] = {}
        self._last = {word[-1] for word in chinese if words[word]}
        for word in chinese:
            if words[word] >= self._fewest and len(word) > 2:
                self._ends.setdefault(word[0] + word[-1], []).append(word)
        self._sounds = Sounds(word for word in chinese if len(word) <= _LONGEST_WORD)
        self._said: dict[str, str] = {}
        for word in chinese:
            self._hear(word)
        self.meant = lru_cache(20_000)(self._meant)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Open what ``arrays`` gave."""
        opened = cls.__new__(cls)
        words = dict(zip(of_texts(arrays["words"]), arrays["counts"].tolist(), strict=True))
        opened._open(words, arrays["codes"], arrays["places"])
        return opened

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot; what was added later is not in them."""
        counts = np.array([self._counts[word] for word in self._words], np.int32)
        words = texts(self._words)
        return {"words": words, "counts": counts, "codes": self._codes, "places": self._places}

    def add(self, words: Iterable[str]) -> None:
        """Take in the words of documents that came later: they are right, and Chinese ones of the dictionary meant by their pinyin."""
        for word in words:
            if word not in self._counts:
                self._counts[word] = 0
                self._later.add(word)
                if _is_said(word, 0, self._fewest):
                    self._hear(word)
        self.meant.cache_clear()

    def _hear(self, word: str) -> None:
        self._said.setdefault(_sound(word), word)
        self._said.setdefault(syllables(word).replace(" ", ""), word)

    def knows(self, word: str) -> bool:
        """Return whether a document has the word."""
        return word in self._counts

    def is_in_titles(self, word: str) -> bool:
        """Return whether a title has a word, or an item that came later."""
        return self._counts.get(word, 0) > 0 or word in self._later

    def ends_with(self, sign: str) -> bool:
        """Return whether a Chinese word of titles ends with a character."""
        return sign in self._last

    def longer(self, word: str) -> Meant | None:
        """Return the Chinese name of goods that a word leaves characters out of, None where titles have the word itself.

        >>> Speller({"跑步鞋": 5, "龙井绿茶": 8}).longer("跑鞋").text
        '跑步鞋'
        """
        if len(word) < 2 or self.is_in_titles(word) or not dictionary().has_word(word):
            return None
        for known in self._ends.get(word[0] + word[-1], ()):
            if len(word) < len(known) <= len(word) + _MORE and _stands_in(word, known):
                return Meant(known, "spelling", 0.7)
        return None

    def syllables(self, words: Sequence[str]) -> tuple[Meant, int] | None:
        """Return the Chinese word that some words are the syllables of, and how many of them; the longest that is one.

        >>> Speller({"绿茶": 5}).syllables(["lv", "cha", "tea"])
        (Meant(text='绿茶', kind='pinyin', confidence=0.9), 2)
        """
        for size in range(min(len(words), _MOST_SYLLABLES), 1, -1):
            said = "".join(words[:size])
            if said in self._said and not all(map(self.is_in_titles, words[:size])):
                found = self._said[said]
                if len(found) == size:
                    return Meant(found, "pinyin", 0.9), size
        return None

    def joined(self, first: str, second: str) -> bool:
        """Return whether two words are one in the documents, and at least one of them is none by itself."""
        whole = self._counts.get(first + second, 0)
        apart = min(self._counts.get(first, 0), self._counts.get(second, 0))
        return whole >= self._fewest and apart < min(whole, _FEWEST)

    def homophone(self, text: str) -> Meant | None:
        """Return the Chinese word or phrase that some characters sound like, None where the documents have them so.

        At least half of its characters must be right, and of three or fewer all but one.

        >>> Speller({"折叠伞": 5}).homophone("浙叠伞").text
        '折叠伞'
        """
        found = self._said.get(_sound(text))
        if found is None or found == text or text in self._counts or dictionary().has_word(text):
            return None
        wrong = sum(one != other for one, other in zip(text, found, strict=False))
        if wrong > max(1, len(text) // 2 - 1) or len(text) != len(found):
            return None
        return Meant(found, "pinyin", 0.9 if len(text) >= _SURE else 0.7)

    def _meant(self, word: str) -> Meant | None:
        """Return what a folded word stands for, None where it is right or nothing is near."""
        if word in self._counts or len(word) > _LONGEST:
            return None
        if len(word) > 1 and all(map(_is_han, word)):
            return self.homophone(word) or self._nearly(word)
        if match := _PARTS.fullmatch(word):
            is_known = match[1] in self._counts and match[2] in self._counts
            return Meant(f"{match[1]} {match[2]}", "split", 0.9) if is_known else None
        if len(word) < _SHORTEST or not _is_latin(word):
            return None
        near, apart = self._near(word), self._apart(word)
        if said := self._said.get(word):
            return Meant(said, "pinyin", 0.9)
        sound = self._by_sound(word)
        found = [one for one in (near, apart, sound) if one]
        return max(found, key=lambda one: one.confidence) if found else None

    def _with(self, rest: str) -> Iterator[str]:
        """Yield words that may become a text when letters are left out; others of the same checksum, too."""
        code = np.uint32(crc32(rest.encode()))
        first = int(np.searchsorted(self._codes, code))
        while first < len(self._codes) and self._codes[first] == code:
            yield self._words[self._places[first]]
            first += 1

    def _near(self, word: str) -> Meant | None:
        most = _slips(word)
        best: tuple[float, str, int] | None = None
        for rest in _without(word, most):
            for known in self._with(rest):
                slips = distance(word, known)
                if slips > min(most, _slips(known)) or not _begin_alike(word, known):
                    continue
                worth = math.log(self._counts[known]) / 2 - 3 * slips + (word[0] == known[0])
                worth -= len(word) == len(known) and sorted(word) != sorted(known)
                if best is None or (worth, known) > best[:2]:
                    best = worth, known, slips
        if best is None:
            return None
        return Meant(best[1], "spelling", 0.9 if best[2] == 1 and best[1][0] == word[0] else 0.7)

    def _apart(self, word: str) -> Meant | None:
        best: tuple[int, str] | None = None
        for place in range(3, len(word) - 2):
            first, second = word[:place], word[place:]
            often = min(self._counts.get(first, 0), self._counts.get(second, 0))
            if often >= self._fewest + 2 and (best is None or often > best[0]):
                best = often, f"{first} {second}"
        return Meant(best[1], "split", 0.8) if best else None

    def _nearly(self, word: str) -> Meant | None:
        """Return what a Chinese word of three characters or more nearly sounds like: two of three must be right."""
        if len(word) < _SURE or dictionary().has_word(word):
            return None
        found = self._by_sound(word)
        wrong = (
            sum(one != other for one, other in zip(word, found.text, strict=False)) if found else 2
        )
        return found if wrong <= 1 else None

    def _by_sound(self, word: str) -> Meant | None:
        if not self._said:  # without loading what knows how words sound
            return None
        for meant, likeness in self._sounds.candidates(word, limit=1):
            if likeness >= _LEAST_SOUND:
                return Meant(meant, "pinyin", likeness - 0.1)
        return None


def distance(first: str, second: str) -> int:
    """Return how many letters are missing, too many, wrong or moved by one place.

    Complexity: O(len(first) · len(second)).
    References: Damerau, CACM 1964; the optimal string alignment.

    >>> distance("nickle", "nickel"), distance("cemet", "cement")
    (1, 1)
    """
    before: list[int] = []
    last = list(range(len(second) + 1))
    for i, one in enumerate(first, 1):
        row = [i]
        for j, other in enumerate(second, 1):
            least = min(last[j] + 1, row[-1] + 1, last[j - 1] + (one != other))
            if i > 1 and j > 1 and one == second[j - 2] and first[i - 2] == other:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def _slips(word: str) -> int:
    return 0 if len(word) < _SHORTEST else 1 if len(word) < _TWO_SLIPS else 2


def _without(word: str, letters: int) -> Iterator[str]:
    """Yield a word, and it without up to so many of its letters, each once.

    References: Garbe, symmetric delete spelling correction, 2012.
    """
    found = level = {word}
    yield word
    for _ in range(letters):
        level = {one[:i] + one[i + 1 :] for one in level for i in range(len(one))} - found
        found = found | level
        yield from level


def _shortened(words: Mapping[str, int]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Return checksums of common words without some letters, ascending, and the place of the word of each."""
    codes, places, least = array("I"), array("i"), fewest(words)
    for place, (word, often) in enumerate(words.items()):
        if often >= least and _is_latin(word):
            before = len(codes)
            codes.extend(crc32(rest.encode()) for rest in _without(word, _slips(word)))
            places.extend([place] * (len(codes) - before))
    found = np.frombuffer(codes, np.uint32)
    order = np.argsort(found, kind="stable")
    return found[order], np.frombuffer(places, np.int32)[order]


def fewest(words: Mapping[str, int]) -> int:
    """Return how many documents must have a word so that others are corrected to it."""
    return 1 if len(words) < _SMALL else _FEWEST


def _begin_alike(word: str, known: str) -> bool:
    """Return whether two words have the same first letter, the first two changed places, or are so long that it may be wrong."""
    return (
        word[0] == known[0]
        or word[:2] == known[1::-1]
        or (len(word) >= _TWO_SLIPS and word[1:] != known)
    )


def _stands_in(word: str, known: str) -> bool:
    signs = iter(known)
    return all(sign in signs for sign in word)


def _sound(text: str) -> str:
    return "".join(map(_sound_of, text))


@cache
def _sound_of(sign: str) -> str:
    return syllables(sign)


def _is_said(word: str, often: int, least: int) -> bool:
    """Return whether a word may be meant by its sound."""
    is_chinese = len(word) > 1 and all(map(_is_han, word))
    return is_chinese and (often >= least or dictionary().has_word(word))


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"
