"""How close one person is to another: a formula, and what is learned on top of it from what followed shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.social.graph import Floats
from zhiyin.social.logistic import logistic
from zhiyin.social.relations import CIRCLES
from zhiyin.social.tie_features import NAMES, TieFeatures

PRIOR: Mapping[str, float] = {
    "turned": 1.0, "turned_back": 0.5, "reciprocity": 0.2, "fresh": 0.2, "private": 0.3,
    "mood": 0.3, "common": 0.1, "likeness": 0.3,
    "kind_partner": 0.9, "kind_family": 0.6, "kind_colleague": -0.3, "kind_acquaintance": -0.3,
}  # fmt: skip
"""What each feature adds to the log odds of closeness where nothing is learned: one e-fold of turning to somebody is 1.

More exchanges of a pair never lower it, as the counts gain more than the shares of private and of returned ones can lose;
only where there are so few in all that they change what is usual.
"""
_FREE = ("duration", "private", *(f"kind_{name}" for name in CIRCLES))
_LEAST_ROWS = 300
_LEAST_OF_A_KIND = 50  # responses, and shares without one
_HELD_OUT = 0.2
_SPEAKS = 9.0  # twice the log likelihood ratio: three standard errors of one weight
_SURE = 2.0  # standard errors
_RIDGE, _PRIOR_RIDGE = 10.0, 0.01


def prior_odds(features: TieFeatures) -> Floats:
    """Return the log odds that ``PRIOR`` gives, (p,) float32; at 0 one turns to the other as often as to anybody."""
    return np.asarray(features.values @ _prior_weights(features.names), np.float32)


def prior_strength(features: TieFeatures) -> Floats:
    """Return how close each first person is to the second by ``PRIOR`` alone, (p,) float32 in 0..1.

    References: Gilbert & Karahalios, CHI 2009 (which kinds of features count).
    """
    return _share(prior_odds(features))


@dataclass(frozen=True, slots=True, eq=False)
class TieStrength:
    """Says how close one person is to another, in 0..1, as a sum of what each feature adds to the log odds.

    Attributes:
        names: of the features.
        weights: (f,) float32.
        bias: added to every pair's log odds.
        is_learned: False where the formula stands in; ``why`` says why.
        why: in a sentence.

    >>> strength = TieStrength.prior()
    >>> one = TieFeatures(NAMES, np.eye(1, len(NAMES), dtype=np.float32))  # turned to e times as often as usual
    >>> round(float(strength.scores(one)[0]), 2), strength.is_learned
    (0.73, False)
    """

    names: tuple[str, ...]
    weights: Floats
    bias: float
    is_learned: bool
    why: str

    @classmethod
    def prior(cls, why: str = "nothing was learned") -> TieStrength:
        """Return the formula."""
        return cls(NAMES, _prior_weights(NAMES), 0.0, False, why)

    @classmethod
    def fit(cls, features: TieFeatures, labels: NDArray[np.bool_]) -> TieStrength:
        """Learn which features foretell that somebody answers; the formula stands where that would add nothing.

        Answers may have little to do with closeness: who opens all links answers everybody, and who likes the same
        things answers for the thing. So nothing is learned unless the formula itself foretells them (by three standard
        errors), and unless on the last fifth of the rows the learned does so better (by two). Weights are learned
        beside the formula's log odds, at 0 or above for all that can only speak for closeness. Scores keep the
        formula's mean and spread on these rows, so that 0.5 means the same.

        Args:
            features: (r, f), one row a share, in order of time.
            labels: (r,) bool, whether the first person answered it.
        Complexity: O(r f) for each of some hundred steps.
        """
        labels = np.asarray(labels, np.bool_)
        rows, answered = labels.size, int(labels.sum())
        if rows < _LEAST_ROWS or min(answered, rows - answered) < _LEAST_OF_A_KIND:
            return cls.prior(f"there are only {rows} shares, {answered} of them answered")
        sign, odds = np.where(labels, 1.0, -1.0), prior_odds(features)
        scale, base = logistic(odds[:, None], sign, ridge=_PRIOR_RIDGE)
        constant = np.log(answered / (rows - answered)) * sign
        explained = _losses(constant) - _losses(sign * (odds * scale + base))
        if 2 * explained.sum() < _SPEAKS:
            return cls.prior(f"answers to {rows} shares do not go with closeness")
        cut = rows - round(_HELD_OUT * rows)
        scale, base = logistic(odds[:cut, None], sign[:cut], ridge=_PRIOR_RIDGE)
        weights, bias = _fitted(features.names, features.values[:cut], odds[:cut], sign[:cut])
        learned = features.values[cut:] @ weights + bias
        gain = _losses(sign[cut:] * (odds[cut:] * scale + base)) - _losses(sign[cut:] * learned)
        if not gain.mean() > _SURE * gain.std() / np.sqrt(gain.size):
            return cls.prior(f"{rows} shares foretell no better than the formula does")
        weights, _ = _fitted(features.names, features.values, odds, sign)
        learned = features.values @ weights
        weights = np.asarray(weights * (odds.std() / learned.std()), np.float32)
        bias = float((odds - features.values @ weights).mean())
        why = f"learned from {rows} shares, {answered} of them answered"
        return cls(features.names, weights, bias, True, why)

    def scores(self, features: TieFeatures) -> Floats:
        """Return how close each first person is to the second, (p,) float32 in 0..1."""
        return _share(features.values @ self.weights + np.float32(self.bias))

    def parts(self, features: TieFeatures) -> Floats:
        """Return what each feature adds to the log odds, (p, f) float32; with ``bias`` they add up to the score's."""
        return np.asarray(features.values * self.weights, np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all there is to keep, as arrays by name."""
        return {
            "names": np.array(self.names, np.str_),
            "weights": self.weights,
            "bias": np.array(self.bias),
            "is_learned": np.array(self.is_learned),
            "why": np.array(self.why, np.str_),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> TieStrength:
        """Return what ``arrays`` kept."""
        return cls(
            names=tuple(arrays["names"].tolist()),
            weights=np.asarray(arrays["weights"], np.float32),
            bias=float(arrays["bias"]),
            is_learned=bool(arrays["is_learned"]),
            why=str(arrays["why"]),
        )


def _fitted(
    names: tuple[str, ...], values: Floats, odds: Floats, sign: NDArray[np.float64]
) -> tuple[Floats, float]:
    """Return weights (f,) of the raw features, those of the formula's log odds among them, and the bias."""
    mean, spread = values.mean(axis=0), values.std(axis=0)
    spread = np.where(spread > 0, spread, np.inf).astype(np.float32)
    table = np.column_stack([odds, (values - mean) / spread])
    ridge = np.append(_PRIOR_RIDGE, np.full(len(names), _RIDGE))
    is_free = np.append(False, np.isin(names, _FREE))
    found, bias = logistic(table, sign, ridge=ridge, is_free=is_free)
    raw = found[1:] / spread
    weights = found[0] * _prior_weights(names) + raw
    return np.asarray(weights, np.float32), float(bias - raw @ mean)


def _losses(margin: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(np.logaddexp(0, -margin), np.float64)


def _prior_weights(names: tuple[str, ...]) -> Floats:
    return np.array([PRIOR.get(name, 0.0) for name in names], np.float32)


def _share(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -60, 60))), np.float32)
