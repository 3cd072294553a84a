"""A head for polarity: n-grams, cues and vectors judge on their own, and what each is worth is learned on held-out texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.language.linear import fit_linear
from zhiyin.language.scripts import fold
from zhiyin.language.sentiment.cues import cues
from zhiyin.language.sentiment.features import Grams

_FEW = 4000  # texts, below which each is held out once
_FOLDS = 5
_GRAMS_REG, _CUES_REG, _VECTORS_REG, _BLEND_REG = 1.5, 1.0, 200.0, 1.0
_BAND = 0.5  # half the neutral band, where no text was called neutral

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Linear:
    weights: Floats
    bias: float

    def __call__(self, features: Any) -> Floats:
        return np.asarray(features @ self.weights + self.bias, np.float32)


@dataclass(frozen=True, slots=True)
class _Sources:
    """Each source's own judgement."""

    grams: Grams
    by_grams: _Linear
    by_cues: _Linear
    by_vectors: _Linear | None = None

    def margins(
        self, texts: Sequence[str], groups: Sequence[str] | None, vectors: Floats | None
    ) -> Floats:
        """Return (n, 2 or 3) margins; a text without a vector has 0 there."""
        columns = [
            self.grams.scores(texts, self.by_grams.weights, groups) + self.by_grams.bias,
            self.by_cues(cues(texts)),
        ]
        if self.by_vectors is not None:
            columns.append(_judged(self.by_vectors, vectors, len(texts)))
        return np.stack(columns, axis=1)


@dataclass(frozen=True, slots=True)
class PolarityHead:
    """Says how likely a text is negative, neutral or positive.

    Attributes:
        sources: what judges.
        worth: (2 or 3,) what a source's margin counts.
        low: of the summed margin, below which negative is likelier than not.
        high: above which positive is likelier than not.
    """

    sources: _Sources
    worth: Floats
    low: float
    high: float

    def probabilities(
        self,
        texts: Sequence[str],
        groups: Sequence[str] | None = None,
        vectors: Floats | None = None,
    ) -> Floats:
        """Return (n, 3) probabilities of negative, neutral, positive; rows sum to 1.

        Args:
            texts: n of any length.
            groups: of each, such as its category; one that was not learned with adds nothing.
            vectors: (n, dim) of an embedder, a row of 0 where there is none.
        References: McCullagh, J. R. Stat. Soc. B 1980 (ordered classes).
        """
        folded = [fold(text) for text in texts]
        margin = self.sources.margins(folded, groups, vectors) @ self.worth
        negative = _logistic(self.low - margin)
        positive = _logistic(margin - self.high)
        neutral = np.maximum(1 - negative - positive, 0)  # rounding may leave a little less than 0
        return np.stack([negative, neutral, positive], axis=1).astype(np.float32)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return what was learned, small enough to be kept: half precision, and only the columns that say something.

        What was learned of vectors is left out.
        """
        sources = self.sources
        weights = np.flatnonzero(sources.by_grams.weights).astype(np.uint32)
        told: dict[str, Any] = {
            "bits": sources.grams.bits,
            "weights": sources.by_grams.weights[weights].astype(np.float16),
            "weights_at": weights,
            "cue_weights": sources.by_cues.weights,
            "biases": np.array([sources.by_grams.bias, sources.by_cues.bias], np.float32),
            "worth": self.worth[:2],
            "band": np.array([self.low, self.high], np.float32),
            "length": len(sources.by_grams.weights),
        }
        kept = np.flatnonzero(sources.grams.weights).astype(np.uint32)
        told["rarity"], told["rarity_at"] = sources.grams.weights[kept].astype(np.float16), kept
        return {name: np.asarray(array) for name, array in told.items()}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> PolarityHead:
        """Return the head that ``arrays`` were taken of; what it learned of vectors is not kept."""
        bits = int(arrays["bits"])
        biases = arrays["biases"]
        sources = _Sources(
            Grams(_spread(arrays, "rarity", 1 << bits), bits),
            _Linear(_spread(arrays, "weights", int(arrays["length"])), float(biases[0])),
            _Linear(arrays["cue_weights"], float(biases[1])),
        )
        low, high = map(float, arrays["band"])
        return cls(sources, arrays["worth"], low, high)


def _spread(arrays: Mapping[str, NDArray[Any]], name: str, size: int) -> Floats:
    whole = np.zeros(size, np.float32)
    whole[arrays[f"{name}_at"]] = arrays[name]
    return whole


def learned_head(
    texts: Sequence[str],
    labels: NDArray[np.integer[Any]],
    groups: Sequence[str] | None = None,
    vectors: Floats | None = None,
    *,
    bits: int = 22,
    seed: int = 0,
    progress: Progress = untold,
) -> PolarityHead:
    """Learn polarity from labelled texts.

    Args:
        texts: n of any length.
        labels: (n,) of -1 negative, 0 neutral, 1 positive; neutral ones only set the band between.
        groups: of each text, such as its category: what a word says there may be another thing.
        vectors: (n, dim) of an embedder, a row of 0 where there is none.
        bits: 2**bits columns for n-grams, and as many for those of groups.
        seed: of what is held out.
        progress: told as the parts are done.
    Raises:
        DataError: there are not at least two negative and two positive texts.
    References: Wolpert, Neural Networks 1992 (learning what sources are worth on what they did not see).
    """
    if min((labels > 0).sum(), (labels < 0).sum()) < 2:
        raise DataError(
            "there is nothing to tell apart",
            where="labels",
            expected="two negative and two positive texts at least",
            next_step="give more labelled texts",
        )
    folded = [fold(text) for text in texts]
    folds = list(_folds(labels, seed))

    def fit(rows: NDArray[np.int64]) -> _Sources:
        own = rows[labels[rows] != 0]
        return _fitted(*_taken(folded, groups, vectors, own), labels[own], bits)

    margins: list[Floats] = []
    for done, held in enumerate(folds):
        kept = np.setdiff1d(np.arange(len(texts)), held)
        sources = fit(kept)
        margins.append(sources.margins(*_taken(folded, groups, vectors, held)))
        progress((done + 1) / (len(folds) + 1), len(held))
    told = np.concatenate(folds)
    worth, low, high = _blended(np.concatenate(margins), labels[told])
    sources = fit(np.arange(len(texts)))
    progress(1.0, len(texts))
    return PolarityHead(sources, worth, low, high)


def _folds(labels: NDArray[np.integer[Any]], seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield what is held out, classes in their proportions: every text once, or of many texts a fifth."""
    order = np.random.default_rng(seed).permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    for fold_ in range(_FOLDS if len(labels) < _FEW else 1):
        yield np.sort(order[fold_::_FOLDS])


def _fitted(
    texts: Sequence[str],
    groups: Sequence[str] | None,
    vectors: Floats | None,
    labels: NDArray[np.integer[Any]],
    bits: int,
) -> _Sources:
    sign = labels.astype(np.float32)
    grams = Grams.fitted(texts, bits=bits, least=2 if len(texts) >= _FEW else 1)
    features = grams.rows(texts, groups)
    by_grams = _Linear(*fit_linear(features, sign, reg=_GRAMS_REG, loss="squared_hinge"))
    by_cues = _Linear(*fit_linear(cues(texts), sign, reg=_CUES_REG))
    by_vectors = None
    if vectors is not None:
        known = np.abs(vectors).max(axis=1, initial=0) > 0
        by_vectors = _of_vectors(vectors[known], sign[known])
    return _Sources(grams, by_grams, by_cues, by_vectors)


def _of_vectors(vectors: Floats, sign: Floats) -> _Linear:
    """Return a head of standardised vectors, said for the vectors as they are; of no vectors, one that is silent."""
    if not len(vectors):
        return _Linear(np.zeros(vectors.shape[1], np.float32), 0.0)
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    weights, bias = fit_linear((vectors - mean) / spread, sign, reg=_VECTORS_REG)
    return _Linear(weights / spread, bias - float(mean @ (weights / spread)))


def _judged(by_vectors: _Linear, vectors: Floats | None, n: int) -> Floats:
    if vectors is None:
        return np.zeros(n, np.float32)
    known = np.abs(vectors).max(axis=1, initial=0) > 0
    return np.where(known, by_vectors(vectors), 0).astype(np.float32)


def _taken(
    texts: Sequence[str],
    groups: Sequence[str] | None,
    vectors: Floats | None,
    rows: NDArray[np.int64],
) -> tuple[list[str], list[str] | None, Floats | None]:
    return (
        [texts[row] for row in rows],
        None if groups is None else [groups[row] for row in rows],
        None if vectors is None else vectors[rows],
    )


def _blended(margins: Floats, labels: NDArray[np.integer[Any]]) -> tuple[Floats, float, float]:
    """Return what each source is worth, never less than nothing, and the two bounds of the neutral band."""
    told = labels != 0
    scale = margins.std(axis=0) + 1e-6
    n = margins.shape[1]
    bounds = [(0, None)] * n + [(None, None)]

    def loss(point: NDArray[np.float64]) -> float:
        sign = labels[told]
        margin = sign * (margins[told] / scale @ point[:n] + point[n])
        return float(np.logaddexp(0, -margin).sum() + 0.5 * _BLEND_REG * point[:n] @ point[:n])

    found = optimize.minimize(loss, np.append(np.ones(n), 0), bounds=bounds).x
    worth = (found[:n] / scale).astype(np.float32)
    middle = -float(found[n])
    return worth, *_band(margins @ worth, labels, middle)


def _band(margin: Floats, labels: NDArray[np.integer[Any]], middle: float) -> tuple[float, float]:
    """Return the bounds that make the labels likeliest; the usual band around the middle where none is neutral."""
    if not (labels == 0).any():
        return middle - _BAND, middle + _BAND

    def loss(point: NDArray[np.float64]) -> float:
        low, high = point[0], point[0] + np.exp(point[1])
        negative, positive = _logistic(low - margin), _logistic(margin - high)
        likely = np.select([labels < 0, labels > 0], [negative, positive], 1 - negative - positive)
        return -float(np.log(np.maximum(likely, 1e-9)).sum())

    low, width = optimize.minimize(loss, [middle - _BAND, 0.0], method="Nelder-Mead").x
    return float(low), float(low + np.exp(width))


def _logistic(margin: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.clip(margin.astype(np.float64), -60, 60)))
