"""What rises: what everybody, a city or a group of people does lately, against what its own past lets expect."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.csr import csr_arrays, csr_from, row_of
from zhiyin.core import NO_TIME
from zhiyin.portraits.groups import SMALLEST
from zhiyin.portraits.sums import DAY_US
from zhiyin.portraits.weights import BUY

LATELY_DAYS, PAST_DAYS = 7.0, 60.0
"""Half-lives of what is going on, and of what is usual."""
_CALM = 5 * BUY  # by which both are raised before they are compared
_EVERYBODY = 0.05  # part of what everybody does that counts for each group
_MOST = 900.0  # half-lives after the training, from where on all weighs alike
_LEAST = 0.01  # less is forgotten
_MOST_KEPT = 64  # groups whose sums are kept as arrays


class Rise(NamedTuple):
    """How hot items are for a group.

    Attributes:
        item: (r,) int64 ascending, what was done anything with lately.
        share: (r,) float64 of what goes on in the group lately, times the rise.
        rise: (r,) float64 how many times what was to be expected.
    """

    item: NDArray[np.int64]
    share: NDArray[np.float64]
    rise: NDArray[np.float64]


@dataclass(slots=True, eq=False)
class Trend:
    """Decayed sums of events, by group of people and item, that new events are added to.

    A group's ``lately`` F and ``past`` B are sums of the weights of its events, a look at an item being 1, halved every 7 and
    every 60 days, with a twentieth of everybody's. Expected is E = B · ΣF / ΣB, so that a week in which all goes well raises
    nothing; the rise is (F + c) / (E + c) with c of five purchases, and what is hot has a high F · rise.

    Attributes:
        groups: (g,) str, ``EVERYBODY`` first; each has at least ten people.
        member: (n_people, g) float32 CSR of ones.
        lately: (g, n_items) float32 CSR, as of ``ref_us``.
        past: (g, n_items) float32 CSR, the same columns.
        delicate: (n_items,) bool, of which only everybody together may be told.
        ref_us: of the latest event.
    """

    groups: NDArray[np.str_]
    member: Any
    lately: Any
    past: Any
    delicate: NDArray[np.bool_]
    ref_us: int
    _new: dict[int, dict[int, tuple[float, float]]] = field(default_factory=dict)
    _folded: int = 0
    _known: dict[int, tuple[int, NDArray[np.float64]]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        events: Iterable[tuple[NDArray[Any], ...]],
        groups: NDArray[np.str_],
        member: Any,
        delicate: NDArray[np.bool_],
        ref_us: int,
    ) -> Self:
        """Sum up events.

        Args:
            events: chunks of person, item, weight, and time in microseconds or ``NO_TIME``; an event without a
                time, against its item, or of somebody or something newer than the groups counts for nothing.
            groups: names, `EVERYBODY` first.
            member: (n_people, g) CSR of ones.
            delicate: (n_items,) bool, see above.
            ref_us: of the latest event.
        Complexity: O(events), and for each group the distinct items of its people.
        """
        shape = member.shape[0], delicate.size
        sums = [sparse.csr_array(shape, dtype=np.float32) for _ in range(2)]
        for person, item, weight, time_us in events:
            kept = (time_us != NO_TIME) & (weight > 0) & (person < shape[0]) & (item < shape[1])
            age_days = (time_us[kept] - ref_us) / -DAY_US
            for place, life in enumerate((LATELY_DAYS, PAST_DAYS)):
                left = (weight[kept] * 0.5 ** (age_days / life)).astype(np.float32)
                sums[place] += sparse.csr_array((left, (person[kept], item[kept])), shape=shape)
        lately, past = (_entries(member.T @ summed) for summed in sums)
        recent = np.zeros(past.nnz, np.float32)
        recent[np.searchsorted(_keys(past), _keys(lately))] = lately.data
        told = (past.data >= _LEAST) & ((past.row == 0) | ~delicate[past.col])
        at = past.row[told], past.col[told]
        recent, before = (
            sparse.csr_array((data[told], at), shape=past.shape) for data in (recent, past.data)
        )
        return cls(groups, member, recent, before, delicate, ref_us)

    def fold(self, person: int, item: int, weight: float, time_us: int) -> None:
        """Add an event to everybody's sums and to those of the person's groups, at once.

        Args:
            person: a number; who is newer than the training is in no group but everybody.
            item: a number.
            weight: as ``event_weights`` gives it; at or below 0 it counts for nothing.
            time_us: of the event; what lies in the future is taken for now.
        """
        if time_us == NO_TIME or weight <= 0:
            return
        days = (min(time_us, max(time.time_ns() // 1000, self.ref_us)) - self.ref_us) / DAY_US
        lately, past = (2.0 ** min(days / life, _MOST) for life in (LATELY_DAYS, PAST_DAYS))
        is_known = (
            person < self.member.shape[0] and item < self.delicate.size and not self.delicate[item]
        )
        for group in self.of_person(person) if is_known else [0]:
            sums = self._new.setdefault(group, {})
            had = sums.get(item, (0.0, 0.0))
            sums[item] = had[0] + weight * lately, had[1] + weight * past
        self._folded += 1

    def fold_all(
        self,
        person: NDArray[np.int64],
        item: NDArray[np.int64],
        weight: NDArray[np.floating[Any]],
        time_us: NDArray[np.int64],
    ) -> None:
        """Add many events, see ``fold``; each argument is (e,)."""
        columns = (column.tolist() for column in (person, item, weight, time_us))
        for event in zip(*columns, strict=True):
            self.fold(*event)

    def of_person(self, person: int) -> list[int]:
        """Return the places of a person's groups in ``groups``, everybody first."""
        if person >= self.member.shape[0]:
            return [0]
        places: list[int] = row_of(self.member, person)[0].tolist()
        return places

    def kind(self, group: int) -> str:
        """Return what a group has in common, such as ``city``."""
        return str(self.groups[group]).partition(":")[0]

    def named(self, names: Sequence[str]) -> list[int]:
        """Return the places of those groups that there are."""
        return np.flatnonzero(np.isin(self.groups, list(names))).tolist()

    def rise(self, group: int, now_us: int) -> Rise:
        """Return how hot items are for a group as of a moment.

        Complexity: O(items that the group had to do with), for any group but the first with those of everybody.
        """
        everybody = self._sums(0)
        item = np.flatnonzero(everybody.any(axis=0))
        sums = everybody
        if group:
            sums = self._sums(group, everybody.shape[1]) + _EVERYBODY * everybody
        lately, past = sums[:, item]
        faded = 0.5 ** ((now_us - self.ref_us) / (DAY_US * LATELY_DAYS))
        expected = past * (lately.sum() / max(past.sum(), 1e-12))
        rise = (faded * lately + _CALM) / (faded * expected + _CALM)
        share = lately / max(lately.sum(), 1e-12)
        return Rise(item, share * rise, rise)

    def _sums(self, group: int, size: int = 0) -> NDArray[np.float64]:
        """Return (2, n) what was done with each item lately, and what before, as of ``ref_us``; n is at least ``size``."""
        folded, (known, found) = self._folded, self._known.get(group, (-1, _NOTHING))
        if known == folded and found.shape[1] >= size:
            return found
        new = list(self._new.get(group, {}).items())
        numbers = np.array([number for number, _ in new], np.int64)
        sums = np.zeros((2, max(size, self.delicate.size, int(numbers.max(initial=-1)) + 1)))
        for place, matrix in enumerate((self.lately, self.past)):
            item, amounts = row_of(matrix, group)
            sums[place, item] = amounts
        if new:
            sums[:, numbers] += np.array([more for _, more in new]).T
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[group] = folded, sums
        return sums

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot: as of the training."""
        plain = {"groups": self.groups, "delicate": self.delicate, "ref_us": np.array(self.ref_us)}
        matrices = (csr_arrays(name, getattr(self, name)) for name in _CSR)
        return plain | {name: array for arrays in matrices for name, array in arrays.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Open what ``arrays`` gave, without copying."""
        groups, delicate = arrays["groups"], arrays["delicate"]
        shape = len(groups), len(delicate)
        member = csr_from("member", arrays, (len(arrays["member_indptr"]) - 1, shape[0]))
        lately, past = (csr_from(name, arrays, shape) for name in _CSR[1:])
        return cls(groups, member, lately, past, delicate, int(arrays["ref_us"]))


_NOTHING = np.empty((2, 0))
_CSR = ("member", "lately", "past")


def _entries(matrix: Any) -> Any:
    """Return a sparse array as COO, row by row, columns ascending."""
    rows = sparse.csr_array(matrix)
    rows.sort_indices()
    return rows.tocoo()


def _keys(matrix: Any) -> NDArray[np.int64]:
    return np.asarray(matrix.row.astype(np.int64) * matrix.shape[1] + matrix.col)


def with_communities(
    groups: NDArray[np.str_], member: Any, community: NDArray[np.int64]
) -> tuple[NDArray[np.str_], Any]:
    """Return groups and who is in them, with the communities of at least ten people as ``community:number``.

    Args:
        groups: (g,) as ``read_groups`` gives them.
        member: (n_people, g) CSR of ones.
        community: (n_people,) numbers, -1 for none.
    """
    known = np.flatnonzero(community >= 0)
    size = np.bincount(community[known], minlength=1)
    kept = np.flatnonzero(size >= SMALLEST)
    known = known[size[community[known]] >= SMALLEST]
    place = np.searchsorted(kept, community[known])
    ones = np.ones(known.size, np.float32)
    more = sparse.csr_array((ones, (known, place)), shape=(member.shape[0], kept.size))
    whole = sparse.csr_array(sparse.hstack([member, more], format="csr"))
    whole.sort_indices()
    names = [f"community:{number}" for number in kept.tolist()]
    return np.array([*groups.tolist(), *names], np.str_), whole
