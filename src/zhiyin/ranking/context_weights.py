"""How much each field of situations counts: weather may say much of what is taken, and the day of the week nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from zhiyin.ranking.context_lifts import ContextLifts

_EVENTS = 4000
_FEWEST = 200
_RIVALS = 100
_REG = 1e-3
_MOST = 3.0


def field_weights(
    lifts: ContextLifts,
    rows: Any,
    item: NDArray[np.int64],
    rivals: NDArray[np.int64],
    seed: int = 0,
) -> NDArray[np.float32]:
    """Return the weight of each feature, (v,) float32 from 0 to 3, alike within a field.

    They make the items of some events likeliest among rivals drawn by popularity. With few events they are all 1.

    Args:
        lifts: of other events.
        rows: (e, v) float32 CSR, the situations of events.
        item: (e,) int64 their items.
        rivals: (r,) int64 items of known events, from which rivals are drawn.
        seed: of the draws.
    References: McFadden, Frontiers in Econometrics 1973 (conditional logit).
    """
    fields = lifts.vocabulary.fields
    if item.size < _FEWEST:
        return np.ones(fields.size, np.float32)
    rng = np.random.default_rng(seed)
    chosen = rng.choice(item.size, min(item.size, _EVENTS), replace=False)
    drawn = rivals[rng.integers(0, rivals.size, (chosen.size, _RIVALS))]
    compared = np.concatenate([item[chosen, None], drawn], axis=1)  # (e, 1 + rivals)
    entries, table = rows[chosen].tocoo(), lifts.table()
    said = np.zeros((*compared.shape, int(fields.max()) + 1), np.float32)
    said[entries.row, :, fields[entries.col]] = table[entries.col[:, None], compared[entries.row]]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = said @ weights
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        chance /= chance.sum(axis=1, keepdims=True)
        cost = -np.log(chance[:, 0]).mean() + _REG * weights @ weights
        chance[:, 0] -= 1
        slope = np.einsum("er,erf->f", chance, said) / chosen.size
        return float(cost), slope + 2 * _REG * weights

    start = np.full(said.shape[2], 0.5)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, _MOST)] * start.size)
    return np.asarray(found.x[fields], np.float32)
