"""Inverted lists of what each term adds to a document's score: sums of them are BM25."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.search.packed import Arrays, of_texts, texts

K1, B = 0.6, 0.75
"""Chosen by NDCG@10 on judged queries; titles are short, so a word said twice says little more."""


class TermCounts:
    """How often documents have terms, gathered one document after another."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self.rows, self.often, self.sizes = array("i"), array("f"), array("i")

    def add(self, document: Mapping[str, float]) -> None:
        """Take in the next document, given as term → how often it has it."""
        self.rows.extend(map(self.numbers.__getitem__, document))
        self.often.extend(document.values())
        self.sizes.append(len(document))


@dataclass(frozen=True, slots=True, eq=False)
class Impacts:
    """Term → the documents that have it, and what it adds to their scores.

    Attributes:
        terms: term → row.
        starts: (n_terms + 1,) int64, where each row begins.
        documents: (nnz,) int32, ascending within a row.
        added: (nnz,) float32.
        n_documents: how many there are.
        mean_length: of the documents, in weighted terms.
    """

    terms: Mapping[str, int]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    added: NDArray[np.float32]
    n_documents: int
    mean_length: float

    @classmethod
    def of(
        cls,
        documents: Iterable[Mapping[str, float]],
        *,
        like: Self | None = None,
        k1: float = K1,
        b: float = B,
    ) -> Self:
        """Return the lists of documents, each given as term → how often it has it, weighted by field.

        Args:
            documents: in order.
            like: other documents, whose rarities of terms and mean length are taken over, so that scores of both can
                stand in one list.
            k1: how much repeating counts.
            b: how much length counts.
        Complexity: O(terms of all documents).
        References: Robertson & Zaragoza 2009 (BM25; weighted fields as in BM25F); Lin & Trotman 2015 (impacts).
        """
        counts = TermCounts()
        for one in documents:
            counts.add(one)
        return cls.counted(counts, like=like, k1=k1, b=b)

    @classmethod
    def counted(
        cls, counts: TermCounts, *, like: Self | None = None, k1: float = K1, b: float = B
    ) -> Self:
        """Return the lists of documents whose terms were counted before, see ``of``."""
        n, terms = len(counts.sizes), dict(counts.numbers)
        row, tf = np.frombuffer(counts.rows, np.int32), np.frombuffer(counts.often, np.float32)
        columns = np.repeat(np.arange(n, dtype=np.int32), np.frombuffer(counts.sizes, np.int32))
        length = np.bincount(columns, tf, n).astype(np.float32)
        df = np.bincount(row, minlength=len(terms)).astype(np.float64)
        if like is None:
            mean = float(length.mean()) if n else 1.0
            idf = np.log1p((n - df + 0.5) / (df + 0.5)).astype(np.float32)
        else:
            mean = like.mean_length
            idf = np.array([like.rarity(name) for name in terms], np.float32)
        flat = (k1 * (1 - b + b * length / np.float32(mean or 1.0))).astype(np.float32)
        added = idf[row] * tf * np.float32(k1 + 1) / (tf + flat[columns])
        table = sparse.csr_array((added, (row, columns)), (len(terms), n))
        table.sort_indices()
        return cls(terms, table.indptr.astype(np.int64), table.indices, table.data, n, mean)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Open what ``arrays`` gave."""
        terms = {term: row for row, term in enumerate(of_texts(arrays["terms"]))}
        n, mean = arrays["shape"].tolist()
        return cls(terms, arrays["starts"], arrays["documents"], arrays["added"], int(n), mean)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {
            "terms": texts(self.terms), "starts": self.starts, "documents": self.documents,
            "added": self.added, "shape": np.array([self.n_documents, self.mean_length]),
        }  # fmt: skip

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of a term, log(1 + (n - df + .5) / (df + .5))."""
        row = self.terms.get(term)
        df = 0 if row is None else int(self.starts[row + 1] - self.starts[row])
        return math.log1p((self.n_documents - df + 0.5) / (df + 0.5))

    def having(self, term: str) -> NDArray[np.int32]:
        """Return the documents that have a term, ascending."""
        row = self.terms.get(term)
        if row is None:
            return self.documents[:0]
        return self.documents[self.starts[row] : self.starts[row + 1]]

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the sum of what some terms add, (n_documents,) float32.

        Complexity: O(n_documents + documents that have a term).
        """
        found = np.zeros(self.n_documents, np.float32)
        for term in terms:
            row = self.terms.get(term)
            if row is not None:
                own = slice(self.starts[row], self.starts[row + 1])
                np.add.at(found, self.documents[own], self.added[own])  # thrice as fast as +=
        return found
