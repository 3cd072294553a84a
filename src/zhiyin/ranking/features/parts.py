"""What each part of the affinity model says: items, order, texts, people, friends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zhiyin.ranking.features.family import Situation, stacked
from zhiyin.ranking.features.scores import log_place, of_highest


class Parts:
    """The scores of each part: as added to the affinity, as a part of the list's highest, and their place.

    Likeness of texts and what friends have come in by the parts ``text``, ``friends`` and ``people and ties``, where training
    gave them weight.

    Args:
        parts: names of the model's parts, in its order.
    """

    def __init__(self, parts: Sequence[str]) -> None:
        self.names = tuple(f"part {part}{kind}" for part in parts for kind in _KINDS)

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 3 n_parts), NaN for a part that is not asked for a person of so little history."""
        columns: list[NDArray[np.floating]] = []
        for scores in situation.parts:
            if np.isnan(scores).any():
                columns += [scores] * len(_KINDS)
            else:
                columns += [scores, of_highest(scores), log_place(scores)]
        return stacked(columns, situation.ids.size)


_KINDS = ("", " share", " place")
