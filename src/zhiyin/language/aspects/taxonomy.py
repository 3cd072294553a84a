"""Which sides of things are spoken of, and the words that name them, by category of goods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from zhiyin.language.aspects.clauses import Said
from zhiyin.language.aspects.vocabulary import (
    BURDENS,
    CALLED,
    DEFAULT,
    EVERYWHERE,
    LITTLE,
    MEASURES,
    MUCH,
)
from zhiyin.language.facts.phrases import Match, Phrases
from zhiyin.language.lexicon import INTENSIFIERS, NEGATORS
from zhiyin.language.scripts import HAN, fold
from zhiyin.language.tokens import dictionary

_HAN = re.compile(f"[{HAN}]+")
_ENDINGS = frozenset("了的得成掉坏透些点")
IGNORED = "ignore"
"""The aspect of words that name none."""
Aspects = Mapping[str, Mapping[str, Iterable[str]]]
"""Category → aspect → words."""


class Taxonomy:
    """Aspects by category, each with its words in Chinese and English.

    Without words of its own it knows common goods. A shop adds to that: words join those there are, an aspect or a
    category that is not known is made, and a word that stood under another aspect is moved. What is said of all goods
    (category "") is known in every category; the aspect ``ignore`` holds words that name none.

    Args:
        own: category → aspect → words; a category may have any name that ``resolve`` knows.
        grown: the same, found in texts; it gives way to ``own``.

    >>> shop = Taxonomy({"tents": {"weather": ["防雨", "rainproof"]}})
    >>> [match.value for match in shop.matches("很防雨,发货快", "tents")]
    ['weather', 'delivery']
    """

    def __init__(self, own: Aspects | None = None, grown: Aspects | None = None) -> None:
        self._layers: list[dict[str, dict[str, str]]] = []
        for listed in (_default(), grown or {}, own or {}):
            layer: dict[str, dict[str, str]] = {}
            self._layers.append(layer)
            for category, aspects in listed.items():
                by_word = layer.setdefault(self.resolve(category) or _name(category), {})
                for aspect, words in aspects.items():
                    by_word |= dict.fromkeys(filter(None, map(_name, words)), aspect)
        self._phrases = lru_cache(maxsize=64)(self._compiled)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that have words of their own, without the one of all goods."""
        named = dict.fromkeys(category for layer in self._layers for category in layer)
        return tuple(category for category in named if category != EVERYWHERE)

    def resolve(self, category: str | None) -> str | None:
        """Return the category whose words serve a shop's category; None where there is none.

        >>> Taxonomy().resolve("手机配件"), Taxonomy().resolve("Dresses"), Taxonomy().resolve("cars")
        ('electronics', 'clothing', None)
        """
        name = _name(category or "")
        if any(name in layer for layer in self._layers):
            return name
        found = _called().matches(name)
        return found[-1].value if found else None

    def aspects(self, category: str | None = None) -> list[str]:
        """Return the aspects of a category, all there are where none is named."""
        named = dict.fromkeys(self.named(category).values())
        return [aspect for aspect in named if aspect != IGNORED]

    def words(self, aspect: str, category: str | None = None) -> list[str]:
        """Return the folded words of an aspect."""
        return [word for word, name in self.named(category).items() if name == aspect]

    def named(self, category: str | None = None) -> dict[str, str]:
        """Return folded word → aspect of a category, of all there are where none is named; ``ignore`` is among them."""
        return self._by_word(self.resolve(category))

    def matches(self, folded: str, category: str | None = None) -> list[Match[str]]:
        """Return where a folded text names which aspects, in order.

        Complexity: O(n).
        """
        found = self._phrases(self.resolve(category)).matches(folded)
        found = [match for match in found if match.value != IGNORED]
        if any(match.end - match.start == 1 for match in found):
            inside = _inside_words(folded)
            found = [
                match for match in found if match.end - match.start > 1 or match.start not in inside
            ]
        return found

    def measures(self, one: Said, aspect: str) -> bool:
        """Return whether opinion words are words of measure that mean something of an aspect."""
        return one.word.lstrip("太偏") in _measures().get(aspect, {})

    def worth(self, one: Said, aspect: str, name: str) -> float:
        """Return what opinion words are worth for an aspect, -1 to 1; 0 where that is not known.

        Words of measure mean what they mean there: 高 blames a price. Of a burden, such as 噪点, much is bad.

        Args:
            one: the opinion words.
            aspect: id, "" = not known.
            name: folded words for the aspect.

        >>> from zhiyin.language.aspects.clauses import clauses, said
        >>> [high] = said("很高", clauses("很高")[0])
        >>> Taxonomy().worth(high, "price", "价格") < 0 < Taxonomy().worth(high, "looks", "颜值")
        True
        """
        meant = None
        if not one.is_excess:
            if one.word in _burdens() and name.endswith(_burden_names()):
                meant = _burdens()[one.word]
            elif one.is_weak:
                meant = _measures().get(aspect, {}).get(one.word)
        return one.value if meant is None else max(-1.0, min(1.0, meant * one.factor))

    def _by_word(self, category: str | None) -> dict[str, str]:
        """Return word → aspect; what a shop says goes before what was found, and a category before all goods."""
        lists = [EVERYWHERE, category] if category else [*self.categories[::-1], EVERYWHERE]
        found: dict[str, str] = {}
        for layer in self._layers:
            for key in lists:
                found |= layer.get(key, {})
        return found

    def _compiled(self, category: str | None) -> Phrases[str]:
        return Phrases(self._by_word(category))


def _inside_words(folded: str) -> set[int]:
    """Return where characters stand that are only part of a word of the dictionary, such as 价 in 评价."""
    known = dictionary()
    return {
        place
        for run in _HAN.finditer(folded)
        for word, start, end in known.tokenize(run[0])
        if end - start > 1 and known.has_word(word)
        for place in range(run.start() + start, run.start() + end)
        if not _is_joined(word, place - run.start() - start)
    }


def _is_joined(word: str, place: int) -> bool:
    """Return whether a character of a word is a word with another before or behind it: 太|重, 烂|成."""
    before, after = word[:place], word[place + 1 :]
    return (before in INTENSIFIERS or before in NEGATORS or not before) and (
        not after or after in _ENDINGS
    )


def _name(text: str) -> str:
    return " ".join(fold(text).split())


@lru_cache(maxsize=1)
def _default() -> Aspects:
    return {
        category: {aspect: _apart(words) for aspect, words in aspects.items()}
        for category, aspects in DEFAULT.items()
    }


def _apart(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


@lru_cache(maxsize=1)
def _called() -> Phrases[str]:
    return Phrases({word: category for category, words in CALLED.items() for word in words.split()})


@lru_cache(maxsize=1)
def _burdens() -> dict[str, float]:
    return dict.fromkeys(MUCH.split(), -0.6) | dict.fromkeys(LITTLE.split(), 0.6)


@lru_cache(maxsize=1)
def _burden_names() -> tuple[str, ...]:
    return tuple(_apart(BURDENS))


@lru_cache(maxsize=1)
def _measures() -> dict[str, dict[str, float]]:
    return {
        aspect: {one[:-1]: 0.6 if one[-1] == "+" else -0.6 for one in listed.split()}
        for aspect, listed in MEASURES.items()
    }
