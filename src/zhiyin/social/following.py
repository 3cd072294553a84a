"""Whom a person could follow, and why: friends of friends, people of like taste, and who follows it already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.social.graph import Floats, Ints

_STEPS = 50_000  # ties of friends looked at, those of the friends with the fewest first
_FOLLOWERS = 1_000  # followers of a candidate looked at, about
_FROM_FRIENDS, _FROM_TASTE, _FROM_FOLLOWERS = 100, 30, 30
_ALIKE = 2.0  # deviations above the mean likeness: from here on taste is a reason
_NAMED = 3  # common friends in a reason
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to follow.

    Attributes:
        person: number.
        score: √(a / f) (1 + n c), higher is better: a Adamic and Adar's sum over common friends, f how many follow the
            person, c the chance that a walk of three ties ends there, n people; 0 without common friends.
        reasons: ``{"kind": "common_friends", "people": (…), "count": n}``, three at most;
            ``{"kind": "taste", "likeness": cosine}``; ``{"kind": "follows_you"}``. At least one.

    >>> Suggestion(7, 0.5, ({"kind": "follows_you"},)).person
    7
    """

    person: int
    score: float
    reasons: tuple[dict[str, Any], ...]


@dataclass(slots=True, eq=False)
class _Candidates:
    numbers: Ints
    score: NDArray[Any]
    like: Floats
    is_alike: NDArray[np.bool_]
    is_follower: NDArray[np.bool_]


class PeopleToFollow:
    """Suggests people who are two ties away, of unusually like taste, or who follow a person that does not follow back.

    Never suggested are who is followed already, who blocks or is blocked, and who wants not to be. Common friends of the
    last kind are counted and not named. Friends of friends are whom those follow whom a person follows: nobody comes near by
    following others.

    References: Adamic & Adar, Social Networks 2003; Kovács et al., Nature Communications 2019 (walks of three steps, each
    divided among as many as there are).

    >>> follows = sparse.csr_array(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], np.float32))
    >>> [found] = PeopleToFollow(follows).suggested(np.array([0]))
    >>> found[0].person, found[0].reasons
    (2, ({'kind': 'common_friends', 'people': (1,), 'count': 1},))
    """

    def __init__(
        self,
        follows: Any,
        *,
        against: Any = None,
        likeness: Floats | None = None,
        community: Ints | None = None,
        is_hidden: NDArray[np.bool_] | None = None,
    ) -> None:
        """Prepare what all people need.

        Args:
            follows: (n, n) CSR, row = who follows; of friendships both directions.
            against: (n, n) CSR, more than 0 where the row's person blocks the column's.
            likeness: (n, d) float32 of unit rows, 0 where nothing is known: what people take or are.
            community: (n,) int64, -1 none; people of like taste are looked for in a person's own, else among all.
            is_hidden: (n,) bool of people who want not to be suggested.
        """
        n = follows.shape[0]
        against = sparse.csr_array((n, n)) if against is None else against > 0
        self._against = (against + against.T).tocsr()
        free = (follows - follows.multiply(self._against)).tocsr()
        free.eliminate_zeros()
        self._follows, self._free, self._followed = follows, free, free.T.tocsr()
        self._ties, self._followers = np.diff(free.indptr), np.diff(self._followed.indptr)
        self._steps = _steps_to(self._followed, self._ties)
        self._fame = np.log(np.maximum(self._ties, 2))
        self._likeness, self._community = likeness, community
        self._is_hidden = np.zeros(n, bool) if is_hidden is None else is_hidden

    def suggested(
        self, people: Ints, k: int = 10, *, closed: Ints | None = None
    ) -> list[list[Suggestion]]:
        """Return up to ``k`` people for each of ``people``, the best first.

        Args:
            people: (p,) int64; one beyond the shape gets nobody.
            k: suggestions each, at most.
            closed: (c,) int64 people who are neither suggested nor count as friends of these now.
        Complexity: O(n) for each person, and no more than a bounded number of ties.
        """
        is_open = np.ones(self._free.shape[0], bool)
        if closed is not None:
            is_open[closed[closed < is_open.size]] = False
        return [
            self._best(one, self._candidates(one, is_open), k, is_open) for one in people.tolist()
        ]

    def friends(self, person: int) -> Ints:
        """Return whom a person follows, (f,) int; nobody where the person is beyond the shape."""
        return _row(self._free, person) if person < self._free.shape[0] else np.empty(0, np.int64)

    def _candidates(self, person: int, is_open: NDArray[np.bool_]) -> _Candidates:
        n = is_open.size
        if person >= n:
            nobody, no = np.empty(0, np.int64), np.empty(0, bool)
            return _Candidates(nobody, np.empty(0), np.empty(0, np.float32), no, no)
        common, twice = self._in_two_steps(person, is_open)
        like, unusual = self._alike(person)
        is_follower = np.zeros(n, bool)
        is_follower[_row(self._followed, person)] = True
        allowed = is_open & ~self._is_hidden
        allowed[person] = False
        for known in (self._follows, self._against):
            allowed[_row(known, person)] = False
        parts = [
            _highest(common * allowed, _FROM_FRIENDS),
            _highest(like * (allowed & (like >= unusual)), _FROM_TASTE),
            _highest((common + _LEAST) * (allowed & is_follower), _FROM_FOLLOWERS),
        ]
        numbers = np.unique(np.concatenate(parts))
        walked = self._steps[numbers] @ (twice * is_open)
        fair = common[numbers] / np.maximum(self._followers[numbers], 1)
        score = np.sqrt(fair) * (1 + n * walked)
        like = like[numbers]
        return _Candidates(numbers, score, like, like >= unusual, is_follower[numbers])

    def _in_two_steps(
        self, person: int, is_open: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return of everybody, (n,) each, Adamic and Adar's sum and the chance that a walk of two ties ends there.

        Both over the people followed who follow the fewest themselves.
        """
        friends = _row(self._free, person)
        friends = friends[is_open[friends]]
        n_friends = max(friends.size, 1)
        friends = friends[np.argsort(self._ties[friends], kind="stable")]
        steps = np.cumsum(self._ties[friends])
        friends = friends[steps <= max(_STEPS, steps[:1].sum())]
        rows, ties = self._free[friends], self._ties[friends]
        n = self._free.shape[0]
        weights = 1 / self._fame[friends], 1 / np.maximum(ties, 1) / n_friends
        common, chance = (np.bincount(rows.indices, np.repeat(one, ties), n) for one in weights)
        return np.asarray(common, np.float64), np.asarray(chance, np.float64)

    def _alike(self, person: int) -> tuple[Floats, float]:
        """Return (n,) the likeness of others to a person, 0 where it was not looked for, and what is unusual."""
        n = self._free.shape[0]
        like = np.zeros(n, np.float32)
        if self._likeness is None or not self._likeness[person].any():
            return like, np.inf
        group = -1 if self._community is None else self._community[person]
        members = np.arange(n) if group < 0 else np.flatnonzero(self._community == group)
        found = self._likeness[members] @ self._likeness[person]
        like[members] = found
        others = found[(members != person) & (found != 0)]
        if not others.size:
            return like, np.inf
        return like, max(float(others.mean() + _ALIKE * others.std()), _LEAST)

    def _best(
        self, person: int, found: _Candidates, k: int, is_open: NDArray[np.bool_]
    ) -> list[Suggestion]:
        order = np.lexsort((-found.like, ~found.is_follower, -found.score))[:k].tolist()
        if not order:
            return []
        is_friend = np.zeros(self._free.shape[0], bool)
        is_friend[_row(self._free, person)] = True
        is_friend &= is_open
        numbers, scores = found.numbers.tolist(), found.score.tolist()
        return [
            Suggestion(numbers[at], scores[at], self._reasons(is_friend, found, at)) for at in order
        ]

    def _reasons(
        self, is_friend: NDArray[np.bool_], found: _Candidates, at: int
    ) -> tuple[dict[str, Any], ...]:
        reasons: list[dict[str, Any]] = []
        common = _row(self._followed, found.numbers[at])
        common = common[is_friend[common]]
        if common.size:
            named = common[~self._is_hidden[common]]
            named = named[np.argsort(self._ties[named], kind="stable")][:_NAMED]
            people = tuple(named.tolist())
            reasons.append({"kind": "common_friends", "people": people, "count": common.size})
        if found.is_alike[at]:
            reasons.append({"kind": "taste", "likeness": float(found.like[at])})
        if found.is_follower[at]:
            reasons.append({"kind": "follows_you"})
        return tuple(reasons)


def _steps_to(followed: Any, ties: Ints) -> Any:
    """Return the (n, n) CSR of the chance of a step from each follower, the column, to the row's person.

    Of whom very many follow, every k-th follower stands for k.
    """
    sizes = np.diff(followed.indptr)
    every = 1 + sizes // _FOLLOWERS
    place = np.arange(followed.nnz) - np.repeat(followed.indptr[:-1], sizes)
    chance = (np.repeat(every, sizes) / ties[followed.indices]).astype(np.float32)
    is_kept = place % np.repeat(every, sizes) == 0
    starts = np.append(0, np.cumsum(-(-sizes // every)))
    kept = chance[is_kept], followed.indices[is_kept], starts
    return sparse.csr_array(kept, shape=followed.shape)


def _row(graph: Any, person: int | np.int64) -> Ints:
    """Return the columns of a row; quicker than to make a matrix of it."""
    columns: Ints = graph.indices[graph.indptr[person] : graph.indptr[person + 1]]
    return columns


def _highest(values: NDArray[Any], most: int) -> Ints:
    """Return where the highest values above 0 are, of equal ones the first."""
    above = np.flatnonzero(values > 0)
    return above[np.argsort(-values[above], kind="stable")[:most]]
