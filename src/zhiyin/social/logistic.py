"""Logistic regression in which weights may be kept from falling below 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhiyin.social.graph import Floats


def logistic(
    table: Floats,
    labels: NDArray[np.float64],
    *,
    ridge: float | NDArray[np.float64] = 1.0,
    is_free: NDArray[np.bool_] | None = None,
) -> tuple[Floats, float]:
    """Fit weights and a bias.

    Args:
        table: (n, f) float32, columns of like scale.
        labels: (n,) float64, 1 or -1.
        ridge: how much weights cost, of each or (f,) float64.
        is_free: (f,) bool, whose weight may fall below 0; of none unless given.
    Returns: (f,) float32 weights, and the bias.
    """
    from scipy import optimize

    n = table.shape[1]

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = labels * (table @ point[:n] + point[n])
        slope = -labels / (1 + np.exp(np.clip(margin, -60, 60)))
        gradient = np.append(slope @ table + ridge * point[:n], slope.sum())
        return float(np.logaddexp(0, -margin).sum() + (ridge * point[:n] / 2) @ point[:n]), gradient

    free = np.zeros(n, np.bool_) if is_free is None else is_free
    bounds = [(None if one else 0, None) for one in free.tolist()] + [(None, None)]
    found = optimize.minimize(loss, np.zeros(n + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found[:n].astype(np.float32), float(found[n])
