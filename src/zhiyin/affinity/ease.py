"""EASE, the shallow linear autoencoder in closed form, from the items' side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from zhiyin.errors import DataError

_BLOCK = 512


def ridge_inverse(
    gram: NDArray[np.float32], reg: float, *, overwrite: bool = False
) -> NDArray[np.float32]:
    """Invert ``gram + reg · I`` by Cholesky.

    Args:
        gram: (n, n) float32, symmetric, C order.
        reg: added to the diagonal.
        overwrite: use the memory of ``gram`` for the answer.
    Returns: (n, n) float32, symmetric to the bit.
    Raises: DataError when the sum is not positive definite.
    Complexity: n³ floating-point operations, 4 n² bytes.
    """
    inverse = gram if overwrite else gram.copy()
    n = inverse.shape[0]
    if n == 0:
        return inverse
    inverse[np.diag_indices(n)] += np.float32(reg)
    # LAPACK counts columns first: its lower triangle is the upper one of the transposed view.
    factor, failed = lapack.spotrf(inverse.T, lower=1, clean=0, overwrite_a=1)
    if failed == 0:
        factor, failed = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed != 0 or not np.isfinite(factor[-1, -1]):
        raise DataError(
            f"the Gram matrix plus {reg:g} on its diagonal is not positive definite",
            where="affinity.ease",
            expected="the sum of rows times themselves and a reg above 0",
            next_step="raise reg",
        )
    upper = factor.T
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        corner = np.triu(upper[start:stop, start:stop])
        upper[start:stop, start:stop] = corner + np.triu(corner, 1).T
        upper[stop:, start:stop] = upper[start:stop, stop:].T
    return np.asarray(upper)


def ease(gram: NDArray[np.float32], reg: float, *, overwrite: bool = False) -> NDArray[np.float32]:
    """Return the item weights that best rebuild each item from the others: ``B = I - P diag(1 / diag P)``.

    ``P = (gram + reg · I)⁻¹``; the diagonal of B is 0. Scores of a row x are ``x B``.

    Args:
        gram: (n_items, n_items) float32, ``XᵀX``.
        reg: ridge, in units of the diagonal of ``gram``.
        overwrite: use the memory of ``gram`` for the answer.
    Returns: (n_items, n_items) float32.
    Raises: DataError when ``gram + reg · I`` is not positive definite.
    Complexity: n_items³ floating-point operations, 4 n_items² bytes.
    References: Steck, WWW 2019.
    """
    weights = ridge_inverse(gram, reg, overwrite=overwrite)
    weights /= -np.diagonal(weights).copy()
    np.fill_diagonal(weights, 0)
    return weights
