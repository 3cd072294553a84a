"""Which of seven emotions a text shows, by words and signs: to sort what is urgent, not to judge people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import DataError
from zhiyin.language.embedder import Embedder
from zhiyin.language.emoji import MOODS
from zhiyin.language.lexicon import INERT, INTENSIFIERS, NEGATORS, POLAR
from zhiyin.language.ngrams import Units, units_of
from zhiyin.language.scripts import fold
from zhiyin.language.sentiment.cues import Words
from zhiyin.language.sentiment.emotion_words import EMOTION_WORDS, PLAIN

EMOTIONS = ("anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise")
"""What the columns of ``Emotions.probabilities`` are."""

_BREAKS = ",.!?;:…~、\x02\x03"
_REACH = 3  # units before a word within which a negator or an intensifier works on it
_SHARPNESS = 4.0
_CALM = 0.45  # what a text says for neutral before its first word
_SHOUT = 0.15  # what each of up to three exclamation marks adds to what is felt
_PRAISED = {"joy": 0.5}
_BLAMED = {"sadness": 0.35, "anger": 0.2}
_TURNED = {"joy": "sadness", "sadness": "joy"}  # "not happy", "did not disappoint"
_NEUTRAL = EMOTIONS.index("neutral")


class Emotions:
    """Reads anger, disgust, fear, joy, sadness and surprise from words and signs, Chinese and English.

    With multilingual E5 it reads what no word names too: far better, and a thousand times as slow.

    >>> chances = Emotions().probabilities(["气死我了,骗子!", "Where is my parcel"])
    >>> [EMOTIONS[row.argmax()] for row in chances]
    ['anger', 'neutral']
    """

    def __init__(self, embedder: Embedder | None = None) -> None:
        """Read words and signs, with an embedder the whole text as well.

        Args:
            embedder: ``embedders.e5.E5``, or ``vectors.Vectors`` of it.
        Raises:
            DataError: the embedder is of another model than the one that was learned from.
        """
        self._embedder = embedder
        self.method = "head:emotions@1" if embedder is not None else "rule:emotions@1"
        if embedder is not None and not self.reads(embedder.model_id):
            raise DataError(
                f"no emotions were learned from vectors of {embedder.model_id}",
                where="Emotions(embedder)",
                expected=_model(_head().model_id),
                next_step="use embedders.e5, or no embedder",
            )

    @staticmethod
    def reads(model_id: str) -> bool:
        """Return whether emotions were learned from vectors of a model, however much of a text it reads."""
        return _model(model_id) == _model(_head().model_id)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return how likely each emotion is the strongest of a text.

        A word counts with its strength, more after an intensifier and with exclamation marks. A negator up to three
        units before it in its clause takes it away; joy turns to sadness and sadness to joy. Praise and blame that
        name no emotion count a little for joy, sadness and anger.

        Args:
            texts: n of any length.
        Returns: (n, 7) float32, columns as in EMOTIONS, rows sum to 1; neutral where a text is empty.
        Raises:
            ModelError: the embedder does not answer.
        Complexity: O(characters) without an embedder.
        """
        rows = [_strengths(units) for units in units_of([fold(text) for text in texts])]
        strength = np.concatenate([np.zeros((0, len(EMOTIONS))), *rows])
        strength[:, _NEUTRAL] += _CALM
        logits = _SHARPNESS * np.log1p(strength)
        if self._embedder is not None and len(texts):
            logits += _head().logits(self._embedder.embed(texts, kind="query"))
        odds = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)


class _Head(NamedTuple):
    """A linear head over vectors of one model."""

    model_id: str
    weights: NDArray[np.float32]  # (dim, 7)
    bias: NDArray[np.float32]  # (7,)

    def logits(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return (n, 7), zero for a text without a vector."""
        is_read = np.abs(vectors).sum(axis=1, keepdims=True) > 0
        return np.asarray(np.where(is_read, vectors @ self.weights + self.bias, 0), np.float32)


@cache
def _head() -> _Head:
    with (files("zhiyin.language") / "data" / "emotion.npz").open("rb") as file:
        arrays = np.load(file)
        weights = arrays["weights"].astype(np.float32)
        return _Head(str(arrays["model_id"]), weights, arrays["bias"].astype(np.float32))


def _model(model_id: str) -> str:
    """Return a model's name without how much of a text it reads."""
    return model_id.partition("/")[0]


def _strengths(units: Units) -> NDArray[np.float64]:
    """Return how much each text says for each emotion, (n, 7), none below 0."""
    rules = _rules()
    found = rules.words.found(units)
    is_break = np.isin(units.hashes, rules.breaks)
    clause = np.maximum.accumulate(np.where(is_break, np.arange(len(is_break)), 0))
    felt = rules.is_felt[found.word]
    start, word = found.start[felt], found.word[felt]
    reach = np.maximum(start - _REACH, clause[start])

    def before(values: NDArray[np.float64]) -> NDArray[np.float64]:
        ends = np.bincount(found.end, values[found.word], minlength=len(clause) + 1)
        summed = np.append(0, np.cumsum(ends))
        return np.asarray(summed[start + 1] - summed[reach + 1], np.float64)

    is_turned = before(rules.turns) % 2 == 1
    raised = np.exp(np.clip(before(rules.raises), -1, 1))
    owner = units.owner[start]
    said = np.where(is_turned[:, None], rules.turned[word], rules.said[word]) * raised[:, None]
    strength = np.zeros((units.n_texts, len(EMOTIONS)))
    for column in range(len(EMOTIONS)):
        strength[:, column] = np.bincount(owner, said[:, column], minlength=units.n_texts)
    shouts = np.bincount(units.owner[units.hashes == rules.shout], minlength=units.n_texts)
    louder = 1 + _SHOUT * np.minimum(shouts, 3)
    strength[:, np.arange(len(EMOTIONS)) != _NEUTRAL] *= louder[:, None]
    return strength


class _Rules(NamedTuple):
    """All words in one lexicon, and of each: what it says, what it says when negated, and what it does to others."""

    words: Words
    said: NDArray[np.float64]
    turned: NDArray[np.float64]
    is_felt: NDArray[np.bool_]
    turns: NDArray[np.float64]
    raises: NDArray[np.float64]
    breaks: NDArray[np.uint64]
    shout: np.uint64


@cache
def _rules() -> _Rules:
    said = _vocabulary()
    negators = NEGATORS - said.keys()
    raised = {word: by for word, by in INTENSIFIERS.items() if word not in said}
    plain = (PLAIN | INERT) - said.keys() - negators - raised.keys()
    known = [*said, *negators, *raised, *plain]
    values = np.zeros((len(known), len(EMOTIONS)))
    turned = np.zeros_like(values)
    for place, weights in enumerate(said.values()):
        for emotion, weight in weights.items():
            values[place, EMOTIONS.index(emotion)] = weight
            turned[place, EMOTIONS.index(_TURNED.get(emotion, "neutral"))] += 0.8 * weight
    return _Rules(
        Words(known),
        values,
        turned,
        values.sum(axis=1) > 0,
        np.array([word in negators for word in known], np.float64),
        np.log([raised.get(word, 1.0) for word in known]),
        np.unique(next(units_of([_BREAKS])).hashes),
        next(units_of(["!"])).hashes[1],
    )


def _vocabulary() -> dict[str, dict[str, float]]:
    """Return each word that says something, and what; what names an emotion goes before praise and blame."""
    said: dict[str, dict[str, float]] = {}
    for emotion, words in EMOTION_WORDS.items():
        for word, strength in words.items():
            said.setdefault(word, {})[emotion] = strength
    for sign, mood in MOODS.items():
        if mood.emotion != "neutral":
            said.setdefault(sign, {mood.emotion: 0.4 + 0.5 * abs(mood.polarity)})
    for word, polarity in POLAR.items():
        if word not in PLAIN:
            share = _PRAISED if polarity > 0 else _BLAMED
            said.setdefault(word, {name: part * abs(polarity) for name, part in share.items()})
    return said
