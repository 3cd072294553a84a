"""Finds what a query asks for: what may be shown, what fits, and what is given up where too little does."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.rule import SEARCH
from zhiyin.core.searched import Searched
from zhiyin.portraits.rules_in_force import RulesInForce
from zhiyin.search.aids.comparing import completed
from zhiyin.search.aids.search_aids import SearchAids
from zhiyin.search.aids.synonyms import Synonyms
from zhiyin.search.categories import categories_of
from zhiyin.search.evidence import is_no_accident
from zhiyin.search.filters import Filters
from zhiyin.search.finding import Finding
from zhiyin.search.fitting import DEPTH, Find, Fitting
from zhiyin.search.gifts import gift_wish, gifts_for
from zhiyin.search.held_to import HeldTo, holds_anything
from zhiyin.search.hits import Hits
from zhiyin.search.item_slots import ItemSlots
from zhiyin.search.kept import PREFIX
from zhiyin.search.learning.search_training import train_search
from zhiyin.search.listing import asks_for_a_list, most_popular
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.meaning import Meaning
from zhiyin.search.model_slots import ModelSlots
from zhiyin.search.newest_index import NewestIndex
from zhiyin.search.packed import prefixed
from zhiyin.search.query_words import QueryWords
from zhiyin.search.sides import in_turn
from zhiyin.search.understanding import Slot, Understanding
from zhiyin.search.unwanted import unwanted_by
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store
from zhiyin.store.write_behind import WriteBehind

_ROUNDS = 4
_UNFILTERED = Filters()
_ANY = "红色跑步鞋 red shoe 100元以内 without laces"
"""Looking for it loads what is loaded when it is first needed."""


class Searching:
    """The search of a shop; its index is made when it is first asked for.

    Args:
        store: whose items.
        catalogue: which of them can be bought.
        rules: which of them the operator excludes.
        snapshots: in which trainings leave an index; items are indexed where none is given.
        meaning: what texts mean; words alone are searched without.
        model_slots: asks a chat model what the parser does not know; nobody is asked without.
    """

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        rules: RulesInForce,
        snapshots: Snapshots | None = None,
        meaning: Meaning | None = None,
        model_slots: ModelSlots | None = None,
    ) -> None:
        self._store = store
        self._snapshots = snapshots
        self._meaning = meaning
        self._model_slots = model_slots
        self._catalogue = catalogue
        self._rules = rules
        self._turn = threading.Lock()
        self._revision = -1
        self._rule_words: dict[str, frozenset[str]] = {}
        self._log: WriteBehind[Searched] | None = None

    @property
    def index(self) -> LiveIndex:
        """The items by their words."""
        return self._newest.index

    @cached_property
    def _newest(self) -> NewestIndex:
        return NewestIndex(self._store, self._snapshots, self._meaning)

    def trained(
        self, judgments: Path | None = None
    ) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """Return an index of all items as they are now, for the snapshot of a training, and what was learned and why.

        Raises:
            InvalidRecord: the file of judgments cannot be read.
        """
        meaning = self._meaning.renewed() if self._meaning else None
        arrays, told = train_search(self._store, meaning, judgments)
        return prefixed(PREFIX, arrays), told

    @cached_property
    def aids(self) -> SearchAids:
        """What stands around a search."""
        return SearchAids(
            self._store, lambda: self.index, self._popularity, self._hidden, self._found_under
        )

    def _found_under(self, text: str, synonyms: Synonyms) -> Hits:
        self.refresh()
        return self._found(text, SEARCH, datetime.now(UTC), under=synonyms).hits

    def _hidden(self) -> NDArray[np.int64]:
        """Return the numbers of items that no search finds now."""
        self._catalogue.refresh()
        self._rules.refresh()
        return np.flatnonzero(~self.shown(SEARCH, datetime.now(UTC), Understanding("")))

    def _popularity(self) -> NDArray[np.float32]:
        return self._newest.popularity

    @property
    def slots(self) -> ItemSlots:
        """The items by their values, as of the last refresh."""
        return self.index.slots

    def note(self, search: Searched) -> None:
        """Log a search, behind the request."""
        with self._turn:
            if self._log is None:
                self._log = WriteBehind(self._store.searches.record, "searches")
        self._log.put(search)

    def renew(self) -> None:
        """Search by what a training of this process left, where anything was searched before."""
        if "_newest" in self.__dict__:
            self._newest.follow(waits=True)

    def close(self) -> None:
        """Write what is waiting and let go of the store."""
        if self._model_slots:
            self._model_slots.close()
        if "_newest" in self.__dict__:
            self._newest.close()
        if self._log:
            self._log.close()

    def refresh(self) -> None:
        """Take in the items that changed. Complexity: one look-up where none did."""
        self._catalogue.refresh()
        self._rules.refresh()
        self._newest.follow()
        if self._revision != self._catalogue.revision:
            with self._turn:
                revision = self._catalogue.revision
                self.index.refresh()
                self._rule_words = {}
                if self._revision < 0:
                    self._found(_ANY, "", datetime.now(UTC))
                self._revision = revision

    def find(self, text: str, surface: str, time: datetime, filters: Sequence[str] = ()) -> Finding:
        """Return what a query finds among the items that can be bought and that no rule of a surface excludes.

        A question for the customer service finds nothing.

        Args:
            text: as it was typed.
            surface: whose rules hold.
            time: when.
            filters: what items must have, never given up; see `Filters`.
        Raises:
            InvalidRecord: a filter cannot be read.
        """
        self.refresh()
        found = self._found(text, surface, time, Filters(filters))
        return replace(found, lacks_meaning=self._newest.lacks_meaning(found.read.text))

    def check(self, filters: Sequence[str]) -> None:
        """Refuse filters that cannot be read, or that name what no item has.

        Raises:
            InvalidRecord: one is such.
        """
        if filters:
            Filters(filters).check(self.index.names())

    def held_to(self, read: Understanding) -> list[HeldTo]:
        """Return the filters of what is shown in the place of hits; none where nothing holds for all goods."""
        return [HeldTo(read, self.slots, self.index.rows)] if holds_anything(read) else []

    def says(self, read: Understanding) -> QueryWords:
        """Return what tells of words whether they stand in a query; synonyms are looked up when it is first asked."""
        synonyms = self.aids.synonyms
        return QueryWords(
            lambda: (frozenset(o.words) for o in synonyms.readings(read)), self.words_of
        )

    def words_of(self, text: str) -> frozenset[str]:
        """Return the words of a text that a search for it looks for; kept until an item changes."""
        words = self._rule_words.get(text)
        if words is None:
            words = self._rule_words[text] = frozenset(self.index.understand(text).words)
        return words

    def shown(self, surface: str, time: datetime, read: Understanding) -> NDArray[np.bool_]:
        """Return (items,) bool, true for what can be bought and no rule of a surface excludes from a query."""
        may = self._catalogue.in_stock(np.arange(len(self._catalogue)))
        excluded = self._rules.on(surface, time, self.says(read)).excluded[: may.size]
        may[: excluded.size] &= ~excluded
        return may

    def _found(
        self,
        text: str,
        surface: str,
        time: datetime,
        filters: Filters = _UNFILTERED,
        under: Synonyms | None = None,
    ) -> Finding:
        """Return what a query finds; what a comparison finds is what each of its sides does, in turn."""
        find = partial(
            self._found_as_one, surface, time, filters, under or self.aids.synonyms.now()
        )
        found = find(text)
        names = found.read.compared
        if len(names) < 2:
            return found
        whole = completed(names, [self.index.understand(name) for name in names])
        price = found.read.price
        limit = f" {found.read.said[price.start : price.end]}" if price else ""
        sides = [find(name + ("" if limit in name else limit)) for name in whole]
        found = in_turn(found.read, sides, self._catalogue.category)
        categories = categories_of(found.hits, self._catalogue)
        return replace(found, read=replace(found.read, categories=categories))

    def _found_as_one(
        self, surface: str, time: datetime, filters: Filters, under: Synonyms, text: str
    ) -> Finding:
        slots = self.slots  # as they are now, whatever another request takes in
        read = self.aids.synonyms.informed(self.index.understand(text, slots.currencies), under)
        if self._model_slots and self._revision >= 0:
            read = self._model_slots.filled(read, self.index.catalogue)
        is_listing = asks_for_a_list(read)
        if read.intent == "support" or not (read.words or is_listing):
            return Finding.of_nothing(read)
        if is_listing:
            read = replace(read, intent="attribute")
        finds: Find = self._listed if is_listing else partial(self._matching, under)
        asked = read
        if whom := gift_wish(read):
            finds = partial(self._gifts, whom)
            asked = replace(read, text="", words=())
        find = partial(self._wanted, filters, finds)
        may = self._may(read, slots, surface, time)
        found = Fitting(
            asked, slots, find, partial(self._holds, under), self.index.is_of_kind, is_listing
        ).among(may)
        categories = categories_of(found.hits, self._catalogue)
        return replace(found, read=replace(read, categories=categories))

    def _gifts(self, whom: Slot, read: Understanding, may: NDArray[np.bool_]) -> Hits:
        return gifts_for(whom, read, self.slots, self.index.saying, may, self._popularity(), DEPTH)

    def _matching(self, under: Synonyms, read: Understanding, may: NDArray[np.bool_]) -> Hits:
        hits = self.aids.synonyms.find(read, n=DEPTH, may=may, under=under)
        return hits.taken(is_no_accident(read, hits.matches))

    def _holds(
        self, under: Synonyms, read: Understanding, numbers: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        ways = self.aids.synonyms.readings(read, under)
        held: NDArray[np.bool_] = np.any([self.index.holds(one, numbers) for one in ways], axis=0)
        return held

    def _listed(self, _read: Understanding, may: NDArray[np.bool_]) -> Hits:
        return most_popular(may, self._popularity(), DEPTH)

    def _may(
        self, read: Understanding, slots: ItemSlots, surface: str, time: datetime
    ) -> NDArray[np.bool_]:
        """Return (items,) bool, true for what may be shown at all."""
        may = self.shown(surface, time, read)[: slots.price_minor.size]
        for slot in read.slots:
            if slot.is_excluded:
                may &= slots.lacks(slot.name, slot.value)
        return may

    def _wanted(
        self, filters: Filters, find: Find, read: Understanding, may: NDArray[np.bool_]
    ) -> Hits:
        """Return the best hits that filters keep and that hold nothing that is not wanted; `may` loses others."""
        hits = find(read, may)
        if not read.exclusions and not filters:
            return hits
        unwanted = unwanted_by(read)
        for _ in range(_ROUNDS):
            rows = {row["number"]: row for row in self.index.rows(hits.numbers)}
            held = [
                n
                for n in hits.numbers.tolist()
                if n not in rows or not filters.hold(rows[n]) or unwanted.stands_in(rows[n])
            ]
            may[held] = False
            was_full, hits = hits.numbers.size >= DEPTH, hits.taken(may[hits.numbers])
            if not held or not was_full or hits.numbers.size >= DEPTH // 2:
                break
            hits = find(read, may)
        return hits.taken(may[hits.numbers])
