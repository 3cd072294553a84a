"""What a linear ranker knows of each candidate of a list: how it fits, and how much of its kind there is already."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Candidates
from zhiyin.reranking.calibrated import calibrated

DIALS = (0.2, 0.5, 0.8, 0.95)
"""At which the place that calibration alone would give a candidate is a feature."""
NAMES = (
    "score", "place", "affinity", "popularity", "freshness", "wanted", "crowd", "place_in_kind", "score_in_kind",
    *(f"calibrated_{dial}" for dial in DIALS),
)  # fmt: skip
"""Score and affinity are stretched to 0..1 over the list, places are 1 / log2(1 + place)."""
_DEEPEST = 20  # places that calibration gives; who is behind has none


def list_features(
    candidates: Candidates, category: NDArray[np.int64], wanted: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Return (n, len(NAMES)) float64 features of candidates that stand best first.

    Args:
        candidates: with the columns of ``signals``.
        category: (n,) codes from 0, -1 for none.
        wanted: (n_categories,) share of each category that the person is to get.
    """
    n = len(candidates)
    has = category >= 0
    counts = np.bincount(category[has], minlength=wanted.size)
    own = np.where(has, category, 0)
    score = _stretched(candidates.scores)
    place = 1 / np.log2(2 + np.arange(n))
    in_kind = np.where(has, 1 / np.log2(2 + _place_in_kind(category)), place)
    columns = [
        score,
        place,
        _stretched(candidates.fields["affinity"]),
        candidates.fields["popularity"],
        candidates.fields["freshness"],
        np.where(has, wanted[own], 0.0) if wanted.size else np.zeros(n),
        np.where(has, counts[own] / max(n, 1), 0.0) if wanted.size else np.zeros(n),
        in_kind,
        score * in_kind,
        *_calibrated_places(score, category, wanted),
    ]
    return np.column_stack([np.asarray(column, np.float64) for column in columns])


def _calibrated_places(
    score: NDArray[np.float64], category: NDArray[np.int64], wanted: NDArray[np.floating]
) -> Iterator[NDArray[np.float64]]:
    kinds = (
        np.eye(wanted.size)[np.where(category >= 0, category, 0)]
        if wanted.size
        else np.zeros((score.size, 0))
    )
    kinds = kinds * (category >= 0)[:, None]
    for dial in DIALS:
        places = np.zeros(score.size)
        chosen = calibrated(score, kinds, wanted, _DEEPEST, diversity=dial)
        places[chosen] = 1 / np.log2(2 + np.arange(chosen.size))
        yield places


def _stretched(values: NDArray[np.floating]) -> NDArray[np.float64]:
    low, high = float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))
    if not high > low:
        return np.zeros(values.size)
    return np.asarray((values - low) / (high - low), np.float64)


def _place_in_kind(category: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return (n,) how many of the same category stand before each."""
    order = np.argsort(category, kind="stable")
    starts = np.searchsorted(category[order], category[order])
    places = np.empty(category.size, np.int64)
    places[order] = np.arange(category.size) - starts
    return places
