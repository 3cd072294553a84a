"""Attributes that titles of goods state: brand, colour, size, material, season, audience and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from zhiyin.language.facts.attribute_amounts import Amount, amount, measures
from zhiyin.language.facts.attribute_brands import BrandReader, brand_key
from zhiyin.language.facts.attribute_words import spelled, words
from zhiyin.language.facts.phrases import Phrases
from zhiyin.language.facts.stated import METHOD, stated, take
from zhiyin.language.facts.vocabulary_attributes import TOPICS
from zhiyin.language.facts.vocabulary_colours import COLOURS
from zhiyin.language.finding import Finding
from zhiyin.language.scripts import fold

__all__ = ["KEPT", "METHOD", "Amount", "Attributes", "amount", "brand_key"]

KEPT = 0.8
"""Mining keeps what is found with at least this confidence: brands guessed by place and shape alone are below it."""
LONGEST = 1000
"""Characters of a title that are read; what is longer is none."""


class Attributes:
    """Reads what titles of goods state, by rules and word lists alone.

    Found are ``brand``, ``colour``, ``material``, ``season``, ``audience`` (canonical English values), ``size`` and
    ``unit`` (as written; `amount` says what they come to). Each value is found once, but a brand wherever it is
    written in another way. Words of food, of negations, of what the goods are for, and of book titles are left out.

    Args:
        brands: names of the shop's catalogue, known beside those of the list.

    >>> read = Attributes(brands=["Zenwick"]).read
    >>> [(f.name, f.value) for f in read("Zenwick 砧板 整竹 40×28cm")]
    [('brand', 'Zenwick'), ('material', 'bamboo'), ('size', '40×28cm')]
    >>> read("黑芝麻糊 无添加")
    []
    """

    def __init__(self, brands: Iterable[str] = ()) -> None:
        self._brands = BrandReader(brands)

    def read(
        self, title: str, *, description: str = "", category: str | None = None
    ) -> list[Finding]:
        """Return what a title states, in the order in which it says so.

        Args:
            title: of one kind of goods.
            description: of which only labelled values are read ("材质：纯棉", "Color: navy"), where the title does
                not say the same; their spans lie in the title, a line end and the description.
            category: words for what the goods are, which decide what an ambiguous brand or colour is.
        Returns: findings whose spans lie apart.
        Complexity: O(n).
        """
        title, offset = title[:LONGEST], len(title) + 1
        folded = _without_works(fold(title))
        topics = _topics(folded, fold(category or ""))
        taken = bytearray(len(folded))
        named = self._brands.read(title, folded, topics) + measures(title, folded, topics)
        found = [one for one in named if take(taken, one.start, one.end)]
        found += words(folded, topics, taken)
        kept = _distinct(title, found)
        if description:
            known = {(finding.name, finding.value) for finding in kept}
            labelled = _labelled(description, offset)
            kept += [f for f in labelled if (f.name, f.value) not in known]
        return kept


def _distinct(title: str, found: Iterable[Finding]) -> list[Finding]:
    """Return what is stated in order, each value once where it is surest; brands once in each way of writing."""
    best: dict[tuple[str, str], Finding] = {}
    for one in sorted(found, key=lambda one: (-one.confidence, one.start)):
        said = title[one.start : one.end] if one.name == "brand" else one.value
        best.setdefault((one.name, said.casefold()), one)
    return sorted(best.values(), key=lambda one: one.start)


_WORKS = re.compile(r"《[^《》]{1,200}》")


def _without_works(folded: str) -> str:
    """Return a text with the titles of books in it crossed out."""
    return _WORKS.sub(lambda match: "《" + "·" * (len(match[0]) - 2) + "》", folded)


@cache
def _topic_words() -> Phrases[tuple[str, ...]]:
    """Return the words that say what a title is about; words for colours hide the goods in them."""
    words: dict[str, set[str]] = {word: set() for word in spelled(COLOURS.values())}
    words |= {"著名": set(), "茶色": set()}
    for topic, listed in TOPICS.items():
        for word in spelled([listed]):
            words.setdefault(word, set()).add(topic)
    return Phrases({word: tuple(sorted(topics)) for word, topics in words.items()})


def _topics(folded: str, category: str) -> dict[str, int]:
    """Return what a title is about → how many words say so; those of its category count three times."""
    counted: dict[str, int] = {}
    for text, weight in ((folded, 1), (category, 3)) if category else ((folded, 1),):
        for match in _topic_words().matches(text):
            for topic in match.value:
                counted[topic] = counted.get(topic, 0) + weight
    if "《" in folded:
        counted["book"] = counted.get("book", 0) + 1
    if _STORAGE.search(folded):
        counted["phone"] = counted.get("phone", 0) + 1
    if _NOTEBOOK.search(folded):
        counted.pop("book", None)
    return counted


_STORAGE = re.compile(r"\d\s?(?:gb|tb|mah)(?![a-z])|\d\s?(?:g|gb)?\+\d+\s?[gt]b?(?![a-z])")
_NOTEBOOK = re.compile(r"笔记本|notebook|journal|planner|sketchbook|手账")


_LABELS = {
    "颜色分类": "colour", "颜色": "colour", "色彩": "colour", "colour": "colour", "color": "colour",
    "材质": "material", "面料": "material", "材料": "material", "material": "material", "fabric": "material",
    "适用季节": "season", "季节": "season", "season": "season",
    "适用人群": "audience", "适用对象": "audience", "适用性别": "audience", "gender": "audience", "audience": "audience",
}  # fmt: skip
_LABELLED = re.compile(
    rf"(?:^|[\n;；。|])[^\S\n]*(?:target )?({'|'.join(_LABELS)})\s*[:：]\s*([^\n;；。|]{{1,60}})",
    re.IGNORECASE,
)


def _labelled(description: str, offset: int) -> Iterator[Finding]:
    """Yield the labelled values of a description: "材质：纯棉", "Color: navy"."""
    for match in _LABELLED.finditer(description):
        said = fold(match[2])
        for word in words(said, {"home": 1}, bytearray(len(said))):
            if word.name == _LABELS[fold(match[1])]:
                start = offset + match.start(2)
                yield stated(word.name, word.value, start + word.start, start + word.end, 0.9)
