"""Polarity of Chinese and English texts: the heads that come with the package, or those learned from a shop's ratings."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
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
_COMPARED = "compared_with"
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

    def __init__(self, heads: Mapping[str, PolarityHead], *, is_outdated: bool = False) -> None:
        self._heads = dict(heads)
        self.is_outdated = is_outdated
        """Whether learned heads are left out, since they were never compared with those of the package now installed."""

    @classmethod
    @cache
    def shipped(cls) -> Polarity:
        """Return the heads that come with the package; benchmarks/train_polarity.py makes them."""
        heads = _arrays(io.BytesIO(_package()))
        return cls({name: PolarityHead.of_arrays(own) for name, own in heads.items()})

    @classmethod
    def read(cls, path: Path) -> Polarity:
        """Return heads that a shop learned, the shipped ones for the languages that are not among them.

        Heads that were compared with those of another version of the package are left out.

        Raises:
            DataError: the file is damaged.
        """
        shipped = cls.shipped()
        try:
            with path.open("rb") as file:
                arrays = _arrays(file)
            now = _package_digest()
            kept = {name: own for name, own in arrays.items() if str(own[_COMPARED]) == now}
            heads = {name: PolarityHead.of_arrays(own) for name, own in kept.items()}
            return cls({**shipped._heads, **heads}, is_outdated=len(kept) < len(arrays))
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

    @property
    def learned(self) -> tuple[str, ...]:
        """The languages whose head is not the package's."""
        shipped = self.shipped()._heads
        return tuple(name for name, head in self._heads.items() if head is not shipped.get(name))

    def save(self, file: IO[bytes]) -> None:
        """Write the learned heads as arrays, and which package's heads they were compared with."""
        arrays: dict[str, Any] = {
            f"{language}.{name}": array
            for language in self.learned
            for name, array in self._heads[language].arrays().items()
        }
        compared = {
            f"{language}.{_COMPARED}": np.array(_package_digest()) for language in self.learned
        }
        np.savez_compressed(file, **arrays, **compared)  # type: ignore[arg-type]

    def probabilities(
        self, texts: Sequence[str], groups: Sequence[str | None] | None = None
    ) -> NDArray[np.float32]:
        """Return (n, 3) chances of negative, neutral, positive of n texts; rows sum to 1.

        Emoji without a letter or digit are as good or bad as their moods; a text in which there is nothing is neutral.

        Args:
            texts: n of any length.
            groups: the category of goods that each is about, None where that is not known.
        """
        found = np.zeros((len(texts), 3), np.float32)
        rows: dict[str, list[int]] = {}
        for row, text in enumerate(texts):
            if any(map(str.isalnum, text)):
                rows.setdefault(_head_of(text, self._heads), []).append(row)
            else:
                found[row] = _of_signs(text)
        for language, own in rows.items():
            named = [groups[row] or "" for row in own] if groups else None
            found[own] = self._heads[language].probabilities([texts[row] for row in own], named)
        return found


def _of_signs(text: str) -> tuple[float, float, float]:
    polarities = [mood.polarity for _, _, mood in moods(text)] or [0.0]
    mean = sum(polarities) / len(polarities)
    return max(-mean, 0), 1 - abs(mean), max(mean, 0)


def _head_of(text: str, heads: Mapping[str, Any]) -> str:
    language = guess_language(text)
    return language if language in heads else _OTHERS


@cache
def _package() -> bytes:
    return (files("zhiyin.language") / "data" / "polarity.npz").read_bytes()


def _package_digest() -> str:
    return blake2b(_package(), digest_size=8).hexdigest()


def _arrays(file: IO[bytes]) -> dict[str, dict[str, NDArray[Any]]]:
    """Return language → name → array."""
    found: dict[str, dict[str, NDArray[Any]]] = {}
    with np.load(file, allow_pickle=False) as arrays:
        for name in arrays.files:
            language, _, own = name.partition(".")
            found.setdefault(language, {})[own] = arrays[name]
    return found
