"""Whether people take up what others took up because of them, or because they are alike.

Who is tied is alike, so much of what friends take up after one another they would have taken up anyway. Each person who
saw somebody take up an item is compared with one of the same leaning to it who saw nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.history import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.intervals import Interval, bootstrap_ratio
from zhiyin.social.graph import Floats, Ints

Reals = NDArray[np.float64]

_NEVER = np.iinfo(np.int64).max
_LEAST_ADOPTERS = 3  # of an item, else nothing is known of who leans to it
_MOST_ITEMS = 500
_MOST_CELLS = 10_000_000  # people times items, 72 bytes each
_PEERS = 100  # people drawn an item to learn who comes to see adoptions
_RANKS = 32  # looked at on either side for one who matches
_CALIPER = 0.2  # in deviations of the leaning: nobody further away matches
_RIDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Influence:
    """What seeing somebody take up an item adds to the chance of taking it up.

    Attributes:
        matched: difference from people of the same leaning, with its interval over people; NaN where nobody matches.
        naive: difference from all who saw nobody, likeness not looked at.
        exposed: how many times a person saw an item taken up and had not taken it up.
        share_matched: of these, how many there is a match for.

    >>> Influence(Interval(mean=0.01, low=-0.01, high=0.03), naive=0.2, exposed=90, share_matched=0.9).matched.low
    -0.01
    """

    matched: Interval
    naive: float
    exposed: int
    share_matched: float


def influence(
    adoptions: Interactions,
    sees: Any,
    portraits: Floats,
    *,
    window_us: int,
    since_us: int = NO_TIME,
    of: int | None = None,
    on: int | None = None,
    seed: int = 0,
) -> Influence:
    """Return how much more often people take up an item within a window after somebody they see did.

    A person's leaning to an item is the estimated chance of seeing it taken up, from how like its portrait is to those of
    the other people who took the item up, how many people it sees and how much it takes up. Matches are of the same item
    and the same time, without a person they see who took it up by the end of the window.

    Args:
        adoptions: of a person and item the earliest counts, without a time none; strength is not looked at.
        sees: (n, n) CSR, row = who sees what the column's person takes up.
        portraits: (n, d) float32 of unit rows, made of what was known before these adoptions, or before ``since_us``.
        window_us: microseconds in which an adoption counts as a consequence.
        since_us: only who first saw an item taken up from then on is asked about; portraits are as of then.
        of: the person whose influence is asked for; everybody's unless given.
        on: the person influenced; the interval is over items then.
        seed: of what is drawn: at most 500 items, fewer above 20,000 people, and people to compare with.
    Complexity: O(items n (d + log n) + adoptions seen).
    References: Aral, Muchnik & Sundararajan, PNAS 2009 (matched samples); Rosenbaum & Rubin, Biometrika 1983.
    """
    rng = np.random.default_rng(seed)
    cases = _cases(adoptions, sees, portraits, rng)
    weights = _leaning(cases, rng)
    exposed, rows = 0, []
    for case in cases:
        chosen = case.chosen(since_us, of, on)
        exposed += chosen.size
        if chosen.size:
            rows.append(_compared(case, case.traits @ weights, chosen, window_us, rng))
    if not rows:
        return Influence(Interval(np.nan, np.nan, np.nan), np.nan, 0, 0.0)
    unit = [each[0] if on is None else np.full(len(each[0]), at) for at, each in enumerate(rows)]
    own, match, anybody = (np.concatenate([each[k] for each in rows]) for k in (1, 2, 3))
    _, place = np.unique(np.concatenate(unit), return_inverse=True)
    has_match = ~np.isnan(match)
    difference = np.bincount(place, np.where(has_match, own - match, 0)).astype(np.float64)
    matched = bootstrap_ratio(difference, np.bincount(place, has_match) * 1.0, seed=seed)
    known = ~np.isnan(anybody)
    naive = float((own - anybody)[known].mean()) if known.any() else np.nan
    return Influence(matched, naive, exposed, float(has_match.mean()))


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """One item: (n,) when each person took it up, when it first saw that and by whom, and (n, traits) what it is like."""

    adopted: Ints
    seen: Ints
    teller: Ints
    traits: Reals

    def chosen(self, since_us: int, of: int | None, on: int | None) -> Ints:
        """Return who first saw the item taken up from a time on and had not taken it up."""
        asked = (self.seen >= since_us) & (self.seen < _NEVER) & (self.adopted > self.seen)
        if of is not None:
            asked &= self.teller == of
        if on is not None:
            asked &= np.arange(asked.size) == on
        return np.flatnonzero(asked)


def _cases(
    adoptions: Interactions, sees: Any, portraits: Floats, rng: np.random.Generator
) -> list[_Case]:
    n = sees.shape[0]
    adoptions = adoptions.where((adoptions.time_us != NO_TIME) & (adoptions.person < n))
    order = np.lexsort((adoptions.person, adoptions.time_us, adoptions.item))
    person, item, time = (
        each[order] for each in (adoptions.person, adoptions.item, adoptions.time_us)
    )
    _, first = np.unique(item * np.int64(n) + person, return_index=True)
    first = np.sort(first)
    person, item, time = person[first], item[first], time[first]
    _, start, count = np.unique(item, return_index=True, return_counts=True)
    enough = np.flatnonzero(count >= _LEAST_ADOPTERS)
    most = max(1, min(_MOST_ITEMS, _MOST_CELLS // max(n, 1)))
    drawn = np.sort(rng.permutation(enough)[:most])
    habits = np.stack(
        [np.log1p(np.diff(sees.indptr)), np.log1p(np.bincount(person, minlength=n))], axis=1
    )
    shown_to = sees.T.tocsr()
    return [
        _case(person[at : at + size], time[at : at + size], shown_to, portraits, habits)
        for at, size in zip(start[drawn].tolist(), count[drawn].tolist(), strict=True)
    ]


def _case(person: Ints, time: Ints, shown_to: Any, portraits: Floats, habits: Reals) -> _Case:
    """Return the case of an item from who took it up, the earliest first."""
    n = habits.shape[0]
    adopted, seen, teller = np.full(n, _NEVER), np.full(n, _NEVER), np.full(n, -1)
    adopted[person] = time
    rows = shown_to[person]
    whose = np.repeat(np.arange(person.size), np.diff(rows.indptr))
    who, first = np.unique(rows.indices[np.argsort(whose, kind="stable")], return_index=True)
    seen[who], teller[who] = time[whose[first]], person[whose[first]]
    total = portraits[person].sum(axis=0, dtype=np.float64)
    # Of who took it up: how like it is to the others who did.
    inner, own = portraits @ total, np.einsum("nd,nd->n", portraits, portraits)
    did = adopted < _NEVER
    length = np.sqrt(np.maximum(total @ total - did * (2 * inner - own), 1e-9))
    like = (inner - did * own) / length
    popular = np.full(n, np.log(person.size))
    traits = np.column_stack([np.ones(n), like, like**2, popular, habits])
    return _Case(adopted, seen, teller, traits)


def _leaning(cases: list[_Case], rng: np.random.Generator) -> Reals:
    """Learn by logistic regression how the chance of seeing an item taken up depends on traits, (traits,) float64."""
    if not cases:
        return np.zeros(0)
    n = cases[0].seen.size
    drawn = [rng.integers(0, n, _PEERS) for _ in cases]
    traits = np.concatenate([case.traits[who] for case, who in zip(cases, drawn, strict=True)])
    label = np.concatenate(
        [case.seen[who] < _NEVER for case, who in zip(cases, drawn, strict=True)]
    )
    weights = np.zeros(traits.shape[1])
    for _ in range(12):  # Newton's steps
        chance = 1 / (1 + np.exp(-np.clip(traits @ weights, -30, 30)))
        slope = traits.T @ (label - chance) - _RIDGE * weights
        bend = (traits * (chance * (1 - chance))[:, None]).T @ traits
        weights += np.linalg.solve(bend + _RIDGE * np.eye(weights.size), slope)
    return weights


def _compared(
    case: _Case, leaning: Reals, chosen: Ints, window_us: int, rng: np.random.Generator
) -> tuple[Ints, Reals, Reals, Reals]:
    """Return who was chosen, whether it took the item up, whether its match did and the share of anybody; NaN for none."""
    n = leaning.size
    since = case.seen[chosen][:, None]
    until = since + window_us

    def outcome(who: Ints) -> Reals:
        return ((case.adopted[who] > since) & (case.adopted[who] <= until)).astype(np.float64)

    def fits(who: Ints) -> NDArray[np.bool_]:
        free = (case.seen[who] > until) & (case.adopted[who] > since) & (who != chosen[:, None])
        return np.asarray(free)

    order = np.lexsort((rng.random(n), leaning))
    rank = np.empty(n, np.int64)
    rank[order] = np.arange(n)
    around = rank[chosen][:, None] + np.arange(-_RANKS, _RANKS + 1)
    near = order[np.clip(around, 0, n - 1)]
    distance = np.abs(leaning[near] - leaning[chosen][:, None])
    distance[~fits(near) | (around < 0) | (around >= n)] = np.inf
    best = np.argmin(distance, axis=1)[:, None]
    match = np.take_along_axis(outcome(near), best, 1).ravel()
    match[np.take_along_axis(distance, best, 1).ravel() > _CALIPER * leaning.std()] = np.nan
    anybody = rng.integers(0, n, (chosen.size, 2 * _RANKS))
    fit = fits(anybody)
    share = (outcome(anybody) * fit).sum(axis=1) / np.where(
        fit.any(axis=1), fit.sum(axis=1), np.nan
    )
    return chosen, outcome(chosen[:, None]).ravel(), match, share
