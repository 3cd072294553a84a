"""The same scores for everybody: what is popular."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.asked import Asked, Given


@dataclass(frozen=True, slots=True, eq=False)
class Everybody:
    """Scores items alike for everybody.

    Attributes:
        of_items: (n_items,) float32.

    >>> Everybody(np.array([2, 5], np.float32)).scores(Asked.of([0])).tolist()
    [2.0, 5.0]
    """

    of_items: NDArray[np.float32]

    name = "popularity"

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return self.of_items.size

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        return self.of_items

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``."""
        within = ids < self.n_items
        amounts = np.where(within, self.of_items[np.where(within, ids, 0)], 0)
        return [Given("everybody", np.empty(0, np.int64), amounts[None].astype(np.float32))]

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """Return the (m, n_items) float32 scores of m people."""
        return np.broadcast_to(self.of_items, (rows.shape[0], self.n_items))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        return {"of_items": self.of_items}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Everybody:
        """Open what ``arrays`` gave."""
        return cls(np.asarray(arrays["of_items"]))
