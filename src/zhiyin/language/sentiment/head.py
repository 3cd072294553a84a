"""A head for polarity: n-grams, cues and vectors judge on their own, and what each is worth is learned on held-out texts.

Where texts have groups, such as categories, it is learned twice: for groups that are known, and, on groups held out, for
all others, where words of one trade say little and cues much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.language.linear import fit_linear
from zhiyin.language.scripts import fold
from zhiyin.language.sentiment.blend import Blend
from zhiyin.language.sentiment.cues import cues
from zhiyin.language.sentiment.features import Grams, salts

_FEW = 4000  # texts, below which each is held out once
_FOLDS = 5
_GRAMS_REG, _CUES_REG, _VECTORS_REG = 1.5, 1.0, 200.0

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Labels = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class _Linear:
    weights: Floats
    bias: float

    def __call__(self, features: Any) -> Floats:
        return np.asarray(features @ self.weights + self.bias, np.float32)


@dataclass(frozen=True, slots=True)
class Judge:
    """A head of n-grams, and what it is worth beside cues; and beside vectors too where they were learned with."""

    by_grams: _Linear
    plain: Blend
    with_vectors: Blend | None = None

    def chances(self, margins: Floats, has_vector: NDArray[np.bool_]) -> Floats:
        """Return (n, 3) chances of (n, 3) margins of n-grams, cues and vectors."""
        found = self.plain.chances(margins[:, :2])
        if self.with_vectors is not None:
            found[has_vector] = self.with_vectors.chances(margins[has_vector])
        return found


@dataclass(frozen=True, slots=True)
class PolarityHead:
    """Says how likely a text is negative, neutral or positive.

    Attributes:
        grams: the columns of n-grams.
        by_cues: judges by rules.
        by_vectors: judges by an embedder's vectors; None where none were learned with.
        abroad: judges texts of no group, and of groups that were not learned with.
        home: judges those of ``known`` groups; None without groups.
        known: salts of the groups.
    """

    grams: Grams
    by_cues: _Linear
    by_vectors: _Linear | None
    abroad: Judge
    home: Judge | None = None
    known: NDArray[np.uint64] | None = None

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
        """
        folded = [fold(text) for text in texts]
        margins = np.zeros((len(texts), 3), np.float32)
        margins[:, 1] = self.by_cues(cues(folded))
        has_vector = np.zeros(len(texts), np.bool_)
        if self.by_vectors is not None and vectors is not None:
            has_vector = _is_given(vectors)
            margins[:, 2] = self.by_vectors(vectors)
        is_home = np.zeros(len(texts), np.bool_)
        if groups is not None and self.known is not None:
            is_home = np.isin(salts(groups), self.known)
        found = np.zeros((len(texts), 3), np.float32)
        for judge, rows in ((self.abroad, ~is_home), (self.home, is_home)):
            if judge is not None and rows.any():
                own = np.flatnonzero(rows)
                asked = [folded[row] for row in own.tolist()]
                whose = None if groups is None else [groups[row] for row in own.tolist()]
                pull = self.grams.scores(asked, judge.by_grams.weights, whose)
                margins[own, 0] = pull + judge.by_grams.bias
                found[own] = judge.chances(margins[own], has_vector[own])
        return found

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return what was learned, small enough to be kept: half precision, and only the columns that say something.

        What was learned of vectors is left out: who reads it judges as one who was never given a vector.
        """
        told: dict[str, Any] = {
            "bits": self.grams.bits,
            "cue_weights": self.by_cues.weights,
            "biases": np.array([self.abroad.by_grams.bias, self.by_cues.bias], np.float32),
            **_kept("rarity", self.grams.weights),
            **_kept("weights", self.abroad.by_grams.weights),
            **_of_blend("", self.abroad.plain),
        }
        if self.home is not None:
            told |= {
                "groups": self.known,
                "home_bias": np.float32(self.home.by_grams.bias),
                **_kept("home_weights", self.home.by_grams.weights),
                **_of_blend("home_", self.home.plain),
            }
        return {name: np.asarray(array) for name, array in told.items()}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> PolarityHead:
        """Return the head that ``arrays`` were taken of; what it learned of vectors is not kept."""
        bits = int(arrays["bits"])
        grams_bias, cues_bias = map(float, arrays["biases"])

        def judge(prefix: str, size: int, bias: float) -> Judge:
            low, high = map(float, arrays[f"{prefix}band"])
            by_grams = _Linear(_spread(arrays, f"{prefix}weights", size), bias)
            return Judge(by_grams, Blend(arrays[f"{prefix}worth"], low, high))

        home, known = None, None
        if "groups" in arrays:
            known = arrays["groups"]
            home = judge("home_", 2 << bits, float(arrays["home_bias"]))
        return cls(
            Grams(_spread(arrays, "rarity", 1 << bits), bits),
            _Linear(arrays["cue_weights"], cues_bias),
            None,
            judge("", 1 << bits, grams_bias),
            home,
            known,
        )


def _kept(name: str, weights: Floats) -> dict[str, NDArray[Any]]:
    at = np.flatnonzero(weights).astype(np.uint32)
    return {name: weights[at].astype(np.float16), f"{name}_at": at}


def _spread(arrays: Mapping[str, NDArray[Any]], name: str, size: int) -> Floats:
    whole = np.zeros(size, np.float32)
    whole[arrays[f"{name}_at"]] = arrays[name]
    return whole


def _of_blend(prefix: str, blend: Blend) -> dict[str, NDArray[Any]]:
    band = np.array([blend.low, blend.high], np.float32)
    return {f"{prefix}worth": blend.worth, f"{prefix}band": band}


def learned_head(
    texts: Sequence[str],
    labels: Labels,
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
        groups: of each text, such as its category: what a word says there may be another thing; "" = none.
        vectors: (n, dim) of an embedder, a row of 0 where there is none.
        bits: 2**bits columns for n-grams, and as many for those of groups.
        seed: of what is held out.
        progress: told as the parts are done.
    Raises:
        DataError: there are not at least two negative and two positive texts.
    """
    if not _can_teach(labels):
        raise DataError(
            "there is nothing to tell apart",
            where="labels",
            expected="two negative and two positive texts at least",
            next_step="give more labelled texts",
        )
    folded = [fold(text) for text in texts]
    judged = [folded[row] for row in np.flatnonzero(labels).tolist()]
    grams = Grams.fitted(judged, bits=bits, least=2 if len(judged) >= _FEW else 1)
    lesson = _Lesson(grams, grams.rows(folded), None, cues(folded), vectors, labels)
    named = np.zeros(len(texts), np.uint64) if groups is None else salts(groups)
    by_chance = _folds(labels, seed)
    by_group = [held for held in _group_folds(named) if _can_teach(np.delete(labels, held))]
    parts = 1 + len(by_group or by_chance) + len(by_chance) * bool(named.any())
    heard = iter(range(1, parts))

    def told(n: int) -> None:
        progress(next(heard) / parts, n)

    home, known = None, None
    abroad = lesson.judge(by_group or by_chance, told)
    if named.any():
        home = replace(lesson, groups=groups).judge(by_chance, told)
        known = np.unique(named[named > 0])
    by_cues, by_vectors = lesson.by_cues(_all(labels)), lesson.by_vectors(_all(labels))
    progress(1.0, len(texts))
    return PolarityHead(grams, by_cues, by_vectors, abroad, home, known)


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What is learned from: n-grams, groups, cues, vectors and labels of n texts."""

    grams: Grams
    features: Any
    groups: Sequence[str] | None
    cues: Floats
    vectors: Floats | None
    labels: Labels

    def judge(self, folds: Sequence[Rows], told: Callable[[int], None]) -> Judge:
        """Learn n-grams from all, and what they are worth from each fold when it is held out."""
        margins = np.zeros((len(self.labels), 3), np.float32)
        for held in folds:
            rest = np.setdiff1d(_all(self.labels), held)
            margins[held, 0] = self.by_grams(rest)(self._asked(held, rest))
            margins[held, 1] = self.by_cues(rest)(self.cues[held])
            by_vectors = self.by_vectors(rest)
            if by_vectors is not None and self.vectors is not None:
                margins[held, 2] = by_vectors(self.vectors[held])
            told(len(held))
        seen = np.concatenate(folds)
        plain = Blend.fitted(margins[seen, :2], self.labels[seen])
        with_vectors = None
        if self.vectors is not None:
            seen = seen[_is_given(self.vectors[seen])]
            if _can_teach(self.labels[seen]):
                with_vectors = Blend.fitted(margins[seen], self.labels[seen])
        return Judge(self.by_grams(_all(self.labels)), plain, with_vectors)

    def by_grams(self, rows: Rows) -> _Linear:
        own = rows[self.labels[rows] != 0]
        sign = self.labels[own].astype(np.float32)
        features = self._beside(self.features[own], own)
        return _Linear(*fit_linear(features, sign, reg=_GRAMS_REG, loss="squared_hinge"))

    def _asked(self, held: Rows, rest: Rows) -> Any:
        """Return the features of held-out texts, as if n-grams that are in no other text were unheard of."""
        taught = self.features[rest[self.labels[rest] != 0]]
        heard = np.bincount(taught.indices, minlength=1 << self.grams.bits) > 0
        return self._beside(self.grams.narrowed(self.features[held], heard), held)

    def _beside(self, features: Any, rows: Rows) -> Any:
        if self.groups is None:
            return features
        return self.grams.beside(features, [self.groups[row] for row in rows.tolist()])

    def by_cues(self, rows: Rows) -> _Linear:
        own = rows[self.labels[rows] != 0]
        return _Linear(*fit_linear(self.cues[own], self.labels[own], reg=_CUES_REG))

    def by_vectors(self, rows: Rows) -> _Linear | None:
        """Return a head of standardised vectors, said for the vectors as they are; None without any."""
        if self.vectors is None:
            return None
        own = rows[(self.labels[rows] != 0) & _is_given(self.vectors[rows])]
        if not len(own):
            return None
        vectors = self.vectors[own]
        mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
        weights, bias = fit_linear((vectors - mean) / spread, self.labels[own], reg=_VECTORS_REG)
        return _Linear(weights / spread, bias - float(mean @ (weights / spread)))


def _all(labels: Labels) -> Rows:
    return np.arange(len(labels))


def _can_teach(labels: Labels) -> bool:
    return bool(min((labels > 0).sum(), (labels < 0).sum()) >= 2)


def _is_given(vectors: Floats) -> NDArray[np.bool_]:
    given: NDArray[np.bool_] = np.abs(vectors).max(axis=1, initial=0) > 0
    return given


def _folds(labels: Labels, seed: int) -> list[Rows]:
    """Return what is held out, classes in their proportions: every text once, or of many texts a fifth."""
    order = np.random.default_rng(seed).permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    return [np.sort(order[start::_FOLDS]) for start in range(_FOLDS if len(labels) < _FEW else 1)]


def _group_folds(named: NDArray[np.uint64]) -> list[Rows]:
    """Return the texts of whole groups, dealt to at most five folds, the largest groups first."""
    groups, counts = np.unique(named[named > 0], return_counts=True)
    dealt = groups[np.argsort(-counts, kind="stable")]
    hands = [dealt[start::_FOLDS] for start in range(min(_FOLDS, len(dealt)))]
    return [np.flatnonzero(np.isin(named, hand)) for hand in hands]
