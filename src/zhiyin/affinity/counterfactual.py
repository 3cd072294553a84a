"""Which items of a history keep an item on the list: the smallest set without which it is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.asked import OF_HISTORY, Asked, Given
from zhiyin.errors import DataError

_RIVALS = 500  # items below the list that may take its last place
_SETS = 20_000  # sets of one size that are all tried
_VERIFIED = 3  # sets of one size that are scored again
_TIED = 50  # likewise where all are within rounding: which of equal scores is in front, their numbers decide
_AT_ONCE = 1000
_ROUNDING = 1e-4  # of sums of parts, in units of the largest score


class ExplainedModel(Protocol):
    """Scores all items, and says what gave the scores; every affinity model does."""

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """Return the (n_items,) float32 scores of all items."""

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """Return the parts of the scores of some items."""


@dataclass(frozen=True, slots=True, eq=False)
class Counterfactual:
    """What would have kept an item off the list.

    Attributes:
        removed: (r,) int64 items of the history, ascending; empty when no set was found.
        instead: (d,) int64 items that come onto the list then, best first.
        is_smallest: no smaller set does it, and if ``removed`` is empty no set at all, as far as the 500 best rivals
            tell; False where that is not known, or where what is left would give other parts than before.
    """

    removed: NDArray[np.int64]
    instead: NDArray[np.int64]
    is_smallest: bool


def without_items(asked: Asked, gone: NDArray[np.int64]) -> Asked:
    """Return the same person as if some items had never been in the history."""
    stays = ~np.isin(asked.items, gone)
    recent = asked.recent[~np.isin(asked.recent, gone)]
    return replace(asked, items=asked.items[stays], weights=asked.weights[stays], recent=recent)


def counterfactual(
    model: ExplainedModel,
    asked: Asked,
    item: int,
    n: int,
    candidates: NDArray[np.int64] | None = None,
) -> Counterfactual:
    """Find the smallest set of history items whose removal takes an item off the list of n.

    A list holds the n highest scores, of equal ones those with lower numbers. What is removed does not come onto the
    list itself. A set is answered only after the model has scored without it and the item was gone.

    Args:
        model: what makes the list.
        asked: whose list.
        item: on the list.
        n: length of the list.
        candidates: (c,) int64 distinct items the list is chosen from; all that are not in the history when not given.
    Raises: DataError when the item is not on the list.
    Complexity: O(h 500 log h) and O(500²) for each size of sets, h items being in the history, 20,000 sets of a size
        tried by their parts, and O(log h) scorings; where parts do not add up to the scores of what is left, 2 r for a set
        of r items; where people give parts, up to h scorings more a step.
    References: Tan et al., CIKM 2021 (counterfactual explanations); Ghazimatin et al., WSDM 2020 (PRINCE).

    >>> from zhiyin.affinity.item_weights import ItemWeights
    >>> weights = np.zeros((4, 4), np.float32)
    >>> weights[0, 2], weights[1, 3] = 2.0, 1.0
    >>> counterfactual(ItemWeights("ease", weights), Asked.of([0, 1]), item=2, n=1).removed.tolist()
    [0]
    """
    scores = model.scores(asked)
    history = np.union1d(asked.items, asked.recent)
    if candidates is None:
        candidates = np.setdiff1d(np.arange(scores.size), history)
    search = _Search(model, asked, item, n, candidates, history)
    ranked = search.ranked(scores)
    if item not in ranked[:n]:
        raise DataError(
            f"item {item} is not on the list of {n}",
            where="affinity.counterfactual",
            expected=f"one of {ranked[:n].tolist()}",
            next_step="ask for an item of the list",
        )
    removed, is_smallest = search.smallest(ranked, scores)
    instead = search.ranked(model.scores(without_items(asked, removed)))[:n]
    return Counterfactual(removed, instead[~np.isin(instead, ranked[:n])], is_smallest)


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    model: ExplainedModel
    asked: Asked
    item: int
    n: int
    candidates: NDArray[np.int64]
    history: NDArray[np.int64]

    def ranked(self, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the candidates, best first."""
        return self.candidates[np.lexsort((self.candidates, -scores[self.candidates]))]

    def _scores_without(self, gone: NDArray[np.int64]) -> NDArray[np.float32]:
        """Score without some places of the history."""
        return self.model.scores(without_items(self.asked, self.history[gone]))

    def smallest(
        self, ranked: NDArray[np.int64], scores: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], bool]:
        """Return the smallest set found, and whether it is known to be the smallest."""
        rivals = ranked[: self.n + 1 + _RIVALS]
        rivals = rivals[rivals != self.item]
        if rivals.size < self.n or not self.history.size:  # the list holds all there is
            return np.empty(0, np.int64), True
        lead = self._lead(scores, rivals)
        gains, is_foretold = self._gains(self.asked, rivals)
        limit = _ROUNDING * float(np.abs(scores).max())
        known, is_smallest = self._greedy(rivals, lead, gains, limit, is_foretold)
        largest = known.size - 1 if known.size else self.history.size
        for sets, is_all in _sets(lead, gains, largest, self.n, limit):
            for places in sets:
                if self._is_off(self._scores_without(places)):
                    return self.history[places], is_smallest or places.size == 1
            is_smallest = is_smallest and is_all
        return np.sort(self.history[known]), is_smallest or known.size == 1

    def _is_off(self, scores: NDArray[np.float32]) -> bool:
        own, theirs = scores[self.item], scores[self.candidates]
        ahead = (theirs > own) | ((theirs == own) & (self.candidates < self.item))
        return int(np.count_nonzero(ahead)) >= self.n

    def _lead(self, scores: NDArray[np.float32], rivals: NDArray[np.int64]) -> NDArray[np.float64]:
        return scores[rivals].astype(np.float64) - float(scores[self.item])

    def _gains(self, asked: Asked, rivals: NDArray[np.int64]) -> tuple[NDArray[np.float64], bool]:
        """Return by how much the lead of each rival grows when an item goes, (h, len(rivals)), and whether gains add up."""
        ids = np.concatenate([[self.item], rivals])
        given = self.model.explain(asked, ids)
        adds_up = all(part.kind != "order" for part in given)  # places in the order move up
        if any(part.kind not in (*OF_HISTORY, "everybody") for part in given):
            # People's parts hang on the history too.
            lead = self._lead(self.model.scores(asked), rivals)
            fewer = (without_items(asked, one) for one in self.history[:, None])
            after = np.stack([self._lead(self.model.scores(less), rivals) for less in fewer])
            return after - lead, adds_up
        parts = np.zeros((self.history.size, ids.size))
        for part in given:
            if part.kind != "everybody":
                inside = np.isin(part.ids, self.history)
                place = np.searchsorted(self.history, part.ids[inside])
                own = (np.ones(place.size), (place, np.flatnonzero(inside)))
                shape = (self.history.size, part.ids.size)
                parts += sparse.csr_array(own, shape=shape) @ part.amounts
        return parts[:, :1] - parts[:, 1:], adds_up

    def _greedy(
        self,
        rivals: NDArray[np.int64],
        lead: NDArray[np.float64],
        gains: NDArray[np.float64],
        limit: float,
        is_foretold: bool,
    ) -> tuple[NDArray[np.int64], bool]:
        """Take away one item after another, then put back what need not go.

        As long as the parts foretell the scores, these are only looked at when 1, 2, 4, 8 … items are gone or left, and
        where the parts say that the item is off. Where they show something else, or that the item was off before, the way
        is gone again from where they were last seen, one scoring a step.

        Returns: (r,) int64 places in the history, empty when even the whole of it does not do it, and whether the parts
            foretold all scores.
        """
        gone, left = np.empty(0, np.int64), np.arange(self.history.size)
        seen, seen_lead, most, is_trusted = 0, lead, gains.max(axis=0), is_foretold
        while left.size:
            one = _surest(lead, gains, most, left, self.n)
            gone, left = np.append(gone, one), left[left != one]
            foretold = lead + gains[one]
            is_hidden = bool(_margins(foretold[None], self.n)[0] < -limit)
            is_milestone = not (gone.size & (gone.size - 1) and left.size & (left.size - 1))
            if is_trusted and is_hidden and not is_milestone:
                lead = foretold
                continue
            scores = self._scores_without(gone)
            lead, is_off = self._lead(scores, rivals), self._is_off(scores)
            is_told = bool(np.abs(lead - foretold).max() <= limit)
            if gone.size > seen + 1 and (
                not is_told
                or (is_off and (is_hidden or self._is_off(self._scores_without(gone[:-1]))))
            ):
                left = np.setdiff1d(np.arange(self.history.size), gone[:seen])
                gone, lead, is_trusted = gone[:seen], seen_lead, False
                continue
            if is_off:
                limit = limit if is_trusted else np.inf
                return self._put_back(gone, lead, gains, limit), is_foretold
            if not is_told:
                is_foretold = is_trusted = False
                gains, _ = self._gains(without_items(self.asked, self.history[gone]), rivals)
            seen, seen_lead, most = gone.size, lead, gains[left].max(axis=0, initial=-np.inf)
            if is_trusted and self._is_hopeless(lead, gains[left], limit):
                break
        return np.empty(0, np.int64), is_foretold

    def _is_hopeless(
        self, lead: NDArray[np.float64], gains: NDArray[np.float64], limit: float
    ) -> bool:
        """Say whether nothing that is left can put n rivals ahead, nor the loss of the whole history anybody."""
        most = lead + np.maximum(gains, 0).sum(axis=0)
        is_none = int(np.count_nonzero(most >= -limit)) < self.n
        return is_none and not self._is_off(self._scores_without(np.arange(self.history.size)))

    def _put_back(
        self,
        gone: NDArray[np.int64],
        lead: NDArray[np.float64],
        gains: NDArray[np.float64],
        limit: float,
    ) -> NDArray[np.int64]:
        """Return what of a set must go; where a margin is further from 0 than ``limit``, it is believed without scoring."""
        left = gone
        for one in gone[:-1]:
            fewer, after = left[left != one], lead - gains[one]
            margin = _margins(after[None], self.n)[0]
            if margin > limit or (margin >= -limit and self._is_off(self._scores_without(fewer))):
                left, lead = fewer, after
        if np.isfinite(limit) and not self._is_off(self._scores_without(left)):
            return self._put_back(gone, lead, gains, np.inf)
        return left


def _margins(lead: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return the n-th highest of each row of leads: above 0 when n rivals are ahead."""
    return np.asarray(np.partition(lead, -n, axis=1)[:, -n])


def _ahead(lead: NDArray[np.float64], bound: float) -> NDArray[np.int32]:
    """Return how many of each row of leads are at or above a bound; numpy's count of bool takes twice as long."""
    return np.asarray((lead >= bound).view(np.int8).sum(axis=1, dtype=np.int32))


def _surest(
    lead: NDArray[np.float64],
    gains: NDArray[np.float64],
    most: NDArray[np.float64],
    left: NDArray[np.int64],
    n: int,
) -> int:
    """Return the item left whose going makes the n-th highest lead highest, of equal ones the first.

    The n rivals in front bound it from below; only rivals and items that may reach this bound are compared.

    Args:
        lead: (m,) float64.
        gains: (h, m) float64.
        most: (m,) float64 that no gain by an item left is above.
        left: (k,) int64 ascending places in the history.
        n: length of the list.
    """
    front = np.argpartition(lead, -n)[-n:]
    bound = (lead[front] + gains[np.ix_(left, front)]).min(axis=1).max()
    near = np.flatnonzero(lead + most >= bound)
    after = lead[near] + gains[np.ix_(left, near)]
    able = np.flatnonzero(_ahead(after, bound) >= n)
    return int(left[able[np.argmax(_margins(after[able], n))]])


def _sets(
    lead: NDArray[np.float64], gains: NDArray[np.float64], largest: int, n: int, limit: float
) -> Iterator[tuple[NDArray[np.int64], bool]]:
    """Give the surest sets that may put n rivals ahead, size by size, and whether there are no others of a size.

    For one rival the best set is the items with the highest gains. Where fewer than n rivals can be ahead even with the
    best set of each, there is no set, and the size is left out.

    Args:
        lead: (m,) float64 score of each rival above that of the item.
        gains: (h, m) float64, what is added to the lead when an item of the history goes.
        largest: size of the sets.
        n: length of the list.
        limit: rounding of a lead.
    Yields: (k, size) int64 ascending places in the history, k at most 3, of sets within rounding 50; and the answer.
    """
    if not largest:
        return
    h = len(gains)
    best = np.argsort(-gains.T, axis=1, kind="stable")[:, :largest]  # (m, largest)
    is_able = lead[:, None] + np.cumsum(np.take_along_axis(gains.T, best, 1), axis=1) >= -limit
    ever = is_able.any(axis=1)
    lead, gains, best, is_able = lead[ever], gains[:, ever], best[ever], is_able[ever]
    marks = np.random.default_rng(0).integers(2**63, size=h, dtype=np.uint64)
    names = np.cumsum(marks[best], axis=1)  # the same set of items, the same name
    after = np.tile(lead, (lead.size, 1))  # (m, m): leads without the best set of each rival
    for size in range(1, largest + 1):
        after += gains[best[:, size - 1]]
        if np.count_nonzero(is_able[:, size - 1]) < n:
            continue
        if comb(h, size) <= _SETS:
            every = np.array(list(combinations(range(h), size)), np.int64)
            sets, margins = _able_sets(every, lead, gains, n, limit)
        else:
            ahead = np.flatnonzero(_ahead(after, -limit) >= n)
            ahead = ahead[np.unique(names[ahead, size - 1], return_index=True)[1]]
            sets, margins = best[ahead, :size], _margins(after[ahead], n)
        most = _VERIFIED if margins.max(initial=0) > limit else _TIED
        yield _first(sets, margins, most), comb(h, size) <= _SETS and len(sets) <= most


def _able_sets(
    sets: NDArray[np.int64],
    lead: NDArray[np.float64],
    gains: NDArray[np.float64],
    n: int,
    limit: float,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return those of the (k, size) sets that may put n rivals ahead, and the n-th highest lead of each."""
    able, margins = [], []
    for start in range(0, len(sets), _AT_ONCE):
        part = sets[start : start + _AT_ONCE]
        after = _lead_without(part, lead, gains)
        may = _ahead(after, -limit) >= n
        able.append(part[may])
        margins.append(_margins(after[may], n))
    return np.concatenate(able), np.concatenate(margins)


def _lead_without(
    sets: NDArray[np.int64], lead: NDArray[np.float64], gains: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the leads without each of the (k, size) sets, (k, m)."""
    if 2 * sets.shape[1] > len(gains):  # fewer stay than go
        stays = np.ones((len(sets), len(gains)), bool)
        np.put_along_axis(stays, sets, False, axis=1)
        lead, gains = lead + gains.sum(axis=0), -gains
        sets = np.nonzero(stays)[1].reshape(len(sets), -1)
    nothing = np.zeros((len(sets), lead.size))
    return lead + sum((gains[places] for places in sets.T), start=nothing)


def _first(sets: NDArray[np.int64], margins: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Return at most so many of the surest sets, each ascending; of equally sure ones those of the first items."""
    least = np.sort(margins)[-most:][:1]
    kept = np.flatnonzero(margins >= least) if least.size else np.empty(0, np.int64)
    sets, margins = np.sort(sets[kept], axis=1), margins[kept]
    return sets[np.lexsort((*sets.T[::-1], -margins))[:most]]
