"""The shop's items by the words of their titles and catalogue fields, to be asked for what somebody spoke of."""

from __future__ import annotations

import json
import math
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhiyin.core import Kind
from zhiyin.language.facts.phrases import Phrases, lexicon
from zhiyin.language.facts.places import places_in
from zhiyin.language.facts.vocabulary_context import PLACES
from zhiyin.language.scripts import fold
from zhiyin.store.store import Store

_SCHEMA = {"number": pl.Int64, "title": pl.String, "terms": pl.String}
_SEQUEL = r"\s*(?:[0-9一二三四五六七八九十ⅱⅲⅳ]*|[:：·(（].*)"
_LONGEST_TERM = 40
_MOST_TERMS = 12
_USUAL = 4  # place of the item that others are compared with
_LEAST_ALIKE = 0.5
_Found = tuple[NDArray[np.int64], NDArray[np.float32]]


class Shelf:
    """Finds items by words; each question first reads what changed in the store.

    >>> import tempfile
    >>> from zhiyin.core import Item
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     kept = [Item("f", title="《星渡》", category="电影 > 科幻"), Item("k", title="星渡 模型"), Item("g", title="远航", category="图书 > 科幻")]
    ...     _ = store.write("items", frame(kept))
    ...     shelf = Shelf(store)
    ...     shelf.named("星渡").tolist(), shelf.works("星渡").tolist(), shelf.alike(shelf.works("星渡"))[0].tolist()
    ([0, 1], [0], [2])
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._revision = -1
        self._rows = pl.DataFrame(schema=_SCHEMA)

    def _table(self) -> pl.DataFrame:
        if self._store.revision() == self._revision:
            return self._rows
        with self._lock:
            revision = self._store.revision()
            changed = self._store.entities_since(Kind.ITEM, self._revision)
            if changed.height:
                new = pl.DataFrame(
                    map(_words, changed.iter_rows(named=True)), _SCHEMA, orient="row"
                )
                kept = self._rows.join(new, on="number", how="anti")
                self._rows = pl.concat([kept, new]).sort("number")
            self._revision = revision
            return self._rows

    def __len__(self) -> int:
        return self._table().height

    def holding(self, words: Sequence[str]) -> NDArray[np.int64]:
        """Return the items whose titles or catalogue fields hold one of some words, ascending.

        Latin words are found whole. A single Chinese character must be all of a field.

        Complexity: O(characters of the catalogue).
        """
        folded = [word for word in (_name(word) for word in words) if word]
        phrases = Phrases(dict.fromkeys((word for word in folded if len(word) > 1), True))
        fields = [f"\n{word}\n" for word in folded]
        found = [
            number
            for number, title, terms in self._with(folded).iter_rows()
            if phrases.matches(title)
            or phrases.matches(terms)
            or any(one in terms for one in fields)
        ]
        return np.array(found, np.int64)

    def named(self, name: str) -> NDArray[np.int64]:
        """Return the items with a name in the title or in a catalogue field, such as ``film``; ascending.

        A short name, as a work of one word or two characters may have, must be in 《》 or all of the title or field; one
        in Chinese may also begin a title that goes on with no other character of a word.
        """
        name = _name(name)
        if not name:
            return np.empty(0, np.int64)
        alone = f"《{re.escape(name)}》|\n{re.escape(name)}\n"
        if not name.isascii():
            alone += rf"|\n{re.escape(name)}(?![^\W\d_])"
        is_alone = re.compile(alone).search
        is_short = len(name) < 3 or (name.isascii() and " " not in name)
        phrases = Phrases({} if is_short else {name: True})
        found = [
            number
            for number, title, terms in self._with([name]).iter_rows()
            if is_alone(title) or f"\n{name}\n" in terms or phrases.matches(title)
        ]
        return np.array(found, np.int64)

    def works(self, name: str) -> NDArray[np.int64]:
        """Return the items that are the work of a name, or a sequel of it: nothing else is in their titles."""
        name = _name(name)
        whole = re.compile(re.escape(name) + _SEQUEL)
        rows = self._with([name]).iter_rows() if name else iter(())
        found = [
            number
            for number, title, _ in rows
            if any(whole.fullmatch(_name(one)) for one in title.split("\n") if one)
        ]
        return np.array(found, np.int64)

    def alike(self, items: NDArray[np.int64], *, most: int = 100) -> _Found:
        """Return other items that share categories or attributes with some, the more and the rarer the better.

        Args:
            items: numbers.
            most: how many are returned at most.
        Returns: numbers and scores, float32 from 0.5 to 1, the best first: the squared rarities, log(items / items with a
            term), of what is shared, over those of the fifth best.
        """
        table = self._table()
        own = table.filter(pl.col("number").is_in(items.tolist()))["terms"].to_list()
        terms = list(dict.fromkeys(term for one in own for term in one.split("\n") if term))
        others = table.filter(~pl.col("number").is_in(items.tolist()))
        score = np.zeros(others.height)
        for term in terms[:_MOST_TERMS]:
            has = others["terms"].str.contains(f"\n{term}\n", literal=True).to_numpy()
            often = int(has.sum())
            score[has] += math.log((table.height + 1) / (often + 1)) ** 2
        best = np.argsort(-score, kind="stable")[:most]
        best = best[score[best] > 0]
        if best.size:
            # One item that shares a rare attribute as well must not make all the others look unlike.
            usual = score[best[_USUAL if best.size > _USUAL else 0]]
            score = np.minimum(score / usual, 1)
            best = best[score[best] >= _LEAST_ALIKE]
        return others["number"].to_numpy()[best].astype(np.int64), score[best].astype(np.float32)

    def of_place(self, kind: str) -> NDArray[np.int64]:
        """Return the items with a kind of place in their titles or fields, such as tickets of a ``park``; ascending."""
        words = lexicon({kind: PLACES[kind]}) if kind in PLACES else ()
        found = [
            number
            for number, title, terms in self._with(list(words)).iter_rows()
            if any(match.value == kind for match in places_in(title, title))
            or any(match.value == kind for match in places_in(terms, terms))
        ]
        return np.array(found, np.int64)

    def _with(self, folded: Sequence[str]) -> pl.DataFrame:
        """Return the rows in which one of some folded words stands, anywhere."""
        table, words = self._table(), list(folded)
        if not words:
            return table.clear()
        holds = pl.col("title").str.contains_any(words) | pl.col("terms").str.contains_any(words)
        return table.filter(holds)


def _words(row: dict[str, Any]) -> tuple[int, str, str]:
    """Return number, titles and fields of an item, folded, each title and field between two line ends."""
    translations = json.loads(row["translations"] or "{}")
    titles = [row["title"], *(said.get("title") for said in translations.values())]
    fields = [*(row["category"] or "").split(">"), row["brand"]]
    fields += _texts(json.loads(row["attributes"] or "{}").values())
    folded = (" ".join(fold(field).split()) for field in fields if field)
    terms = [one for one in folded if 0 < len(one) <= _LONGEST_TERM and not _is_number(one)]
    return (
        row["number"],
        _lines(" ".join(fold(one).split()) for one in titles if one),
        _lines(terms),
    )


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from (
            one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)
        )


def _lines(texts: Iterable[str]) -> str:
    joined = "\n".join(dict.fromkeys(texts))
    return f"\n{joined}\n" if joined else ""


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace("-", "").replace(",", "").isdecimal()


def _name(text: str) -> str:
    return " ".join(fold(text).split()).replace("《", "").replace("》", "").strip()
