"""What is known of how one person stands to another, counted from what the two did toward each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.exchanges import PRIVATE, PUBLIC, TYPES, Exchanges
from zhiyin.core.history import NO_TIME
from zhiyin.social.graph import Floats, Ints, adamic_adar, sizes
from zhiyin.social.relations import CIRCLES, circles_of

HALF_LIFE_DAYS = 30.0
_DAY_US = 86_400_000_000
_USUAL_TIES = (
    5.0  # as if each person had that many more ties to whom it turns as often as people do
)
_PSEUDO = 1.0  # exchanges, added to what was counted and to what was to be expected

NAMES = (
    "turned", "turned_back", "lately", "lately_back", "reciprocity", "fresh", "fresh_back",
    "duration", "private", "mood", "common", "likeness",
    *TYPES,
    *(f"lately_{name}" for name in TYPES),
    *(f"kind_{name}" for name in CIRCLES),
)  # fmt: skip
"""Of the columns of ``TieFeatures``."""


@dataclass(frozen=True, slots=True, eq=False)
class TieFeatures:
    """Features of ordered pairs of people, one row a pair.

    Attributes:
        names: of the columns, f of them.
        values: (p, f) float32, finite.

    >>> float(TieFeatures(("turned",), np.ones((1, 1), np.float32)).column("turned")[0])
    1.0
    """

    names: tuple[str, ...]
    values: Floats

    def column(self, name: str) -> Floats:
        """Return a column, (p,) float32."""
        return np.asarray(self.values[:, self.names.index(name)], np.float32)


def tie_features(
    pairs: Ints,
    exchanges: Exchanges,
    *,
    n_people: int,
    now_us: int,
    kinds: NDArray[np.str_] | None = None,
    since_us: Ints | None = None,
    graph: Any = None,
    likeness: Floats | None = None,
) -> TieFeatures:
    """Count how each first person of a pair stands to the second.

    ``turned`` is the log of how often one turned to the other, by how often that was to be expected of somebody who
    turns to people as often as this one does and has known the other as long; ``lately`` is the same of decayed counts,
    and ``_back`` is what the other did. Columns named after types are log(1 + count by what was to be expected).
    ``fresh`` falls from 1 with the days since the last exchange, to a half after 30. Exchanges from ``now_us`` on do
    not count; those without a time count where no time is asked for.

    Args:
        pairs: (p, 2) int64, who and toward whom.
        exchanges: of everybody, as how often a person turns to others at all counts too.
        n_people: people are numbered below it; exchanges of others are left out.
        now_us: as of when, microseconds since 1970 UTC.
        kinds: (p,) str, what the second is to the first; "" where not known.
        since_us: (p,) int64, since when the two are tied, ``NO_TIME`` where not known: then since the first exchange.
        graph: (n_people, n_people) CSR with 1 for each tie, as ``adjacency`` gives it.
        likeness: (p,) float32, of what the two take; NaN where not known.
    Complexity: O(e log e + p log e) and that of Adamic-Adar.
    References: Gilbert & Karahalios, CHI 2009 (what foretells closeness).
    """
    counted = _Tally.of(exchanges, n_people, now_us)
    forth, back = counted.rows(pairs), counted.rows(pairs[:, ::-1])
    met = counted.all[forth] + counted.all[back]
    begun = np.minimum(counted.first[forth], counted.first[back])
    # Two are tied some time before their first exchange: about as long as from one to the next, and a while.
    age = _days(begun, now_us, without=counted.span) * (1 + 1 / np.maximum(met, 1))
    age += HALF_LIFE_DAYS
    if since_us is not None:
        begun = np.minimum(begun, np.where(since_us == NO_TIME, np.inf, since_us.astype(float)))
        age = np.where(since_us == NO_TIME, age, _days(begun, now_us, without=counted.span))
    known = counted.others if graph is None else np.maximum(counted.others, sizes(graph))
    found: dict[str, NDArray[Any]] = dict.fromkeys(NAMES, np.zeros(len(pairs)))
    found |= counted.columns(pairs[:, 0], forth, age, known)
    returned = counted.columns(pairs[:, 1], back, age, known)
    found |= {name + "_back": returned[name] for name in ("turned", "lately", "fresh")}
    ratio = np.exp(-np.abs(found["turned"] - found["turned_back"]))
    found["reciprocity"] = np.where(met > 0, ratio, 0)
    # What begins with the first exchange tells nothing of two who never met.
    found["duration"] = np.where(np.isfinite(begun), np.log1p(age), 0)
    found |= counted.shares(forth, back)
    if graph is not None:
        found["common"] = np.log1p(adamic_adar(graph, pairs))
    if likeness is not None:
        found["likeness"] = np.nan_to_num(likeness, nan=0.0)
    if kinds is not None:
        circle = circles_of(kinds)
        for name in CIRCLES:
            found["kind_" + name] = circle == name
    return TieFeatures(NAMES, np.stack(list(found.values()), axis=1).astype(np.float32))


def evidence(pairs: Ints, exchanges: Exchanges, *, n_people: int, now_us: int) -> dict[str, Any]:
    """Return what a pair's strength stands on: counts by type and the last exchange, from the first to the second.

    Args:
        pairs: (p, 2) int64.
        exchanges: of everybody.
        n_people: people are numbered below it.
        now_us: exchanges from then on do not count.
    Returns: ``count`` (p,) int64, ``last_us`` (p,) int64 (``NO_TIME`` for none), and one (p,) int64 for each of ``TYPES``.
    """
    counted = _Tally.of(exchanges, n_people, now_us)
    rows = counted.rows(pairs)
    last = counted.last[rows]
    is_dated = np.isfinite(last)
    return {
        "count": counted.all[rows].astype(np.int64),
        "last_us": np.where(is_dated, np.where(is_dated, last, 0).astype(np.int64), NO_TIME),
        **{name: counted.by_type[k, rows].astype(np.int64) for k, name in enumerate(TYPES)},
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Tally:
    """Sums of exchanges by ordered pair; each has one more row at the end, for pairs without any.

    Attributes:
        keys: (d,) int64 ascending, first person * n_people + second.
        all, lately, first, last, mood, told: (d + 1,) float64; times in microseconds, ``mood`` is a sum over ``told``.
        by_type, lately_by_type: (types, d + 1) float64.
        given, given_lately: (n_people,) float64, of what each person did toward anybody.
        others: (n_people,) float64, with how many others each had to do.
        spans: (n_people,) float64 days since each person's first exchange.
        span: days since anybody's.
    """

    n_people: int
    now_us: int
    keys: Ints
    all: NDArray[np.float64]
    lately: NDArray[np.float64]
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    mood: NDArray[np.float64]
    told: NDArray[np.float64]
    by_type: NDArray[np.float64]
    lately_by_type: NDArray[np.float64]
    given: NDArray[np.float64]
    given_lately: NDArray[np.float64]
    others: NDArray[np.float64]
    spans: NDArray[np.float64]
    span: float

    @classmethod
    def of(cls, exchanges: Exchanges, n_people: int, now_us: int) -> _Tally:
        inside = (exchanges.one != exchanges.two) & (exchanges.time_us < now_us)
        inside &= np.maximum(exchanges.one, exchanges.two) < n_people
        said = exchanges.where(inside)
        keys, row = np.unique(said.one * n_people + said.two, return_inverse=True)
        size = keys.size + 1
        is_dated = said.time_us != NO_TIME
        days = (now_us - said.time_us[is_dated]) / _DAY_US
        weight = np.zeros(row.size)
        weight[is_dated] = 0.5 ** (days / HALF_LIFE_DAYS)
        first, last = np.full(size, np.inf), np.full(size, -np.inf)
        np.minimum.at(first, row[is_dated], said.time_us[is_dated])
        np.maximum.at(last, row[is_dated], said.time_us[is_dated])
        chosen = [said.type == name for name in TYPES]
        is_told = np.isfinite(said.mood)
        one, two = np.divmod(keys, n_people)
        ends = np.unique(np.concatenate([keys, two * n_people + one])) // n_people
        earliest = np.full(n_people, np.inf)
        np.minimum.at(earliest, one, first[:-1])
        np.minimum.at(earliest, two, first[:-1])
        span = float(_days(np.array([first.min()]), now_us, without=1.0)[0])
        return cls(
            n_people=n_people,
            now_us=now_us,
            keys=keys,
            all=np.bincount(row, minlength=size).astype(np.float64),
            lately=_sums(row, weight, size),
            first=first,
            last=last,
            mood=_sums(row[is_told], said.mood[is_told], size),
            told=np.bincount(row[is_told], minlength=size).astype(np.float64),
            by_type=np.stack([np.bincount(row[c], minlength=size) for c in chosen]).astype(float),
            lately_by_type=np.stack([_sums(row[c], weight[c], size) for c in chosen]),
            given=np.bincount(said.one, minlength=n_people).astype(np.float64),
            given_lately=_sums(said.one, weight, n_people),
            others=np.bincount(ends, minlength=n_people).astype(np.float64),
            spans=_days(earliest, now_us, without=span),
            span=span,
        )

    def rows(self, pairs: Ints) -> Ints:
        """Return the row of each pair, the last one for those without any."""
        asked = pairs[:, 0] * np.int64(self.n_people) + pairs[:, 1]
        at = np.searchsorted(self.keys, asked)
        is_met = np.append(self.keys, -1)[at] == asked
        return np.where(is_met, at, self.keys.size)

    def shares(self, forth: Ints, back: Ints) -> dict[str, NDArray[np.float64]]:
        """Return how much of what two did toward each other is private, and how kind it is, each (p,).

        Both are drawn to 0 as by two exchanges more.
        """
        apart, open_to_all = (
            self.by_type[[TYPES.index(name) for name in names]].sum(axis=0)
            for names in (PRIVATE, PUBLIC)
        )
        apart, open_to_all, mood, told = (
            column[forth] + column[back] for column in (apart, open_to_all, self.mood, self.told)
        )
        return {"private": apart / (apart + open_to_all + 2), "mood": mood / (told + 2)}

    def columns(
        self, person: Ints, rows: Ints, age: NDArray[np.float64], known: NDArray[Any]
    ) -> dict[str, NDArray[np.float64]]:
        """Return the features of what each person did toward another known for so many days, each (p,).

        Args:
            person: (p,) int64 who did it.
            rows: (p,) int64 of the pair.
            age: (p,) float64 days.
            known: (n_people,) how many others each person knows.
        """
        usual, usual_lately = (part + _PSEUDO for part in self._expected(person, age, known))
        since = _days(self.last[rows], self.now_us, without=np.inf)
        found = {
            "turned": np.log((self.all[rows] + _PSEUDO) / usual),
            "lately": np.log((self.lately[rows] + _PSEUDO) / usual_lately),
            "fresh": 1 / (1 + since / HALF_LIFE_DAYS),
        }
        for k, name in enumerate(TYPES):
            found[name] = np.log1p(self.by_type[k, rows] / usual)
            found["lately_" + name] = np.log1p(self.lately_by_type[k, rows] / usual_lately)
        return found

    def _expected(
        self, person: Ints, age: NDArray[np.float64], known: NDArray[Any]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return how often each person turns to somebody known for so many days: at all, and of decayed counts."""
        share, faded = np.minimum(age, self.span) / self.span, _faded(age)
        full, full_faded = known * self.spans / self.span, known * _faded(self.spans)
        rates = []
        for given, room in ((self.given, full), (self.given_lately, full_faded)):
            usual = given.sum() / max(room.sum(), 1e-9)
            rates.append((given + _USUAL_TIES * usual) / (room + _USUAL_TIES))
        return rates[0][person] * share, rates[1][person] * faded


def _sums(rows: Ints, weights: NDArray[Any], size: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(rows, weights, size), np.float64)


def _days(time_us: NDArray[np.float64], now_us: int, *, without: float) -> NDArray[np.float64]:
    """Return the days from times to now, one at least; ``without`` where there is no time."""
    is_dated = np.isfinite(time_us)
    days = (now_us - np.where(is_dated, time_us, now_us)) / _DAY_US
    return np.where(is_dated, np.maximum(days, 1.0), without)


def _faded(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what is left of steady exchanges over so many days, by what is left of those over all time."""
    return np.asarray(1 - 0.5 ** (days / HALF_LIFE_DAYS), np.float64)
