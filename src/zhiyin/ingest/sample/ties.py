"""Who knows whom: a homophilous graph with circles, hubs, and a latent strength in each direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample.climate import DAY_MINUTES
from zhiyin.ingest.sample.people import People
from zhiyin.ingest.sample.seeds import generator

TIE_KINDS = ("friend", "family", "colleague")


@dataclass(frozen=True)
class Ties:
    """Directed ties in order of (user, other).

    Attributes:
        user, other: (ties,) int64 positions of people.
        kind: (ties,) position in ``TIE_KINDS``.
        strength: (ties,) float64 in 0..1, how close ``user`` feels to ``other``; latent.
        time: (ties,) minutes since the year's start.
        starts: (people + 1,) rows ``starts[v]:starts[v + 1]`` are the ties that *listen to* v, in ``listening``.
        listening: (ties,) rows of the ties ordered by ``other``.
    """

    user: NDArray[np.int64]
    other: NDArray[np.int64]
    kind: NDArray[np.int64]
    strength: NDArray[np.float64]
    time: NDArray[np.float64]
    starts: NDArray[np.int64]
    listening: NDArray[np.int64]


def make_ties(seed: int, people: People, mean_friends: float = 13.0) -> Ties:
    """Draw ties: more likely between the sociable, the alike, the same circle and the same city.

    Complexity: O(people²) time and memory.
    """
    rng = generator(seed, "ties")
    n = len(people.created)
    unit = people.taste / np.linalg.norm(people.taste, axis=1, keepdims=True)
    likeness = unit @ unit.T
    same_circle = people.community[:, None] == people.community[None, :]
    same_city = people.city[:, None] == people.city[None, :]
    log_odds = 2.6 * likeness + 3.0 * same_circle + 0.5 * same_city
    pull = people.sociability[:, None] * people.sociability[None, :] * np.exp(log_odds)
    pull *= np.triu(np.ones((n, n), bool), 1)
    scale = mean_friends * n / 2 / pull.sum()
    one, two = np.nonzero(rng.random((n, n)) < -np.expm1(-scale * pull))
    m = len(one)
    close = likeness[one, two] + 0.5 * same_city[one, two]
    kind = rng.choice(3, m, p=[0.68, 0.12, 0.2])
    warmth = 0.9 * close + np.array([-0.6, 0.9, -1.0])[kind] + rng.normal(0, 0.9, m)
    time = np.maximum(people.created[one], people.created[two]) + rng.exponential(
        12 * DAY_MINUTES, m
    )
    forth, back = rng.random(m) > 0.05, rng.random(m) > 0.05
    back |= ~forth
    user = np.concatenate([one[forth], two[back]])
    other = np.concatenate([two[forth], one[back]])
    both = np.concatenate([np.flatnonzero(forth), np.flatnonzero(back)])
    felt = warmth[both] + rng.normal(0, 0.45, len(both))
    within = time[both] < 360 * DAY_MINUTES
    order = np.lexsort((other, user))
    order = order[within[order]]
    user, other = user[order], other[order]
    listening = np.argsort(other, kind="stable")
    return Ties(
        user=user,
        other=other,
        kind=kind[both][order],
        strength=1 / (1 + np.exp(-felt[order])),
        time=time[both][order],
        starts=np.searchsorted(other[listening], np.arange(n + 1)),
        listening=listening,
    )
