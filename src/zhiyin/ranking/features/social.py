"""How many friends took a candidate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.csr import entries_of
from zhiyin.affinity.friends import Friends
from zhiyin.ranking.features.family import Situation, stacked


class Social:
    """What friends had to do with a candidate: the sum of the strengths of their rows; NaN where no part learned of ties."""

    names = ("friends_took",)

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 1)."""
        return stacked([situation.friends_took], situation.ids.size)


def friends_took(
    model: Friends | None, friends: NDArray[np.integer], ids: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the strengths of the rows of some people, (f,), summed for some items, (n,) float32.

    Args:
        model: that holds the rows; NaN throughout without one.
        friends: numbers of people; those newer than the model took nothing.
        ids: (n,) items that the model knows.
    """
    if model is None:
        return np.full(ids.size, np.nan, np.float32)
    known = friends[friends < model.rows.shape[0]]
    entries = entries_of(model.rows, known, np.ones(known.size, np.float32))
    return np.bincount(*entries, model.n_items)[ids].astype(np.float32)
