"""The names a shop knows: of its items, brands, films, books, people and places, each with the items it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhiyin.core.records import Item
from zhiyin.language.facts import vocabulary_everyday as words
from zhiyin.language.facts.phrases import Match, Phrases
from zhiyin.language.scripts import fold
from zhiyin.language.stop_words import STOP_WORDS

WORKS = tuple(words.WORKS)
"""Kinds of works: what has a title and is no item itself."""

MARKED = re.compile(r"《([^《》]{1,60})》")
"""A work's title in the marks for titles."""

_HEAD_ENDS = re.compile(r"\s*[(（\[【,，:：|｜;；]|\s[-–—]\s")
_SPELLINGS = re.compile(r"\s*[/／|()（）]\s*")
_SEQUEL = re.compile(r"\s*(?:[0-9一二三四五六七八九十ⅱⅲⅳ]+|[:：·].*)$")
_LABEL = re.compile(r"^\s*[【\[][^】\]]*[】\]]\s*|^\s+")
_MODEL = re.compile(
    r"\s*((?:[A-Za-z][\w+-]{1,14} ){0,2}[A-Za-z]*\d[A-Za-z0-9+-]*)(?![\w%]| ?(?:pcs|packs?|ml|kg|cm)\b)",
    re.ASCII,
)
_EVERYDAY = frozenset(words.EVERYDAY.split()) | STOP_WORDS
_KINDS = {key: kind for kind, keys in words.WORK_ATTRIBUTES.items() for key in keys.split()}
_CATEGORIES = {kind: re.compile(said) for kind, said in words.WORK_CATEGORIES.items()}


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that has a name.

    Attributes:
        kind: ``item``, ``brand``, ``place``, ``creator``, or a work: ``film``, ``series``, ``book``, ``song``,
            ``game``, or ``title`` where its kind is not known.
        name: as the shop writes it.
        items: ids of the items it stands for or that are about it.
        popularity: decides between two of the same name.

    >>> Entity("film", "流浪地球", ("model-kit",)).items
    ('model-kit',)
    """

    kind: str
    name: str
    items: tuple[str, ...] = ()
    popularity: float = 0.0


class Gazetteer:
    """Finds names in texts: the longest wins, then the most popular.

    Args:
        entities: each with all its spellings; the name itself need not be among them.

    >>> shop = Gazetteer.of_items([Item("k1", "Space truck", attributes={"film": "Star Ferry"})])
    >>> [(match.start, match.value.name) for match in shop.matches("saw star ferry")]
    [(4, 'Star Ferry')]
    """

    def __init__(self, entities: Iterable[tuple[Entity, Iterable[str]]] = ()) -> None:
        self._best: dict[str, Entity] = {}
        self._works: dict[tuple[str, str], Entity] = {}
        for entity, spellings in entities:
            for folded in {_name(spelling) for spelling in (entity.name, *spellings)} - {""}:
                self._best[folded] = max(self._best.get(folded, entity), entity, key=_rank)
                if entity.kind in WORKS:
                    key = entity.kind, folded
                    self._works[key] = max(self._works.get(key, entity), entity, key=_rank)
        self._phrases = Phrases(self._best)

    def __len__(self) -> int:
        return len(self._best)

    @classmethod
    def of_items(
        cls,
        items: Iterable[Item],
        *,
        popularity: Mapping[str, float] | None = None,
        places: Iterable[str] = (),
    ) -> Gazetteer:
        """Gather the names that a catalogue holds.

        Names are titles and what stands in 《》 in them, brands, and attributes such as ``film``, ``author`` and
        ``alias``, also of translations. A work stands for every item whose title holds its name.

        Args:
            items: the catalogue.
            popularity: item id → how often it is asked for; those left out count 0.
            places: names of places.
        Complexity: O(characters of the catalogue).
        """
        gathered = _Gathered(popularity or {})
        titles: list[tuple[str, str]] = []
        for item in items:
            titles += ((item.id, title) for title in gathered.add(item))
        gathered.link_works(titles)
        for name in places:
            gathered.put("place", name, "")
        return cls(gathered.entities())

    def matches(self, folded: str) -> list[Match[Entity]]:
        """Return the names in a folded text, in order.

        Complexity: O(n), whatever the number of names.
        """
        return self._phrases.matches(folded)

    def find(self, name: str, kind: str | None = None) -> Entity | None:
        """Return what a name stands for; of a sequel that is not known, what its first part stands for.

        Args:
            name: in any spelling.
            kind: of work, which is preferred where several have the name.
        """
        folded = _name(name)
        for known in (folded, _SEQUEL.sub("", folded)):
            if entity := self._works.get((kind or "", known)) or self._best.get(known):
                return entity
        return None

    def needs_cue(self, match: Match[Entity], folded: str) -> bool:
        """Return whether a name is an everyday word too, so that it means the entity only where more says so.

        Everyday are common words, single characters, bare numbers, titles of items that are one plain word, and works
        with a title of one word or of two characters.
        """
        name = folded[match.start : match.end]
        if name in _EVERYDAY or len(name) < 2 or name.isdecimal():
            return True
        is_short = " " not in name if name.isascii() else len(name) < 3
        if match.value.kind == "item":
            is_short = is_short or (not name.isascii() and len(name) < 4)
            return is_short and not any(character.isdecimal() for character in name)
        return is_short and match.value.kind in (*WORKS, "title", "creator")


@dataclass
class _Gathered:
    """Entities in the making: kind and folded name → name, spellings, items."""

    popularity: Mapping[str, float]
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    spellings: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    items: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    def put(self, kind: str, name: str, item: str, *spellings: str) -> None:
        key = kind, _name(name)
        if not key[1]:
            return
        self.names.setdefault(key, name.strip())
        self.spellings.setdefault(key, set()).update(spellings)
        linked = self.items.setdefault(key, {})
        if item:
            linked[item] = None

    def add(self, item: Item) -> list[str]:
        """Take in the names of an item, and return its titles."""
        fields = [(item.title, item.brand)]
        fields += [(said.get("title"), said.get("brand")) for said in item.translations.values()]
        titles = [title for title, _ in fields if title]
        category = fold(item.category or "")
        about = next((kind for kind, said in _CATEGORIES.items() if said.search(category)), None)
        for title in titles:
            for work in MARKED.findall(title):
                self.put(about or "title", work, item.id)
        brands = [part for _, brand in fields if brand for part in _SPELLINGS.split(brand) if part]
        heads = [
            _HEAD_ENDS.split(_LABEL.sub("", title))[0] for title in titles if "《" not in title
        ]
        if heads and heads[0]:
            is_book = about == "book"
            models = _models(heads, brands)
            self.put("book" if is_book else "item", heads[0], item.id, *heads, *titles, *models)
        if brands:
            self.put("brand", brands[0], item.id, *brands)
        for key, value in item.attributes.items():
            kind = _KINDS.get(fold(str(key)).strip())
            for name in _texts(value) if kind else ():
                if kind == "item" and heads and heads[0]:
                    self.put("book" if about == "book" else "item", heads[0], item.id, name)
                elif kind and kind != "item":
                    self.put(kind, name.strip("《》"), item.id)
        return titles

    def link_works(self, titles: list[tuple[str, str]]) -> None:
        """Link works with the items whose titles hold their names."""
        works = {key[1]: key for key in self.names if key[0] in (*WORKS, "title")}
        known = {key[1]: key for key in self.names if key[0] in WORKS}
        for name, key in works.items():
            if key[0] == "title" and name in known:
                self.items[known[name]].update(self.items[key])
        phrases = Phrases({name: known.get(name, key) for name, key in works.items()})
        for item, title in titles:
            title = fold(title)
            for match in phrases.matches(title):
                if match.end - match.start > 2 and title[match.start : match.end] not in _EVERYDAY:
                    self.items[match.value][item] = None

    def entities(self) -> Iterator[tuple[Entity, Iterable[str]]]:
        for key, name in self.names.items():
            if key[0] == "title" and any((kind, key[1]) in self.names for kind in WORKS):
                continue
            items = tuple(self.items[key])
            asked = sum(self.popularity.get(item, 0.0) for item in items)
            yield Entity(key[0], name, items, asked), self.spellings[key]


def _rank(entity: Entity) -> tuple[float, int, bool]:
    return entity.popularity, len(entity.items), entity.kind != "item"


def _name(name: str) -> str:
    return " ".join(fold(name).split()).strip(" 《》\"'“”")


def _models(heads: list[str], brands: list[str]) -> Iterator[str]:
    """Yield what goods with a number are called, with and without the brand: "Mate 60" of 华为 Mate 60 手机."""
    for head in heads:
        brand = next((brand for brand in brands if head.lower().startswith(brand.lower())), "")
        if brand and (model := _MODEL.match(head, len(brand))):
            yield model[1]
            yield head[: model.end(1)]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [text for text in values if isinstance(text, str)]
