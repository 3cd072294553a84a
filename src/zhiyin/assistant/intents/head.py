"""Intents learned from examples: kernel ridge regression, which knows in closed form how it does on what it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.assistant.intents.likeness import Floats, Likeness
from zhiyin.errors import DataError

MOST = 16_000
"""Examples that are learned from, at most; of intents with more than others, fewer are taken."""
REJECTED = 0.04
"""Share of held-out examples in scope that fall below the threshold: of what shoppers say, it is to be 5 % at most."""
_REG = 0.1
_NEAR = 2  # examples that are left out with each one, at most
_TO_SPARE = 20  # examples of an intent for each one that is
_CHUNK = 1024


@dataclass(frozen=True, slots=True, eq=False)
class IntentHead:
    """Scores intents: about 1 for the one that a text asks for, all near 0 where it asks for none of them.

    So the best score tells too whether a text is in scope at all. How sure a score is, and below which one a text is out of
    scope, is learned from what each example scores with a head that was learned without it and, where there are
    many, without the two most like it: examples are often written several at a time, and what shoppers say is not.

    Attributes:
        intents: their names, C of them.
        likeness: to the examples.
        weights: (n, C) float32 what being like an example says for each intent.
        sharpness: by which scores are multiplied to be log-odds.
        threshold: the least best score of a text in scope.

    >>> said = ["where is my parcel", "has my parcel left", "money back please", "i want my money back"]
    >>> head = IntentHead.fit(said, ["delivery", "delivery", "refund", "refund"])
    >>> head.intents[head.scores(["when do i get the money back"])[0].argmax()]
    'refund'
    """

    intents: tuple[str, ...]
    likeness: Likeness
    weights: Floats
    sharpness: float = 1.0
    threshold: float = 0.0

    @classmethod
    def fit(
        cls, texts: Sequence[str], intents: Sequence[str], vectors: Floats | None = None
    ) -> Self:
        """Learn from examples.

        Args:
            texts: n of them.
            intents: the intent of each; at least two different ones.
            vectors: (n, dim) of the texts, with unit rows; n-grams alone count without.
        Raises:
            DataError: there are not two intents.
        Complexity: O(n³), some 45 s of a core for 15,000 examples and .2 s for 800; 4 n² bytes.
        References: Rifkin & Lippert, MIT-CSAIL-TR-2007-025 (what is left out, in closed form); Guo et al., ICML 2017
            (temperature scaling).
        """
        names, labels = np.unique(np.asarray(intents, dtype=object), return_inverse=True)
        if len(names) < 2:
            raise DataError(
                "examples of fewer than two intents",
                where="assistant.intents",
                expected="at least two intents with examples",
                next_step="add examples of another intent",
            )
        kept = _kept(labels, MOST)
        labels = labels[kept]
        likeness = Likeness.fit(
            [texts[row] for row in kept], None if vectors is None else vectors[kept]
        )
        wanted = np.eye(len(names), dtype=np.float32)[labels]
        kernel = likeness.own()
        together = _nearest(kernel, labels)
        inverse = _inverse(kernel)
        weights = inverse @ wanted
        head = cls(tuple(map(str, names)), likeness, weights)
        return head.calibrated(_left_out(inverse, wanted, weights, together), labels)

    def scores(self, texts: Sequence[str], vectors: Floats | None = None) -> Floats:
        """Return the score of each intent, (m, C) float32; ``vectors`` are (m, dim) where it was fitted with some."""
        return self.likeness.of(texts, vectors) @ self.weights

    def probabilities(self, scores: Floats) -> Floats:
        """Return the chance of each intent, given that a text asks for one of them, (m, C) float32."""
        return np.exp(_log_softmax(self.sharpness * scores)).astype(np.float32)

    def calibrated(
        self, scores: Floats, labels: NDArray[np.integer], rejected: float = REJECTED
    ) -> Self:
        """Return this head with the sharpness and the threshold that suit texts it was not learned from.

        Args:
            scores: (m, C) of such texts, all in scope.
            labels: (m,) the place of the right intent in ``intents``.
            rejected: share of them that may fall below the threshold.
        """
        from scipy.optimize import minimize_scalar  # slow to import

        rows = np.arange(len(labels))

        def loss(log_sharpness: float) -> float:
            chances = _log_softmax(np.exp(log_sharpness) * scores)
            return -float(chances[rows, labels].mean())

        found = minimize_scalar(loss, bounds=(0.0, 5.0), method="bounded")
        threshold = float(np.quantile(scores.max(axis=1), rejected))
        return replace(self, sharpness=float(np.exp(found.x)), threshold=threshold)


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)


def _nearest(kernel: Floats, labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return each example and those of its intent that are most like it, (n, 1 + few) places."""
    few = min(_NEAR, int(np.bincount(labels).min()) // _TO_SPARE)
    found = np.empty((len(kernel), 1 + few), np.int64)
    found[:, 0] = np.arange(len(kernel))
    for place in np.unique(labels):
        rows = np.flatnonzero(labels == place)
        alike = kernel[np.ix_(rows, rows)]
        np.fill_diagonal(alike, -1)
        found[rows, 1:] = rows[np.argsort(-alike, axis=1, kind="stable")[:, :few]]
    return found


def _left_out(
    inverse: Floats, wanted: Floats, weights: Floats, together: NDArray[np.int64]
) -> Floats:
    """Return what each example scores with a head that was learned without it and some others, (n, C).

    Args:
        inverse: (n, n) of the kernel with the ridge.
        wanted: (n, C) what was learned.
        weights: (n, C) that were learned.
        together: (n, k) the example itself and the others.
    """
    blocks = inverse[together[:, :, None], together[:, None, :]]
    return np.asarray(wanted - np.linalg.solve(blocks, weights[together])[:, 0], np.float32)


def _inverse(kernel: Floats) -> Floats:
    """Return the inverse of a kernel matrix with the ridge on its diagonal, in its place."""
    from scipy.linalg import lapack

    kernel.flat[:: len(kernel) + 1] += _REG
    factor, _ = lapack.spotrf(kernel.T, lower=1, overwrite_a=1)
    half, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
    for start in range(0, len(half), _CHUNK):
        end = min(start + _CHUNK, len(half))
        half[start:end, end:] = half[end:, start:end].T
        block = np.tril(half[start:end, start:end])
        half[start:end, start:end] = block + np.tril(block, -1).T
    return np.asarray(half)


def _kept(labels: NDArray[np.integer], most: int) -> NDArray[np.int64]:
    """Return the rows of at most ``most`` examples, the same number of each class where it has so many."""
    order = np.argsort(labels, kind="stable")
    counts = np.bincount(labels)
    rank = np.empty(len(labels), np.int64)
    rank[order] = np.concatenate([np.arange(count) for count in counts])
    return np.sort(np.argsort(rank, kind="stable")[:most])
