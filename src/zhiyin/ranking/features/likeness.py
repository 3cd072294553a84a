"""How like a candidate is to what the person had."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.features.family import Situation, latest, stacked

_NEAR = 5


class Likeness:
    """Cosines of a candidate with the person's latest hundred items, each once.

    ``last`` is that with the latest, ``lately`` the mean of the latest five, ``all`` of all, ``near`` of the five nearest, and
    ``max`` the nearest.

    Args:
        kind: ``text``: by what the shop says of items, today as it did then; ``chosen``: by who chose them before the moment.
    """

    def __init__(self, kind: Literal["text", "chosen"]) -> None:
        self._kind = kind
        self.names = tuple(f"{kind}_{what}" for what in ("last", "lately", "all", "near", "max"))

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 5), NaN where nothing is known of the candidate, or the person had nothing."""
        n, own = situation.ids.size, latest(situation.items)
        wide = np.full((n, len(self.names)), np.nan, np.float32)
        vectors = self._vectors(situation)
        if vectors is None or not own.size:
            return wide
        asked = _rows(vectors, situation.ids)
        cosines = asked @ _rows(vectors, own).T  # (n, h)
        near = min(_NEAR, own.size)
        nearest = np.partition(cosines, own.size - near, axis=1)[:, -near:]
        lately = cosines[:, :_NEAR].mean(1)
        found = (cosines[:, 0], lately, cosines.mean(1), nearest.mean(1), nearest.max(1))
        is_known = np.abs(asked).max(axis=1, initial=0) > 0
        wide[is_known] = stacked(found, n)[is_known]
        return wide

    def _vectors(self, situation: Situation) -> NDArray[np.float32] | None:
        return situation.columns.texts if self._kind == "text" else situation.counts.chosen


def _rows(vectors: NDArray[np.float32], ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the vectors of some items, (n, dim); zeros for those beyond."""
    is_known = ids < len(vectors)
    if is_known.all():
        return vectors[ids]
    found = np.zeros((ids.size, vectors.shape[1]), np.float32)
    found[is_known] = vectors[ids[is_known]]
    return found
