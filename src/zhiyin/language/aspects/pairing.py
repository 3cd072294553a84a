"""Which opinion is of which aspect: likely spans of both in pairs, and what tells a true pair from a chance one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.language.aspects.chain import Spans, sparse_ones
from zhiyin.language.aspects.tagging import Layers, hashed
from zhiyin.language.aspects.units import mixed

BITS = 18
MAX_ASPECTS, MAX_OPINIONS = 6, 10
"""Likeliest spans of a sentence that are paired."""

_LEAST = 0.03  # chance of a pair whose spans were independent
_UNNAMED = 0.35  # taken as the chance that the aspect is not named
_LOG_EDGES = (-4.0, -3.2, -2.6, -2.0, -1.6, -1.2, -0.9, -0.6, -0.4, -0.2)
_MASS_EDGES = (0.1, 0.3, 0.6, 1.0, 1.5, 2.5)
_GAP_EDGES = (0, 1, 2, 3, 4, 5, 7, 10, 15, 25)
_LENGTH_EDGES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30)
_NO_ASPECT, _ASPECT_FIRST, _OPINION_FIRST, _WITHIN, _CROSSING = range(5)


class Pairs(NamedTuple):
    """Pairs of spans, by sentence; positions count tokens of the sentence, -1 where no aspect is named.

    Attributes:
        sentence: (p,) int64 which sentence.
        aspect_first, aspect_last, opinion_first, opinion_last: (p,) int64.
        aspect_log_p, opinion_log_p: (p,) float64 of the spans alone.
    """

    sentence: NDArray[np.int64]
    aspect_first: NDArray[np.int64]
    aspect_last: NDArray[np.int64]
    opinion_first: NDArray[np.int64]
    opinion_last: NDArray[np.int64]
    aspect_log_p: NDArray[np.float64]
    opinion_log_p: NDArray[np.float64]

    def where(self, chosen: NDArray[Any]) -> Pairs:
        """Return the pairs at some positions, or where a mask holds."""
        return Pairs(
            self.sentence[chosen],
            self.aspect_first[chosen],
            self.aspect_last[chosen],
            self.opinion_first[chosen],
            self.opinion_last[chosen],
            self.aspect_log_p[chosen],
            self.opinion_log_p[chosen],
        )

    @property
    def places(self) -> NDArray[np.int64]:
        """Sentence, aspect and opinion as rows, (5, p)."""
        spans = (self.aspect_first, self.aspect_last, self.opinion_first, self.opinion_last)
        return np.stack([self.sentence, *spans])


def likely_pairs(aspects: Spans, opinions: Spans, n_sentences: int) -> Pairs:
    """Return every likely opinion with every likely aspect of its sentence, and with none.

    Complexity: O(sentences · MAX_ASPECTS · MAX_OPINIONS).
    """
    named, told = _likeliest(aspects, MAX_ASPECTS), _likeliest(opinions, MAX_OPINIONS)
    n_named = np.bincount(named.sentence, minlength=n_sentences)
    first = np.cumsum(n_named) - n_named
    repeats = n_named[told.sentence] + 1
    opinion = np.repeat(np.arange(len(told.sentence)), repeats)
    turn = np.arange(len(opinion)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    sentence = told.sentence[opinion]
    nobody = turn == 0
    aspect = np.where(nobody, 0, first[sentence] + turn - 1)
    if not len(named.sentence):
        nowhere = np.zeros(1, np.int64)
        named = Spans(nowhere, nowhere, nowhere, np.zeros(1))
    pairs = Pairs(
        sentence,
        np.where(nobody, -1, named.first[aspect]),
        np.where(nobody, -1, named.last[aspect]),
        told.first[opinion],
        told.last[opinion],
        np.where(nobody, np.log(_UNNAMED), named.log_p[aspect]),
        told.log_p[opinion],
    )
    is_one = (pairs.aspect_first == pairs.opinion_first) & (pairs.aspect_last == pairs.opinion_last)
    return pairs.where((pairs.aspect_log_p + pairs.opinion_log_p > np.log(_LEAST)) & ~is_one)


def _likeliest(spans: Spans, n: int) -> Spans:
    rank = np.arange(len(spans.sentence)) - np.searchsorted(spans.sentence, spans.sentence)
    return spans.where(rank < n)


def pair_rows(known: Layers, aspects: Spans, opinions: Spans, pairs: Pairs) -> Any:
    """Return the features of pairs.

    Args:
        known: of the tokens of all sentences.
        aspects: all likely ones, also those not paired.
        opinions: likewise.
        pairs: p of them.
    Returns: (p, 2**BITS + some) float32 CSR.
    """
    templates, numbers = _Pairing(known, aspects, opinions, pairs).told()
    ones = sparse_ones(hashed(templates, bits=BITS), 1 << BITS)
    return sparse.hstack([ones, sparse.csr_array(numbers)], format="csr")


class _Pairing:
    """Where the spans of pairs stand, among the tokens, the marks and the other likely spans."""

    def __init__(self, known: Layers, aspects: Spans, opinions: Spans, pairs: Pairs) -> None:
        self.known, self.pairs = known, pairs
        self.offset = known.starts[pairs.sentence]
        self.behind = known.lengths[pairs.sentence]
        self.marks, self.ends = _so_far(known.is_mark), _so_far(known.ends_clause)
        self.aspects, self.opinions = (
            _so_far(
                np.bincount(known.starts[s.sentence] + s.first, np.exp(s.log_p), len(known.codes))
            )
            for s in (aspects, opinions)
        )
        first, last = pairs.aspect_first, pairs.aspect_last
        start, end = pairs.opinion_first, pairs.opinion_last
        self.named = first >= 0
        kinds = [~self.named, last < start, end < first, (start <= first) & (last <= end)]
        self.order = np.select(
            kinds, [_NO_ASPECT, _ASPECT_FIRST, _OPINION_FIRST, _WITHIN], _CROSSING
        )
        self.low = np.where(self.named, np.minimum(last, end) + 1, start)
        self.high = np.maximum(self.low, np.where(self.named, np.maximum(first, start), start))

    def told(self) -> tuple[list[tuple[NDArray[Any], ...]], NDArray[np.float32]]:
        """Return the templates of features, and those that are numbers."""
        p, order, named = self.pairs, self.order, self.named
        start, end = p.opinion_first, p.opinion_last
        held = self._between(self.aspects, start, end + 1)
        passed_aspects = self._between(self.aspects, self.low, self.high)
        passed_opinions = self._between(self.opinions, self.low, self.high)
        apart = np.where(
            order == _ASPECT_FIRST, start - p.aspect_last - 1, p.aspect_first - end - 1
        )
        gap = _level(np.where(named, apart, -1), _GAP_EDGES)
        marks = np.minimum(self._between(self.marks, self.low, self.high), 4)
        n_clauses = np.minimum(self._between(self.ends, start, end + 1), 5)
        before, after = self._token(start - 1), self._token(end + 1)
        starts, stops = self._start_kind(), self._stop_kind()
        own, other = _level(p.aspect_log_p, _LOG_EDGES), _level(p.opinion_log_p, _LOG_EDGES)
        passed, passed_o, inside = (
            _level(x, _MASS_EDGES) for x in (passed_aspects, passed_opinions, held)
        )
        earlier = _level(self._between(self.aspects, 0 * start, start), _MASS_EDGES)
        all_named, all_told = (
            _level(self._between(x, 0 * start, self.behind), _MASS_EDGES)
            for x in (self.aspects, self.opinions)
        )
        size = _level(end - start + 1, _LENGTH_EDGES)
        name_size = np.where(named, np.minimum(p.aspect_last - p.aspect_first + 1, 8), 0)
        name, opening, opinion, between = self._strings()
        first, last = (
            np.where(named, self._token(np.maximum(x, 0)), 0)
            for x in (p.aspect_first, p.aspect_last)
        )
        classes = self.known.classes
        templates: list[tuple[NDArray[Any], ...]] = [
            (order, gap), (order, marks), (order, gap, marks), (order, starts, stops), (order, starts, n_clauses),
            (own, named), (other,), (own, other, named), (order, passed), (order, passed_o), (order, passed, passed_o, marks),
            (inside, order, n_clauses), (earlier, named, order), (size,), (name_size,), (size, n_clauses), (order, before),
            (order, after), (order, self._token(start)), (order, self._token(end)),
            (self._token(start), self._token(np.minimum(start + 1, end))), (self._token(end), self._token(np.maximum(end - 1, start))),
            (named, first), (named, last), (name, named), (opinion,), (opening,), (between, order),
            (np.where(named, self._token(p.aspect_last + 1), 0),), (np.where(p.aspect_first > 0, self._token(p.aspect_first - 1), 7), named),
            (all_named, named, all_told), (classes[self.offset + start], classes[self.offset + np.minimum(start + 1, end)], order),
            (before, self._token(start)), (before, starts, order, gap), (starts, other, order), (stops, other),
            (name, order, marks), (all_named, earlier, named, passed),
        ]  # fmt: skip
        numbers = (p.aspect_log_p * named, p.opinion_log_p, p.aspect_log_p + p.opinion_log_p)
        masses = (np.minimum(x, 3) for x in (held, passed_aspects, passed_opinions))
        return templates, np.stack([*numbers, *masses, named], axis=1).astype(np.float32)

    def _token(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.asarray(self.known.codes[self.offset + place])

    def _between(
        self, so_far: NDArray[Any], low: NDArray[np.int64], high: NDArray[np.int64]
    ) -> NDArray[Any]:
        """Return the sum over the tokens from ``low`` to before ``high``."""
        return np.asarray(so_far[self.offset + high] - so_far[self.offset + low])

    def _start_kind(self) -> NDArray[np.int64]:
        """Return how an opinion begins: the text, a clause, behind its aspect, one token later, elsewhere."""
        start, last = self.pairs.opinion_first, self.pairs.aspect_last
        after_mark = self.known.is_mark[self.offset + start - 1]
        return np.select(
            [
                start == 0,
                after_mark,
                self.named & (last + 1 == start),
                self.named & (last + 2 == start),
            ],
            [0, 1, 2, 3],
            4,
        )

    def _stop_kind(self) -> NDArray[np.int64]:
        """Return how an opinion ends: with the text, with a clause, elsewhere."""
        end = self.pairs.opinion_last
        return np.select(
            [end == self.behind - 1, self.known.is_mark[self.offset + end + 1]], [0, 1], 2
        )

    def _strings(self) -> tuple[NDArray[np.uint64], ...]:
        """Return numbers for the aspect, the opinion's first tokens, a short opinion, and what stands between."""
        p = self.pairs
        name = self._string(p.aspect_first, p.aspect_last, 8)
        opening = self._string(p.opinion_first, p.opinion_last, 4)
        is_short = p.opinion_last - p.opinion_first < 4
        between = np.where(
            self.order == _ASPECT_FIRST, self._string(p.aspect_last + 1, p.opinion_first - 1, 3), 0
        )
        return name, opening, np.where(is_short, opening, 0), between

    def _string(
        self, first: NDArray[np.int64], last: NDArray[np.int64], longest: int
    ) -> NDArray[np.uint64]:
        told = np.zeros(len(first), np.uint64)
        for step in range(longest):
            place = np.minimum(first + step, self.behind)
            told = np.where(
                (first >= 0) & (first + step <= last),
                mixed(told, self._token(np.maximum(place, 0))),
                told,
            )
        return told


def _so_far(values: NDArray[Any]) -> NDArray[Any]:
    return np.append(0, np.cumsum(values))


def _level(values: NDArray[Any], edges: tuple[float, ...]) -> NDArray[np.int64]:
    return np.searchsorted(edges, values, side="right")
