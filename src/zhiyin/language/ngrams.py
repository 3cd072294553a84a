"""Counts of n-grams by hashing: no vocabulary to keep, and all texts of a batch at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_START, _END = "\x02", "\x03"
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing: 2^64 over the golden ratio
_MAX_CHARACTERS = 1_000_000
# Behind a word's 64th letter the order of letters does not count.
_POWERS = np.cumprod(np.full(64, _FACTOR), dtype=np.uint64)


def hashed_ngrams(texts: Sequence[str], sizes: Sequence[int] = (1, 2, 3), *, bits: int = 18) -> Any:
    """Count the character n-grams of texts in hashed columns; a text's beginning and end count as characters.

    Args:
        texts: n of them, folded.
        sizes: lengths of the n-grams.
        bits: 2**bits columns; n-grams that fall together share one.
    Returns: (n, 2**bits) float32 CSR of counts.
    Complexity: O(characters · longest size).
    References: Weinberger et al., ICML 2009 (feature hashing).
    """
    parts = []
    for part in _parts(texts):
        codes, owner = _codes(part)
        rows, columns = _windows(codes.astype(np.uint64), owner, sizes, bits)
        parts.append(_counts(rows, columns, len(part), bits))
    if not parts:
        return sparse.csr_array((0, 1 << bits), dtype=np.float32)
    return sparse.vstack(parts, format="csr")


def hashed_word_ngrams(
    words: Sequence[Sequence[str]], sizes: Sequence[int] = (1, 2), *, bits: int = 18
) -> Any:
    """Count the word n-grams of texts in hashed columns.

    Args:
        words: of each of n texts, in order.
        sizes: lengths of the n-grams, in words.
        bits: 2**bits columns.
    Returns: (n, 2**bits) float32 CSR of counts.
    """
    known: dict[str, int] = {}
    codes = np.fromiter(
        (known.setdefault(word, len(known)) for text in words for word in text), np.int64
    )
    hashes = np.array([_hash_of(word) for word in known], np.uint64)[codes]
    owner = np.repeat(np.arange(len(words)), [len(text) for text in words])
    rows, columns = _windows(hashes, owner, sizes, bits)
    return _counts(rows, columns, len(words), bits)


def unit_columns(
    texts: Sequence[str], sizes: Sequence[int], *, bits: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], int]]:
    """Yield the columns of all n-grams of units, some million characters at a time.

    Args:
        texts: n of them, folded.
        sizes: lengths of the n-grams, in units.
        bits: 2**bits columns.
    Yields: of each n-gram its text, counted from the first of this part, and its column, (m,) int64 both, and how many
        texts this part has.
    """
    for units in units_of(texts):
        rows, columns = _windows(units.hashes, units.owner, sizes, bits)
        yield rows, columns, units.n_texts


class Units(NamedTuple):
    """The units of some texts in order: words of Latin letters, and single other characters; spaces are none.

    So an n-gram of units is one of characters in Chinese and one of words in English.

    Attributes:
        hashes: (u,) uint64, one number for each different unit.
        owner: (u,) int64, the text of each.
        n_texts: how many texts there are.
    """

    hashes: NDArray[np.uint64]
    owner: NDArray[np.int64]
    n_texts: int


def units_of(texts: Sequence[str]) -> Iterator[Units]:
    """Yield the units of texts, a million characters at a time; each text begins and ends with one of its own."""
    for part in _parts(texts):
        codes, owner = _codes(part)
        small = (codes - ord("a") < 26) | ((codes >= 0xDF) & (codes < 0x250)) | (codes == ord("'"))
        starts = np.flatnonzero(~(small & np.append(False, small[:-1])))
        place = np.arange(len(codes)) - np.repeat(starts, np.diff(np.append(starts, len(codes))))
        spelled = codes.astype(np.uint64) * _POWERS[np.minimum(place, len(_POWERS) - 1)]
        hashes = np.add.reduceat(spelled, starts)
        kept = codes[starts] != ord(" ")
        yield Units(hashes[kept], owner[starts][kept], len(part))


def rolled(hashes: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """Return a number for each window of ``size`` units, (u - size + 1,) uint64."""
    mixed = np.zeros(len(hashes), np.uint64)
    for step in range(size):
        mixed = _mixed_in(mixed[: len(hashes) - step], hashes[step:])
    return mixed


def _mixed_in(mixed: NDArray[np.uint64], codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = (mixed + codes + np.uint64(1)) * _FACTOR
    return mixed ^ (mixed >> np.uint64(29))


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    size = 0
    for text in texts:
        part.append(text)
        size += len(text)
        if size >= _MAX_CHARACTERS:
            yield part
            part, size = [], 0
    if part:
        yield part


def _codes(part: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the characters of texts with a mark before and behind each, and the text of each character."""
    joined = "".join(f"{_START}{text}{_END}" for text in part)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    return codes, np.repeat(np.arange(len(part)), [len(text) + 2 for text in part])


def _windows(
    codes: NDArray[np.uint64], owner: NDArray[np.int64], sizes: Sequence[int], bits: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the owner and the column of each window of ``size`` codes that stays within one text."""
    shift = np.uint64(64 - bits)
    rows, columns = [], []
    mixed = np.zeros(len(codes), np.uint64)
    for size in range(1, max(sizes) + 1):
        n = max(len(codes) - size + 1, 0)
        mixed = _mixed_in(mixed[:n], codes[size - 1 :])
        if size in sizes:
            within = owner[:n] == owner[size - 1 :]
            rows.append(owner[:n][within])
            columns.append(((mixed[within] * _FACTOR) >> shift).astype(np.int64))
    return np.concatenate(rows), np.concatenate(columns)


def _hash_of(word: str) -> int:
    value = 0
    for sign in word:
        value = ((value ^ ord(sign)) * int(_FACTOR) + 1) & 0xFFFFFFFFFFFFFFFF
    return value ^ (value >> 31)


def _counts(rows: NDArray[np.int64], columns: NDArray[np.int64], n: int, bits: int) -> Any:
    ones = np.ones(len(rows), np.float32)
    return sparse.csr_array((ones, (rows, columns)), shape=(n, 1 << bits))
