"""What makes vectors of texts, and what all that do have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.progress import Progress, untold

Kind = Literal["query", "passage"]
"""What a text is for: asking, or being found."""

# Controls, lone surrogates, and what only says how its neighbours are shown; none of it can be read.
_UNREAD = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)


class Embedder(Protocol):
    """Makes vectors of texts, such that like texts have like vectors.

    >>> class Length:
    ...     model_id, dim = "length", 1
    ...
    ...     def embed(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
    ...         return unit_rows(np.array([[len(text)] for text in texts], np.float32))
    >>> embedder: Embedder = Length()
    """

    @property
    def model_id(self) -> str:
        """What the vectors are of; embedders of one ``model_id`` give the same text the same vector."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    def embed(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """Return the vectors of texts; a vector depends on nothing but its text.

        Args:
            texts: n of any length.
            kind: what they are for.
        Returns: (n, dim) float32 with unit rows, and a zero row for a text in which there is nothing.
        Raises:
            ModelError: the model does not answer, or not with vectors.
        """


class FittedEmbedder(Embedder, Protocol):
    """An embedder that is first fitted to a shop's own texts, or loaded as it was fitted before."""

    def fit(self, texts: Sequence[str], *, progress: Progress = untold) -> None:
        """Learn from a shop's texts; ``model_id`` is another one then."""

    def load(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Become what ``arrays`` of a fitted one returned."""

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return what was learned, to be kept in a snapshot."""


def readable(text: str) -> str:
    r"""Return a text without what a model cannot read, each run of white space as one space; "" if nothing is left.

    >>> readable(" a\x00\n\ud83d b\u200b")
    'a b'
    """
    return " ".join(_UNREAD.sub(" ", text).split())


def unit_rows(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return (n, dim) float32 rows of length 1; a row of zeros stays one.

    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    length = np.sqrt(np.einsum("nd,nd->n", vectors, vectors, dtype=np.float64))[:, None]
    return np.asarray(vectors / np.where(length > 0, length, 1), np.float32)


def digest_of(arrays: Mapping[str, NDArray[np.generic]]) -> str:
    """Return eight hexadecimal digits that differ between arrays that differ, for a ``model_id``."""
    told = sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        told.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        told.update(array.tobytes())
    return told.hexdigest()[:8]
