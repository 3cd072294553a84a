"""How good scores and probabilities are, event by event."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import DataError
from zhiyin.evaluation.metrics import share

LEAST_PROBABILITY = 1e-15
"""What ``log_loss`` takes for the probability of what happened when it is told less."""


def auc(scores: NDArray[Any], labels: NDArray[Any]) -> float:
    """Return the chance that a positive event scores above a negative one, a tie counting half.

    Args:
        scores: (n,) float.
        labels: (n,) bool or 0 / 1.
    Returns: the area under the ROC curve; NaN when all events are positive or all are negative.
    Raises: DataError for a score that is NaN.
    Complexity: O(n log n) time.
    References: Hanley & McNeil, Radiology 1982.
    """
    return float(auc_by_group(scores, labels, np.zeros(np.size(scores), np.int64), 1)[0][0])


def gauc(scores: NDArray[Any], labels: NDArray[Any], group: NDArray[np.int64]) -> float:
    """Return the mean AUC of the groups, each weighted by its number of events.

    Scores are compared within a group only, as a list is ranked for one person. A group whose events are all
    positive or all negative has no AUC and is left out, events and all.

    Args:
        scores: (n,) float.
        labels: (n,) bool or 0 / 1.
        group: (n,) int64, such as the person's number.
    Returns: NaN when no group can be judged.
    Raises: DataError for a score that is NaN.
    Complexity: O(n log n) time.
    References: Zhu et al., KDD 2017.
    """
    names, number = np.unique(group, return_inverse=True)
    areas, events = auc_by_group(scores, labels, number, names.size)
    judged = ~np.isnan(areas)
    return float(share(areas[judged] @ events[judged], events[judged].sum()))


def auc_by_group(
    scores: NDArray[Any], labels: NDArray[Any], group: NDArray[np.int64], n_groups: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the AUC of each group and its number of events.

    Args:
        scores: (n,) float.
        labels: (n,) bool or 0 / 1.
        group: (n,) int64 from 0 to ``n_groups`` - 1.
        n_groups: length of the answer.
    Returns: (n_groups,) float64, NaN for a group without both classes; (n_groups,) int64.
    Raises: DataError for a score that is NaN.
    Complexity: O(n log n) time.
    """
    if np.isnan(scores).any():
        raise DataError("a score is NaN", where="auc", expected="numbers that can be ordered")
    order = np.lexsort((scores, group))
    score, positive, owner = scores[order], (labels > 0)[order], group[order]
    first = np.ones(score.size, np.bool_)  # of a run of equal scores in a group
    first[1:] = (score[1:] != score[:-1]) | (owner[1:] != owner[:-1])
    edges = np.append(np.flatnonzero(first), score.size)
    positives = np.concatenate(([0], np.cumsum(positive)))
    negatives = np.arange(score.size + 1) - positives
    begin = np.searchsorted(owner, np.arange(n_groups + 1))
    run_owner = owner[edges[:-1]]
    below = negatives[edges[:-1]] - negatives[begin[run_owner]]
    won = np.diff(positives[edges]) * (below + 0.5 * np.diff(negatives[edges]))
    pairs = np.diff(positives[begin]) * np.diff(negatives[begin])
    return share(np.bincount(run_owner, won, n_groups), pairs), np.diff(begin)


def log_loss(probability: NDArray[Any], label: NDArray[Any]) -> float:
    """Return the mean of -ln of the probability given to what happened, in nats.

    That probability is taken for ``LEAST_PROBABILITY`` when it is lower, so no event costs more than 34.54.

    Args:
        probability: (n,) float in [0, 1], that the label is 1.
        label: (n,) bool or 0 / 1.
    Returns: NaN for no events.
    Raises: DataError for a probability outside [0, 1].
    References: Good, J. Royal Statistical Society B 1952.
    """
    told = _probabilities(probability)
    happened = np.where(label > 0, told, 1.0 - told)
    return _mean(-np.log(np.maximum(happened, LEAST_PROBABILITY)))


def expected_calibration_error(
    probability: NDArray[Any], label: NDArray[Any], bins: int = 15
) -> float:
    """Return how far probabilities are from the share of events that came true, over bins of equal width.

    Bin b of B holds the probabilities in ((b - 1) / B, b / B], the first one also 0. Each bin gives the distance
    between its mean probability and its share of positive labels, weighted by its number of events. The
    probability is that of label 1, not that of the likelier class.

    Args:
        probability: (n,) float in [0, 1], that the label is 1.
        label: (n,) bool or 0 / 1.
        bins: number of bins.
    Returns: 0 at best; NaN for no events.
    Raises: DataError for a probability outside [0, 1].
    References: Guo et al., ICML 2017.
    """
    told = _probabilities(probability)
    place = np.searchsorted(np.arange(1, bins) / bins, told)
    gap = np.bincount(
        place, told - (label > 0), bins
    )  # of sums, which is events times that of means
    return float(share(np.abs(gap).sum(), told.size))


def rmse(predicted: NDArray[Any], actual: NDArray[Any]) -> float:
    """Return the root of the mean squared error.

    Args:
        predicted: (n,) float.
        actual: (n,) float.
    Returns: in the unit of the values; NaN for no values.
    """
    return float(np.sqrt(_mean((_floats(predicted) - _floats(actual)) ** 2)))


def mae(predicted: NDArray[Any], actual: NDArray[Any]) -> float:
    """Return the mean absolute error.

    Args:
        predicted: (n,) float.
        actual: (n,) float.
    Returns: in the unit of the values; NaN for no values.
    """
    return _mean(np.abs(_floats(predicted) - _floats(actual)))


def by_person(
    values: NDArray[Any], person: NDArray[np.int64], n_people: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return each person's sum and number of values, so that a ratio can be resampled by person.

    Args:
        values: (n,) float or bool, one an event.
        person: (n,) int64 from 0 to ``n_people`` - 1.
        n_people: length of the answer.
    Returns: (n_people,) float64 sums; (n_people,) int64 counts.
    """
    sums = np.bincount(person, _floats(values), n_people).astype(np.float64)
    return sums, np.bincount(person, minlength=n_people)


def _floats(values: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(values, np.float64)


def _mean(values: NDArray[np.float64]) -> float:
    return float(share(values.sum(), values.size))


def _probabilities(values: NDArray[Any]) -> NDArray[np.float64]:
    told = _floats(values)
    if not ((told >= 0.0) & (told <= 1.0)).all():
        raise DataError(
            "a probability is NaN, below 0 or above 1",
            expected="numbers in [0, 1]",
            next_step="turn scores into probabilities first",
        )
    return told
