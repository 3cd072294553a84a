"""What a learner may see, and what its lists are judged by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.metrics import ndcg
from zhiyin.evaluation.ranking import ScoreRows, rank_lists
from zhiyin.evaluation.slices import restricted
from zhiyin.evaluation.splits import Split, split

_CELLS = 2**24  # scores in memory at a time

HoldOut = Callable[[Interactions, int], Split]
"""Interactions and a seed → what of them is held out."""


def hold_out(interactions: Interactions, seed: int) -> Split:
    """Hold out the last fifth by time, or at random where times are missing; see ``splits.split``."""
    return split(interactions.person, interactions.item, interactions.time_us, seed=seed)


@dataclass(frozen=True, slots=True, eq=False)
class TrainingData:
    """All that a learner may look at.

    Attributes:
        interactions: events with evidence.
        n_people: height of ``rows``.
        n_items: width of ``rows``.
        side: what is known beside the events, by name: ``ties``, ``text`` …
        later: events between training and the moment of the lists: nothing is fitted on them, but histories hold them.
        rows: (n_people, n_items) float32 CSR of strengths, made from the interactions.
        histories: (n_people, n_items) float32 CSR of what people have when lists are made for them: ``rows``, and what
            came later.
        order: (n_items,) int64, all items, those with more evidence first, of equal evidence the lower number.
    """

    interactions: Interactions
    n_people: int
    n_items: int
    side: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    later: Interactions | None = None
    rows: Any = field(init=False)
    histories: Any = field(init=False)
    order: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        rows = self.interactions.rows(self.n_people, self.n_items)
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "order", np.argsort(-rows.sum(axis=0), kind="stable"))
        if self.later is not None:
            rows = self.interactions.joined(self.later).rows(self.n_people, self.n_items)
        object.__setattr__(self, "histories", rows)

    def where(self, chosen: NDArray[np.bool_]) -> TrainingData:
        """Return the chosen events only, and nothing later; ``chosen`` is (e,) bool."""
        return replace(self, interactions=self.interactions.where(chosen), later=None)

    def touched(self) -> Any:
        """Return the (n_people, n_items) CSR of what people had to do with before their lists are made.

        It holds what ``histories`` do, and what was turned down.
        """
        events = self.interactions if self.later is None else self.interactions.joined(self.later)
        if (events.strength > 0).all():
            return self.histories
        return events.touched(self.n_people, self.n_items)

    def held_out(self, hold_out: HoldOut = hold_out, *, sample: int = 2000, seed: int = 0) -> Task:
        """Hide a part of the data, and judge by it at most ``sample`` people drawn at random."""
        return Task.of(self, hold_out(self.interactions, seed)).sampled(sample, seed)

    def beside(self, **side: Any) -> TrainingData:
        """Return the same with other things known beside the events; what is made of the events is shared."""
        other = copy(self)
        object.__setattr__(other, "side", {**self.side, **side})
        return other


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Training data, and hidden items that good lists find again.

    ``task.data.held_out()`` is a task made from the training data alone: whoever is given that one cannot reach what is
    hidden in the first, so parameters are chosen by it.

    Attributes:
        data: what a learner is fitted on.
        relevant: (n_people, n_items) float32 CSR, hidden, without what is in ``seen``.
        people: (p,) int64 who is judged: each has something relevant.
        seen: (n_people, n_items) CSR of what never enters a list; None where anything may.
        split: name of the split, see ``evaluation.splits``.
        offered: (n_items,) bool, what may enter a list at all; None where everything may.

    >>> one = np.zeros(5, np.int64)
    >>> plays = Interactions(one, np.arange(5), np.ones(5, np.float32), one)
    >>> task = Task.of(TrainingData(plays, n_people=1, n_items=5), hold_out(plays, 0))
    >>> task.split, task.data.rows.nnz, task.relevant.nnz
    ('per_person_random', 4, 1)
    """

    data: TrainingData
    relevant: Any
    people: NDArray[np.int64]
    seen: Any
    split: str
    offered: NDArray[np.bool_] | None = None

    @classmethod
    def of(cls, data: TrainingData, parts: Split, *, repeats: bool = False) -> Task:
        """Hide what a split holds out of the interactions of ``data``; see ``hiding``."""
        hidden = data.interactions.where(parts.test).rows(data.n_people, data.n_items)
        return cls.hiding(data.where(parts.train), hidden, parts.name, repeats=repeats)

    @classmethod
    def hiding(cls, data: TrainingData, hidden: Any, split: str, *, repeats: bool = False) -> Task:
        """Judge by ``hidden``, an (n_people, n_items) CSR.

        With ``repeats`` lists may hold what a person had before; without, that neither enters them nor is asked for,
        whatever the person had with it, and be it that it was turned down.
        """
        if repeats:
            return cls(data, hidden, np.flatnonzero(np.diff(hidden.indptr)), None, split)
        seen = data.touched()
        relevant = (hidden - hidden.multiply(seen.astype(bool))).tocsr()
        relevant.eliminate_zeros()
        people = np.flatnonzero(np.diff(relevant.indptr))
        return cls(data, relevant, people, seen, split)

    def offering(self, offered: NDArray[np.bool_]) -> Self:
        """Return the same with only some items on offer, (n_items,) bool, and only those to be found."""
        relevant = restricted(self.relevant, offered)
        people = np.intersect1d(self.people, np.flatnonzero(np.diff(relevant.indptr)))
        return replace(self, relevant=relevant, people=people, offered=offered)

    def sampled(self, most: int, seed: int = 0) -> Self:
        """Return the same task for at most ``most`` of its people, drawn at random, in order."""
        if self.people.size <= most:
            return self
        drawn = np.random.default_rng(seed).choice(self.people, most, replace=False)
        return replace(self, people=np.sort(drawn))

    def among(self, people: NDArray[np.int64]) -> Self:
        """Return the same task for some of its people only, (q,) int64."""
        return replace(self, people=people)

    def shortened(self, length: int, people: NDArray[np.int64], seed: int = 0) -> Self:
        """Return the task with the history of some people cut to a random part, judged on those people.

        Everybody else's stays whole. What was taken away is no candidate either, so that lists of different lengths
        are judged by the same items.

        Args:
            length: items left to a person, at most.
            people: (q,) int64 whose history is cut.
            seed: of the choice.
        """
        had = self.data.histories.tocoo()
        order = np.lexsort((np.random.default_rng(seed).random(had.nnz), had.row))
        owner = had.row[order]
        place = np.arange(owner.size) - np.searchsorted(owner, owner)
        n_items = self.data.n_items
        taken = np.isin(owner, people) & (place >= length)
        pairs = np.sort(owner[taken].astype(np.int64) * n_items + had.col[order][taken])

        def left(events: Interactions) -> Interactions:
            return events.where(~np.isin(events.person * n_items + events.item, pairs))

        later = None if self.data.later is None else left(self.data.later)
        data = replace(self.data, interactions=left(self.data.interactions), later=later)
        return replace(self, data=data, people=np.intersect1d(self.people, people))

    def lists(self, score_rows: ScoreRows, k: int) -> NDArray[np.int64]:
        """Return the (p, k) int64 list of each judged person by full ranking, see ``rank_lists``.

        Of equal scores the item with more evidence in the training data wins, then the lower number: who is not known
        gets what is popular, whatever the learner.
        """
        return rank_lists(
            score_rows,
            self.people,
            self.seen,
            k,
            offered=self.offered,
            order=self.data.order,
            batch=max(1, min(256, _CELLS // self.data.n_items)),
        )

    def ndcg(self, score_rows: ScoreRows, k: int) -> NDArray[np.float64]:
        """Return the full-ranking NDCG@k of each judged person, (p,) float64."""
        return ndcg(self.lists(score_rows, k), self.relevant[self.people])
