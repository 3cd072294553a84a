"""Probabilities that come true as often as they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, minimize
from scipy.special import expit, logit

from zhiyin.evaluation.predictions import log_loss

_LEAST = 1e-7


@dataclass(frozen=True, eq=False)
class Calibrator:
    """A rising function from a probability, or any score in [0, 1], to one that comes true as often as it says.

    Attributes:
        kind: ``plain`` changes nothing, ``platt`` is a line in log-odds, ``isotonic`` joins the steps of a rising fit.
        values: (2, m) float64: none; slope and intercept; or scores, ascending, over their probabilities.

    >>> Calibrator("platt", np.array([[1.0], [0.0]])).of(np.array([0.25])).tolist()
    [0.25]
    """

    kind: str
    values: NDArray[np.float64]

    @classmethod
    def plain(cls) -> Calibrator:
        """Return the one that changes nothing."""
        return cls("plain", np.empty((2, 0)))

    @classmethod
    def platt(cls, score: NDArray[np.float64], label: NDArray[np.bool_]) -> Calibrator:
        """Fit slope, above 0, and intercept by log-loss, with labels drawn in a little as the source has it.

        References: Platt, Advances in Large Margin Classifiers 1999.
        """
        x, n = _log_odds(score), int(np.count_nonzero(label))
        target = np.where(label, (n + 1) / (n + 2), 1 / (label.size - n + 2))
        centre, spread = float(x.mean()), max(float(x.std()), 1e-9)
        x = (x - centre) / spread

        def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            slope = np.exp(at[0])
            z = slope * x + at[1]
            error = expit(z) - target
            value = (np.logaddexp(0, z) - target * z).mean()
            return float(value), np.array([(error * x).mean() * slope, error.mean()])

        first = np.array([0.0, logit(target.mean())])
        bounds = [(-7, 7), (-30, 30)]
        found = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds).x
        slope = float(np.exp(found[0])) / spread
        return cls("platt", np.array([[slope], [float(found[1]) - slope * centre]]))

    @classmethod
    def isotonic(cls, score: NDArray[np.float64], label: NDArray[np.bool_]) -> Calibrator:
        """Fit the rising function with the least squared error; it never says quite 0 or 1.

        References: Zadrozny & Elkan, KDD 2002; Best & Chakravarti, Mathematical Programming 1990.
        """
        known, place, times = np.unique(score, return_inverse=True, return_counts=True)
        share = np.bincount(place, label) / times
        rising = isotonic_regression(share, weights=times).x
        block = np.concatenate(([0], np.cumsum(np.diff(rising) > 0)))
        weight = np.bincount(block, times)
        centre = np.bincount(block, known * times) / weight
        least = 1 / (2 * (label.size + 1))
        level = np.clip(np.bincount(block, rising * times) / weight, least, 1 - least)
        return cls("isotonic", np.stack([centre, level]))

    @classmethod
    def chosen(
        cls, score: NDArray[np.float64], label: NDArray[np.bool_], is_judge: NDArray[np.bool_]
    ) -> Calibrator:
        """Return the kind with the lowest log-loss on rows it was not fitted on, then fitted on all of them.

        Args:
            score: (r,) float64 in [0, 1].
            label: (r,) bool.
            is_judge: (r,) bool, the later rows by which the kind is chosen.
        """
        fitted, judged = (score[~is_judge], label[~is_judge]), (score[is_judge], label[is_judge])
        if not (fitted[1].any() and judged[1].any()):
            return cls.plain()
        ways = (cls.platt, cls.isotonic)
        losses = [log_loss(way(*fitted).of(judged[0]), judged[1]) for way in ways]
        if log_loss(judged[0], judged[1]) <= min(losses):
            return cls.plain()
        return ways[int(np.argmin(losses))](score, label)

    def of(self, score: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probability of each score, (r,) float64 in [0, 1]; a higher score never has a lower one."""
        if self.kind == "platt":
            slope, intercept = self.values[:, 0]
            return np.asarray(expit(slope * _log_odds(score) + intercept))
        if self.kind == "isotonic":
            return np.interp(score, *self.values)
        return np.asarray(score, np.float64)


def reliability(
    probability: NDArray[np.float64], label: NDArray[Any], bins: int = 10
) -> tuple[list[dict[str, float]], float]:
    """Return a table of what was said and what came true, and the calibration error over its rows.

    Rows hold equally many events, since rare things have small probabilities that bins of equal width do not tell apart.

    Args:
        probability: (r,) float64 in [0, 1].
        label: (r,) bool or 0 / 1.
        bins: rows of the table.
    Returns: for each row ``said`` and ``came_true``, means, and ``events``; the mean distance of the two over events.
    References: Naeini, Cooper & Hauskrecht, AAAI 2015 (expected calibration error, with equal counts).
    """
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, bins) if part.size]
    rows = [
        {
            "said": float(probability[part].mean()),
            "came_true": float(label[part].mean()),
            "events": float(part.size),
        }
        for part in parts
    ]
    gap = sum(abs(row["said"] - row["came_true"]) * row["events"] for row in rows)
    return rows, float(gap / max(order.size, 1))


def _log_odds(score: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(logit(np.clip(score, _LEAST, 1 - _LEAST)))
