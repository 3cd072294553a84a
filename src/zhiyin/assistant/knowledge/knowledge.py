"""What the shop has written for its people, found by questions and quoted with receipts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.assistant.knowledge.catalogue_facts import CatalogueFacts
from zhiyin.assistant.knowledge.documents import Citation, Passage, passages_of
from zhiyin.assistant.knowledge.extract import extract
from zhiyin.assistant.knowledge.meanings import Meanings, e5
from zhiyin.assistant.knowledge.passage_index import LIKELY, PassageIndex, embedded
from zhiyin.core.records import Document
from zhiyin.core.times import to_us
from zhiyin.language.embedder import Embedder, Kind
from zhiyin.language.scripts import guess_language
from zhiyin.language.tokens import Tokenizer
from zhiyin.settings.assistant import AssistantSettings
from zhiyin.store.store import Store

ANSWERS, SUGGESTS = 0.75, 0.07
"""How sure the first passage must be to be the answer, and from which chance on it is asked whether one is meant.

Chosen on half of the paraphrases, so that nine of ten answers are right; see ``benchmarks/knowledge.py``.
"""
_SUGGESTED = 3
_SUGGESTS_LOGIT = float(np.log(SUGGESTS / (1 - SUGGESTS)))
_LONGEST = 1000
"""Characters of a question that are read."""
_ALWAYS = np.iinfo(np.int64)

Certainty = Literal["answer", "suggest", "nothing"]


class Found(NamedTuple):
    """A passage, how likely it answers (0 to 1), where it stands, and whether it is in the language that was asked in."""

    passage: Passage
    score: float
    citation: Citation
    is_same_language: bool


class Quote(NamedTuple):
    """Words of a document as they stand there, and where that is."""

    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Answer:
    """What documents say to a question.

    Attributes:
        certainty: ``answer`` with quotes, ``suggest`` where one of up to three passages may be meant, ``nothing``.
        quotes: exact words; empty unless this is an answer.
        found: the passages, the likeliest first.

    >>> Answer("nothing", (), ()).text
    ''
    """

    certainty: Certainty
    quotes: tuple[Quote, ...]
    found: tuple[Found, ...]

    @property
    def text(self) -> str:
        """The quotations one after the other."""
        return "\n".join(quote.text for quote in self.quotes)


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """An index, how far the store had come, and when each passage holds: from, until, and which of them replace which."""

    index: PassageIndex
    marks: tuple[int, int]
    n_vectors: int
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    groups: NDArray[np.int64]
    versions: NDArray[np.int64]
    languages: NDArray[np.str_]


class Knowledge:
    """Finds what the shop's documents and the FAQ among its posts say; what is stored is used at the next question.

    Args:
        store: whose documents.
        opinions: from an item's id to what is thought of it by aspect, see ``Texts.opinions``.
        embedder: gives what compares meanings; words and letters alone are compared until passages are embedded, and
            where there is none.
    """

    def __init__(
        self,
        store: Store,
        opinions: Callable[[str], Sequence[Mapping[str, Any]]] = lambda item: (),
        embedder: Callable[[], Embedder | None] = e5,
    ) -> None:
        self._store = store
        self._turn = threading.Lock()
        self._entries: dict[str, Document] = {}
        self._state: _State | None = None
        self._tokenizer: Tokenizer | None = None
        self.meanings = Meanings(store, embedder)
        self.catalogue = CatalogueFacts(store, opinions)

    @classmethod
    def of(
        cls,
        settings: AssistantSettings,
        store: Store,
        opinions: Callable[[str], Sequence[Mapping[str, Any]]],
    ) -> Knowledge:
        """Return what settings describe."""
        return cls(store, opinions, e5 if settings.dense else lambda: None)

    def find(
        self, text: str, language: str = "", time: datetime | None = None, n: int = 5
    ) -> list[Found]:
        """Return the passages that may answer, the likeliest first.

        Args:
            text: the question.
            language: in which to answer; that of the question unless given. Passages in others are found only where none in
                this one may answer.
            time: as of when; now unless given.
            n: how many, at most.
        Complexity: O(passages), a millisecond for a thousand.
        """
        return [*self._found(self._refreshed(), text, language, time, n)[0]]

    def answer(self, text: str, language: str = "", time: datetime | None = None) -> Answer:
        """Return what answers a question: whole sentences as they stand, or what may be meant; see ``find``."""
        state = self._refreshed()
        found, sureness = self._found(state, text, language, time, _SUGGESTED)
        if sureness < ANSWERS:
            return Answer("suggest" if found else "nothing", (), tuple(found))
        passage = found[0].passage
        rarities = state.index.rarities(state.index.asked(text))
        spans = extract(passage, rarities, self._words())
        quotes = tuple(Quote(passage.quoted(one), passage.cited(one)) for one in spans)
        return Answer("answer", quotes, tuple(found))

    def _found(
        self, state: _State, text: str, language: str, time: datetime | None, n: int
    ) -> tuple[list[Found], float]:
        """Return the passages that may answer, and how sure the first of them is, from 0 to 1."""
        index = state.index
        if not index.passages or not text.strip():
            return [], 0.0
        wanted = (language or guess_language(text)).partition("-")[0].lower()
        text = text[:_LONGEST]
        asked = index.asked(text, self.meanings.question(text))
        if not asked.words or not index.knows(asked):
            return [], 0.0
        logits = index.logits(asked)
        holds = _holding(state, to_us(time or datetime.now(UTC)))
        is_own = state.languages == wanted
        may = np.where(is_own, logits >= _SUGGESTS_LOGIT, logits >= LIKELY)
        rows = np.flatnonzero(holds & is_own if (holds & is_own & may).any() else holds)
        rows = rows[np.argsort(-logits[rows], kind="stable")]
        found = [
            Found(
                index.passages[row],
                float(1 / (1 + np.exp(-logits[row]))),
                index.passages[row].cited(),
                bool(is_own[row]),
            )
            for row in rows[may[rows]][:n]
        ]
        if not found:
            return [], 0.0
        return found, index.sureness(asked, logits, rows)

    def close(self) -> None:
        """Let go of what is at work."""
        self.meanings.close()

    def _words(self) -> Tokenizer:
        if self._tokenizer is None:
            self._tokenizer = Tokenizer()
        return self._tokenizer

    def _refreshed(self) -> _State:
        """Return the index of what is stored now."""
        with self._turn:
            marks = (self._store.documents.revision(), self._store.revision())
            state = self._state
            if state is None or marks != state.marks:
                before = (0, -1) if state is None else state.marks
                changed = self._store.documents.entries(before[1]) if marks[1] != before[1] else []
                for _, entry in changed:
                    self._entries[entry.id or ""] = entry
                if state is None or changed or marks[0] != before[0]:
                    state = self._built(marks)
                state = replace(state, marks=marks)
            elif state.n_vectors != len(self.meanings.vectors):
                vectors = dict(self.meanings.vectors)
                index = state.index.with_vectors(vectors)
                state = replace(state, index=index, n_vectors=len(vectors))
            self._state = state
            return state

    def _built(self, marks: tuple[int, int]) -> _State:
        kept = [(one.number, one.document) for one in self._store.documents.standing()]
        kept += [
            (0, entry) for entry in self._entries.values() if entry.title and entry.text.strip()
        ]
        rows = [(number, passage) for number, told in kept for passage in passages_of(told)]
        passages = [passage for _, passage in rows]
        kinds: tuple[Kind, Kind] = ("query", "passage")
        self.meanings.want(
            pair for one in passages for pair in zip(embedded(one), kinds, strict=True)
        )
        vectors = dict(self.meanings.vectors)
        languages = [_language(one.document) for one in passages]
        names = list(zip((one.document.id for one in passages), languages, strict=True))
        codes = {name: code for code, name in enumerate(dict.fromkeys(names))}
        return _State(
            PassageIndex(passages, self._words(), vectors),
            marks,
            len(vectors),
            _times([one.document.valid_from for one in passages], _ALWAYS.min),
            _times([one.document.valid_to for one in passages], _ALWAYS.max),
            np.array([codes[name] for name in names], np.int64),
            np.array([number for number, _ in rows], np.int64),
            np.array(languages, np.str_),
        )


def _holding(state: _State, now: int) -> NDArray[np.bool_]:
    """Return which passages hold at a time: of a document's versions that do, those of the one told last."""
    holds = (state.starts <= now) & (now < state.ends)
    newest = np.full(int(state.groups.max(initial=-1)) + 1, -1)
    np.maximum.at(newest, state.groups[holds], state.versions[holds])
    return np.asarray(holds & (newest[state.groups] == state.versions), np.bool_)


def _language(document: Document) -> str:
    return (document.language or guess_language(document.text)).partition("-")[0].lower()


def _times(times: Sequence[datetime | None], default: int) -> NDArray[np.int64]:
    return np.array([default if time is None else to_us(time) for time in times], np.int64)
