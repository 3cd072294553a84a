"""How alike texts are to those that were learned from: by their n-grams, and by what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.language.embedder import unit_rows
from zhiyin.language.ngrams import hashed_ngrams
from zhiyin.language.scripts import fold

_SIZES = (1, 2, 3, 4, 5)
_BITS = 18
_MEANING = 0.7  # how much vectors count beside n-grams
_WIDTH = 0.6  # a text whose cosine is this much less is alike by a factor of e less
_CHUNK = 512

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """An exponential kernel on the cosines of TF-IDF n-grams and, where there are any, of centred vectors.

    Attributes:
        rarity: (2**18,) float32, what an n-gram weighs: 0 where no text learned from has it.
        grams: (n, 2**18) CSR with unit rows, of the texts learned from.
        centre: (dim,) float32 what all vectors share, None without vectors.
        vectors: (n, dim) float32 centred, with unit rows.
    """

    rarity: Floats
    grams: Any
    centre: Floats | None = None
    vectors: Floats | None = None

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: Floats | None = None) -> Self:
        """Return the likeness to n texts, of which ``vectors`` is (n, dim) with unit rows."""
        counts = _damped(texts)
        spread = np.bincount(counts.indices, minlength=counts.shape[1])
        weights = 1 + np.log((1 + len(texts)) / (1 + spread))
        rarity = np.where(spread > 0, weights, 0).astype(np.float32)
        if vectors is None:
            return cls(rarity, _weighed(counts, rarity))
        centre = vectors.mean(axis=0)
        return cls(rarity, _weighed(counts, rarity), centre, unit_rows(vectors - centre))

    def own(self) -> Floats:
        """Return how alike the texts learned from are to one another, (n, n) float32."""
        return self._of(self.grams, self.vectors)

    def of(self, texts: Sequence[str], vectors: Floats | None = None) -> Floats:
        """Return how alike texts are to each that was learned from.

        Args:
            texts: m of them.
            vectors: (m, dim) with unit rows, where this was fitted with vectors.
        Returns: (m, n) float32, from 0 to 1.
        Complexity: O(n m) for vectors of a fixed width; less for n-grams, few of which are shared.
        """
        meant = None
        if vectors is not None and self.centre is not None:
            meant = unit_rows(vectors - self.centre)
        return self._of(_weighed(_damped(texts), self.rarity), meant)

    def _of(self, grams: Any, vectors: Floats | None) -> Floats:
        found = np.empty((grams.shape[0], self.grams.shape[0]), np.float32)
        turned = self.grams.T.tocsr()
        for start in range(0, len(found), _CHUNK):
            rows = slice(start, start + _CHUNK)
            cosine = (grams[rows] @ turned).toarray()
            if vectors is not None and self.vectors is not None:
                cosine *= 1 - _MEANING
                cosine += _MEANING * (vectors[rows] @ self.vectors.T)
            cosine -= 1
            np.exp(cosine / np.float32(_WIDTH), out=found[rows])
        return found


def _damped(texts: Sequence[str]) -> Any:
    """Return 1 + log(count) of each n-gram."""
    counts = hashed_ngrams([fold(text) for text in texts], _SIZES, bits=_BITS)
    counts.sum_duplicates()
    counts.data = 1 + np.log(counts.data)
    return counts


def _weighed(counts: Any, rarity: Floats) -> Any:
    values = counts.data * rarity[counts.indices]
    owner = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(owner, values * values, counts.shape[0]))
    values = (values / np.maximum(length, 1e-9)[owner]).astype(np.float32)
    return sparse.csr_array((values, counts.indices, counts.indptr), shape=counts.shape)
