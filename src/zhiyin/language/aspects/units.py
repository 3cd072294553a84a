"""Texts as units: single Chinese characters and signs, stems of English words; and numbers for what is made of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_UNIT = re.compile(r"[a-zà-öø-ÿ]+(?:['’][a-z]+)*|[0-9]+(?:[.,][0-9]+)*|\S")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing: 2^64 over the golden ratio


class Unit(NamedTuple):
    """One unit of a text: its form, and where it begins.

    >>> units("好 looks!")
    [Unit(form='好', start=0), Unit(form='look', start=2), Unit(form='!', start=7)]
    """

    form: str
    start: int


def units(folded: str) -> list[Unit]:
    """Return the units of a folded text in order; spaces are none, and a number is one.

    Complexity: O(n).
    """
    return [Unit(_form(match[0]), match.start()) for match in _UNIT.finditer(folded)]


@lru_cache(maxsize=1 << 16)
def code_of(form: str) -> int:
    """Return a number for a form, the same in every process."""
    return crc32(form.encode("utf-8", "surrogatepass"))


def mixed(*columns: NDArray[np.integer] | int) -> NDArray[np.uint64]:
    """Return one number for each row of columns, unlike that of any other row but by chance.

    Args:
        columns: (n,) integers each, or one for all rows; at least one is an array.
    """
    value = np.full(1, 0x2545F4914F6CDD1D, np.uint64)
    for column in columns:
        value = (value ^ np.asarray(column).astype(np.uint64)) * _FACTOR
        value = value ^ (value >> np.uint64(31))
    return value


@lru_cache(maxsize=1 << 16)
def _form(word: str) -> str:
    if not word[0].isalpha() or len(word) < 3 or not word[0] < "\u0250":
        return "0" if word[0].isdecimal() else word
    from snowballstemmer import stemmer  # type: ignore[import-untyped]

    # A stemmer holds the word at hand, so threads must not share one.
    return str(stemmer("english").stemWord(word))
