"""Intents read by meanings too, from when the examples' vectors are there."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np

from zhiyin.assistant.intents.examples import Examples
from zhiyin.assistant.intents.likeness import Floats
from zhiyin.assistant.intents.reading import IntentGuess, IntentReader
from zhiyin.errors import ModelError
from zhiyin.language.embedder import Kind


class Means(Protocol):
    """What embeds texts beside the requests, such as ``assistant.knowledge.meanings.Meanings``."""

    @property
    def vectors(self) -> Mapping[str, Floats]:
        """Text → (dim,) unit vector, of the texts that were embedded so far."""

    def want(self, texts: Iterable[tuple[str, Kind]]) -> None:
        """Have texts embedded; returns at once."""

    def question(self, text: str) -> Floats | None:
        """Return the vector of a question, None where there is none in time."""


class MeantReader:
    """Reads by n-grams alone until the examples are embedded and learned from, which happens beside the requests.

    Args:
        examples: intent → what is said for it.
        means: embeds them, and what is asked.
    """

    def __init__(self, examples: Examples, means: Means) -> None:
        self._examples, self._means = examples, means
        self._reader = IntentReader(examples)
        self._texts = [text for said in examples.values() for text in said]
        self._turn = threading.Lock()
        self._is_begun = self._is_learning = False

    def read(self, text: str) -> list[IntentGuess]:
        """Return what a message asks for; see ``IntentReader.read``."""
        self._begin()
        return self._reader.read(text)

    def _begin(self) -> None:
        with self._turn:
            if not self._is_begun:
                self._is_begun = True
                self._means.want((text, "query") for text in self._texts)
            vectors = self._means.vectors
            if self._is_learning or not all(text in vectors for text in self._texts):
                return
            self._is_learning = True
        threading.Thread(target=self._learn, name="intents", daemon=True).start()

    def _learn(self) -> None:
        self._reader = IntentReader(self._examples, _Asked(self._means))


class _Asked:
    """An embedder of what ``Means`` embeds."""

    model_id = "meanings"

    def __init__(self, means: Means) -> None:
        self._means = means

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return len(next(iter(self._means.vectors.values()), ()))

    def embed(self, texts: Sequence[str], *, kind: Kind) -> Floats:
        """Return the vectors of texts, (n, dim) float32.

        Raises:
            ModelError: one does not come in time.
        """
        known = self._means.vectors
        found = [known[text] if text in known else self._means.question(text) for text in texts]
        if any(one is None for one in found):
            raise ModelError(
                "a message has no vector in time",
                where="assistant.intents",
                expected="a vector of each part of it",
                next_step="read it by its words",
            )
        return np.stack([one for one in found if one is not None])
