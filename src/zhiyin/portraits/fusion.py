"""Several sources of what somebody is about, joined by attention over recent events, with the weights to show for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import NO_TIME
from zhiyin.language.embedder import unit_rows
from zhiyin.portraits.sums import DAY_US

RELIABILITY: Mapping[str, float] = MappingProxyType(
    {"purchases": 1.0, "reviews": 0.8, "posts": 0.6, "views": 0.4, "friends": 0.3}
)
"""How far each source is believed, all else equal; one that is not here as far as friends."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What one source tells.

    Attributes:
        vectors: (e, dim) unit rows of meaning; rows of zeros are no events. A mood is no vector: it is how strongly, and
            whether for or against, something was said.
        time_us: (e,) int64, or ``NO_TIME``.
        strength: (e,) how much each event says, below 0 against what it is about.
    """

    vectors: NDArray[np.float32]
    time_us: NDArray[np.int64]
    strength: NDArray[np.floating]


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """One vector, and where it comes from.

    Attributes:
        vector: (dim,) float32 of length 1, or zeros where nothing was told.
        sources: source → its weight; they sum to 1, or are all 0.
        events: source → (e,) weights of its events, which sum to the source's.
    """

    vector: NDArray[np.float32]
    sources: Mapping[str, float]
    events: Mapping[str, NDArray[np.float64]]


def fuse(
    told: Mapping[str, Told],
    dim: int,
    now_us: int,
    *,
    query: NDArray[np.float32] | None = None,
    half_life_days: float = 30.0,
    focus: float = 4.0,
    reliability: Mapping[str, float] = RELIABILITY,
) -> Fused:
    """Join sources into one vector.

    An event's score is minus its age in half-lives times log 2, plus ``focus`` times its cosine with what is asked for. A
    source counts by a softmax of its reliability and its best event's score, so that a source does not gain by saying the
    same thing again; within a source events count by a softmax of their scores and strengths.

    Args:
        told: source → what it tells.
        dim: width of the vectors.
        now_us: when.
        query: (dim,) unit vector of what is asked for; None where nothing is.
        half_life_days: age at which an event counts half.
        focus: how much agreement with the query counts.
        reliability: source → how far it is believed.
    Complexity: O(events dim).
    References: attention over a person's history, Zhou et al., KDD 2018 (DIN).
    """
    known = [one.time_us[one.time_us != NO_TIME] for one in told.values()]
    oldest = min((int(times.min()) for times in known if times.size), default=now_us)
    scores, signs, best = {}, {}, {}
    for name, one in told.items():
        when = np.where(one.time_us == NO_TIME, oldest, one.time_us)
        age = np.maximum(now_us - when, 0) / (half_life_days * DAY_US)
        score = -np.log(2) * age
        if query is not None:
            score = score + focus * (one.vectors @ query)
        says = one.vectors.any(axis=1) & (one.strength != 0)
        with np.errstate(divide="ignore"):
            scores[name] = np.where(says, score + np.log(np.abs(one.strength)), -np.inf)
        signs[name] = np.sign(one.strength)
        if says.any():
            trust = reliability.get(name, RELIABILITY["friends"])
            best[name] = float(score[says].max() + np.log(trust))
    share = dict(zip(best, softmax(np.array(list(best.values()))).tolist(), strict=True))
    events = {
        name: share[name] * softmax(score) if name in share else np.zeros(score.size)
        for name, score in scores.items()
    }
    vector = np.zeros(dim)
    for name, weight in events.items():
        vector += (weight * signs[name]) @ told[name].vectors
    sources = {name: float(share.get(name, 0.0)) for name in told}
    return Fused(unit_rows(vector[None])[0], sources, events)


def friends_mean(vectors: NDArray[np.float32], strength: NDArray[np.floating], now_us: int) -> Told:
    """Return what friends are about as a source: one event, the mean of their vectors by tie strength.

    Args:
        vectors: (f, dim) unit rows.
        strength: (f,) of the ties, 0 or more.
        now_us: when.
    """
    mean = unit_rows((np.asarray(strength, np.float64) @ vectors)[None])
    return Told(mean, np.array([now_us], np.int64), np.ones(1))


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return exp(scores) divided by their sum, 0 where a score is -inf; empty for none.

    >>> softmax(np.array([0.0, 0.0, -np.inf])).tolist()
    [0.5, 0.5, 0.0]
    """
    if not scores.size:
        return np.empty(0)
    raised: NDArray[np.float64] = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())
