"""Ridge restricted to neighbours: EASE where no items × items array fits.

Each column of the weights is solved alone, from the strongest neighbours of its item (or person). The Gram matrix stays
sparse; what is added to it, ties between people for instance, is the caller's business.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError

CELLS = 2**26
"""Cells of the small systems in memory at a time, unless one alone has more."""


def restricted_weights(
    gram: Any, *, reg: float, neighbours: int, progress: Progress = untold
) -> Any:
    """Return the weights that best rebuild each item from its strongest neighbours.

    The neighbours N of item j are the ``neighbours`` items with the highest ``gram_ij / sqrt(gram_ii + reg)`` above 0: what
    each alone would explain of j, which is the cosine shrunk by the ridge. Then ``(gram_NN + reg · I) w = gram_Nj`` and
    ``W_Nj = w``. With as many neighbours as items that share somebody this is EASE. Scores of a row x are ``x W``.

    A ``gram`` that is a sum of squares plus something else may be indefinite: where ``gram_NN + reg · I`` is, the ridge of
    that column alone is doubled until it is not.

    Args:
        gram: (n, n) float32 CSR, symmetric, its diagonal included and at least 0.
        reg: ridge, in units of the diagonal of ``gram``.
        neighbours: how many a column may use, at most.
        progress: told as columns are done.
    Returns: (n, n) float32 CSR, diagonal 0, columns ascending in a row.
    Raises: DataError when ``reg`` is not above 0 or the matrix is not finite.
    Complexity: n · neighbours³ / 3 floating-point operations; 12 bytes for each of n · neighbours weights, and 256 MB.
    References: Steck, WWW 2019; Ning & Karypis, ICDM 2011 (few neighbours a column).
    """
    gram = sparse.csr_array(gram).astype(np.float32, copy=False)
    n = gram.shape[0]
    scale = inverse_scale(gram.diagonal(), reg)
    near, amount = strongest(gram, scale, min(neighbours, max(n - 1, 1)))
    columns = max(1, CELLS // near.shape[1] ** 2)
    weights = np.zeros(near.shape, np.float32)
    for start, stop in pairwise([*range(0, n, columns), n]):
        block = slice(start, stop)
        _solve(gram, reg, near[block], amount[block], weights[block])
        progress(stop / n, stop)
    given = near < n
    column = np.repeat(np.arange(n, dtype=np.int32), given.sum(axis=1))
    entries = (weights[given], (near[given], column))
    return sparse.coo_array(entries, shape=(n, n), dtype=np.float32).tocsr()


def inverse_scale(diagonal: NDArray[np.float32], reg: float) -> NDArray[np.float32]:
    """Return ``1 / sqrt(diagonal + reg)``, by which the evidence for a neighbour is weighed.

    Raises: DataError when that is no finite number.
    """
    if not (reg > 0 and np.isfinite(diagonal).all() and (diagonal >= 0).all()):
        raise DataError(
            f"the Gram matrix plus {reg:g} on its diagonal is not positive definite",
            where="affinity.restricted",
            expected="a finite sum of squares and a reg above 0",
            next_step="raise reg",
        )
    return ((diagonal + np.float32(reg)) ** np.float32(-0.5)).astype(np.float32)


def strongest(
    gram: Any, scale: NDArray[np.float32], most: int, *, first: int = 0
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return the strongest neighbours of each of some rows of a Gram matrix, by ``gram_ij · scale_j``.

    Args:
        gram: (m, n) float32 CSR, rows ``first`` to ``first + m`` of the whole.
        scale: (n,) float32 above 0.
        most: neighbours of a row, at most; of equally strong ones those that stand first in the row.
        first: number of the first row: no row is its own neighbour.
    Returns: (m, most) int32 numbers, strongest first, n where there are no more, and (m, most) float32 ``gram_ij``, 0 there.
    """
    m, n = gram.shape
    near = np.full((m, most), n, np.int32)
    amount = np.zeros((m, most), np.float32)
    for i, (start, stop) in enumerate(pairwise(gram.indptr.tolist())):
        other, value = gram.indices[start:stop], gram.data[start:stop]
        strength = value * scale[other]
        strength[other == i + first] = 0
        chosen = first_best(strength, most)
        chosen = chosen[np.argsort(-strength[chosen], kind="stable")]
        near[i, : chosen.size] = other[chosen]
        amount[i, : chosen.size] = value[chosen]
    return near, amount


def first_best(strength: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Return the places of the ``most`` highest values above 0, of equal ones those that stand first."""
    positive = np.flatnonzero(strength > 0)
    if positive.size <= most:
        return positive
    value = strength[positive]
    least = np.partition(value, value.size - most)[value.size - most]
    above, equal = positive[value > least], positive[value == least]
    return np.concatenate([above, equal[: most - above.size]])


def _solve(
    gram: Any,
    reg: float,
    near: NDArray[np.int32],
    amount: NDArray[np.float32],
    weights: NDArray[np.float32],
) -> None:
    """Fill the (m, k) ``weights`` of m columns from their neighbours."""
    for j, square in enumerate(_squares(gram, near)):
        k = int(np.count_nonzero(amount[j]))
        weights[j, :k] = ridge_column(square[:k, :k], amount[j, :k], reg)[0]


def _squares(gram: Any, near: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return ``gram[N, N]`` for each row N of ``near``, (m, k) int32: (m, k, k) float32, 0 beyond the neighbours.

    Every row of ``gram`` that somebody needs is spread out once, and all who need it read from there.
    """
    n, (m, k) = gram.shape[0], near.shape
    squares = np.zeros((m, k, k), np.float32)
    cell = np.argsort(near, axis=None, kind="stable")
    needed, first = np.unique(near.ravel()[cell], return_index=True)
    spread = np.zeros(n + 1, np.float32)
    for i, (start, stop) in zip(needed.tolist(), pairwise([*first.tolist(), m * k]), strict=True):
        if i == n:
            break
        entries = slice(gram.indptr[i], gram.indptr[i + 1])
        at = gram.indices[entries]
        spread[at] = gram.data[entries]
        row, place = np.divmod(cell[start:stop], k)
        squares[row, place] = spread[near[row]]
        spread[at] = 0
    return squares


def ridge_column(
    square: NDArray[np.float32], right: NDArray[np.float32], reg: float
) -> tuple[NDArray[np.float32], bool]:
    """Solve ``(square + ridge · I) w = right`` with the least ridge of reg, 2 reg, 4 reg … that makes it positive definite.

    Args:
        square: (k, k) float32, symmetric; its diagonal is changed.
        right: (k,) float32.
        reg: above 0.
    Returns: (k,) float32, and whether the ridge was raised.
    Raises: DataError when a number is not finite.
    """
    if not right.size:
        return right, False
    diagonal = np.einsum("ii->i", square)
    ridge = np.float32(reg)
    diagonal += ridge
    while True:
        _, answer, failed = lapack.sposv(square.T, right, lower=0)
        if failed == 0 and np.isfinite(answer).all():
            return answer, bool(ridge > np.float32(reg))
        if not np.isfinite(square).all():
            raise DataError(
                "the Gram matrix of some neighbours is not finite",
                where="affinity.restricted",
                expected="finite numbers",
                next_step="check the strengths of the events",
            )
        diagonal += ridge
        ridge *= 2
