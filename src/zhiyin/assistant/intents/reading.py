"""From a message to the intents in it, with a model of meanings or with n-grams alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from zhiyin.assistant.intents.examples import SMALL_TALK, Examples, built_in
from zhiyin.assistant.intents.head import IntentHead
from zhiyin.assistant.intents.likeness import Floats
from zhiyin.errors import ModelError
from zhiyin.language.embedder import Embedder
from zhiyin.language.scripts import fold

_MOST_CLAUSES = 6
_SURE = 0.5
_BREAK = re.compile(
    r"[,.!?;，。！？；、\n]+(?!\d)(?:顺便|另外|还有|然后|对了)?(?:再?问一下|问下|想问)?|(?:顺便|另外|还有|以及|然后|对了|同时)(?:再?问一下|问下|想问)?"
    r"|\b(?:and|also|plus|then|by the way|btw|as well as)\b"
)
_SAYS = re.compile(r"\w")


class IntentGuess(NamedTuple):
    """That a part of a message asks for something.

    Attributes:
        name: of the intent.
        probability: given that it asks for any intent that is known.
        span: where the part begins and ends, in characters of the message.
    """

    name: str
    probability: float
    span: tuple[int, int]


class IntentReader:
    """Reads intents; what asks for none of those that are known is out of scope, and nothing is read in it.

    Two heads are learned from the same examples: one of n-grams and meanings, where there is an embedder, and one of n-grams
    alone for when it cannot be asked.

    >>> reader = IntentReader()
    >>> [guess.name for guess in reader.read("我要退货，顺便问一下发票怎么开")]
    ['return', 'invoice']
    """

    def __init__(self, examples: Examples | None = None, embedder: Embedder | None = None) -> None:
        """Learn from examples.

        Args:
            examples: intent → what is said for it; the built-in ones unless given.
            embedder: such as ``language.vectors.Vectors`` of E5; n-grams alone without.
        Raises:
            DataError: there are not two intents.
            ModelError: the embedder does not answer.
        """
        pairs = [
            (text, name)
            for name, said in (built_in() if examples is None else examples).items()
            for text in said
        ]
        texts, names = [text for text, _ in pairs], [name for _, name in pairs]
        self._embedder = embedder
        self._by_words = IntentHead.fit(texts, names)
        self._by_meaning = None
        if embedder is not None:
            self._by_meaning = IntentHead.fit(texts, names, embedder.embed(texts, kind="query"))

    @property
    def intents(self) -> tuple[str, ...]:
        """The names of all intents, in order."""
        return self._by_words.intents

    def read(self, text: str) -> list[IntentGuess]:
        """Return what a message asks for, in its order: several intents only where each part alone is sure of its own.

        Returns: no guess for a message that is out of scope, nor for one of which none is likelier than not.
        Complexity: O(parts · examples), and the embedder's time.
        """
        parts = list(_parts(text))
        if not parts:
            return []
        spans = [(0, len(text)), *parts] if len(parts) > 1 else [(0, len(text))]
        head, scores = self._judged([text[start:end] for start, end in spans])
        chances = head.probabilities(scores)
        guesses = [
            IntentGuess(head.intents[row.argmax()], float(row.max()), span)
            for row, span in zip(chances, spans, strict=True)
        ]
        is_in_scope = scores.max(axis=1) >= head.threshold
        sure = [
            guess
            for guess, is_in in zip(guesses, is_in_scope, strict=True)
            if is_in and guess.probability >= _SURE
        ]
        of_parts = [guess for guess in sure if guess.span != spans[0]]
        if len({guess.name for guess in of_parts}) > 1:
            return _without_small_talk(of_parts)
        return sure[:1]

    def ranked(self, text: str, k: int = 3) -> list[IntentGuess]:
        """Return the likeliest intents of a whole message, in scope or not, to ask which one was meant."""
        head, scores = self._judged([text])
        chances = head.probabilities(scores)[0]
        best = np.argsort(-chances)[:k]
        return [IntentGuess(head.intents[one], float(chances[one]), (0, len(text))) for one in best]

    def chances(self, texts: Sequence[str]) -> Floats:
        """Return the chance of each of ``intents``, read by words, given that a text asks for one, (m, C) float32."""
        return self._by_words.probabilities(self._by_words.scores(texts))

    def _judged(self, texts: Sequence[str]) -> tuple[IntentHead, Floats]:
        if self._embedder is not None and self._by_meaning is not None:
            try:
                vectors = self._embedder.embed(texts, kind="query")
                return self._by_meaning, self._by_meaning.scores(texts, vectors)
            except ModelError:
                pass  # the answer is worse without a model, and there is one
        return self._by_words, self._by_words.scores(texts)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a message begin and end that say anything; the last one holds all that is left."""
    start = found = 0
    folded = fold(text)
    for match in _BREAK.finditer(folded):
        if _SAYS.search(folded, start, match.start()):
            if found == _MOST_CLAUSES - 1:
                break
            yield start, match.start()
            found += 1
            start = match.end()
    if _SAYS.search(folded, start):
        yield start, len(text)


def _without_small_talk(guesses: Sequence[IntentGuess]) -> list[IntentGuess]:
    """Return each intent once, where it is surest; small talk only where there is nothing else."""
    best: dict[str, IntentGuess] = {}
    for guess in guesses:
        if guess.name not in best or guess.probability > best[guess.name].probability:
            best[guess.name] = guess
    meant = [guess for name, guess in best.items() if name not in SMALL_TALK]
    return sorted(meant or best.values(), key=lambda guess: guess.span)
