"""Finds what a query asks for: what may be shown, what fits, and what is given up where too little does."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.searched import Searched
from zhiyin.language.scripts import fold
from zhiyin.portraits.rules_in_force import RulesInForce
from zhiyin.search.base_index import BaseIndex
from zhiyin.search.constraints import Constraint, constraints, levels
from zhiyin.search.item_slots import ItemSlots
from zhiyin.search.kept import PREFIX, kept_index
from zhiyin.search.live_index import Hits, LiveIndex
from zhiyin.search.meaning import Meaning
from zhiyin.search.packed import prefixed
from zhiyin.search.search_aids import SearchAids
from zhiyin.search.understanding import PriceRange, Understanding
from zhiyin.search.unwanted import Unwanted, terms_of
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store
from zhiyin.store.write_behind import WriteBehind

ENOUGH = 3
"""Items that must be left before a constraint is given up."""
DEPTH = 300
"""Items that are looked at."""
FIT, LEAST = 0.5, 0.25
"""Of the best item's relevance, what an item must have to be an answer: where values are asked for, which say nothing of what
the goods are and so do not count, and where none is."""
_CHEAP, _DEAR = 0.3, 0.7
"""What is cheap and what is dear, as quantiles of the prices of what fits."""
_ROUNDS = 4
_ANY = "红色跑步鞋 red shoe"
"""Looking for it loads what is loaded when it is first needed."""


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What a query found.

    Attributes:
        read: what was understood of it.
        hits: the items, those that break the least first, then by relevance.
        level: (h,) int8, the step up to which constraints were given up for each hit, 0 for none.
        asked: the constraints.
        relaxed: those that were given up.
        broken: (c, h) bool, whether each hit breaks each constraint.
    """

    read: Understanding
    hits: Hits
    level: NDArray[np.int8]
    asked: tuple[Constraint, ...] = ()
    relaxed: tuple[Constraint, ...] = ()
    broken: NDArray[np.bool_] | None = None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Finding)
            and (self.read, self.asked, self.relaxed) == (other.read, other.asked, other.relaxed)
            and np.array_equal(self.hits.numbers, other.hits.numbers)
            and np.array_equal(self.hits.scores, other.hits.scores)
            and np.array_equal(self.level, other.level)
        )

    __hash__ = None  # type: ignore[assignment]


class Searching:
    """The search of a shop; its index is made when it is first asked for.

    Args:
        store: whose items.
        catalogue: which of them can be bought.
        rules: which of them the operator excludes.
        snapshots: in which trainings leave an index; items are indexed where none is given.
        meaning: what texts mean; words alone are searched without.
    """

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        rules: RulesInForce,
        snapshots: Snapshots | None = None,
        meaning: Meaning | None = None,
    ) -> None:
        self._store = store
        self._snapshots = snapshots
        self._meaning = meaning
        self._catalogue = catalogue
        self._rules = rules
        self._turn = threading.Lock()
        self._revision = -1
        self._slots: ItemSlots | None = None
        self._log: WriteBehind[Searched] | None = None

    @cached_property
    def index(self) -> LiveIndex:
        """The items by their words."""
        kept = kept_index(self._snapshots) if self._snapshots else None
        return LiveIndex(self._store, self._meaning, kept=kept)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return an index of all items as they are now, for the snapshot of a training."""
        return prefixed(PREFIX, BaseIndex.of(self._store, self._meaning).arrays())

    @cached_property
    def aids(self) -> SearchAids:
        """What stands around a search."""
        return SearchAids(self._store, lambda: self.index)

    @property
    def slots(self) -> ItemSlots:
        """The items by their values, as of the last refresh."""
        if self._slots is None:
            self._slots = ItemSlots(self._store)
        return self._slots

    def note(self, search: Searched) -> None:
        """Log a search, behind the request."""
        with self._turn:
            if self._log is None:
                self._log = WriteBehind(self._store.searches.record, "searches")
        self._log.put(search)

    def close(self) -> None:
        """Write what is waiting and let go of the store."""
        if "index" in self.__dict__:
            self.index.close()
        if self._log:
            self._log.close()

    def refresh(self) -> None:
        """Take in the items that changed. Complexity: one look-up where none did."""
        self._catalogue.refresh()
        if self._revision != self._catalogue.revision:
            with self._turn:
                revision = self._catalogue.revision
                self.index.refresh()
                self._slots = self.slots.refreshed()
                if self._revision < 0:
                    self._found(_ANY, "", datetime.now(UTC))
                self._revision = revision

    def find(self, text: str, surface: str, time: datetime) -> Finding:
        """Return what a query finds among the items that can be bought and that no rule of a surface excludes.

        A question for the customer service finds nothing.
        """
        self.refresh()
        return self._found(text, surface, time)

    def shown(self, surface: str, time: datetime) -> NDArray[np.bool_]:
        """Return (items,) bool, true for what can be bought and no rule of a surface excludes."""
        may = self._catalogue.in_stock(np.arange(len(self._catalogue)))
        excluded = self._rules.on(surface, time).excluded[: may.size]
        may[: excluded.size] &= ~excluded
        return may

    def _found(self, text: str, surface: str, time: datetime) -> Finding:
        slots = self.slots  # as they are now, whatever another request takes in
        read = self.index.understand(text)
        nothing = Finding(read, _none(), np.empty(0, np.int8))
        if read.intent == "support" or not read.words:
            return nothing
        may = self._may(read, slots, surface, time)
        hits = self._wanted(read, may)
        if not hits.numbers.size:
            return nothing
        asked = tuple(self._asked(read, hits, slots))
        return self._fitting(read, hits, may, asked, slots)

    def _may(
        self, read: Understanding, slots: ItemSlots, surface: str, time: datetime
    ) -> NDArray[np.bool_]:
        """Return (items,) bool, true for what may be shown at all."""
        may = self.shown(surface, time)[: slots.price_minor.size]
        for slot in read.slots:
            if slot.is_excluded:
                may &= slots.lacks(slot.name, slot.value)
        return may

    def _wanted(self, read: Understanding, may: NDArray[np.bool_]) -> Hits:
        """Return the best hits that hold nothing that is not wanted; `may` loses those that do."""
        hits = self.aids.synonyms.find(read, n=DEPTH, may=may)
        if not read.exclusions:
            return hits
        unwanted = Unwanted(read.said[one.start : one.end] for one in read.exclusions)
        for _ in range(_ROUNDS):
            rows = {row["number"]: row for row in self.index.rows(hits.numbers)}
            held = [
                n for n in hits.numbers.tolist() if n not in rows or unwanted.stands_in(rows[n])
            ]
            may[held] = False
            was_full, hits = hits.numbers.size >= DEPTH, _taken(hits, may[hits.numbers])
            if not held or not was_full or hits.numbers.size >= DEPTH // 2:
                break
            hits = self.aids.synonyms.find(read, n=DEPTH, may=may)
        return _taken(hits, may[hits.numbers])

    def _asked(self, read: Understanding, hits: Hits, slots: ItemSlots) -> Sequence[Constraint]:
        """Return the constraints, with what is cheap or dear among the hits."""
        asked = constraints(read)
        if not read.cheapness or read.price:
            return asked
        meant = self._meant(read, hits, asked)
        prices = slots.price_minor[hits.numbers[meant >= FIT * meant.max()]]
        known = prices[prices >= 0]
        if known.size < ENOUGH:
            return asked
        edge = int(np.quantile(known, _CHEAP if read.cheapness < 0 else _DEAR))
        price = PriceRange(None, edge) if read.cheapness < 0 else PriceRange(edge, None)
        wish = Constraint("wish", price=price)
        return sorted([wish, *asked], key=lambda one: one.step)

    def _fitting(
        self,
        read: Understanding,
        hits: Hits,
        may: NDArray[np.bool_],
        asked: tuple[Constraint, ...],
        slots: ItemSlots,
    ) -> Finding:
        """Return the hits that fit the constraints, and give these up step by step while fewer than ``ENOUGH`` do."""
        known, lost = _in_own_currency(asked, slots)
        level = levels(known, slots)
        steps = sorted({one.step for one in known})
        meant = self._meant(read, hits, asked)
        least = (FIT if asked else LEAST) * float(meant.max())
        is_cut = hits.numbers.size >= DEPTH
        found = hits
        for at in (0, *steps):
            holds = (level >= 0) & (level <= at) & may
            found = _taken(hits, holds[hits.numbers] & (meant >= least))
            if is_cut and asked and found.numbers.size < DEPTH // 2:
                found = self.aids.synonyms.find(read, n=DEPTH, may=holds)
                found = _taken(found, self._meant(read, found, asked) >= least)
            if found.numbers.size >= ENOUGH:
                break
        own = level[found.numbers]
        order = np.lexsort((found.numbers, -found.scores, own))
        found, own = _taken(found, order), own[order]
        broken = np.zeros((len(asked), found.numbers.size), bool)
        for place, one in enumerate(asked):
            broken[place] = ~one.holds(slots)[found.numbers] | (one not in known)
        given_up = [
            one for one, hit in zip(asked, broken, strict=True) if one in known and hit.any()
        ]
        return Finding(read, found, own, asked, (*lost, *given_up), broken)

    def _meant(
        self, read: Understanding, hits: Hits, asked: Sequence[Constraint]
    ) -> NDArray[np.float32]:
        """Return how relevant hits are to the goods that a query means, (h,) float32."""
        goods = _goods(read, asked)
        if not asked:
            return hits.scores
        if not goods.words:
            return np.ones(hits.numbers.size, np.float32)
        may = np.zeros(int(hits.numbers.max(initial=-1)) + 1, bool)
        may[hits.numbers] = True
        found = self.aids.synonyms.find(goods, n=DEPTH, may=may)
        score = np.zeros(may.size, np.float32)
        score[found.numbers] = found.scores
        return score[hits.numbers]


def _in_own_currency(
    asked: Sequence[Constraint], slots: ItemSlots
) -> tuple[list[Constraint], list[Constraint]]:
    """Return the constraints that can be held, and prices in a currency in which nothing is sold."""
    sold = {None, *slots.currencies}
    lost = [one for one in asked if one.price and one.price.currency not in sold]
    held = [one for one in asked if one not in lost]
    return held, [replace(one, name="wish") for one in lost]


def _goods(read: Understanding, asked: Sequence[Constraint]) -> Understanding:
    """Return a query without what constraints ask for: what is left says which goods are meant."""
    text, words = read.text, list(read.words)
    for said in (fold(said) for one in asked if not one.price for said in one.said):
        terms = terms_of(said)
        if terms <= set(words):
            words = [word for word in words if word not in terms]
            text = text.replace(said, " ")
    text = " ".join(text.split())
    return replace(read, text=text, words=tuple(words), slots=(), price=None)


def _taken(hits: Hits, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Hits:
    return Hits(hits.numbers[rows], hits.scores[rows], hits.matches[rows])


def _none() -> Hits:
    return Hits(np.empty(0, np.int64), np.empty(0, np.float32), np.empty((0, 0), np.float32))
