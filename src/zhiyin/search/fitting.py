"""Holds hits to what a query asks for, and gives that up step by step where too few items have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.scripts import fold
from zhiyin.search.constraints import ORDER, SURE, Constraint, constraints, levels
from zhiyin.search.finding import Finding
from zhiyin.search.hits import Hits
from zhiyin.search.item_slots import ANIMALS, ItemSlots
from zhiyin.search.query.prices import cheapness_in
from zhiyin.search.understanding import KINDS, PriceRange, Slot, Understanding
from zhiyin.search.unwanted import terms_of

ENOUGH = 3
"""Items that must be left before a constraint is given up."""
DEPTH = 300
"""Items that are looked at."""
LEAST = 0.25
"""Of the best item's relevance, what an item must have to be an answer."""
FIT = 0.5
"""The same where values are asked for: these say nothing of what the goods are, and so do not count."""
_CHEAP, _DEAR = 0.3, 0.7
"""What is cheap and what is dear, as quantiles of the prices of what fits."""

Find = Callable[[Understanding, NDArray[np.bool_]], Hits]
"""Returns at most ``DEPTH`` hits of a query among the items that may be found."""
Holds = Callable[[Understanding, NDArray[np.int64]], NDArray[np.bool_]]
"""Returns which items have all words of a query, or are of the kinds that these name."""
IsOfKind = Callable[[Sequence[Slot], NDArray[np.int64]], NDArray[np.bool_]]
"""Returns which items are of one of some kinds."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Finds what fits a query.

    Attributes:
        read: the query.
        slots: what items are.
        find: its best hits.
        holds: which of them have all its words.
        is_of_kind: which of them are of a kind.
        is_listing: whether it names no goods.
    """

    read: Understanding
    slots: ItemSlots
    find: Find
    holds: Holds
    is_of_kind: IsOfKind
    is_listing: bool = False

    def among(self, may: NDArray[np.bool_]) -> Finding:
        """Return the hits that fit the constraints, and give these up step by step while fewer than ``ENOUGH`` do.

        Args:
            may: (items,) bool, what may be shown at all.
        """
        hits = self.find(self.read, may)
        asked = tuple(self._asked(hits))
        known, lost = in_own_currency(asked, self.slots)
        if not hits.numbers.size or (self.is_listing and not known and not self.read.exclusions):
            return Finding.of_nothing(self.read, tuple(lost))
        level = levels(known, self.slots)
        found = self._found(hits, may, asked, known, level)
        own = level[found.numbers]
        if known:
            own = self._behind_kind(found.numbers, own)
        order = np.lexsort((found.numbers, -found.scores, own))
        found, own = found.taken(order), own[order]
        broken = np.array([~one.holds(self.slots)[found.numbers] for one in known], bool)
        broken = broken.reshape(len(known), found.numbers.size)
        given_up = [one for one, hit in zip(known, broken, strict=True) if hit.any()]
        return Finding(
            self.read, found, own, tuple(known), (*lost, *given_up), broken, self.is_listing
        )

    def _found(
        self,
        hits: Hits,
        may: NDArray[np.bool_],
        asked: Sequence[Constraint],
        known: Sequence[Constraint],
        level: NDArray[np.int8],
    ) -> Hits:
        """Return the hits of the first step at which enough items fit; of the last one where there never are.

        Where none fits by all but a little of the words, those that have some of them do, before anything is given up.
        """
        meant = self._meant(hits, asked)
        most = float(meant.max())
        if most <= 0:  # a blue thing that nobody sells is not anything that is blue
            return hits.taken(meant > 0)
        is_cut = hits.numbers.size >= DEPTH
        found = hits
        for at in (0, *sorted({one.step for one in known})):
            fits = (level >= 0) & (level <= at) & may
            own, its = hits, meant
            if is_cut and asked and int(fits[hits.numbers].sum()) < DEPTH // 2:
                own = self.find(self.read, fits)
                its = self._meant(own, asked)
            may_be = fits[own.numbers]
            found = own.taken(may_be & (its >= self._least(asked) * most))
            if not found.numbers.size:
                found = own.taken(may_be & (its >= LEAST * most))
            if found.numbers.size >= ENOUGH:
                break
        return found

    def _behind_kind(self, numbers: NDArray[np.int64], level: NDArray[np.int8]) -> NDArray[np.int8]:
        """Return levels with those of other goods behind all of a kind that is asked for in so many words."""
        kinds = tuple(one for one in self.read.slots if one.name in KINDS and not one.is_excluded)
        if len({(one.start, one.end) for one in kinds}) != 1:
            return level
        is_of_kind = self.is_of_kind(kinds, numbers)
        if not is_of_kind.any():
            return level
        return np.where(is_of_kind, level, level + len(ORDER) + 1).astype(np.int8)

    def _least(self, asked: Sequence[Constraint]) -> float:
        return FIT if any(one.price is None for one in asked) else LEAST

    def _asked(self, hits: Hits) -> Sequence[Constraint]:
        """Return the constraints, with what is cheap or dear among the hits."""
        read, asked = self.read, constraints(self.read)
        if not read.cheapness or read.price or not hits.numbers.size:
            return asked
        meant = self._meant(hits, asked)
        prices = self.slots.price_minor[hits.numbers[meant >= FIT * meant.max()]]
        known = prices[prices >= 0]
        if known.size < ENOUGH:
            return asked
        edge = int(np.quantile(known, _CHEAP if read.cheapness < 0 else _DEAR))
        price = PriceRange(None, edge) if read.cheapness < 0 else PriceRange(edge, None)
        where = cheapness_in(fold(read.said))
        said = (read.said[slice(*where[1:])],) if where else ()
        wish = Constraint("wish", price=price, said=said)
        return sorted([wish, *asked], key=lambda one: one.step)

    def _meant(self, hits: Hits, asked: Sequence[Constraint]) -> NDArray[np.float32]:
        """Return how relevant hits are to the goods that the query means, (h,) float32; 1 for all where it names none."""
        goods = _goods(self.read, asked)
        if not goods.words:
            return np.ones(hits.numbers.size, np.float32)
        if not asked:
            return hits.scores
        may = np.zeros(int(hits.numbers.max(initial=-1)) + 1, bool)
        may[hits.numbers] = True
        found = self.find(replace(goods, slots=()), may)
        score = np.zeros(may.size, np.float32)
        score[found.numbers] = found.scores
        meant = score[hits.numbers]
        most = float(meant.max(initial=0)) or 1.0
        held = self.holds(goods, hits.numbers)
        meant = np.where(held, np.maximum(meant, np.float32(FIT * most)), meant)
        return meant if meant.any() or self.read.intent != "gift" else np.ones_like(meant)


def in_own_currency(
    asked: Sequence[Constraint], slots: ItemSlots
) -> tuple[list[Constraint], list[Constraint]]:
    """Return the constraints that can be held, and prices in a currency in which nothing is sold.

    The values of these are the currencies in which something is.
    """
    sold = {None, *slots.currencies}
    lost = [one for one in asked if one.price and one.price.currency not in sold]
    told = tuple(sorted(one for one in slots.currencies if one))
    return (
        [one for one in asked if one not in lost],
        [replace(one, name="currency", values=told) for one in lost],
    )


def _goods(read: Understanding, asked: Sequence[Constraint]) -> Understanding:
    """Return a query without what constraints ask for: what is left says which goods are meant."""
    text, words = read.text, list(read.words)
    whom = [one for one in read.slots if one.name == "audience" and one.confidence < SURE]
    aside = [said for one in asked if not one.price for said in _beside_goods(one)]
    for said in map(fold, (*aside, *(read.said[one.start : one.end] for one in whom))):
        terms = terms_of(said)
        if terms <= set(words):
            words = [word for word in words if word not in terms]
            text = text.replace(said, " ")
    text = " ".join(text.split())
    kinds = tuple(one for one in read.slots if one.name in KINDS and not one.is_excluded)
    return replace(read, text=text, words=tuple(words), slots=kinds, price=None, exclusions=())


def _beside_goods(one: Constraint) -> list[str]:
    """Return the words of a constraint that say nothing of what the goods are; those of animals do: food for dogs is other food."""
    told = zip(one.said, one.values, strict=True)
    return [said for said, value in told if one.name != "audience" or value not in ANIMALS]
