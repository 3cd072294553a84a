"""What a head reads of a text: weighted n-grams in hashed columns, so that a score is a sum over the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.language.ngrams import unit_columns

SIZES = (1, 2, 3, 4)
_GOLDEN = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Grams:
    """Weights of n-grams of characters (Chinese) and words (English), and of those seen within groups of texts.

    A text's row has ``count · weight`` of each n-gram, divided by the root of the sum of the squared weights of all
    occurrences, so that scoring needs no counting: the sum over all occurrences is the same.

    Attributes:
        weights: (2**bits,) float32, 0 = the n-gram is left out.
        bits: 2**bits columns.
        own: how much the columns of a group weigh beside those of all.
    """

    weights: NDArray[np.float32]
    bits: int
    own: float = 0.8

    @classmethod
    def fitted(cls, texts: Sequence[str], *, bits: int, least: int = 2) -> Grams:
        """Weigh n-grams by how few texts have them; those of fewer than ``least`` texts are left out.

        References: Spärck Jones, Journal of Documentation 1972 (inverse document frequency).
        """
        spread = np.zeros(1 << bits, np.int64)
        for rows, columns, n in unit_columns(texts, SIZES, bits=bits):
            counted = sparse.csr_array(
                (np.ones(len(rows), np.int8), (rows, columns)), (n, 1 << bits)
            )
            counted.sum_duplicates()
            spread += np.bincount(counted.indices, minlength=1 << bits)
        weights = 1 + np.log((1 + len(texts)) / (1 + spread))
        return cls(np.where(spread >= least, weights, 0).astype(np.float32), bits)

    def rows(self, texts: Sequence[str], groups: Sequence[str] | None = None) -> Any:
        """Return the features of texts, those of their groups beside them.

        Args:
            texts: n of them, folded.
            groups: the group of each, such as a category; "" = none.
        Returns: (n, 2**bits) float32 CSR, twice as many columns with groups.
        """
        parts = [sparse.csr_array((0, 1 << self.bits), dtype=np.float32)]
        for rows, columns, values, n in self._entries(texts):
            parts.append(sparse.csr_array((values, (rows, columns)), shape=(n, 1 << self.bits)))
        shared = sparse.vstack(parts, format="csr")
        return shared if groups is None else self.beside(shared, groups)

    def beside(self, shared: Any, groups: Sequence[str]) -> Any:
        """Return features with those of their groups beside them, (n, 2 · 2**bits) CSR."""
        salt = np.repeat(salts(groups), np.diff(shared.indptr))
        columns = _mixed(shared.indices.astype(np.int64), salt, self.bits)
        values = self.own * shared.data * (salt > 0)
        grouped = sparse.csr_array((values, columns, shared.indptr), shape=shared.shape)
        return sparse.hstack([shared, grouped], format="csr")

    def narrowed(self, shared: Any, heard: NDArray[np.bool_]) -> Any:
        """Return features as if the n-grams that are not ``heard`` (2**bits,) had no weight.

        Of a row's squared length L², which is Σ count · weight², an n-gram's share is value · weight / L.
        """
        row = np.repeat(np.arange(shared.shape[0]), np.diff(shared.indptr))
        kept = heard[shared.indices]
        share = shared.data * self.weights[shared.indices]
        all_, left = (np.bincount(row, part, shared.shape[0]) for part in (share, share * kept))
        longer = np.sqrt(all_ / np.maximum(left, 1e-6)).astype(np.float32)
        narrow = (shared.data * kept * longer[row], shared.indices, shared.indptr)
        return sparse.csr_array(narrow, shape=shared.shape)

    def scores(
        self,
        texts: Sequence[str],
        weights: NDArray[np.float32],
        groups: Sequence[str] | None = None,
    ) -> NDArray[np.float32]:
        """Return the sum of a head's weights over each text, without making the rows.

        Args:
            texts: n of them, folded.
            weights: (2**bits,) of a head, twice as many when it knows groups.
            groups: of each text.
        Returns: (n,) float32.
        """
        size = 1 << self.bits
        found = [np.zeros(0, np.float32)]
        start = 0
        for rows, columns, values, n in self._entries(texts):
            pull = weights[columns]
            if groups is not None and len(weights) > size:
                salt = salts(groups[start : start + n])[rows]
                grouped = weights[size + _mixed(columns, salt, self.bits)]
                pull = pull + self.own * grouped * (salt > 0)
            found.append(np.bincount(rows, values * pull, minlength=n).astype(np.float32))
            start += n
        return np.concatenate(found)

    def _entries(
        self, texts: Sequence[str]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32], int]]:
        """Yield row, column and value of each occurrence."""
        for rows, columns, n in unit_columns(texts, SIZES, bits=self.bits):
            values = self.weights[columns]
            length = np.sqrt(np.bincount(rows, values * values, minlength=n))
            scale = (1 / np.maximum(length, 1e-6)).astype(np.float32)
            kept = values > 0
            rows, values = rows[kept], values[kept]
            yield rows, columns[kept], values * scale[rows], n


def salts(groups: Sequence[str]) -> NDArray[np.uint64]:
    """Return a number for each group's name, 0 for none."""
    known = {name: _salt(name) for name in dict.fromkeys(groups)}
    return np.array([known[name] for name in groups], np.uint64)


def _salt(name: str) -> int:
    value = 0
    for sign in name:
        value = ((value ^ ord(sign)) * 0x100000001B3 + 1) & 0xFFFFFFFFFFFFFFFF
    return value


def _mixed(columns: NDArray[np.int64], salt: NDArray[np.uint64], bits: int) -> NDArray[np.int64]:
    mixed = (columns.astype(np.uint64) ^ salt) * np.uint64(_GOLDEN)
    mixed ^= mixed >> np.uint64(31)
    return ((mixed * np.uint64(_GOLDEN)) >> np.uint64(64 - bits)).astype(np.int64)
