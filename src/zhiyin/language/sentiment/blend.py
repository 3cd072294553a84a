"""What sources are worth that judge on their own, and the chances that follow, learned on texts they did not see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_REG = 1.0
_BAND = 0.5  # half the neutral band, where no text was called neutral

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Blend:
    """A weighted sum of margins, and the two bounds that make chances of it.

    Attributes:
        worth: (k,) what a source's margin counts, never less than nothing.
        low: of the sum, below which negative is likelier than not.
        high: above which positive is likelier than not.

    >>> blend = Blend(np.array([1.0, 0.5], np.float32), low=-1.0, high=1.0)
    >>> blend.chances(np.array([[2.0, 2.0], [0.0, 0.0]])).argmax(axis=1).tolist()
    [2, 1]
    """

    worth: Floats
    low: float
    high: float

    @classmethod
    def fitted(cls, margins: Floats, labels: NDArray[np.integer[Any]]) -> Blend:
        """Learn from the margins of texts that the sources did not learn from.

        Args:
            margins: (n, k).
            labels: (n,) of -1, 0, 1; neutral ones only set the band between.
        References: Wolpert, Neural Networks 1992 (stacked generalisation).
        """
        from scipy import optimize  # slow to import, and who only judges needs none of it

        told = labels != 0
        scale = margins.std(axis=0) + 1e-6
        n = margins.shape[1]
        sign, scaled = labels[told], margins[told] / scale

        def loss(point: NDArray[np.float64]) -> float:
            margin = sign * (scaled @ point[:n] + point[n])
            return float(np.logaddexp(0, -margin).sum() + 0.5 * _REG * point[:n] @ point[:n])

        bounds = [(0, None)] * n + [(None, None)]
        found = optimize.minimize(loss, np.append(np.ones(n), 0), bounds=bounds).x
        worth = (found[:n] / scale).astype(np.float32)
        return cls(worth, *_band(margins @ worth, labels, -float(found[n])))

    def chances(self, margins: NDArray[np.floating[Any]]) -> Floats:
        """Return (n, 3) chances of negative, neutral, positive of (n, k) margins; rows sum to 1.

        References: McCullagh, J. R. Stat. Soc. B 1980 (ordered classes).
        """
        margin = margins @ self.worth
        negative, positive = _logistic(self.low - margin), _logistic(margin - self.high)
        neutral = np.maximum(1 - negative - positive, 0)  # rounding may leave a little less than 0
        return np.stack([negative, neutral, positive], axis=1).astype(np.float32)


def _band(margin: Floats, labels: NDArray[np.integer[Any]], middle: float) -> tuple[float, float]:
    """Return the bounds that make the labels likeliest; the usual band around the middle where none is neutral."""
    from scipy import optimize

    if not (labels == 0).any():
        return middle - _BAND, middle + _BAND

    def loss(point: NDArray[np.float64]) -> float:
        low, high = point[0], point[0] + np.exp(point[1])
        negative, positive = _logistic(low - margin), _logistic(margin - high)
        likely = np.select([labels < 0, labels > 0], [negative, positive], 1 - negative - positive)
        return -float(np.log(np.maximum(likely, 1e-9)).sum())

    low, width = optimize.minimize(loss, [middle - _BAND, 0.0], method="Nelder-Mead").x
    return float(low), float(low + np.exp(width))


def _logistic(margin: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.clip(margin.astype(np.float64), -60, 60)))
