"""The search over a store: what it understands, and what it finds, kept up with every change of an item."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.entity import Kind
from zhiyin.errors import StoreError, ZhiyinError
from zhiyin.language.mining import item_text
from zhiyin.language.scripts import fold
from zhiyin.search.base_index import BaseIndex
from zhiyin.search.catalogue_index import CatalogueIndex
from zhiyin.search.documents import Document, document
from zhiyin.search.hit_order import Scores
from zhiyin.search.hits import Hits
from zhiyin.search.item_slots import ItemSlots
from zhiyin.search.match import SLOTS
from zhiyin.search.meaning import Meaning
from zhiyin.search.packed import Arrays
from zhiyin.search.praise import praised_of, with_praise
from zhiyin.search.relevance import Relevance
from zhiyin.search.segments import Segments
from zhiyin.search.text_index import TextIndex, weighted
from zhiyin.search.understanding import KINDS, Slot, Understanding
from zhiyin.search.unwanted import terms_of
from zhiyin.store.store import Store

_log = logging.getLogger(__name__)
_PATIENCE_S = 0.5
"""How long a request waits for another that is taking changes in."""
_AT_ONCE = 50
"""Changed items that a request takes in itself; more are taken in beside it."""
_FRESH, _SHARE = 200, 50
"""Changed items from which on all is built anew: this many, and one of so many of all."""


@dataclass(frozen=True, slots=True, eq=False)
class _Fresh:
    """An item that was added or changed since the base, and its vector."""

    document: Document
    vector: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """What requests see: replaced as a whole."""

    base: BaseIndex
    segments: Segments
    slots: ItemSlots
    revision: int
    fresh: Mapping[int, _Fresh] = field(default_factory=dict)

    @classmethod
    def of(cls, base: BaseIndex) -> _State:
        return cls(base, Segments.of(base.catalogue.texts), base.slots, base.revision)

    def near(
        self, query: NDArray[np.float32] | None, may: NDArray[np.bool_] | None
    ) -> NDArray[np.float32] | None:
        """Return the likeness of each row to a query by its scale; None where there are no vectors such as the query's."""
        vectors = self.base.vectors
        if query is None or vectors is None or query.size != vectors.vectors.shape[1]:
            return None
        scale = vectors.scale(query)
        near = vectors.near(query, None if may is None else may[: len(vectors.vectors)])
        known = near != 0
        near[known] = scale.of(near[known])
        later = [
            scale.mean if one.vector is None else float(one.vector @ query)
            for one in self.fresh.values()
        ]
        return np.concatenate([near, scale.of(np.array(later, np.float32))])

    def exactly(
        self,
        query: NDArray[np.float32] | None,
        near: NDArray[np.float32] | None,
        rows: NDArray[np.int64],
    ) -> None:
        """Fill in the likeness of some rows that may not be among the nearest."""
        vectors = self.base.vectors
        if query is not None and near is not None and vectors is not None:
            unknown = rows[(rows < len(vectors.vectors)) & (near[rows] == 0)]
            near[unknown] = vectors.scale(query).of(vectors.of(query, unknown))


class LiveIndex:
    """Finds a store's items by what a shopper types; requests may come from any thread.

    It is opened beside the caller; who asks before it is open waits.

    Args:
        store: whose items.
        meaning: what texts mean; words alone are searched without.
        relevance: of hits by how they match; the weights for all shops unless given.
        kept: what ``BaseIndex.arrays`` gave at the last training; all is indexed where it is not given.
    """

    def __init__(
        self,
        store: Store,
        meaning: Meaning | None = None,
        relevance: Scores | None = None,
        kept: Arrays | None = None,
    ) -> None:
        self._store = store
        self._meaning = meaning
        self._relevance: Scores = relevance or Relevance.default()
        self._kept = kept
        self._writing = threading.RLock()
        self._rebuilding = threading.Lock()
        self._is_behind = False
        self._state: _State | None = None
        self._threads: list[threading.Thread] = []
        self._beside(self._open)

    def close(self) -> None:
        """Wait until nothing is read from the store any more."""
        while self._threads:
            self._threads.pop().join()

    def refresh(self, *, waits: bool = False) -> None:
        """Take in the items that were added or changed since: a few at once, many beside the caller unless it waits.

        Complexity: a look-up where nothing changed; O(words of all that changed since the last rebuild).
        """
        self._now()
        self._is_behind = True
        patience = -1 if waits else _PATIENCE_S
        while self._is_behind and self._writing.acquire(timeout=patience):
            try:
                self._is_behind = False
                self._take_in(waits=waits)
            finally:
                self._writing.release()

    def rebuild(self) -> None:
        """Index all items anew; what is found meanwhile is as it was."""
        if not self._rebuilding.acquire(blocking=False):
            return
        try:
            meaning = self._meaning if self._now().base.vectors else None
            slots = self._now().slots
            fresh = _State.of(BaseIndex.of(self._store, meaning, slots=slots))
            with self._writing:
                self._state = fresh
                self.refresh(waits=True)
        finally:
            self._rebuilding.release()

    @property
    def catalogue(self) -> CatalogueIndex:
        """All items as of the last rebuild, and the words and values that came since."""
        return self._now().base.catalogue

    @property
    def slots(self) -> ItemSlots:
        """The items by their values, as of the last refresh."""
        return self._now().slots

    def understand(self, text: str, sold: Collection[str | None] = ()) -> Understanding:
        """Return what a query says to a shop that sells in some currencies."""
        return self._now().base.catalogue.parser.understand(text, sold)

    def find(
        self, read: Understanding, *, n: int = 300, may: NDArray[np.bool_] | None = None
    ) -> Hits:
        """Return the items that match best, best first.

        Args:
            read: what is looked for.
            n: how many at most.
            may: which item numbers may be found; all unless given, and none beyond its end.
        """
        state = self._now()
        segments = state.segments
        allowed = None if may is None else _of_numbers(may, segments.numbers)
        query = self._vector(read.text) if state.base.vectors else None
        near = state.near(query, allowed)
        values = state.base.catalogue.values
        valued = values.having(read, segments.numbers)
        rows, pieces = segments.candidates(
            read.text, read.words, n=n, may=allowed, meaning=near, valued=valued
        )
        state.exactly(query, near, rows)
        matches = segments.judged(rows, read.words, pieces, None if near is None else near[rows])
        matches[:, SLOTS] = values.met(read, segments.numbers[rows])
        scores = self._relevance.scores(matches)
        order = np.argsort(-scores, kind="stable")
        return Hits(segments.numbers[rows[order]], scores[order], matches[order])

    def saying(self, term: str) -> NDArray[np.int64]:
        """Return the items that have a term in any field."""
        segments = self._now().segments
        return segments.numbers[segments.having(term)]

    def holds(self, read: Understanding, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which items have all words of a query in any field, (h,) bool.

        Words that name a kind of goods are had by what is of that kind, whatever its words.

        Complexity: O(items that have a word).
        """
        held = np.full(numbers.size, bool(read.words))
        kinds = [
            (terms_of(fold(read.said[slot.start : slot.end])), self.is_of_kind((slot,), numbers))
            for slot in read.slots
            if slot.name in KINDS and not slot.is_excluded
        ]
        for word in read.words:
            own = np.isin(numbers, self.saying(word))
            for terms, is_of_kind in kinds:
                if word in terms:
                    own |= is_of_kind
            held &= own
        return held

    def is_of_kind(self, kinds: Sequence[Slot], numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which items have the value of one of some slots, (h,) bool."""
        values = self._now().base.catalogue.values
        having = values.having(Understanding("", slots=tuple(kinds)), numbers)
        return np.zeros(numbers.size, bool) if having is None else having > 0

    def names(self) -> frozenset[str]:
        """Return brand, category and the names of attributes, those that items have."""
        return self._now().base.catalogue.values.names()

    def rows(self, numbers: Iterable[int] | NDArray[np.int64]) -> list[dict[str, Any]]:
        """Return items in the order asked for, as ``Store.entities_since`` does; an unknown one is left out."""
        wanted = np.fromiter(numbers, np.int64).tolist()
        found = self._store.entities.of(Kind.ITEM, wanted).rows(named=True)
        known = {row["number"]: row for row in found}
        return [known[number] for number in wanted if number in known]

    def praise(self, number: int) -> str:
        """Return the words with which people praise an item, parted by spaces."""
        return " ".join(praised_of(self._store, [number]).get(number, ()))

    def words_of(self, number: int) -> frozenset[str]:
        """Return the terms of an item, of all its fields."""
        tokenizer = self._now().base.catalogue.tokenizer
        return frozenset(
            word for row in self.rows([number]) for word in weighted(document(row, tokenizer))
        )

    def _now(self) -> _State:
        if self._state is None:
            with self._writing:
                if self._state is None:
                    self._state, self._kept = _State.of(self._base()), None
        return self._state

    def _base(self) -> BaseIndex:
        """Return what was kept where it is of this store and version, without vectors of another embedder; else index all."""
        if self._kept:
            try:
                kept = BaseIndex.from_arrays(self._kept)
            except StoreError as error:
                _log.warning("%s", error)
            else:
                model = self._meaning.model_id if self._meaning else ""
                if kept.model and model and kept.model != model:
                    _log.warning(
                        "Words alone are searched until zhiyin train: items have vectors by %s, not %s",
                        kept.model,
                        model,
                    )
                if kept.revision <= self._store.revision():
                    return kept if kept.model == model else replace(kept, vectors=None, model="")
        return BaseIndex.of(self._store, self._meaning)

    def _open(self) -> None:
        with suppress(ZhiyinError):  # who asks is told
            self.refresh()
            self.find(self.understand("a"), n=1)

    def _take_in(self, *, waits: bool) -> None:
        state = self._now()
        changed = self._store.entities_since(Kind.ITEM, state.revision)
        if changed.height > _AT_ONCE and not waits:
            self._beside(lambda: self.refresh(waits=True))
        elif changed.height:
            self._state = self._after(state, changed.rows(named=True))

    def _after(self, state: _State, changed: list[dict[str, Any]]) -> _State:
        """Return a state with some items as they are now."""
        base = state.base.catalogue
        praise = praised_of(self._store, [row["number"] for row in changed])
        documents = base.learned(list(with_praise(changed, praise)))
        brands = {*base.brands, *(row["brand"] for row in changed if row["brand"])}
        slots = state.slots.after(changed, sorted(brands))
        new = {one.number: _Fresh(one, None) for one in documents}
        if state.base.vectors:
            self._beside(lambda: self._mean(changed, new))
        fresh = {**state.fresh, **new}
        if len(fresh) > max(_FRESH, base.texts.numbers.size // _SHARE):
            self._beside(self.rebuild)
        later = TextIndex.of((one.document for one in fresh.values()), like=base.texts)
        revision = max(row["revision"] for row in changed)
        segments = Segments.of(base.texts, later)
        return replace(state, segments=segments, slots=slots, revision=revision, fresh=fresh)

    def _mean(self, changed: list[dict[str, Any]], new: Mapping[int, _Fresh]) -> None:
        """Give changed items their vectors, those that did not change again."""
        texts = [item_text(row) for row in changed]
        vectors = self._meaning.items(texts) if self._meaning else None
        if vectors is None:
            return
        numbers = [row["number"] for row in changed]
        with self._writing:
            state = self._now()
            meant = {
                number: replace(new[number], vector=vector)
                for number, vector in zip(numbers, vectors, strict=True)
                if state.fresh.get(number) is new[number]
            }
            self._state = replace(state, fresh={**state.fresh, **meant})

    def _vector(self, text: str) -> NDArray[np.float32] | None:
        return self._meaning.query(text) if self._meaning and text else None

    def _beside(self, work: Callable[[], None]) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(threading.Thread(target=work, name="search", daemon=True))
        self._threads[-1].start()


def _of_numbers(may: NDArray[np.bool_], numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows may be found."""
    if numbers.size and numbers[-1] < may.size and numbers.max() < may.size:
        return may[numbers]
    is_told = numbers < may.size
    return is_told & may[np.where(is_told, numbers, 0)] if may.size else is_told
