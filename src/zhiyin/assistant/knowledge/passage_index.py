"""How likely each passage answers a question, by words, letters and meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhiyin.assistant.knowledge.documents import Passage
from zhiyin.assistant.knowledge.service_words import NAMES, spoken_of
from zhiyin.assistant.knowledge.topics import topics_of
from zhiyin.language.embedder import unit_rows
from zhiyin.language.ngrams import hashed_ngrams
from zhiyin.language.scripts import fold
from zhiyin.language.tokens import Tokenizer
from zhiyin.search.impacts import Impacts

WEIGHTS: Mapping[tuple[str, bool], tuple[float, ...]] = {
    ("faq", False): (-3.68, 3.59, 0.1, 1.83, -2.31, 8.46, -6.7, 0.0, 0.0),
    ("policy", False): (-4.68, 1.94, 0.49, 5.93, -0.18, 2.32, -3.03, 0.0, 0.0),
    ("faq", True): (-6.3, 2.08, 0.37, 1.17, -2.52, 7.14, -6.1, 3.43, 3.57),
    ("policy", True): (-6.32, 1.69, 0.76, 5.35, -0.08, 2.28, -2.64, 1.25, 3.02),
}
"""Kind of document, and whether there are vectors → bias and weights of the features, in their order."""
SURENESS: Mapping[bool, tuple[float, ...]] = {
    False: (1.19, 0.59, 0.31, -1.51),
    True: (1.11, 0.52, 0.3, -1.25),
}
"""Whether there are vectors → bias and weights of what makes the first of a list sure, see ``sureness``."""
_SIZES = (1, 2, 3, 4)
_BITS = 16
_MOST_LACKING = 3
_TITLED = 20.0
"""Log odds of a passage whose title is the question."""
_LOWEST_COSINE = 0.75
"""Of E5's unit vectors; texts that have nothing in common are hardly below."""
_FAINT = 0.3
"""Of a matter in a title; what is fainter is not taken for all that it is about."""
LIKELY = float(np.log(0.3 / 0.7))
"""Log odds below which no passage is the answer, chosen like the weights."""
_KNOWN = 0.2
_SURE_MATTER, _SHARED = 0.45, 0.5
"""How much a question is surely about a matter, and a passage at least a little, where 1 is what it is most about."""
_SIGNS = re.compile(r"[\W_]+")


class Asked(NamedTuple):
    """A question: its words, what it speaks of, those of its words that say something else, its matters, and its (dim,) vector."""

    text: str
    words: tuple[str, ...]
    topics: tuple[str, ...]
    others: tuple[str, ...]
    matters: NDArray[np.float32]
    vector: NDArray[np.float32] | None


class PassageIndex:
    """Scores passages for a question.

    The weights were learned by logistic regression, see ``benchmarks/knowledge.py``.

    Args:
        passages: n of any documents.
        tokenizer: cuts texts into words.
        vectors: text → (dim,) unit vector; a passage that lacks one of ``embedded`` goes without.

    >>> from zhiyin.assistant.knowledge.documents import passages_of
    >>> from zhiyin.core.records import Document
    >>> faq = [Document("When will it ship?", "Soon."), Document("Do you gift-wrap?", "Yes.")]
    >>> index = PassageIndex([one for entry in faq for one in passages_of(entry)], Tokenizer())
    >>> int(index.logits(index.asked("when does it ship")).argmax())
    0
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        tokenizer: Tokenizer,
        vectors: Mapping[str, NDArray[np.float32]] | None = None,
    ) -> None:
        self.passages = list(passages)
        self._tokenizer = tokenizer
        titles = [self._terms(one.title) for one in passages]
        texts = [self._terms(one.text) for one in passages]
        self._titles, self._texts = Impacts.of(titles), Impacts.of(texts)
        self._words = [frozenset((*one, *two)) for one, two in zip(titles, texts, strict=True)]
        told = [[name in title for name in NAMES] for title in titles]
        self._topics = np.array(told, bool).reshape(len(titles), len(NAMES))
        grams = hashed_ngrams([fold(one.title) for one in passages], _SIZES, bits=_BITS)
        n_having = np.bincount(grams.indices, minlength=1 << _BITS)
        self._rarity = np.log((1 + len(titles)) / (1 + n_having)).astype(np.float32) + 1
        self._grams = _weighed(grams, self._rarity)
        self._matters = _matters(passages)
        self._is_faq = np.array([one.document.kind == "faq" for one in passages], bool)
        self._bare = [_bare(one.title) for one in passages]
        self._attach(vectors or {})

    def with_vectors(self, vectors: Mapping[str, NDArray[np.float32]]) -> PassageIndex:
        """Return the same with other vectors."""
        other = copy(self)
        other._attach(vectors)
        return other

    def _attach(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        known = [[vectors.get(text) for text in embedded(one)] for one in self.passages]
        self._has_vector = np.array([all(v is not None for v in pair) for pair in known], bool)
        dim = next((len(one) for pair in known for one in pair if one is not None), 0)
        self._vectors = np.zeros((2, len(known), dim), np.float32)
        for row in np.flatnonzero(self._has_vector):
            self._vectors[:, row] = known[row]

    def asked(self, question: str, vector: NDArray[np.float32] | None = None) -> Asked:
        """Return what is looked for, with its (dim,) vector where there is one."""
        words = tuple(dict.fromkeys(self._tokenizer.words(question)))
        topics = spoken_of(question)
        said = " ".join(topics.values())
        return Asked(
            question,
            words,
            tuple(topics),
            tuple(w for w in words if w not in said),
            topics_of([question])[0],
            vector,
        )

    def knows(self, asked: Asked) -> bool:
        """Return whether a question has anything that can be compared: a vector, a matter, a word or letters of a title."""
        if asked.vector is not None or asked.matters.max() >= _KNOWN:
            return True
        return bool(self.features(asked)[:, :3].max(initial=0) >= _KNOWN)

    def features(self, asked: Asked) -> NDArray[np.float32]:
        """Return what is compared, (n, 8) float32.

        How much of the question's words the title has, how alike the letters of both are, how much of the words the text
        has, how much of what the question speaks of the title does not, how much both are about one matter, and how much the
        question is about another, each from 0 to about 1; and how near the meanings of title and text are, likewise, and 0 where they are not known.
        """
        terms = (*asked.words, *asked.topics)
        grams = _weighed(hashed_ngrams([fold(asked.text)], _SIZES, bits=_BITS), self._rarity)
        found = np.zeros((len(self.passages), 8), np.float32)
        found[:, 0] = _covered(self._titles, terms)
        found[:, 1] = (self._grams @ grams.T).toarray()[:, 0]
        found[:, 2] = _covered(self._texts, terms)
        wanted = self._topics[:, [NAMES.index(name) for name in asked.topics]]
        found[:, 3] = np.minimum((~wanted).sum(axis=1), _MOST_LACKING) / _MOST_LACKING
        found[:, 4] = self._matters @ asked.matters
        found[:, 5] = np.maximum(asked.matters.max() - found[:, 4], 0)
        if asked.vector is not None and self._has_vector.any():
            cosine = (self._vectors @ unit_rows(asked.vector[None])[0]).T
            near = (cosine - _LOWEST_COSINE) / (1 - _LOWEST_COSINE)
            found[:, 6:] = np.where(self._has_vector[:, None], near, 0)
        return found

    def logits(self, asked: Asked) -> NDArray[np.float32]:
        """Return the log odds that each passage answers a question, (n,) float32.

        Complexity: O(n · dim + passages that share words or letters with it).
        """
        features = self.features(asked)
        has_vector = self._has_vector & (asked.vector is not None)
        found = np.empty(len(features), np.float32)
        for (kind, is_near), weights in WEIGHTS.items():
            rows = (self._is_faq == (kind == "faq")) & (has_vector == is_near)
            found[rows] = features[rows] @ np.array(weights[1:], np.float32) + weights[0]
        bare = _bare(asked.text)
        found[[title == bare for title in self._bare]] = _TITLED
        return found

    def sure_signs(
        self, asked: Asked, logits: NDArray[np.float32], rows: NDArray[np.int64]
    ) -> tuple[float, float, float]:
        """Return what tells whether the first of some passages answers.

        Its log odds, by how much they exceed those of the next one under another title and about another matter, and how much it lacks of the
        question's words beside what this speaks of, from 0 to 1.

        Args:
            asked: the question.
            logits: (n,) as ``logits`` gave them.
            rows: (k,) passages, the likeliest first; at least one.
        """
        first = rows[0]
        next_one = next((row for row in rows if not self._is_same(first, row)), None)
        best = float(logits[first])
        ahead = (
            best - float(logits[next_one]) if next_one is not None else -WEIGHTS["faq", False][0]
        )
        lacking = sum(word not in self._words[first] for word in asked.others)
        return best, ahead, min(lacking, _MOST_LACKING) / _MOST_LACKING

    def _is_same(self, one: int, other: int) -> bool:
        """Return whether two passages have one title, or are about one matter."""
        matters = self._matters[[one, other]]
        is_known = matters.max(axis=1).min() >= 1
        is_one = bool(is_known and matters[0].argmax() == matters[1].argmax())
        return is_one or self.passages[one].title == self.passages[other].title

    def sureness(self, asked: Asked, logits: NDArray[np.float32], rows: NDArray[np.int64]) -> float:
        """Return how likely the first of some passages answers, 0 to 1; 1 where its title is the question.

        That is 0 for one that is unlikely by itself, however far behind the others are, and for one about another matter.

        See ``sure_signs`` for the arguments.
        """
        if self._bare[rows[0]] == _bare(asked.text):
            return 1.0
        if logits[rows[0]] < LIKELY or self._is_apart(asked, int(rows[0])):
            return 0.0
        weights = SURENESS[asked.vector is not None and bool(self._has_vector[rows[0]])]
        signs = self.sure_signs(asked, logits, rows)
        return float(1 / (1 + np.exp(-weights[0] - np.dot(weights[1:], signs))))

    def _is_apart(self, asked: Asked, row: int) -> bool:
        """Return whether a question is surely about another matter than a passage is."""
        best = int(asked.matters.argmax())
        is_known = self._matters[row].max() >= 1
        return bool(
            asked.matters[best] >= _SURE_MATTER and is_known and self._matters[row, best] < _SHARED
        )

    def rarities(self, asked: Asked) -> dict[str, float]:
        """Return how much the words of a question tell, by how rare they are in the texts."""
        return {word: self._texts.rarity(word) for word in asked.words}

    def _terms(self, text: str) -> Counter[str]:
        return Counter([*self._tokenizer.words(text, for_search=True), *spoken_of(text)])


def embedded(passage: Passage) -> tuple[str, str]:
    """Return the texts of a passage whose meanings are compared with a question's: its title, and all of it."""
    return passage.title, f"{passage.title} {passage.text}"


def _matters(passages: Sequence[Passage]) -> NDArray[np.float32]:
    """Return what passages are about, by title or text, (n, topics) float32: 1 for the most, if they are about anything."""
    found = np.maximum(
        topics_of([one.title for one in passages]), topics_of([one.text for one in passages])
    )
    most = np.maximum(found.max(axis=1, initial=_FAINT, keepdims=True), _FAINT)
    return np.asarray(found / most, np.float32)


def _bare(text: str) -> str:
    return _SIGNS.sub("", fold(text))


def _covered(impacts: Impacts, terms: Sequence[str]) -> NDArray[np.float32]:
    """Return the share of the most that the words of a question could add, (n,) from 0 to about 1."""
    most = sum(map(impacts.rarity, terms))
    return impacts.scores(terms) / np.float32(most) if most else impacts.scores(())


def _weighed(grams: Any, rarity: NDArray[np.float32]) -> Any:
    """Return counts of n-grams by how rare these are, in rows of length one."""
    grams = grams.copy()
    grams.data = (1 + np.log(grams.data)) * rarity[grams.indices]
    length = np.sqrt(np.asarray((grams * grams).sum(axis=1)).ravel())
    rows = np.repeat(np.where(length > 0, length, 1), np.diff(grams.indptr))
    grams.data /= rows.astype(np.float32)
    return grams
