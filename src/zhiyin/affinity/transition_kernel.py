"""What follows what: a decayed count of transitions in both directions, scaled by how often items come and go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.csr import csr_arrays, csr_from
from zhiyin.affinity.sequence_baselines import in_sequence
from zhiyin.core.interactions import Interactions

PLACES = 20
"""Items of the latest past that are listened to."""

_UNIT = 1024  # weights are whole 1024ths, so float32 sums are exact up to 16,384 a pair


def transition_counts(
    events: Interactions,
    n_items: int,
    *,
    window: int = 12,
    backward: float = 0.2,
    gap_power: float = 0.35,
) -> Any:
    """Return how often items stood near one another in people's sequences, nearer ones counting more.

    A pair g places apart in one person's sequence counts ``g ** -gap_power`` from the earlier item to the later one, and
    ``backward`` times that from the later to the earlier, both rounded to whole 1024ths. So the counts of two sets of
    people add up to those of both, and can be taken away again, to the last bit.

    Args:
        events: of all people, put in order by person and time.
        n_items: height and width of the answer; items at or above it hold their place and are not counted.
        window: largest distance in places.
        backward: weight of the way back, 0 for the order of time alone.
        gap_power: 0 counts all of the window alike, 1 halves what is two places away.
    Returns: (n_items, n_items) float32 CSR, row i = what is near i; an item is not near itself.
    Complexity: O(window e) entries before equal pairs are summed.
    """
    events, after = in_sequence(events)
    total = sparse.csr_array((n_items, n_items), dtype=np.float32)
    for gap in range(1, min(window, int(after.max(initial=0))) + 1):
        earlier = np.flatnonzero(after >= gap)
        one, two = events.item[earlier], events.item[earlier + gap]
        counted = (one != two) & (np.maximum(one, two) < n_items)
        entries = (np.ones(int(counted.sum()), np.float32), (one[counted], two[counted]))
        pairs = sparse.csr_array(entries, shape=total.shape)
        weight = gap**-gap_power
        total = total + _rounded(weight) * pairs + _rounded(backward * weight) * pairs.T.tocsr()
    total.eliminate_zeros()
    return total


def _rounded(weight: float) -> np.float32:
    return np.float32(round(weight * _UNIT) / _UNIT)


def transition_kernel(
    counts: Any, *, row_power: float = 0.3, column_power: float = 0.1, shrinkage: float = 1.0
) -> Any:
    """Return counts divided by powers of what leaves the one item and what reaches the other.

    Args:
        counts: (n_items, n_items) float32 CSR of ``transition_counts``.
        row_power: 0 leaves popular items of a history their weight, 1 makes shares of each.
        column_power: 0 favours items that everything leads to, 1 punishes them.
        shrinkage: added to both sums, so that what rests on few events stays small.
    Returns: (n_items, n_items) float32 CSR.
    """
    leaving = (counts.sum(axis=1) + shrinkage) ** -row_power
    reaching = (counts.sum(axis=0) + shrinkage) ** -column_power
    scaled = sparse.diags_array(leaving) @ counts @ sparse.diags_array(reaching)
    return scaled.tocsr().astype(np.float32)


@dataclass(frozen=True, slots=True)
class Order:
    """How transitions are counted, scaled and listened to.

    Attributes:
        window: see ``transition_counts``, as for the next two.
        backward: see there.
        gap_power: see there.
        row_power: see ``transition_kernel``, as for the next.
        column_power: see there.
        decay: what an item of the past counts of what the next one counts.

    >>> Order(decay=0.5).window
    12
    """

    window: int = 12
    backward: float = 0.2
    gap_power: float = 0.35
    row_power: float = 0.3
    column_power: float = 0.1
    decay: float = 0.6

    def counts(self, events: Interactions, n_items: int) -> Any:
        """Return the ``transition_counts``."""
        return transition_counts(
            events,
            n_items,
            window=self.window,
            backward=self.backward,
            gap_power=self.gap_power,
        )


@dataclass(frozen=True, slots=True, eq=False)
class TransitionModel:
    """Scores what comes next by the latest items alone, so that nobody need be known.

    Counts are kept as they are and scaled when they are asked, so that events can be added and taken away exactly.

    Attributes:
        counts: (n_items, n_items) float32 CSR of ``transition_counts``.
        order: how they came about and what is made of them.

    >>> times = np.arange(3)
    >>> events = Interactions(np.zeros(3, np.int64), times, np.ones(3, np.float32), times)
    >>> model = TransitionModel.fit(events, 3)
    >>> nobody = Asked(times[:0], np.ones(0, np.float32), recent=np.array([0]))
    >>> model.scores(nobody).argsort().tolist()
    [0, 2, 1]
    """

    counts: Any
    order: Order = field(default_factory=Order)
    _leaving: NDArray[np.float32] = field(init=False, repr=False)
    _reaching: NDArray[np.float32] = field(init=False, repr=False)

    name: ClassVar[str] = "transitions"

    def __post_init__(self) -> None:
        for scale, axis, power in (
            ("_leaving", 1, self.order.row_power),
            ("_reaching", 0, self.order.column_power),
        ):
            scaled = (self.counts.sum(axis=axis, dtype=np.float64) + 1) ** -power
            object.__setattr__(self, scale, scaled.astype(np.float32))

    @classmethod
    def fit(cls, events: Interactions, n_items: int, order: Order | None = None) -> TransitionModel:
        """Count the transitions of all people."""
        order = order or Order()
        return cls(order.counts(events, n_items), order)

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return int(self.counts.shape[0])

    def update(self, events: Interactions, beside: Interactions | None = None) -> TransitionModel:
        """Return the model with more events.

        Args:
            events: to be counted.
            beside: all other events of the same people, which are counted already; new people have none.
        Complexity: that of ``transition_counts`` for these people, and one copy of the counts.
        """
        return self._changed(1, events, beside)

    def without(self, events: Interactions, beside: Interactions | None = None) -> TransitionModel:
        """Return the model as if events had never been.

        Args:
            events: counted before.
            beside: all other events of the same people, which stay; None when these people leave altogether.
        """
        return self._changed(-1, events, beside)

    def _changed(
        self, sign: int, events: Interactions, beside: Interactions | None
    ) -> TransitionModel:
        together = events if beside is None else beside.joined(events)
        change = self.order.counts(together, self.n_items)
        if beside is not None:
            change = change - self.order.counts(beside, self.n_items)
        counts = (self.counts + np.float32(sign) * change).tocsr()
        counts.eliminate_zeros()
        return TransitionModel(counts, self.order)

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``; whoever has no recent items gets 0 for all."""
        items, weights = self._listened(asked)
        total = np.zeros(self.n_items, np.float32)
        indptr, indices, data = self.counts.indptr, self.counts.indices, self.counts.data
        for item, weight in zip(items.tolist(), weights, strict=True):
            row = slice(indptr[item], indptr[item + 1])
            total[indices[row]] += weight * data[row]
        return total * self._reaching

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``: what each of the latest items gave, kind ``order``."""
        items, weights = self._listened(asked)
        amounts = np.zeros((items.size, ids.size), np.float32)
        inside = np.flatnonzero(ids < self.n_items)
        part = self.counts[items][:, ids[inside]].toarray()
        amounts[:, inside] = weights[:, None] * part * self._reaching[ids[inside]]
        return [Given("order", items, amounts)]

    def _listened(self, asked: Asked) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the distinct latest items that are known, and what their counts are multiplied by."""
        recent = asked.recent[:PLACES]
        known = recent < self.n_items
        items, place = np.unique(recent[known], return_inverse=True)
        weights = np.bincount(place, self.order.decay ** np.flatnonzero(known), items.size)
        return items, (weights * self._leaving[items]).astype(np.float32)

    def kernel(self) -> Any:
        """Return the (n_items, n_items) float32 CSR of ``transition_kernel``, for many people at a time."""
        return transition_kernel(
            self.counts,
            row_power=self.order.row_power,
            column_power=self.order.column_power,
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        order = [getattr(self.order, name) for name in Order.__slots__]
        return {**csr_arrays("counts", self.counts), "order": np.array(order, np.float64)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> TransitionModel:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        n_items = arrays["counts_indptr"].size - 1
        window, *others = arrays["order"].tolist()
        counts = csr_from("counts", arrays, (n_items, n_items))
        return cls(counts, Order(int(window), *others))
