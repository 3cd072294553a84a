"""All that search knows of a catalogue: its documents by words, what it says itself, and how its words are spelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from zhiyin.core.progress import Progress, untold
from zhiyin.language.tokens import Tokenizer
from zhiyin.search.documents import Document, document
from zhiyin.search.item_values import ItemValues
from zhiyin.search.packed import Arrays, packed, part, prefixed, unpacked
from zhiyin.search.query.catalogue_terms import CatalogueTerms
from zhiyin.search.query.query_parser import QueryParser
from zhiyin.search.query.spelling import Speller
from zhiyin.search.text_index import TextIndex, weighted

_EVERY = 1000
_TEXTS, _SPELLER, _VALUES = "texts.", "speller.", "values."


@dataclass(frozen=True, slots=True, eq=False)
class CatalogueIndex:
    """What queries are read by, and what they are searched in.

    Attributes:
        texts: documents by words.
        terms: values of the catalogue.
        speller: of its words.
        brands: it has.
        tokenizer: that knows them.
        values: what each item is.
        parser: of queries.
    """

    texts: TextIndex
    terms: CatalogueTerms
    speller: Speller
    brands: Sequence[str]
    tokenizer: Tokenizer
    values: ItemValues
    parser: QueryParser

    @classmethod
    def of(cls, rows: Collection[Mapping[str, Any]], progress: Progress = untold) -> CatalogueIndex:
        """Index items.

        Args:
            rows: of ``Store.entities_since``.
            progress: told how many are read.
        Complexity: O(characters of all items).
        """
        brands = sorted({row["brand"] for row in rows if row["brand"]})
        tokenizer, spelled = Tokenizer(brands), Counter[str]()
        texts = TextIndex.of(_documents(rows, tokenizer, spelled, progress))
        speller = Speller({**dict.fromkeys(texts.words.terms, 0), **spelled})
        return cls._with(texts, CatalogueTerms(rows), speller, brands, tokenizer, ItemValues(rows))

    @classmethod
    def _with(
        cls,
        texts: TextIndex,
        terms: CatalogueTerms,
        speller: Speller,
        brands: Sequence[str],
        tokenizer: Tokenizer,
        values: ItemValues,
    ) -> CatalogueIndex:
        parser = QueryParser(terms, speller, brands)
        return cls(texts, terms, speller, brands, tokenizer, values, parser)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> CatalogueIndex:
        """Open what ``arrays`` gave; they may be memory-mapped."""
        brands = unpacked(arrays["brands"])
        texts = TextIndex.from_arrays(part(arrays, _TEXTS))
        terms = CatalogueTerms.from_counts(unpacked(arrays["terms"]))
        speller = Speller.from_arrays(part(arrays, _SPELLER))
        values = ItemValues.from_arrays(part(arrays, _VALUES))
        return cls._with(texts, terms, speller, brands, Tokenizer(brands), values)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        own = {"brands": packed(self.brands), "terms": packed(self.terms.counts())}
        return {
            **own,
            **prefixed(_TEXTS, self.texts.arrays()),
            **prefixed(_SPELLER, self.speller.arrays()),
            **prefixed(_VALUES, self.values.arrays()),
        }

    def learned(self, rows: Sequence[Mapping[str, Any]]) -> list[Document]:
        """Return items that came later as documents, and read queries by their words and values, too."""
        documents = [document(row, self.tokenizer) for row in rows]
        self.terms.add(rows)
        self.values.add(rows)
        self.speller.add(word for one in documents for word in (*weighted(one), *one.spelled))
        return documents


def rows_of_titles(titles: Iterable[str]) -> list[dict[str, Any]]:
    """Return rows of items that have nothing but titles, numbered from 0."""
    nothing = dict.fromkeys(("brand", "category", "attributes", "description", "translations"))
    return [{"number": number, "title": title, **nothing} for number, title in enumerate(titles)]


def _documents(
    rows: Collection[Mapping[str, Any]],
    tokenizer: Tokenizer,
    spelled: Counter[str],
    progress: Progress,
) -> Iterator[Document]:
    """Yield items as search sees them, and count in how many titles words stand."""
    for place, row in enumerate(rows, 1):
        one = document(row, tokenizer)
        spelled.update(set(one.spelled))
        yield one
        if place % _EVERY == 0:
            progress(place / len(rows), place)
