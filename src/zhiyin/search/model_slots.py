"""Slots that a chat model fills where the parser is unsure: beside the requests, remembered for the next time."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from heapq import nlargest
from typing import Any, Literal

from pydantic import create_model

from zhiyin.errors import ModelError, NeedsKey, ZhiyinError
from zhiyin.language.answers import QuerySlot
from zhiyin.language.chat.model import ChatModel
from zhiyin.language.chat.structured import structured
from zhiyin.language.pinyin import syllables
from zhiyin.language.prompt import load
from zhiyin.language.scripts import fold
from zhiyin.language.stop_words import STOP_WORDS
from zhiyin.search.asked_queries import holds_personal_data
from zhiyin.search.catalogue_index import CatalogueIndex
from zhiyin.search.query.catalogue_terms import CatalogueTerms, Term
from zhiyin.search.understanding import Slot, Understanding

UNSURE = 0.5
"""Slots less sure than this are asked about."""
CONFIDENCE = 0.6
"""Of the model's slots: below what makes a constraint, so that they order and keep nothing out."""
MOST_VALUES = 20
"""Values that the model may choose from."""
_LEAST_ALIKE = 0.2
_MOST_RUNS = 3
_MOST_WAITING = 32
_MOST_KEPT = 10_000
_TIMEOUT_S = 20.0

_log = logging.getLogger(__name__)


class ModelSlots:
    """Asks a chat model what the words mean that the parser knows nothing of, and adds the slots from the next search on.

    No search waits for it: a query is put on a queue, and the thread of the queue asks. What it answers is one of the
    values of the catalogue that look or sound most like the words, or nothing. Answers are kept in memory for 10,000
    queries, not in the store: no query outlives `forget` there. A query with personal data is not asked about.

    Args:
        chat: gives the model, at the first question.
    """

    def __init__(self, chat: Callable[[], ChatModel]) -> None:
        self._chat = chat
        self._lock = threading.Lock()
        self._told: OrderedDict[str, tuple[Slot, ...]] = OrderedDict()
        self._waiting: set[str] = set()
        self._pool = ThreadPoolExecutor(1, "slots")
        self._is_off = False

    def filled(self, read: Understanding, catalogue: CatalogueIndex) -> Understanding:
        """Return a query with the slots that the model found; one that it was not asked about is put on the queue.

        Complexity: O(n) for a query of n characters; no question is asked here.
        """
        if not unsure(read, catalogue) or holds_personal_data(read.said):
            return read
        with self._lock:
            told = self._told.get(read.said)
            if told is None:
                self._queue(read, catalogue)
                return read
            self._told.move_to_end(read.said)
        return with_slots(read, told)

    def close(self) -> None:
        """Leave what is waiting, and wait for the question under way."""
        with self._lock:
            self._is_off = True
        self._pool.shutdown(cancel_futures=True)

    def _queue(self, read: Understanding, catalogue: CatalogueIndex) -> None:
        if self._is_off or read.said in self._waiting or len(self._waiting) >= _MOST_WAITING:
            return
        self._waiting.add(read.said)
        self._pool.submit(self._ask, read, catalogue)

    def _ask(self, read: Understanding, catalogue: CatalogueIndex) -> None:
        slots: tuple[Slot, ...] = ()
        try:
            if not self._is_off:
                slots = slots_by(self._chat(), read, catalogue)
        except ZhiyinError as error:
            # Without a model or a key asking again cannot help.
            self._is_off |= not isinstance(error, ModelError) or isinstance(error, NeedsKey)
            _log.warning("a query stays as the parser read it: %s", error)
        finally:
            with self._lock:
                self._waiting.discard(read.said)
                self._told[read.said] = slots
                while len(self._told) > _MOST_KEPT:
                    self._told.popitem(last=False)


def unsure(read: Understanding, catalogue: CatalogueIndex) -> list[tuple[int, int]]:
    """Return the places in a query of words of which nothing is known: no slot has them, and no item.

    Words of a slot that is less sure than ``UNSURE`` are such as well. Next to one another they are one place; a single
    character says too little to be one.
    """
    folded = fold(read.said)
    known = bytearray(len(folded))
    told = [(one.start, one.end) for one in read.slots if one.confidence >= UNSURE]
    told += [(one.start, one.end) for one in read.exclusions]
    told += [(one.start, one.end) for one in read.corrections]
    if read.price:
        told.append((read.price.start, read.price.end))
    for start, end in told:
        known[start:end] = b"\1" * (end - start)
    weak = [(one.start, one.end) for one in read.slots if one.confidence < UNSURE]
    places: list[tuple[int, int]] = []
    for token in catalogue.tokenizer.tokens(folded):
        is_weak = any(start < token.end and token.start < end for start, end in weak)
        if (
            any(known[token.start : token.end])
            or token.text in STOP_WORDS
            or token.text not in read.text
            or not any(map(str.isalpha, token.text))
            or (catalogue.speller.knows(token.text) and not is_weak)
        ):
            continue
        if places and not folded[places[-1][1] : token.start].strip():
            places[-1] = places[-1][0], token.end
        else:
            places.append((token.start, token.end))
    return [(start, end) for start, end in places if end - start > 1]


def slots_by(model: ChatModel, read: Understanding, catalogue: CatalogueIndex) -> tuple[Slot, ...]:
    """Return the slots that a model finds in the words of which the parser knows nothing, for three such places at most.

    Raises:
        ModelError: it gave no answer that fits.
    """
    prompt = load("slots", "zh" if read.language in ("zh", "mixed") else "en")
    found = []
    for start, end in unsure(read, catalogue)[:_MOST_RUNS]:
        words = read.said[start:end]
        values = nearest(words, catalogue.terms)
        if not values:
            continue
        kind = create_model("QuerySlot", __base__=QuerySlot, value=(_one_of("", *values), ...))
        data = {"query": read.said, "words": words, "values": list(values)}
        said = structured(model, prompt, kind, data, timeout_s=_TIMEOUT_S).value
        if term := values.get(said):
            by = f"{prompt.name} by {model.model_id}"
            found.append(Slot(term.name, term.value, start, end, CONFIDENCE, by=by))
    return tuple(found)


def _one_of(*values: str) -> Any:
    literal: Any = Literal
    return literal[values]


def nearest(words: str, terms: CatalogueTerms, n: int = MOST_VALUES) -> Mapping[str, Term]:
    """Return what the model chooses from → the value of the catalogue: those that share most pieces and sounds with some words.

    Complexity: O(phrases of the catalogue).

    >>> row = {"title": "", "description": None, "brand": "Stanley", "category": None, "attributes": '{"material": "stainless steel"}', "translations": None}
    >>> list(nearest("stainles", CatalogueTerms([row])))
    ['material: stainless steel', 'brand: stanley']
    """
    own = _pieces(fold(words))
    best = nlargest(n, _alike(own, terms), key=lambda one: (one[0], one[1]))
    return {f"{term.name}: {phrase}": term for _, phrase, term in best}


def _alike(own: frozenset[str], terms: CatalogueTerms) -> Iterator[tuple[float, str, Term]]:
    for phrase, meant in terms.counts().items():
        other = _pieces(phrase)
        alike = 2 * len(own & other) / max(len(own) + len(other), 1)
        if alike >= _LEAST_ALIKE:
            name, value, _ = max(meant, key=lambda one: one[2])
            yield alike, phrase, Term(name, value)


@lru_cache(1 << 16)
def _pieces(folded: str) -> frozenset[str]:
    """Return the Chinese characters of a text, and each three letters of its sound."""
    spelled = f" {syllables(folded)} "
    letters = {spelled[place : place + 3] for place in range(len(spelled) - 2)}
    return frozenset(letters | {sign for sign in folded if "\u4e00" <= sign <= "\u9fff"})


def with_slots(read: Understanding, slots: tuple[Slot, ...]) -> Understanding:
    """Return a query with more slots, in the place of those that they overlap."""
    kept = [
        one
        for one in read.slots
        if not any(one.start < other.end and other.start < one.end for other in slots)
    ]
    return replace(read, slots=tuple(sorted((*kept, *slots), key=lambda one: one.start)))
