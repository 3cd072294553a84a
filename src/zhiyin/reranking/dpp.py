"""Determinantal point process: of all lists the one whose items are good and span much, chosen greedily."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SPENT = 1e-10  # share of an item's square that is left when the chosen ones span it


def greedy_dpp(
    quality: NDArray[np.floating], vectors: NDArray[np.floating], k: int
) -> NDArray[np.int64]:
    """Choose items one by one such that the determinant of their kernel grows most.

    The kernel is L[i, j] = quality[i] · S[i, j] · quality[j] with S = (1 + cosine) / 2, which has no negative eigenvalue.
    Once the chosen ones span all that is left, the others follow by quality.

    Args:
        quality: (n,) above 0, such as exp(θ · relevance); 0 or -inf means never choose.
        vectors: (n, dim) with unit rows; a row of zeros is half like everything.
        k: how many to choose.
    Returns: (<= k,) int64 positions, in the order chosen, distinct.
    Complexity: O(k n (k + dim)) time, O(k n) memory.
    References: Chen, Zhang & Zhou, NeurIPS 2018.

    >>> tea, pot = [1.0, 0.0], [0.0, 1.0]
    >>> greedy_dpp(np.array([1.2, 1.1, 1.0]), np.array([tea, tea, pot]), 2).tolist()
    [0, 2]
    """
    quality = np.where(np.isfinite(quality) & (quality > 0), quality, 0.0).astype(np.float64)
    n = quality.size
    most = min(k, int((quality > 0).sum()))
    rows = np.empty((most, n))  # of the Cholesky factor, one a chosen item
    left = quality**2 * (1 + np.einsum("nd,nd->n", vectors, vectors)) / 2
    is_free = quality > 0
    chosen: list[int] = []
    while len(chosen) < most:
        best = int(np.argmax(np.where(is_free, left, -1)))
        if left[best] < _SPENT * quality[best] ** 2:
            rest = np.flatnonzero(is_free)
            rest = rest[np.argsort(-quality[rest], kind="stable")]
            chosen += rest[: most - len(chosen)].tolist()
            break
        kernel = quality[best] * quality * (1 + vectors @ vectors[best]) / 2
        before = rows[: len(chosen)]
        row = (kernel - before[:, best] @ before) / np.sqrt(left[best])
        rows[len(chosen)] = row
        left = np.maximum(left - row**2, 0)
        is_free[best] = False
        chosen.append(best)
    return np.asarray(chosen, np.int64)
