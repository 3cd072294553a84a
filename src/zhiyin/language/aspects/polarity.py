"""What is thought of an aspect, by what stands around it: a head learned from labelled contexts, or the shipped one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.language.aspects.context import BITS, Context, context_columns, lexicon_rows
from zhiyin.language.aspects.prior import prior_rows, shipped
from zhiyin.language.linear import fit_softmax

POLARITIES = ("negative", "neutral", "positive")
"""What the columns of ``AspectHead.probabilities`` are."""
_NEUTRAL = 1
TOLD = 0.2
"""Weight of lexicon and prior beside the n-grams, whose row has length 1."""
_SEEN = 0.6
"""Length of what tells a vector from the mean vector."""

_REGS = (0.1, 0.2, 0.5)
_SHIFTS = np.arange(0.0, 1.25, 0.1)
_FOLDS = 5

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class AspectHead:
    """A linear head over n-grams around the aspect, the lexicon, the prior and, where there are any, vectors.

    Attributes:
        spread: (2**BITS,) float32 inverse document frequencies; empty = n-grams are not read.
        weights: (features, 3) float32.
        biases: (3,) float32, -inf of what was never seen.
        scale: what vectors are multiplied with.

    >>> near = Context("", "屏幕", "很清晰"), Context("", "屏幕", "太暗了")
    >>> [POLARITIES[row.argmax()] for row in AspectHead.shipped().probabilities(near)]
    ['positive', 'negative']
    """

    spread: Floats
    weights: Floats
    biases: Floats
    scale: float = 1.0

    @classmethod
    @cache
    def shipped(cls) -> AspectHead:
        """Return the head that needs no labels of the shop: it reads lexicon and prior only."""
        arrays = shipped()
        return cls(np.zeros(0, np.float32), arrays["head_weights"], arrays["head_biases"])

    @classmethod
    def fit(
        cls,
        contexts: Sequence[Context],
        labels: NDArray[np.int64],
        *,
        vectors: Floats | None = None,
        seed: int = 0,
        progress: Progress = untold,
    ) -> AspectHead:
        """Learn from labelled contexts; the ridge and the lift of neutral are chosen by cross-validation.

        Contexts of one text are in one fold, as a text's other aspects would tell too much.

        Args:
            contexts: n of them.
            labels: (n,) places in ``POLARITIES``.
            vectors: (n, dim) of the contexts, if they are to be read.
            seed: of the folds.
            progress: told as it goes on.
        Raises:
            DataError: there are not two polarities to tell apart.
        Complexity: O(characters) a pass.
        """
        if len(np.unique(labels)) < 2:
            raise DataError(
                "there are not two polarities to learn",
                where="aspect head",
                expected="labelled aspects of at least two of negative, neutral and positive",
                next_step="label more of them",
            )
        texts = ["".join(context.text.split()) for context in contexts]
        owner = np.unique(texts, return_inverse=True)[1]
        fold = (np.random.default_rng(seed).permutation(owner.max() + 1) % _FOLDS)[owner]
        scale = _scale(vectors) if vectors is not None else 1.0
        rows = _Rows.of(contexts, vectors, scale)
        best: tuple[float, float, float] | None = None
        for place, reg in enumerate(_REGS):
            scores = np.zeros((len(labels), len(POLARITIES)))
            for k in np.unique(fold):
                away, held = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
                scores[held] = _fitted(rows.taken(away), labels[away], reg)._scores(
                    rows.taken(held)
                )
                progress((place + (k + 1) / _FOLDS) / (len(_REGS) + 1), len(labels))
            for shift in _SHIFTS if _NEUTRAL in labels else (0.0,):
                value = _macro_f1(scores + shift * (np.arange(3) == _NEUTRAL), labels)
                if best is None or value > best[0] + 1e-9:
                    best = value, reg, float(shift)
        _, reg, shift = best or (0.0, _REGS[0], 0.0)
        head = _fitted(rows, labels, reg)
        progress(1.0, len(labels))
        lift = np.float32(shift) * (np.arange(3) == _NEUTRAL)
        return replace(head, biases=(head.biases + lift).astype(np.float32), scale=scale)

    def probabilities(self, contexts: Sequence[Context], vectors: Floats | None = None) -> Floats:
        """Return how likely each polarity is, (n, 3) float32, rows sum to 1.

        Args:
            contexts: n of them.
            vectors: of a head that was fitted with vectors.
        """
        scores = self._scores(
            _Rows.of(contexts, vectors, self.scale, with_columns=bool(len(self.spread)))
        )
        chance = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
        return np.asarray(chance / chance.sum(axis=1, keepdims=True), np.float32)

    def _scores(self, rows: _Rows) -> NDArray[np.float64]:
        return np.asarray(rows.joined(self.spread) @ self.weights + self.biases, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """What is known of contexts: n-grams, (n, 2**BITS) CSR of ones, and numbers, (n, d)."""

    columns: Any
    numbers: Floats

    @classmethod
    def of(
        cls,
        contexts: Sequence[Context],
        vectors: Floats | None,
        scale: float,
        *,
        with_columns: bool = True,
    ) -> _Rows:
        columns = context_columns(contexts) if with_columns else None
        numbers = [TOLD * lexicon_rows(contexts), TOLD * prior_rows(contexts)]
        if vectors is not None:
            numbers.append(np.float32(scale) * vectors)
        return cls(columns, np.hstack(numbers))

    def taken(self, chosen: NDArray[np.int64]) -> _Rows:
        return _Rows(self.columns[chosen], self.numbers[chosen])

    def joined(self, spread: Floats) -> Any:
        """Return n-grams weighted, each row of length 1, and the numbers behind them."""
        if not len(spread):
            return self.numbers
        rows = self.columns * spread[None, :]
        length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1))).ravel()
        scale = sparse.diags_array((1 / np.maximum(length, 1e-6)).astype(np.float32))
        return sparse.hstack([scale @ rows, sparse.csr_array(self.numbers)], format="csr")


def _fitted(rows: _Rows, labels: NDArray[np.int64], reg: float) -> AspectHead:
    """Return the head of one ridge; n-grams that no row has get no weight."""
    seen = np.bincount(rows.columns.indices, minlength=1 << BITS)
    rarity = np.log((1 + len(labels)) / (1 + seen)) + 1
    spread = np.where(seen > 0, rarity, 0).astype(np.float32)
    known = np.unique(labels)
    features = rows.joined(spread)
    used = np.flatnonzero(np.bincount(features.indices, minlength=features.shape[1]))
    inner, inner_biases = fit_softmax(
        features[:, used], np.searchsorted(known, labels), len(known), reg=reg
    )
    weights = np.zeros((features.shape[1], len(POLARITIES)), np.float32)
    weights[np.ix_(used, known)] = inner
    biases = np.full(len(POLARITIES), -np.inf, np.float32)
    biases[known] = inner_biases
    return AspectHead(spread, weights, biases)


def _scale(vectors: Floats) -> float:
    """Return what makes vectors, without what they have in common, about ``_SEEN`` long."""
    apart = np.sqrt(np.square(vectors - vectors.mean(axis=0)).sum(axis=1).mean())
    return _SEEN / max(float(apart), 1e-6)


def _macro_f1(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Return the mean F1 of the polarities there are, when the likeliest is told."""
    told = scores.argmax(axis=1)
    f1 = [
        2 * np.sum((told == one) & (labels == one)) / (np.sum(told == one) + np.sum(labels == one))
        for one in np.unique(labels)
    ]
    return float(np.mean(f1))
