"""How far a candidate has the attributes of what the person had."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.csr import entries_of
from zhiyin.ranking.features.family import Situation, latest, stacked


class Knowledge:
    """``said_match`` is the cosine of the candidate's attributes, rare ones more, with the sum of those of the person's latest
    hundred items; ``said_met`` the share of its attributes that one of these has.
    """

    names = ("said_match", "said_met")

    def columns(self, situation: Situation) -> NDArray[np.float32]:
        """Return (n, 2), NaN where nothing is said of the candidate, or the person had nothing."""
        said, own = situation.columns.said, latest(situation.items)
        n = situation.ids.size
        if said is None or not own.size:
            return np.full((n, len(self.names)), np.nan, np.float32)
        known = own[own < said.shape[0]]
        had, weights = entries_of(said, known, np.ones(known.size, np.float32))
        sums = np.bincount(had, weights, said.shape[1]).astype(np.float64)
        profile = sums / max(float(np.linalg.norm(sums)), 1e-9)
        places = np.flatnonzero(situation.ids < said.shape[0])
        ids = situation.ids[places]
        which, weight = entries_of(said, ids, np.ones(ids.size, np.float32))
        row = np.repeat(places, np.diff(said.indptr)[ids])
        count = np.bincount(row, minlength=n)
        match = np.bincount(row, weight * profile[which], n).astype(np.float64)
        met = np.bincount(row, profile[which] > 0, n) / np.maximum(count, 1)
        return np.where(count[:, None] > 0, stacked((match, met), n), np.float32(np.nan))
