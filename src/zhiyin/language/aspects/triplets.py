"""Aspect, opinion and polarity found together, by taggers that are learned from labelled sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.language.aspects.chain import (
    BEGINS,
    INSIDE,
    OUTSIDE,
    Chain,
    Spans,
    fit_chain,
    joined,
    sparse_ones,
)
from zhiyin.language.aspects.context import Context, context_columns, lexicon_rows
from zhiyin.language.aspects.opinions import pairs_of
from zhiyin.language.aspects.pairing import Pairs, likely_pairs, pair_rows
from zhiyin.language.aspects.tagging import BITS, Layers, layers, opinion_columns, token_columns
from zhiyin.language.aspects.taxonomy import Taxonomy
from zhiyin.language.aspects.units import mixed
from zhiyin.language.linear import fit_linear, fit_softmax

POLARITIES = ("negative", "neutral", "positive")
_LONGEST_ASPECT, _LONGEST_OPINION = 12, 45  # tokens
_LEAST = 0.01
_EPOCHS = 3
_PAIR_REG, _POLARITY_REG = 10.0, 10.0
_POLARITY_BITS = 16
_HELD_OUT = 0.15
_THRESHOLDS = np.arange(0.1, 0.5, 0.02)

Span = tuple[int, int]


class Triplet(NamedTuple):
    """What a sentence says of what, in tokens that count from 0; the last belongs to the span.

    Attributes:
        aspect: first and last token, None where the sentence does not name what it speaks of.
        opinion: first and last token of the words that say it.
        polarity: one of ``POLARITIES``.

    >>> Triplet((0, 1), (2, 3), "positive").opinion
    (2, 3)
    """

    aspect: Span | None
    opinion: Span
    polarity: str


@dataclass(frozen=True, slots=True, eq=False)
class TripletReader:
    """Finds triplets as labelled sentences have taught it.

    Attributes:
        aspects: tags the tokens of aspects.
        opinions: tags those of opinions, given where aspects are likely.
        pair: weights and bias of what makes two spans a pair.
        polarity: weights and biases of the three polarities.
        threshold: chance from which on a triplet is told.

    >>> taught = TripletReader.fit(["好 吃".split(), "味 道 差".split()] * 9, [[Triplet(None, (0, 1), "positive")], [Triplet((0, 1), (2, 2), "negative")]] * 9)
    >>> taught.read(["味 道 差".split()])[0]
    [Triplet(aspect=(0, 1), opinion=(2, 2), polarity='negative')]
    """

    aspects: Chain
    opinions: Chain
    pair: tuple[NDArray[np.float32], float]
    polarity: tuple[NDArray[np.float32], NDArray[np.float32]]
    threshold: float

    @classmethod
    def fit(
        cls,
        sentences: Sequence[Sequence[str]],
        triplets: Sequence[Sequence[Triplet]],
        *,
        seed: int = 0,
        progress: Progress = untold,
    ) -> TripletReader:
        """Learn from labelled sentences.

        What pairs spans is learned from spans found by chains that did not see their sentences, and the threshold on
        sentences that it did not see either.

        Args:
            sentences: folded tokens of each.
            triplets: of each.
            seed: of all that is drawn.
            progress: told as it goes on.
        Raises:
            DataError: there are no triplets to learn from.
        Complexity: O(tokens) a pass.
        """
        if not any(triplets):
            raise _nothing_to_learn()
        rng = np.random.default_rng(seed)
        known = layers(sentences)
        half = rng.random(len(sentences)) < 0.5
        features = sparse_ones(token_columns(known), 1 << BITS)
        steps = _steps(progress)
        name_tags = _tags(known, triplets, aspects=True)
        named = _unseen(features, known, name_tags, half, _LONGEST_ASPECT, next(steps))
        aspects = fit_chain(
            features, known.lengths, name_tags, epochs=_EPOCHS, progress=next(steps)
        )
        features = _beside(features, opinion_columns(known, named))
        told_tags = _tags(known, triplets, aspects=False)
        told = _unseen(features, known, told_tags, half, _LONGEST_OPINION, next(steps))
        opinions = fit_chain(
            features, known.lengths, told_tags, epochs=_EPOCHS, progress=next(steps)
        )
        del features
        polarity = _fit_polarity(sentences, triplets)
        progress(0.75, len(sentences))
        pairs = likely_pairs(named, told, len(sentences))
        is_true = np.isin(_keys(pairs.places), _gold_keys(triplets))
        rows = pair_rows(known, named, told, pairs)
        held_out = rng.random(len(sentences)) < _HELD_OUT
        held = held_out[pairs.sentence]
        pair = fit_linear(rows[~held], np.where(is_true[~held], 1.0, -1.0), reg=_PAIR_REG)
        chance = _chance(rows[held], pair)
        n_held = sum(
            len(set(one)) for one, is_held in zip(triplets, held_out, strict=True) if is_held
        )
        threshold = _best_threshold(pairs.where(held), chance, is_true[held], n_held)
        progress(1.0, len(sentences))
        return cls(aspects, opinions, pair, polarity, threshold)

    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[Triplet]]:
        """Return the triplets of sentences, in the order of their opinions.

        Args:
            sentences: folded tokens of each.
        Complexity: O(tokens).
        """
        known = layers(sentences)
        features = sparse_ones(token_columns(known), 1 << BITS)
        named = _spans(self.aspects, features, known, _LONGEST_ASPECT)
        features = _beside(features, opinion_columns(known, named))
        told = _spans(self.opinions, features, known, _LONGEST_OPINION)
        pairs = likely_pairs(named, told, len(sentences))
        chance = _chance(pair_rows(known, named, told, pairs), self.pair)
        chosen = pairs.where(_agreeing(pairs, chance, self.threshold))
        weights, biases = self.polarity
        scores = _polarity_rows(_contexts(sentences, chosen)) @ weights + biases
        found: list[list[Triplet]] = [[] for _ in sentences]
        columns = [*chosen.places.tolist(), scores.argmax(axis=1).tolist()]
        for sentence, first, last, start, end, polarity in zip(*columns, strict=True):
            aspect = (first, last) if first >= 0 else None
            found[sentence].append(Triplet(aspect, (start, end), POLARITIES[polarity]))
        return [
            sorted(one, key=lambda triplet: (triplet.opinion, triplet.aspect or (-1, -1)))
            for one in found
        ]


def _nothing_to_learn() -> DataError:
    return DataError(
        "there are no triplets to learn",
        where="triplet reader",
        expected="sentences with labelled triplets",
        next_step="label some",
    )


def _steps(progress: Progress) -> Iterator[Progress]:
    """Yield what four pieces of work tell their progress to; together they are half of it all."""
    for place in range(4):

        def went(done: float, rows: int, place: int = place) -> None:
            progress(0.05 + 0.15 * (place + done), rows)

        yield went


def _tags(
    known: Layers, triplets: Sequence[Sequence[Triplet]], *, aspects: bool
) -> NDArray[np.int64]:
    """Return the tags of all tokens; of spans that overlap, the shorter is told within the longer."""
    tags = np.full(len(known.at), OUTSIDE)
    starts = np.cumsum(known.lengths) - known.lengths
    for start, one in zip(starts.tolist(), triplets, strict=True):
        told = {triplet.aspect if aspects else triplet.opinion for triplet in one}
        spans = [span for span in told if span]
        for first, last in sorted(spans, key=lambda span: span[0] - span[1]):
            tags[start + first : start + last + 1] = INSIDE
            tags[start + first] = BEGINS
    follows_nothing = (tags == INSIDE) & (np.append(OUTSIDE, tags[:-1])[: len(tags)] == OUTSIDE)
    tags[follows_nothing] = BEGINS
    return tags


def _unseen(
    features: Any,
    known: Layers,
    tags: NDArray[np.int64],
    half: NDArray[np.bool_],
    longest: int,
    progress: Progress,
) -> Spans:
    """Return the spans of each half of the sentences by a chain fitted to the other half."""
    owner = np.repeat(np.arange(len(known.lengths)), known.lengths)
    parts = []
    for place, fitted in enumerate((half, ~half)):

        def went(done: float, rows: int, place: int = place) -> None:
            progress((place + done) / 2, rows)

        rows, others = np.flatnonzero(fitted[owner]), np.flatnonzero(~fitted[owner])
        chain = fit_chain(
            features[rows], known.lengths[fitted], tags[rows], epochs=_EPOCHS, progress=went
        )
        spans = chain.spans(features[others], known.lengths[~fitted], longest=longest, least=_LEAST)
        parts.append(spans._replace(sentence=np.flatnonzero(~fitted)[spans.sentence]))
    return joined(parts)


def _spans(chain: Chain, features: Any, known: Layers, longest: int) -> Spans:
    return chain.spans(features, known.lengths, longest=longest, least=_LEAST)


def _beside(features: Any, columns: NDArray[np.int32]) -> Any:
    """Return features of ones with further columns set."""
    n = features.shape[0]
    own = features.indices.reshape(n, features.nnz // max(n, 1))
    return sparse_ones(np.hstack([own, columns]), features.shape[1])


def _keys(places: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return one number for each column of sentence, aspect and opinion."""
    return mixed(*places)


def _gold_keys(triplets: Sequence[Sequence[Triplet]]) -> NDArray[np.uint64]:
    rows = {
        (sentence, *(triplet.aspect or (-1, -1)), *triplet.opinion)
        for sentence, one in enumerate(triplets)
        for triplet in one
    }
    return _keys(np.array(sorted(rows), np.int64).reshape(-1, 5).T)


def _chance(rows: Any, head: tuple[NDArray[np.float32], float]) -> NDArray[np.float64]:
    score = np.asarray(rows @ head[0] + head[1], np.float64)
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -50, 50))))


def _best_threshold(
    pairs: Pairs, chance: NDArray[np.float64], is_true: NDArray[np.bool_], n_gold: int
) -> float:
    """Return the threshold whose pairs have the best F1."""

    def f1(threshold: float) -> float:
        chosen = _agreeing(pairs, chance, threshold)
        return 2 * int(is_true[chosen].sum()) / max(1, len(chosen) + n_gold)

    return float(max(_THRESHOLDS, key=f1))


def _agreeing(pairs: Pairs, chance: NDArray[np.float64], threshold: float) -> NDArray[np.int64]:
    """Return the likely pairs, less those whose spans run into spans of likelier ones of their sentence."""
    likely = np.flatnonzero(chance >= threshold)
    likely = likely[np.lexsort((-chance[likely], pairs.sentence[likely]))]
    chosen: list[int] = []
    taken: list[list[int]] = []
    at = -1
    for place, (sentence, *spans) in zip(
        likely.tolist(), pairs.places.T[likely].tolist(), strict=True
    ):
        if sentence != at:
            at, taken = sentence, []
        if not any(_clash(spans, other) for other in taken):
            taken.append(spans)
            chosen.append(place)
    return np.array(chosen, np.int64)


def _clash(one: Sequence[int], other: Sequence[int]) -> bool:
    """Return whether spans of two pairs cross; the same span may stand in both, but not both spans."""
    first, last, start, end = one
    names_meet = (first < 0) == (other[0] < 0) and first <= other[1] and other[0] <= last
    told_meet = start <= other[3] and other[2] <= end
    if told_meet and ((start, end) != (other[2], other[3]) or (first < 0) != (other[0] < 0)):
        return True
    return names_meet and (told_meet or (first, last) != (other[0], other[1]))


def _fit_polarity(
    sentences: Sequence[Sequence[str]], triplets: Sequence[Sequence[Triplet]]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    said = [
        (tokens, triplet)
        for tokens, one in zip(sentences, triplets, strict=True)
        for triplet in one
    ]
    rows = _polarity_rows(
        [_context(tokens, triplet.aspect, triplet.opinion) for tokens, triplet in said]
    )
    labels = np.array([POLARITIES.index(triplet.polarity) for _, triplet in said], np.int64)
    return fit_softmax(rows, labels, len(POLARITIES), reg=_POLARITY_REG)


def _contexts(sentences: Sequence[Sequence[str]], pairs: Pairs) -> list[Context]:
    columns = pairs.places.tolist()
    return [
        _context(sentences[sentence], (first, last) if first >= 0 else None, (start, end))
        for sentence, first, last, start, end in zip(*columns, strict=True)
    ]


def _context(tokens: Sequence[str], aspect: Span | None, opinion: Span) -> Context:
    """Return a pair as a context: the aspect, and the opinion behind it."""
    name = "".join(tokens[aspect[0] : aspect[1] + 1]) if aspect else ""
    return Context("", name, "".join(tokens[opinion[0] : opinion[1] + 1]))


def _polarity_rows(contexts: Sequence[Context]) -> Any:
    columns = context_columns(contexts, bits=_POLARITY_BITS)
    return sparse.hstack([columns, sparse.csr_array(lexicon_rows(contexts))], format="csr")


def lexicon_triplets(tokens: Sequence[str], *, whole_clause: bool) -> list[Triplet]:
    """Return triplets by taxonomy and lexicon alone, to compare with.

    Args:
        tokens: folded, of one sentence.
        whole_clause: the opinion is all of the clause behind the aspect, not just its opinion words.
    """
    text = "".join(tokens)
    owner = [place for place, token in enumerate(tokens) for _ in token]
    found = set()
    for name, opinion, clause in pairs_of(text, _restaurants(), "restaurant"):
        if opinion is None:
            continue
        start, end = opinion.start, opinion.end
        if whole_clause:
            start, end = (name.end, clause.end) if name.end <= start else (clause.start, end)
        is_named = name.end <= opinion.start or opinion.end <= name.start
        aspect = (owner[name.start], owner[name.end - 1]) if is_named else None
        polarity = "positive" if opinion.value > 0 else "negative"
        if start < end:
            found.add(Triplet(aspect, (owner[start], owner[end - 1]), polarity))
    return sorted(found, key=lambda triplet: triplet.opinion)


@cache
def _restaurants() -> Taxonomy:
    return Taxonomy()
