"""What friends had to do with a candidate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.csr import entries_of
from zhiyin.affinity.friends import Friends
from zhiyin.ranking.features.family import Situation, stacked
from zhiyin.ranking.features.item_counts import ItemCounts


class Social:
    """What friends did with a candidate, NaN where no part learned of ties.

    ``friends_took`` sums the strengths of their rows, ``friends_count`` counts them, ``friends_alike`` weighs each by how like
    their row is to what the person had (a cosine), ``friends_lately`` halves an event's strength with every two weeks.
    """

    names = ("friends_took", "friends_count", "friends_alike", "friends_lately")

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 4)."""
        return stacked(list(situation.friends_took), situation.ids.size)


def friends_took(
    model: Friends | None,
    friends: NDArray[np.integer],
    ids: NDArray[np.int64],
    own: NDArray[np.int64],
    counts: ItemCounts,
) -> NDArray[np.float32]:
    """Return the rows of ``Social`` for some items, (4, n) float32.

    Args:
        model: that holds people's rows; NaN throughout without one.
        friends: (f,) numbers of people; those newer than the model took nothing.
        ids: (n,) items that the model knows.
        own: (h,) items of the person's events.
        counts: what everybody did lately.
    Complexity: O(events of friends + n_items).
    """
    if model is None:
        return np.full((len(Social.names), ids.size), np.nan, np.float32)
    known = friends[friends < model.rows.shape[0]]
    one = np.ones(known.size, np.float32)
    items, strengths = entries_of(model.rows, known, one)
    length = np.diff(model.rows.indptr)[known]
    who = np.repeat(np.arange(known.size), length)
    had = np.zeros(model.n_items, np.float32)
    had[own[own < model.n_items]] = 1
    norm = np.sqrt(np.bincount(who, strengths**2, known.size) * had.sum())
    alike = np.bincount(who, strengths * had[items], known.size) / np.maximum(norm, 1e-9)
    lately = counts.lately
    then = entries_of(lately, known[known < lately.shape[0]], one[known < lately.shape[0]])
    sums = (
        (items, strengths),
        (items, (strengths > 0).astype(np.float32)),
        (items, strengths * alike[who]),
        then,
    )
    found = [np.bincount(item, weight, model.n_items)[ids] for item, weight in sums]
    return np.stack(found).astype(np.float32)
