"""Polarity of Chinese and English texts: the heads that come with the package, or those learned from a shop's ratings."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import DataError
from zhiyin.language.emoji import moods
from zhiyin.language.scripts import guess_language
from zhiyin.language.sentiment.head import PolarityHead

POLARITIES = ("negative", "neutral", "positive")
"""What the columns of ``Polarity.probabilities`` are."""
LANGUAGES = ("zh", "en")
# Texts of other languages are read by this head, which knows signs and loan words at least.
_OTHERS = "en"
# What NumPy raises on a file that is cut short, overwritten or of another kind.
_DAMAGED = (
    OSError, EOFError, ValueError, LookupError, AttributeError, TypeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class Polarity:
    """Says how likely a text is negative, neutral or positive, each language by its own head.

    >>> chances = Polarity.shipped().probabilities(["质量很好，很喜欢", "broke after a day, waste of money"])
    >>> [POLARITIES[row.argmax()] for row in chances]
    ['positive', 'negative']
    """

    def __init__(self, heads: Mapping[str, PolarityHead]) -> None:
        self._heads = dict(heads)

    @classmethod
    @cache
    def shipped(cls) -> Polarity:
        """Return the heads that come with the package; benchmarks/train_polarity.py makes them."""
        with (files("zhiyin.language") / "data" / "polarity.npz").open("rb") as file:
            return cls(_heads(file))

    @classmethod
    def read(cls, path: Path) -> Polarity:
        """Return heads that were saved, the shipped ones for the languages that are not among them.

        Raises:
            DataError: the file is damaged.
        """
        try:
            with path.open("rb") as file:
                return cls({**cls.shipped()._heads, **_heads(file)})
        except _DAMAGED as error:
            raise DataError(
                f"the learned polarity cannot be read: {error}",
                where=str(path),
                expected="a file that zhiyin mine --learn wrote",
                next_step="run zhiyin mine --learn again",
            ) from error

    def replaced(self, language: str, head: PolarityHead) -> Polarity:
        """Return the same with another head for a language."""
        return Polarity({**self._heads, language: head})

    def save(self, file: IO[bytes]) -> None:
        """Write the heads as arrays."""
        arrays = {
            f"{language}.{name}": array
            for language, head in self._heads.items()
            for name, array in head.arrays().items()
        }
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, 3) chances of negative, neutral, positive of n texts; rows sum to 1.

        Emoji without a letter or digit are as good or bad as their moods; a text in which there is nothing is neutral.
        """
        found = np.zeros((len(texts), 3), np.float32)
        rows: dict[str, list[int]] = {}
        for row, text in enumerate(texts):
            if any(map(str.isalnum, text)):
                rows.setdefault(_head_of(text, self._heads), []).append(row)
            else:
                found[row] = _of_signs(text)
        for language, own in rows.items():
            found[own] = self._heads[language].probabilities([texts[row] for row in own])
        return found


def _of_signs(text: str) -> tuple[float, float, float]:
    polarities = [mood.polarity for _, _, mood in moods(text)] or [0.0]
    mean = sum(polarities) / len(polarities)
    return max(-mean, 0), 1 - abs(mean), max(mean, 0)


def _head_of(text: str, heads: Mapping[str, Any]) -> str:
    language = guess_language(text)
    return language if language in heads else _OTHERS


def _heads(file: IO[bytes]) -> dict[str, PolarityHead]:
    with np.load(file, allow_pickle=False) as arrays:
        languages = sorted({name.partition(".")[0] for name in arrays.files})
        return {
            language: PolarityHead.of_arrays(
                {
                    name.partition(".")[2]: arrays[name]
                    for name in arrays.files
                    if name.startswith(f"{language}.")
                }
            )
            for language in languages
        }
