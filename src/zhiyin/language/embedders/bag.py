"""Texts as weighted bags of words and short runs of characters, and embedders that are one matrix on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.errors import DataError, ModelError
from zhiyin.language.embedder import Kind, digest_of, readable, unit_rows
from zhiyin.language.ngrams import hashed_ngrams, hashed_word_ngrams
from zhiyin.language.scripts import fold
from zhiyin.language.tokens import Tokenizer

_CHARACTERS = (1, 2, 3)
_BITS = 18
_MOST_CHARACTERS = 2_000
_PART_TEXTS = 4_096
_PROBE = "Zhiyin 知音，a friend who hears"
"""A text whose features tell whether texts are still cut and hashed as they were."""


class Bag:
    """The features that count in a shop's texts, and how much each does.

    Args:
        columns: (m,) int64 ascending columns of the hashed features.
        rarity: (m,) float32 log(texts / texts with it).

    >>> bag = Bag.chosen(["green tea", "green cup", "a cup"], most=50)
    >>> bag.of(["tea", "cup"]).shape == (2, len(bag.columns))
    True
    """

    def __init__(self, columns: NDArray[np.int64], rarity: NDArray[np.float32]) -> None:
        self.columns, self.rarity = columns, rarity
        self._place = np.full(2 << _BITS, -1, np.int32)
        self._place[columns] = np.arange(len(columns))

    @classmethod
    def chosen(cls, texts: Sequence[str], most: int) -> Bag:
        """Return the commonest features that some of the texts have, but not all.

        Raises:
            DataError: there is none.
        """
        spread = np.zeros(2 << _BITS, np.int64)
        for part in _parts(texts):
            spread += np.bincount(_counts(part).indices, minlength=len(spread))
        telling = np.flatnonzero((spread > 1) & (spread < len(texts)))
        columns = np.sort(telling[np.argsort(-spread[telling], kind="stable")[:most]])
        if not columns.size:
            raise DataError(
                "these texts have nothing in common, or all of it",
                where="embedder",
                expected="different texts of one shop",
                next_step="import items with titles, or reviews",
            )
        return cls(columns, np.log(len(texts) / spread[columns]).astype(np.float32))

    def of(self, texts: Sequence[str]) -> Any:
        """Return (n, m) float32 CSR of log(1 + count) · rarity with unit rows; only a text's first 2,000 characters count.

        References: Spärck Jones, Journal of Documentation 1972 (inverse document frequency).
        """
        counts = _counts(texts)
        column = self._place[counts.indices]
        is_known = column >= 0
        row = np.repeat(np.arange(len(texts)), np.diff(counts.indptr))[is_known]
        column = column[is_known]
        weight = np.log1p(counts.data[is_known]) * self.rarity[column]
        length = np.sqrt(np.bincount(row, weight**2, minlength=len(texts))).astype(np.float32)
        weight /= np.where(length > 0, length, 1)[row]
        ends = np.cumsum(np.bincount(row, minlength=len(texts)))
        shape = (len(texts), len(self.columns))
        return sparse.csr_array((weight, column, np.append(0, ends)), shape=shape)


class BagEmbedder:
    """An embedder that multiplies bags with a matrix; those that inherit it learn the matrix.

    >>> made = BagEmbedder()
    >>> made.learn(Bag.chosen(["tea", "cup", "tea cup"], most=3), np.ones((3, 2), np.float32))
    >>> made.embed(["", "tea"], kind="query").any(axis=1).tolist()
    [False, True]
    """

    name = "bag"

    def __init__(self) -> None:
        self.model_id = self.name
        self._bag: Bag | None = None

    @property
    def dim(self) -> int:
        """The width of the matrix.

        Raises:
            ModelError: it was neither fitted nor loaded.
        """
        return int(self._fitted()[1].shape[1])

    def learn(self, bag: Bag, basis: NDArray[np.floating[Any]]) -> None:
        """Become the embedder of a bag and a matrix (m, dim)."""
        self.load(
            {
                "columns": bag.columns,
                "rarity": bag.rarity,
                "basis": basis.astype(np.float16),
                "probe": _counts([_PROBE]).indices,
            }
        )

    def load(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Become what ``arrays`` of a fitted one returned.

        Raises:
            ModelError: a version of zhiyin made them that saw other features in texts.
        """
        if not np.array_equal(arrays["probe"], _counts([_PROBE]).indices):
            raise ModelError(
                f"{self.name} was fitted by another version of zhiyin",
                where="embedder",
                expected="one that sees the same words and characters in texts",
                next_step="fit it anew: zhiyin mine",
            )
        self._bag = Bag(arrays["columns"], arrays["rarity"])
        self._basis = np.asarray(arrays["basis"], np.float32)
        self._arrays = dict(arrays)
        self.model_id = f"{self.name}-{self.dim}/{digest_of(arrays)}"

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what was learned: columns (m,) int64, rarity (m,) float32, basis (m, dim) float16, and a probe."""
        self._fitted()
        return dict(self._arrays)

    def embed(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """Return (n, dim) float32 unit vectors of n texts, zero where nothing in one is known; see `Embedder`.

        Raises:
            ModelError: it was neither fitted nor loaded.
        """
        bag, basis = self._fitted()
        vectors = np.zeros((len(texts), self.dim), np.float32)
        done = 0
        for part in _parts(texts):
            vectors[done : done + len(part)] = unit_rows(bag.of(part) @ basis)
            done += len(part)
        return vectors

    def _fitted(self) -> tuple[Bag, NDArray[np.float32]]:
        if self._bag is None:
            raise ModelError(
                f"{self.name} knows no texts yet",
                where="embedder",
                expected="one that was fitted or loaded",
                next_step="fit it to the shop's texts: zhiyin mine",
            )
        return self._bag, self._basis


def sampled(texts: Sequence[str], most: int, seed: int) -> list[str]:
    """Return different texts that say something, in a random order, at most so many."""
    order = np.random.default_rng(seed).permutation(len(texts)).tolist()
    found: dict[str, None] = {}
    for place in order:
        if len(found) == most:
            break
        if readable(texts[place]):
            found[texts[place]] = None
    return list(found)


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[n : n + _PART_TEXTS] for n in range(0, len(texts), _PART_TEXTS))


def _counts(texts: Sequence[str]) -> Any:
    """Return (n, 2 · 2**18) CSR of how often each run of characters and each word comes in a text."""
    tokenizer = Tokenizer()
    said = [fold(readable(text[:_MOST_CHARACTERS])) for text in texts]
    runs = hashed_ngrams(said, _CHARACTERS, bits=_BITS)
    words = hashed_word_ngrams([tokenizer.words(text) for text in said], (1,), bits=_BITS)
    return sparse.hstack([runs, words], format="csr")
