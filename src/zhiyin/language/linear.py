"""Linear heads over sparse or dense features: two classes, and many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_ITERATIONS = 60


def fit_linear(
    features: Any,
    labels: NDArray[np.floating[Any]],
    *,
    reg: float,
    loss: Literal["logistic", "squared_hinge"] = "logistic",
    weights: NDArray[np.floating[Any]] | None = None,
) -> tuple[NDArray[np.float32], float]:
    """Fit a linear head for two classes; the bias is not regularised.

    Minimises ``Σ weight · loss(label · (x·w + b)) + reg/2 · |w|²``.

    Args:
        features: (n, d) CSR or dense float32.
        labels: (n,) of -1 and 1.
        reg: ridge, more than 0.
        loss: logistic gives probabilities, the squared hinge margins.
        weights: (n,) of the rows; 1 each unless given.
    Returns: (d,) float32 weights and the bias.
    References: Byrd et al., SIAM J. Sci. Comput. 1995 (L-BFGS); Fan et al., JMLR 2008 (the primal problems).
    """
    if hasattr(features, "tocsr"):
        # Most hashed columns are empty, and the solver's own vectors are as long as there are columns.
        used = np.flatnonzero(np.bincount(features.indices, minlength=features.shape[1]))
        if len(used) < features.shape[1]:
            inner, bias = fit_linear(
                _only(features, used), labels, reg=reg, loss=loss, weights=weights
            )
            spread = np.zeros(features.shape[1], np.float32)
            spread[used] = inner
            return spread, bias
    sign = np.asarray(labels, np.float64)
    row_weights = np.ones(len(sign)) if weights is None else np.asarray(weights, np.float64)
    transposed = features.T

    def objective(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (features @ point[:-1].astype(np.float32) + point[-1])
        if loss == "logistic":
            value = np.logaddexp(0.0, -margin)
            slope = -1.0 / (1.0 + np.exp(np.minimum(margin, 500.0)))
        else:
            gap = np.maximum(1.0 - margin, 0.0)
            value, slope = gap**2, -2.0 * gap
        pull = row_weights * slope * sign
        gradient = np.append(transposed @ pull.astype(np.float32), pull.sum())
        gradient[:-1] += reg * point[:-1]
        return float(row_weights @ value + 0.5 * reg * point[:-1] @ point[:-1]), gradient

    found = _least(objective, features.shape[1] + 1)
    return found[:-1].astype(np.float32), float(found[-1])


def _only(features: Any, used: NDArray[np.integer[Any]]) -> Any:
    """Return CSR features with only some columns, ascending."""
    place = np.zeros(features.shape[1], np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    rows = (features.data, place[features.indices], features.indptr)
    return sparse.csr_array(rows, shape=(features.shape[0], len(used)))


def fit_softmax(
    features: Any, labels: NDArray[np.integer[Any]], n_classes: int, *, reg: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Fit a linear head for several classes; biases are not regularised.

    Args:
        features: (n, d) CSR or dense float32.
        labels: (n,) of 0 to n_classes - 1.
        n_classes: how many.
        reg: ridge, more than 0.
    Returns: (d, n_classes) float32 weights and (n_classes,) float32 biases.
    """
    n, d = features.shape
    wanted = np.zeros((n, n_classes))
    wanted[np.arange(n), labels] = 1
    transposed = features.T

    def objective(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = point[: d * n_classes].reshape(d, n_classes)
        scores = features @ weights.astype(np.float32) + point[d * n_classes :]
        scores -= scores.max(axis=1, keepdims=True)
        norm = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        off = np.exp(scores - norm) - wanted
        value = -((scores - norm) * wanted).sum() + 0.5 * reg * (weights**2).sum()
        pull = transposed @ off.astype(np.float32) + reg * weights
        return float(value), np.concatenate([pull.ravel(), off.sum(axis=0)])

    found = _least(objective, (d + 1) * n_classes).astype(np.float32)
    return found[: d * n_classes].reshape(d, n_classes), found[d * n_classes :]


def _least(
    objective: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]], dim: int
) -> NDArray[np.float64]:
    """Return the point (dim,) at which an objective, which gives value and gradient, is least."""
    from scipy import optimize  # slow to import, and who only judges needs none of it

    found = optimize.minimize(
        objective,
        np.zeros(dim),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _ITERATIONS, "maxcor": 8},
    )
    point: NDArray[np.float64] = found.x
    return point
