"""What predicted ratings come to: errors with intervals, and differences to the best baseline and to the biases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.rating_baselines import BIASES, MEAN
from zhiyin.affinity.rating_learner import Chosen
from zhiyin.evaluation.intervals import Interval, bootstrap_ratio, bootstrap_statistic
from zhiyin.evaluation.predictions import by_person
from zhiyin.evaluation.significance import holm, sign_flip_p
from zhiyin.evaluation.summary import rounded


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """A learner with its chosen parameters, and what it predicts.

    Attributes:
        name: who.
        chosen: its parameters, chosen without a look at the test ratings.
        value: (f,) float64 the test ratings as predicted.
        fit_s: seconds of one fit on all training ratings.
        score_s: seconds for all test ratings.
        rss_mb: most resident memory of the process while fitting and predicting.
    """

    name: str
    chosen: Chosen
    value: NDArray[np.float64]
    fit_s: float
    score_s: float
    rss_mb: float


def rating_summary(
    judged: Sequence[Predicted],
    baselines: Sequence[str],
    person: NDArray[np.int64],
    truth: NDArray[np.float64],
    seed: int,
) -> dict[str, dict[str, Any]]:
    """Return name → figures, as JSON can hold them."""
    people, owner = np.unique(person, return_inverse=True)
    count = np.bincount(owner).astype(np.float64)
    squared, absolute = (
        {
            one.name: by_person(np.abs(one.value - truth) ** power, owner, people.size)[0]
            for one in judged
        }
        for power in (2, 1)
    )
    errors = _Errors(squared, absolute, count, seed)
    against = _against(errors, _best(judged, baselines))
    told = {}
    for one in judged:
        root = bootstrap_ratio(squared[one.name], count, transform=np.sqrt, seed=seed)
        mean = bootstrap_ratio(absolute[one.name], count, seed=seed)
        figures = {
            "rmse": root.mean,
            "mae": mean.mean,
            "ci": {"rmse": [root.low, root.high], "mae": [mean.low, mean.high]},
            "fit_s": round(one.fit_s, 3),
            "score_s": round(one.score_s, 3),
            "rss_mb": round(one.rss_mb, 1),
            "trials": one.chosen.trials,
            "validation": one.chosen.rmse,
            "against": against.get(one.name),
            "over_biases": None if one.name == BIASES.name else errors.over(BIASES.name, one.name),
        }
        told[one.name] = {**rounded(figures), "params": one.chosen.params}
    return told


@dataclass(frozen=True, slots=True, eq=False)
class _Errors:
    """Sums of errors of each person, by model."""

    squared: Mapping[str, NDArray[np.float64]]
    absolute: Mapping[str, NDArray[np.float64]]
    count: NDArray[np.float64]
    seed: int

    def over(self, base: str, name: str) -> dict[str, list[float]]:
        """Return how much higher the errors of a model are than another's, with intervals."""
        root = rmse_difference(self.squared[name], self.squared[base], self.count, self.seed)
        further = self.absolute[name] - self.absolute[base]
        mean = bootstrap_ratio(further, self.count, seed=self.seed)
        return {"rmse": root.as_list(), "mae": mean.as_list()}


def _best(judged: Sequence[Predicted], baselines: Sequence[str]) -> str:
    """Return the name of the baseline that validates best, the mean rating where none could be validated."""
    entered = [one for one in judged if one.name in baselines and not np.isnan(one.chosen.rmse)]
    return min(entered, key=lambda one: one.chosen.rmse).name if entered else MEAN


def _against(errors: _Errors, reference: str) -> dict[str, dict[str, Any]]:
    base = errors.squared[reference]
    others = [name for name in errors.squared if name != reference]
    p = holm([sign_flip_p(errors.squared[name] - base, seed=errors.seed) for name in others])
    return {
        name: {"reference": reference, **errors.over(reference, name), "p_holm": adjusted}
        for name, adjusted in zip(others, p, strict=True)
    }


def rmse_difference(
    own: NDArray[np.float64], base: NDArray[np.float64], count: NDArray[np.float64], seed: int = 0
) -> Interval:
    """Return how much higher one root mean square error is than another, with its 95 % bootstrap interval over people.

    Args:
        own: (m,) float64 sum of a person's squared errors.
        base: (m,) float64 the same of the other.
        count: (m,) float64 ratings of the person; who has none is left out.
        seed: of the resampling.
    Complexity: O(m) time for each of the resamples, bounded memory.
    """
    sums = np.stack([own, base, count], axis=1)[count > 0]  # (people, 3)

    def difference(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        root = np.sqrt(sums[:, :2] / sums[:, 2:])
        return np.asarray(root[:, 0] - root[:, 1])

    return bootstrap_statistic(sums, difference, seed=seed)
