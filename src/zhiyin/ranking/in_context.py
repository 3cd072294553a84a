"""What the situation says of candidates: the term ``iᵀW₃c`` of the bilinear model, as counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates, Context, Kind, Query
from zhiyin.ranking.context import Vocabulary, features
from zhiyin.ranking.context_lifts import ContextLifts


@dataclass(frozen=True, slots=True, eq=False)
class ContextModel:
    """What a training learned of situations.

    Attributes:
        lifts: of each feature and item.
        weight: what they weigh beside affinity; 0 where they do not pay.
        zone: IANA time zone of hours and days.
    """

    lifts: ContextLifts
    weight: float
    zone: str

    def scores(
        self, context: Context, time: datetime, ids: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return what a situation adds to the scores of items, (m,) float32; 0 for what is not known."""
        if self.weight == 0:
            return np.zeros(ids.size, np.float32)
        names = features(context, time, self.zone)
        return np.float32(self.weight) * self.lifts.scores(names, ids)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {
            "names": self.lifts.vocabulary.names,
            "counts": self.lifts.counts,
            "shrink": np.array(self.lifts.shrink),
            "weights": np.ones(self.lifts.counts.shape[0], np.float32)
            if self.lifts.weights is None
            else self.lifts.weights,
            "weight": np.array(self.weight),
            "zone": np.array(self.zone),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> ContextModel:
        """Open what ``arrays`` gave.

        Raises:
            KeyError: an array is missing.
        """
        words = Vocabulary(np.asarray(arrays["names"]))
        weights = np.asarray(arrays["weights"])
        lifts = ContextLifts(words, arrays["counts"], float(arrays["shrink"]), weights)
        return cls(lifts, float(arrays["weight"]), str(arrays["zone"]))


class InContext:
    """Gives a column ``in_context``, float32 (n,): what the request's situation adds to each item's score.

    It is 0 for what is no item, for items newer than the training, and for situations that were never logged.
    """

    name = "in_context"

    def __init__(self, context_model: ContextModel | None) -> None:
        self._model = context_model
        if context_model is not None:  # the calendar is read now, not within a request
            context_model.scores(Context(), datetime.now(UTC), np.empty(0, np.int64))

    def hydrate(self, query: Query, candidates: Candidates) -> dict[str, np.ndarray]:
        """Return the column."""
        if self._model is None:
            return {self.name: np.zeros(len(candidates), np.float32)}
        scores = self._model.scores(query.context, query.time, candidates.ids)
        return {self.name: scores * (candidates.kinds == Kind.ITEM)}
