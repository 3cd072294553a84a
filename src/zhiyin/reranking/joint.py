"""Relevance and diversity in one loss: a linear ranker that is trained for the balance of the whole list.

Two terms of relevance would change nothing, whatever their weights: both have the same optimum. So the second term looks
at what categories the list holds, not at who is relevant.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Floats = NDArray[np.float64]
Term = Literal["kl", "entropy"]

TEMPERATURE = 0.5
_REG = 1e-4  # of the squares of the weights
_SMOOTHING = 0.01  # of the target, spread over all categories, so that what nobody asked for costs much and not all


@dataclass(frozen=True, eq=False)
class Lists:
    """Candidates of many requests, the requests one after another.

    Attributes:
        features: (n, f) float64, best of scale about 1.
        starts: (m + 1,) int64, request r has the rows from ``starts[r]`` to ``starts[r + 1]``, one at least.
        gains: (n,) at least 0, how relevant each turned out.
        category: (n,) int64 from 0, or -1 for none.
        targets: (m, n_categories), the shares of categories that each person is to get; a row of zeros asks for nothing.
    """

    features: Floats
    starts: NDArray[np.int64]
    gains: Floats
    category: NDArray[np.int64]
    targets: Floats

    def __len__(self) -> int:
        return self.starts.size - 1

    @cached_property
    def request(self) -> NDArray[np.int64]:
        """(n,) int64 request of each row."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    @cached_property
    def wanted(self) -> Floats:
        """(m, n_categories) the targets, smoothed; a row of zeros is one that asks for nothing."""
        n = max(self.targets.shape[1], 1)
        asks = self.targets.sum(axis=1, keepdims=True) > 0
        return np.where(asks, (1 - _SMOOTHING) * self.targets + _SMOOTHING / n, 0.0)

    @cached_property
    def cell(self) -> NDArray[np.int64]:
        """(n,) int64 place of each row's category in the flattened ``targets``, -1 for none."""
        flat = self.request * self.targets.shape[1] + self.category
        return np.where(self.category >= 0, flat, -1)

    def summed(self, values: Floats) -> Floats:
        """Return (m,) sums over the rows of each request."""
        return np.bincount(self.request, values, len(self)).astype(np.float64, copy=False)

    def shares(self, scores: Floats) -> Floats:
        """Return (n,) softmax of scores within each request."""
        highest = np.maximum.reduceat(scores, self.starts[:-1])
        powers = np.exp(scores - highest[self.request])
        return powers / self.summed(powers)[self.request]


def relevance_loss(lists: Lists, scores: Floats) -> tuple[float, Floats]:
    """Return Σ gain · -log softmax(scores), mean over requests, and its gradient, (n,).

    References: Cao, Qin, Liu, Tsai & Li, ICML 2007 (ListNet).

    >>> one = Lists(np.eye(2), np.array([0, 2]), np.array([3.0, 1.0]), np.array([0, 1]), np.array([[0.5, 0.5]]))
    >>> loss, gradient = relevance_loss(one, np.zeros(2))
    >>> round(loss, 4), gradient.tolist()
    (2.7726, [-1.0, 1.0])
    """
    shares = lists.shares(scores)
    loss = -float(lists.gains @ np.log(np.maximum(shares, 1e-300)))
    slope = shares * lists.summed(lists.gains)[lists.request] - lists.gains
    return loss / len(lists), slope / len(lists)


def diversity_loss(lists: Lists, scores: Floats, term: Term = "kl") -> tuple[float, Floats]:
    """Return how far the categories of the soft lists are from what is wanted, and the gradient by scores, (n,).

    It is the mean over requests. The soft list of a request gives each candidate its softmax; its categories q are summed. ``kl`` is KL(q || target),
    ``entropy`` is -H(q), which spreads over all categories whether they are wanted or not.

    References: Steck, RecSys 2018 (the target).

    >>> one = Lists(np.eye(2), np.array([0, 2]), np.array([3.0, 1.0]), np.array([0, 1]), np.array([[0.5, 0.5]]))
    >>> round(diversity_loss(one, np.log([0.75, 0.25]))[0], 4)
    0.1308
    >>> round(diversity_loss(one, np.log([0.75, 0.25]), "entropy")[0], 4)
    -0.5623
    """
    shares = lists.shares(scores)
    known = np.flatnonzero(lists.cell >= 0)
    q = np.bincount(lists.cell[known], shares[known], lists.targets.size)
    if term == "kl":
        wanted = lists.wanted.ravel()
        ratio = np.where((wanted > 0) & (q > 0), q / np.maximum(wanted, 1e-300), 1.0)
        asks = wanted > 0
    else:
        ratio, asks = np.where(q > 0, q, 1.0), np.ones(q.size, bool)
    loss = float(q @ np.log(ratio))
    slope = np.zeros(scores.size)
    slope[known] = np.where(asks, np.log(ratio) + 1, 0)[lists.cell[known]]
    mean = lists.summed(shares * slope)
    return loss / len(lists), shares * (slope - mean[lists.request]) / len(lists)


@dataclass(frozen=True, slots=True)
class JointRanker:
    """A score that is a weighted sum of features, trained for α · diversity + (1 - α) · relevance.

    Attributes:
        weights: (f,) float64.
        alpha: what diversity counted.
        losses: diversity and relevance → the loss at the optimum of relevance, and with these weights.
    """

    weights: Floats
    alpha: float
    losses: dict[str, tuple[float, float]]

    @classmethod
    def fit(
        cls, lists: Lists, *, alpha: float, term: Term = "kl", temperature: float = TEMPERATURE
    ) -> JointRanker:
        """Train it; the two losses have scales of their own, so each is divided by what it is at the optimum of relevance.

        Args:
            lists: to learn from.
            alpha: 0 for relevance alone to 1 for diversity alone.
            term: of diversity, see ``diversity_loss``.
            temperature: scores are divided by it before the soft list is made; the lower, the more of it is the first places.
        Complexity: O(iterations · n f).
        """

        def terms(weights: Floats) -> tuple[tuple[float, Floats], tuple[float, Floats]]:
            scores = lists.features @ weights
            value, slope = diversity_loss(lists, scores / temperature, term)
            return (value, slope / temperature), relevance_loss(lists, scores)

        def least(start: Floats, alpha: float, scales: tuple[float, float]) -> Floats:
            def loss(weights: Floats) -> tuple[float, Floats]:
                by_list, by_gain = terms(weights)
                parts = (alpha / scales[0], by_list), ((1 - alpha) / scales[1], by_gain)
                total = _REG * float(weights @ weights) + sum(
                    part * told[0] for part, told in parts
                )
                slope = np.sum([part * told[1] for part, told in parts], axis=0)
                return total, lists.features.T @ slope + 2 * _REG * weights

            options = {"maxiter": 500}
            found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
            return np.asarray(found.x)

        best = least(np.zeros(lists.features.shape[1]), 0.0, (1.0, 1.0))
        at = [value for value, _ in terms(best)]
        scales = max(abs(at[0]), 1e-9), max(abs(at[1]), 1e-9)
        weights = best if alpha == 0 else least(best, alpha, scales)
        after = [value for value, _ in terms(weights)]
        return cls(
            weights,
            alpha,
            dict(zip(("diversity", "relevance"), zip(at, after, strict=True), strict=True)),
        )

    def scores(self, features: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Return (n,) float32 of (n, f) features."""
        return np.asarray(features @ self.weights, np.float32)
