"""One link of a chain of probabilities: trees whose loss is that of the product with the links before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from zhiyin.ranking.booster import Booster

ROUNDS, PATIENCE = 400, 30
"""Trees at most, and how many of them may bring nothing before it ends."""
_LEAST = 1e-7
_FIXED: dict[str, Any] = {
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.6,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "feature_pre_filter": False,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What a link is fitted on or judged by.

    Attributes:
        features: (r, f) float32, NaN where something is not known.
        label: (r,) bool, whether it came as far as this link.
        upstream: (r,) float64 in [0, 1], the probability that it came to the link; ones for a first link.
    """

    features: NDArray[np.float32]
    label: NDArray[np.bool_]
    upstream: NDArray[np.float64]


def product_loss(
    z: NDArray[np.float64], upstream: NDArray[np.float64], label: NDArray[Any]
) -> NDArray[np.float64]:
    """Return the cross-entropy of labels against upstream · sigma(z), (r,) in nats.

    Args:
        z: (r,) log-odds of the link.
        upstream: (r,) probability that it comes to the link.
        label: (r,) bool or 0 / 1.
    """
    chance = np.clip(upstream * expit(z), _LEAST, 1 - _LEAST)
    return np.asarray(-np.where(label, np.log(chance), np.log1p(-chance)))


def slopes(
    z: NDArray[np.float64], upstream: NDArray[np.float64], label: NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the gradient of ``product_loss`` by z, and its curvature in expectation over the label.

    With s = sigma(z) and p = upstream · s the gradient is (1 - s) (p - y) / (1 - p). The curvature of one label may be below
    0, which trees cannot use; its expectation p (1 - s)² / (1 - p) is the Fisher information and never is. Where upstream is 1
    both are those of the logistic loss.

    Args:
        z: (r,) log-odds of the link.
        upstream: (r,) probability that it comes to the link.
        label: (r,) bool or 0 / 1.
    """
    rest = expit(-z)
    p = upstream * expit(z)
    misses = np.maximum(1 - p, _LEAST)
    return rest * (p - label) / misses, np.maximum(p * rest * rest / misses, 1e-12)


@dataclass(frozen=True)
class Link:
    """The probability of going on from one action to the next, as trees give it.

    Attributes:
        text: the trees, as LightGBM writes them; empty where there were too few rows, or none that differ.
        start: log-odds to which they add.
    """

    text: str
    start: float

    @cached_property
    def _trees(self) -> Booster:
        return Booster(self.text)

    @property
    def n_trees(self) -> int:
        """How many trees there are."""
        return self.text.count("\nTree=")

    @classmethod
    def fit(cls, rows: Rows, stop: Rows, monotone: Sequence[int], seed: int = 0) -> Link:
        """Learn from all rows, those that never came to the link as well, until other rows gain nothing more.

        Args:
            rows: what is learned from, with a positive label at least.
            stop: later rows, by whose loss the number of trees is chosen.
            monotone: (f,) 1 where more of a feature never lowers the probability, -1 where it never raises it, else 0.
            seed: of the features a tree may use.
        Returns: the same for the same seed.
        Complexity: a pass over the rows for each of at most 400 trees.
        References: Ma et al., SIGIR 2018 (ESMM: the loss of the product over all impressions); Ke et al., NIPS 2017
            (LightGBM).
        """
        import lightgbm

        start = float(logit(np.clip(rows.label.sum() / rows.upstream.sum(), 1e-6, 0.999)))
        f = rows.features
        differs = np.fmax.reduce(f, axis=0) > np.fmin.reduce(f, axis=0)  # of what is known
        if len(f) < 2 * _FIXED["min_data_in_leaf"] or not differs.any():
            return cls("", start)
        how = {**_FIXED, "seed": seed, "monotone_constraints": list(monotone), "metric": "none"}
        sets = [
            lightgbm.Dataset(
                one.features, one.label, init_score=np.full(len(one.label), start), params=how
            )
            for one in (rows, stop)
        ]

        def objective(z: NDArray[Any], _: Any) -> tuple[NDArray[Any], NDArray[Any]]:
            return slopes(z, rows.upstream, rows.label)

        def judged(z: NDArray[Any], _: Any) -> tuple[str, float, bool]:
            return "loss", float(product_loss(z, stop.upstream, stop.label).mean()), False

        found = lightgbm.train(
            {**how, "objective": objective}, sets[0], ROUNDS, valid_sets=[sets[1]], feval=judged,
            callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)],
        )  # fmt: skip
        return cls(found.model_to_string(num_iteration=found.best_iteration), start)

    def log_odds(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the log-odds of each row of (n, f) features, (n,)."""
        if not self.text:
            return np.full(len(features), self.start)
        return self.start + self._trees.scores(features)

    def chance(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability of each row of (n, f) features, (n,)."""
        return np.asarray(expit(self.log_odds(features)))
