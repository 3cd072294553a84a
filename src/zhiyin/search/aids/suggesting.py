"""What somebody who is typing may want to ask: by the beginning of the words, by pinyin and by its first letters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.pinyin import syllables
from zhiyin.language.scripts import HAN
from zhiyin.search.asked_queries import holds_personal_data, normal

Kind = Literal["recent", "query", "category", "brand", "product"]

_LIKENESS = (1.0, 0.8, 0.6)
"""What a phrase counts that begins with what was typed, that sounds so, and whose first letters are so."""
_SAME_SOUND = 0.4
"""What one counts that sounds so where Chinese characters were typed, which are seldom the wrong ones."""
_LIKED = 1.0
"""How much more a phrase of a category counts that is all that a person likes."""
_MOST_OWN = 3
_LONGEST = 200
"""Characters that are read of what is typed."""
_CONSIDERED = 64
"""Phrases of one prefix among which a person's liking decides."""
_BEHIND = "\U0010ffff"
_HAS_HAN = re.compile(f"[{HAN}]")
_MARKS = re.compile(r"[\s']")


class Phrase(NamedTuple):
    """Something that can be suggested.

    Attributes:
        text: as it is shown.
        weight: 0 or more, how usual it is.
        kind: a query of others, or a category, a brand or a kind of product of the catalogue.
        category: where most of its items are; None where that is not known.
    """

    text: str
    weight: float
    kind: Kind = "query"
    category: str | None = None


class Suggestion(NamedTuple):
    """A phrase for somebody who is typing; ``recent`` ones are their own."""

    text: str
    kind: Kind


class Suggestions:
    """Completes what is being typed.

    Args:
        phrases: in any order, each text once.

    >>> found = Suggestions([Phrase("防晒霜", 2.0), Phrase("防水鞋", 1.0), Phrase("Face mask", 3.0)])
    >>> [[one.text for one in found.suggest(typed)] for typed in ("fangs", "fss", "防", "f")]
    [['防晒霜', '防水鞋'], ['防晒霜'], ['防晒霜', '防水鞋'], ['Face mask', '防晒霜', '防水鞋']]
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = list(phrases)
        weights = np.array([one.weight for one in phrases], np.float32)
        keys: tuple[list[tuple[str, int]], ...] = ([], [], [])
        for number, phrase in enumerate(phrases):
            for of_kind, key in zip(keys, _keys_kept(phrase.text), strict=True):
                if key:
                    of_kind.append((key, number))
        self._sorted = tuple(_Sorted(of_kind, weights) for of_kind in keys)

    def __len__(self) -> int:
        return len(self._phrases)

    def suggest(
        self,
        text: str,
        *,
        n: int = 10,
        own: Iterable[str] = (),
        likes: Mapping[str, float] | None = None,
    ) -> list[Suggestion]:
        """Return how what is being typed may go on, best first, each text once.

        First come up to three of the person's own queries, but none with personal data. Where nothing was typed yet,
        everything begins so.

        Args:
            text: typed so far; Chinese, pinyin with or without spaces, first letters of syllables, or English.
            n: how many at most.
            own: the person's queries, newest first.
            likes: category → how much the person likes it; the sum of all is 1.
        Complexity: O(log phrases) for a prefix that was asked for before, else O(phrases that begin so).
        """
        typed = normal(text[:_LONGEST])
        found = [Suggestion(one, "recent") for one in _of_own(typed, own)][:n]
        shown = {normal(one.text) for one in found}
        for number in self._ranked(typed, likes or {}):
            if len(found) >= n:
                break
            phrase = self._phrases[number]
            key = normal(phrase.text)
            if key not in shown:
                shown.add(key)
                found.append(Suggestion(phrase.text, phrase.kind))
        return found

    def _ranked(self, typed: str, likes: Mapping[str, float]) -> list[int]:
        scores: dict[int, float] = {}
        by_sound = _SAME_SOUND if _HAS_HAN.search(typed) else _LIKENESS[1]
        likenesses = (_LIKENESS[0], by_sound, _LIKENESS[2])
        for keys, prefix, likeness in zip(
            self._sorted, prefixes_of(typed), likenesses, strict=True
        ):
            if prefix is not None:
                for number in keys.best(prefix):
                    scores.setdefault(number, likeness)
        for number, likeness in scores.items():
            phrase = self._phrases[number]
            liked = likes.get(phrase.category, 0.0) if phrase.category else 0.0
            scores[number] = likeness * phrase.weight * (1 + _LIKED * liked)
        return sorted(scores, key=lambda number: (-scores[number], self._phrases[number].text))


class _Sorted:
    """Keys in order, each with the number of its phrase."""

    def __init__(self, keys: list[tuple[str, int]], weights: NDArray[np.float32]) -> None:
        keys.sort()
        self._keys = [key for key, _ in keys]
        self._numbers = np.array([number for _, number in keys], np.int32)
        self._weights = weights[self._numbers]
        self.best = lru_cache(10_000)(self._best)

    def _best(self, prefix: str) -> tuple[int, ...]:
        """Return the heaviest phrases whose keys begin so."""
        first, end = (bisect_left(self._keys, key) for key in (prefix, prefix + _BEHIND))
        weights = self._weights[first:end]
        if weights.size > _CONSIDERED:
            top = np.argpartition(-weights, _CONSIDERED)[:_CONSIDERED]
            return tuple(self._numbers[first + top].tolist())
        return tuple(self._numbers[first:end].tolist())


def keys_of(text: str) -> tuple[str, str | None, str | None]:
    """Return how a text is found: its folded form, its pinyin, and the first letters of that; None for no Chinese.

    >>> keys_of("防晒霜 SPF50"), keys_of("Face mask")
    (('防晒霜 spf50', 'fangshaishuangspf50', 'fsss'), ('face mask', None, None))
    """
    folded = normal(text)
    if not _HAS_HAN.search(folded):
        return folded, None, None
    spelt = syllables(folded).split()
    return folded, "".join(spelt), "".join(one[0] for one in spelt)


@lru_cache(10_000)
def prefixes_of(typed: str) -> tuple[str, str | None, str | None]:
    """Return what to look for among the folded forms, the pinyin and the first letters; None for nothing.

    Two Chinese characters and more are looked for by their sound too, since others of the same sound are the usual slip of
    who types by pinyin.
    """
    if not typed:
        return "", None, None
    if _HAS_HAN.search(typed):
        return typed, syllables(typed).replace(" ", "") if len(typed) > 1 else None, None
    letters = _MARKS.sub("", typed)
    return typed, letters, letters if len(letters) > 1 else None


def _of_own(typed: str, own: Iterable[str]) -> list[str]:
    """Return the newest of a person's own queries that what was typed may become."""
    prefixes, found, seen = prefixes_of(typed), list[str](), set[str]()
    for text in own:
        if normal(text) in seen or not normal(text) or holds_personal_data(text):
            continue
        keys = _keys_kept(text)
        if any(
            p is not None and k and k.startswith(p) for k, p in zip(keys, prefixes, strict=True)
        ):
            seen.add(normal(text))
            found.append(text)
            if len(found) == _MOST_OWN:
                break
    return found


_keys_kept = lru_cache(1 << 18)(keys_of)  # phrases stay, and their pinyin is what takes time
