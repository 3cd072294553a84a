"""Which items of a history keep an item on the list: the smallest set without which it is not there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.asked import OF_HISTORY, Asked, Given
from zhiyin.errors import DataError

_RIVALS = 500  # items below the list that may take its last place
_SETS = 20_000  # sets of one size that are all tried
_VERIFIED = 3  # sets of one size that are scored again
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
    Complexity: about 5 r scorings for a set of r items, and 20,000 sets of a size tried by their parts; where people
        give parts of the scores, a scoring more for each item of the history.
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
    instead = search.ranked(search.scores_without(removed))[:n]
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

    def scores_without(self, gone: NDArray[np.int64]) -> NDArray[np.float32]:
        return self.model.scores(without_items(self.asked, gone))

    def smallest(
        self, ranked: NDArray[np.int64], scores: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], bool]:
        """Return the smallest set found, and whether it is known to be the smallest."""
        rivals = ranked[: self.n + 1 + _RIVALS]
        rivals = rivals[rivals != self.item]
        if rivals.size < self.n or not self.history.size:  # the list holds all there is
            return np.empty(0, np.int64), True
        lead = self._lead(scores, rivals)
        gains = self._gains(self.asked, rivals)
        limit = _ROUNDING * float(np.abs(scores).max())
        known, is_smallest = self._greedy(rivals, lead, gains, limit)
        for size in range(1, known.size or self.history.size + 1):
            sets, is_all = _sets(lead, gains, size, self.n, limit)
            for places in sets[:_VERIFIED]:
                if self._is_off(self.history[places]):
                    return self.history[places], is_smallest or size == 1
            is_smallest = is_smallest and is_all and len(sets) <= _VERIFIED
        return np.sort(known), is_smallest or known.size == 1

    def _is_off(self, gone: NDArray[np.int64]) -> bool:
        return self.item not in self.ranked(self.scores_without(gone))[: self.n]

    def _lead(self, scores: NDArray[np.float32], rivals: NDArray[np.int64]) -> NDArray[np.float64]:
        return scores[rivals].astype(np.float64) - float(scores[self.item])

    def _gains(self, asked: Asked, rivals: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return by how much the lead of each rival grows when an item goes, (h, len(rivals))."""
        ids = np.concatenate([[self.item], rivals])
        given = self.model.explain(asked, ids)
        if any(part.kind not in (*OF_HISTORY, "everybody") for part in given):
            # People's parts hang on the history too.
            lead = self._lead(self.model.scores(asked), rivals)
            fewer = (without_items(asked, one) for one in self.history[:, None])
            return np.stack([self._lead(self.model.scores(less), rivals) for less in fewer]) - lead
        parts = np.zeros((self.history.size, ids.size))
        for part in given:
            if part.kind != "everybody":
                inside = np.isin(part.ids, self.history)
                place = np.searchsorted(self.history, part.ids[inside])
                np.add.at(parts, place, part.amounts[inside])
        return parts[:, :1] - parts[:, 1:]

    def _greedy(
        self,
        rivals: NDArray[np.int64],
        lead: NDArray[np.float64],
        gains: NDArray[np.float64],
        limit: float,
    ) -> tuple[NDArray[np.int64], bool]:
        """Take away one item after another, then put back what need not go.

        Returns: the set, empty when even the whole history does not do it, and whether the parts foretold all scores.
        """
        gone = np.empty(0, np.int64)
        given = self.model.explain(self.asked, rivals[:1])
        is_foretold = all(part.kind != "order" for part in given)  # places in the order move up
        while gone.size < self.history.size:
            margin = _margins(lead + gains, self.n)
            margin[np.isin(self.history, gone)] = -np.inf
            chosen = int(np.argmax(margin))
            gone = np.append(gone, self.history[chosen])
            asked = without_items(self.asked, gone)
            scores = self.model.scores(asked)
            foretold, lead = lead + gains[chosen], self._lead(scores, rivals)
            if self.item not in self.ranked(scores)[: self.n]:
                return self._put_back(gone), is_foretold
            if np.abs(lead - foretold).max() > limit:
                is_foretold = False
                gains = self._gains(asked, rivals)
        return np.empty(0, np.int64), is_foretold

    def _put_back(self, gone: NDArray[np.int64]) -> NDArray[np.int64]:
        for one in gone[:-1].tolist():
            fewer = gone[gone != one]
            if self._is_off(fewer):
                gone = fewer
        return gone


def _margins(lead: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return the n-th highest of each row of leads: above 0 when n rivals are ahead."""
    return np.asarray(np.partition(lead, -n, axis=1)[:, -n])


def _sets(
    lead: NDArray[np.float64], gains: NDArray[np.float64], size: int, n: int, limit: float
) -> tuple[NDArray[np.int64], bool]:
    """Return sets of one size that may put n rivals ahead, the surest first, and whether there are no others.

    For one rival the best set is the items with the highest gains. Where fewer than n rivals can be ahead even with the
    best set of each, there is no set.

    Args:
        lead: (m,) float64 score of each rival above that of the item.
        gains: (h, m) float64, what is added to the lead when an item of the history goes.
        size: of the sets.
        n: length of the list.
        limit: rounding of a lead.
    Returns: (k, size) int64 ascending places in the history, and the answer.
    """
    best = np.argsort(-gains, axis=0, kind="stable")[:size]
    able = lead + np.take_along_axis(gains, best, 0).sum(axis=0) >= -limit
    if able.sum() < n:
        return np.empty((0, size), np.int64), True
    lead, gains = lead[able], gains[:, able]
    is_all = comb(len(gains), size) <= _SETS
    if is_all:
        sets = np.array(list(combinations(range(len(gains)), size)), np.int64)
    else:
        sets = np.unique(np.sort(best[:, able].T, axis=1), axis=0)
    margin = np.empty(len(sets))
    for start in range(0, len(sets), _AT_ONCE):
        part = sets[start : start + _AT_ONCE]
        after = lead + sum(gains[part[:, place]] for place in range(size))
        margin[start : start + _AT_ONCE] = _margins(after, n)
    order = np.argsort(-margin, kind="stable")
    return sets[order[margin[order] >= -limit]], is_all
