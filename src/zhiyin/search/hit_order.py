"""An order of hits that a shop's own judgments or clicks taught: weights, or trees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.booster import Booster
from zhiyin.search.match import NAMES
from zhiyin.search.packed import Arrays, packed, unpacked
from zhiyin.search.relevance import Relevance

ORDER = "order"


class Scores(Protocol):
    """Scores hits of one query by how they match."""

    def scores(self, matches: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return (r,) float32 of (r, len(match.NAMES)), higher is better."""


@dataclass(frozen=True, eq=False)
class HitOrder:
    """Scores of the weights for all shops, given out anew in an order that was learned.

    So the best hit, what is still an answer and how far hits lie apart mean what they mean without.

    Attributes:
        weights: name of ``match.NAMES`` → weight; empty where trees order.
        trees: as LightGBM writes them; empty where weights order.

    >>> hits = np.eye(len(NAMES), dtype=np.float32)[[NAMES.index("covered"), NAMES.index("maker")]]
    >>> usual, learned = Relevance.default(), HitOrder({"maker": 1.0})
    >>> usual.scores(hits).argmax(), learned.scores(hits).argmax(), sorted(usual.scores(hits)) == sorted(learned.scores(hits))
    (np.int64(0), np.int64(1), True)
    """

    weights: Mapping[str, float]
    trees: str = ""

    @classmethod
    def of(cls, learned: Relevance) -> HitOrder:
        """Return the order of learned weights."""
        return cls(dict(zip(NAMES, learned.weights.tolist(), strict=True)))

    def raw(self, matches: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the learned scores themselves, (r,) float64, which say order only."""
        if self.trees:
            # Trees of the log know surfaces apart by a last column; here there is one.
            surface = np.zeros((len(matches), 1), np.float32)
            return self._booster.scores(np.hstack([matches, surface]))
        return np.asarray(matches @ self._row, np.float64)

    def scores(self, matches: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the relevance of the hits of one query, (r,) float32; equals stand as they would without."""
        known = Relevance.default().scores(matches)
        if not len(matches):
            return known
        given = np.empty_like(known)
        given[np.lexsort((-known, -self.raw(matches)))] = np.sort(known)[::-1]
        return given

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what is kept in a snapshot."""
        told = {"names": NAMES, "weights": dict(self.weights), "trees": self.trees}
        return {ORDER: packed(told)}

    @cached_property
    def _booster(self) -> Booster:
        return Booster(self.trees)

    @cached_property
    def _row(self) -> NDArray[np.float64]:
        return np.array([self.weights.get(name, 0.0) for name in NAMES])


def order_of(kept: Arrays) -> Scores:
    """Return the order that a snapshot keeps; the weights for all shops where it keeps none, or one of another version."""
    if ORDER not in kept:
        return Relevance.default()
    told = unpacked(kept[ORDER])
    if told["names"] != list(NAMES):
        return Relevance.default()
    return HitOrder(told["weights"], told["trees"])
