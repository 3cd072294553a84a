"""Items as search sees them: words by field, pieces of words, and the word that says what the goods are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zhiyin.language.scripts import HAN, LATIN, fold
from zhiyin.language.tokens import Token, Tokenizer

FIELDS = {
    "title": 1.0, "brand": 0.7, "category": 0.7, "attributes": 0.5, "description": 0.2, "opinions": 0.2,
}  # fmt: skip
"""Field → how much a word in it counts beside one in the title."""
_LONGEST = 2000
"""Characters of a field that are read."""
_GRAM = 4
_SIDE_BY_SIDE = 4
"""Chinese words that may be one name of goods."""
_RUN = re.compile(f"[{HAN}]+|[0-9{LATIN}]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|（[^（）]*）")
_HEAD_ENDS = re.compile(r"\s(?:in|with|for|by|and|w/)\s|\s[-–|]\s|[,，;；]|-(?=[a-z]*\d[a-z\d]*$)")  # fmt: skip
_HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Document:
    """An item's words.

    Attributes:
        number: of the item.
        title: terms of its titles in all languages, in order.
        fields: field → terms.
        grams: pieces of the words of title, brand and category.
        heads: the word that says what the goods are, for each title that has one.
        spelled: the words of its titles as they are written there, and Chinese ones that stand side by side in one.
    """

    number: int
    title: tuple[str, ...]
    fields: Mapping[str, Sequence[str]]
    grams: tuple[str, ...]
    heads: tuple[str, ...]
    spelled: tuple[str, ...]


def document(row: Mapping[str, Any], tokenizer: Tokenizer) -> Document:
    """Return an item of ``Store.entities_since`` as search sees it.

    >>> row = {"number": 3, "title": "Acme Oak Vinyl Flooring (24 sq. ft.)", "brand": "Acme", "category": None, "attributes": None, "description": None, "translations": None}
    >>> read = document(row, Tokenizer())
    >>> read.heads, read.title[:4]
    (('floor',), ('acm', 'oak', 'vinyl', 'floor'))
    """
    said = texts_of(row)
    tokens = [tokenizer.tokens(one) for one in said["title"]]
    fields: dict[str, Sequence[str]] = {
        name: [term for one in texts for term in tokenizer.words(one, for_search=True)]
        for name, texts in said.items()
        if name != "title"
    }
    fields["title"] = [term for one in tokens for term in tokenizer.terms(one, for_search=True)]
    short = " ".join((*said["title"], *said["brand"], *said["category"]))
    heads = tuple(found for one in said["title"] if (found := head(one, tokenizer)))
    spelled = tuple(word for one in tokens for word in _spelled(one))
    pieces = (*grams(short), *(sign for one in tokens for sign in _signs(one)))
    return Document(row["number"], tuple(fields["title"]), fields, pieces, heads, spelled)


def _spelled(tokens: Sequence[Token]) -> Iterator[str]:
    for place, token in enumerate(tokens):
        yield token.text
        said, end = token.text, token.end
        for after in tokens[place + 1 : place + _SIDE_BY_SIDE]:
            if token.kind != "zh" or after.kind != "zh" or after.start != end:
                break
            said, end = said + after.text, after.end
            yield said


def _signs(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the characters of Chinese words, and the last with the word's end marked: 茶 finds 绿茶 before 茶壶."""
    for token in tokens:
        if token.kind == "zh" and len(token.text) > 1:
            yield from token.text
            yield f"{token.text[-1]}$"


def grams(text: str) -> Iterator[str]:
    """Yield pieces of words: four letters with the word's ends marked, two Chinese characters, one that stands alone.

    >>> list(grams("Oak 棉布鞋 茶"))
    ['^oak', 'oak$', '棉布', '布鞋', '茶', '茶$']
    """
    for run in _RUN.findall(fold(text)):
        yield from _grams(run)


@lru_cache(maxsize=1 << 16)
def _grams(run: str) -> tuple[str, ...]:
    if len(run) == 1:
        return (run,) if run.isascii() else (run, f"{run}$")
    run, size = (f"^{run}$", _GRAM) if run[0].isascii() else (run, 2)
    return tuple(run[i : i + size] for i in range(max(len(run) - size + 1, 1)))


def head(title: str, tokenizer: Tokenizer) -> str | None:
    """Return the term that says what the goods of a title are: the last one before what is said of them.

    It holds for titles whose words part by spaces; None for others.

    >>> head("Globe 4 in. White Recessed Lighting Kit with Bulb", Tokenizer())
    'kit'
    """
    folded = _IN_BRACKETS.sub(" ", fold(title[:_LONGEST]))
    first = _HEAD_ENDS.split(folded)[0]
    for run in reversed(first.split()):
        words = [term for term in tokenizer.words(run) if not _HAS_DIGIT.search(term)]
        if words:
            return words[-1] if words[-1].isascii() else None
    return None


def texts_of(row: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return field → texts in all languages, each once."""
    translations = json.loads(row["translations"]).values() if row["translations"] else ()
    said: dict[str, list[str]] = {}
    for name in ("title", "brand", "category", "description"):
        texts = [row[name], *(one.get(name) for one in translations)]
        said[name] = list(dict.fromkeys(text[:_LONGEST] for text in texts if text))
    values = [
        value
        for one in (json.loads(row["attributes"]) if row["attributes"] else {}).values()
        for value in (one if isinstance(one, list) else [one])
    ]
    said["attributes"] = [value[:_LONGEST] for value in values if isinstance(value, str)]
    said["opinions"] = list(row.get("opinions", ()))
    return said
