"""Which sides of things are spoken of, and the words that name them, by category of goods."""

from __future__ import annotations

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
from zhiyin.language.scripts import fold


class Taxonomy:
    """Aspects by category, each with its words in Chinese and English.

    Without words of its own it knows common goods. A shop adds to that: words join those there are, an aspect or a
    category that is not known is made. What is said of all goods (category "") is known in every category.

    Args:
        own: category → aspect → words; a category may have any name that ``resolve`` knows.

    >>> shop = Taxonomy({"tents": {"weather": ["防雨", "rainproof"]}})
    >>> [match.value for match in shop.matches("很防雨,发货快", "tents")]
    ['weather', 'delivery']
    """

    def __init__(self, own: Mapping[str, Mapping[str, Iterable[str]]] | None = None) -> None:
        self._words: dict[str, dict[str, dict[str, None]]] = {}
        for category, listed in DEFAULT.items():
            self._add(category, {name: _apart(words) for name, words in listed.items()})
        for category, aspects in (own or {}).items():
            self._add(self.resolve(category) or _name(category), aspects)
        self._phrases = lru_cache(maxsize=64)(self._compiled)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that have words of their own, without the one of all goods."""
        return tuple(category for category in self._words if category != EVERYWHERE)

    def resolve(self, category: str | None) -> str | None:
        """Return the category whose words serve a shop's category; None where there is none.

        >>> Taxonomy().resolve("手机配件"), Taxonomy().resolve("Dresses"), Taxonomy().resolve("cars")
        ('electronics', 'clothing', None)
        """
        name = _name(category or "")
        if name in self._words:
            return name
        found = _called().matches(name)
        return found[-1].value if found else None

    def aspects(self, category: str | None = None) -> list[str]:
        """Return the aspects of a category, all there are where none is named."""
        return list(dict.fromkeys(self._by_word(self.resolve(category)).values()))

    def words(self, aspect: str, category: str | None = None) -> list[str]:
        """Return the folded words of an aspect."""
        by_word = self._by_word(self.resolve(category))
        return [word for word, name in by_word.items() if name == aspect]

    def matches(self, folded: str, category: str | None = None) -> list[Match[str]]:
        """Return where a folded text names which aspects, in order.

        Complexity: O(n).
        """
        return self._phrases(self.resolve(category)).matches(folded)

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

    def _add(self, category: str, aspects: Mapping[str, Iterable[str]]) -> None:
        known = self._words.setdefault(category, {})
        for name, words in aspects.items():
            folded = (_name(word) for word in words)
            known.setdefault(name, {}).update({word: None for word in folded if word})

    def _by_word(self, category: str | None) -> dict[str, str]:
        """Return word → aspect; a category's own words win over those of all goods."""
        lists = [EVERYWHERE, *([category] if category else self.categories)]
        own_last = lists if category else lists[::-1]
        return {
            word: name
            for key in own_last
            for name, words in self._words[key].items()
            for word in words
        }

    def _compiled(self, category: str | None) -> Phrases[str]:
        return Phrases(self._by_word(category))


def _name(text: str) -> str:
    return " ".join(fold(text).split())


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
