"""Vectors without what all of them share: a fitted transform, so that index and query are turned alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import DataError
from zhiyin.language.embedder import digest_of, unit_rows

_LEAST_SPREAD = 1e-4  # of the widest direction; below it there is only rounding


@dataclass(frozen=True, slots=True, eq=False)
class Whitening:
    """Centred vectors along their main directions, wide directions shrunk.

    The vectors of a language model all point much the same way: cosines of E5 lie between 0.7 and 1, so that no threshold
    on them means anything. Centred ones spread from -1 to 1.

    Attributes:
        mean: (width,) float32 what all vectors share.
        turn: (width, dim) float32 the directions, each by its spread to the power minus the strength.

    >>> vectors = np.array([[0.9, 0.1], [0.9, -0.1], [0.8, 0.0]])
    >>> Whitening.fit(vectors, dim=1).of(vectors).round(1).ravel().tolist()
    [1.0, -1.0, 0.0]
    """

    mean: NDArray[np.float32]
    turn: NDArray[np.float32]

    @classmethod
    def fit(
        cls, vectors: NDArray[np.floating[Any]], *, dim: int | None = None, strength: float = 0.25
    ) -> Self:
        """Return the transform of vectors such as these.

        Args:
            vectors: (n, width); rows of zeros say nothing and do not count.
            dim: directions kept, the widest; all that are more than rounding if None.
            strength: 0 only centres, 1 makes all directions alike, which lets noise speak as loud as meaning.
        Raises:
            DataError: there are not two different vectors.
        Complexity: O(n width² + width³).
        References: Mu & Viswanath, ICLR 2018; Su et al., 2021 (BERT-whitening).
        """
        said = np.asarray(vectors[np.abs(vectors).max(axis=1, initial=0) > 0], np.float64)
        mean = said.mean(axis=0) if len(said) else np.zeros(vectors.shape[1])
        centred = said - mean
        square, turn = np.linalg.eigh(centred.T @ centred / max(len(said), 1))
        spread = np.sqrt(np.maximum(square[::-1], 0))[:dim]
        used = spread > max(_LEAST_SPREAD * spread[0], 1e-6)
        if not used.any():
            raise DataError(
                "these vectors do not differ",
                where="whitening",
                expected="at least two different vectors",
                next_step="fit it to the texts of a catalogue",
            )
        turned = turn[:, ::-1][:, : len(spread)][:, used] * spread[used] ** -strength
        return cls(mean.astype(np.float32), turned.astype(np.float32))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Return the transform that ``arrays`` of another one told."""
        return cls(np.asarray(arrays["mean"]), np.asarray(arrays["turn"]))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return it as arrays, to be kept in a snapshot."""
        return {"mean": self.mean, "turn": self.turn}

    @property
    def version(self) -> str:
        """Eight digits; vectors of different versions must not be compared."""
        return digest_of(self.arrays())

    def of(self, vectors: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Return transformed vectors.

        Args:
            vectors: (n, width) as those it was fitted to.
        Returns: (n, dim) float32 with unit rows; a row of zeros stays one.
        """
        turned = (np.asarray(vectors, np.float32) - self.mean) @ self.turn
        turned[np.abs(vectors).max(axis=1, initial=0) == 0] = 0
        return unit_rows(turned)
