"""A chain that tags tokens as outside, beginning and inside of spans, and says how likely each span is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.core.progress import Progress, untold

OUTSIDE, BEGINS, INSIDE = range(3)
_STARTS = np.array([1.0, 1.0, 0.0])  # nothing is inside before it begins
_FOLLOWS = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
_BATCH = 256  # sentences
_TOGETHER = 2000  # sentences whose spans are found at a time, at most
_PADDED = 1 << 18  # tokens of these with padding, at most


class Spans(NamedTuple):
    """Spans of tokens, by sentence and then the likeliest first.

    Attributes:
        sentence: (s,) int64 which sentence.
        first: (s,) int64 its first token, counted within the sentence.
        last: (s,) int64 its last.
        log_p: (s,) float64 natural logarithm of the chance that exactly this is a span.
    """

    sentence: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    log_p: NDArray[np.float64]

    def where(self, chosen: NDArray[np.integer] | NDArray[np.bool_]) -> Spans:
        """Return the spans at some positions, or where a mask holds."""
        return Spans(
            self.sentence[chosen], self.first[chosen], self.last[chosen], self.log_p[chosen]
        )


def joined(parts: Sequence[Spans]) -> Spans:
    """Return spans of several finds in their usual order."""
    sentence = np.concatenate([part.sentence for part in parts])
    log_p = np.concatenate([part.log_p for part in parts])
    first = np.concatenate([part.first for part in parts])
    last = np.concatenate([part.last for part in parts])
    return Spans(sentence, first, last, log_p).where(np.lexsort((-log_p, sentence)))


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """A linear-chain conditional random field.

    Attributes:
        weights: (d, 3) float32, of a feature for each tag.
        steps: (3, 3) float64, from one tag to the next.
    """

    weights: NDArray[np.float32]
    steps: NDArray[np.float64]

    def spans(
        self, features: Any, lengths: NDArray[np.int64], *, longest: int, least: float
    ) -> Spans:
        """Return the spans that are likely enough.

        Args:
            features: (tokens, d) CSR of the sentences' tokens, one sentence after the other.
            lengths: (sentences,) tokens of each.
            longest: tokens of a span at most.
            least: chance of a span at least.
        Complexity: O(tokens · longest).
        """
        starts = np.append(0, np.cumsum(lengths))
        nothing = np.zeros(0, np.int64)
        found = [Spans(nothing, nothing, nothing, np.zeros(0))]
        for chosen in _alike(lengths):
            scores = features[_rows(starts, chosen)] @ self.weights
            spans = _spans(_Lattice(scores, self.steps, lengths[chosen]), longest, least)
            found.append(spans._replace(sentence=chosen[spans.sentence]))
        return joined(found)


def fit_chain(
    features: Any,
    lengths: NDArray[np.int64],
    tags: NDArray[np.int64],
    *,
    reg: float = 1.0,
    rate: float = 0.05,
    epochs: int = 3,
    seed: int = 0,
    progress: Progress = untold,
) -> Chain:
    """Fit a chain by AdaGrad over batches of sentences.

    Args:
        features: (tokens, d) float32 CSR.
        lengths: (sentences,) tokens of each.
        tags: (tokens,) of 0 to 2; what is inside follows a beginning or an inside.
        reg: ridge on the weights that a batch touches.
        rate: of learning.
        epochs: times over all sentences.
        seed: of their order.
        progress: told after each batch.
    Complexity: O(epochs · entries of the features).
    References: Lafferty, McCallum & Pereira, ICML 2001; Duchi, Hazan & Singer, JMLR 2011 (AdaGrad, one rate a feature).
    """
    rng = np.random.default_rng(seed)
    chain = Chain(np.zeros((features.shape[1], 3), np.float32), np.zeros((3, 3)))
    seen = np.full((features.shape[1], 1), 1e-6, np.float32)
    seen_steps = np.full((3, 3), 1e-6)
    starts = np.append(0, np.cumsum(lengths))
    n_batches = -(-len(lengths) // _BATCH)
    for epoch in range(epochs):
        order = rng.permutation(len(lengths))
        for batch in range(n_batches):
            chosen = order[batch * _BATCH : (batch + 1) * _BATCH]
            rows = _rows(starts, chosen)
            part = features[rows]
            pull, step_pull = _gradient(chain, part, lengths[chosen], tags[rows])
            touched = np.zeros(features.shape[1], bool)
            touched[part.indices] = True
            columns = np.flatnonzero(touched)
            slope = (part.T @ pull)[columns] + reg * chain.weights[columns]
            seen[columns] += (slope**2).mean(axis=1, keepdims=True)
            chain.weights[columns] -= rate * slope / np.sqrt(seen[columns])
            seen_steps += step_pull**2
            chain.steps[...] -= rate * step_pull / np.sqrt(seen_steps)
            progress((epoch + (batch + 1) / n_batches) / epochs, len(lengths))
    return chain


def _alike(lengths: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield sentences of like length together, so that little is padding; those without tokens are left out."""
    by_length = np.argsort(lengths, kind="stable")
    by_length = by_length[lengths[by_length] > 0]
    place = len(by_length)
    while place:
        longest = int(lengths[by_length[place - 1]])
        first = max(0, place - max(1, min(_TOGETHER, _PADDED // longest)))
        yield by_length[first:place]
        place = first


def _rows(starts: NDArray[np.int64], chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of the tokens of some sentences, in their order."""
    lengths = starts[chosen + 1] - starts[chosen]
    offset = starts[chosen] - np.cumsum(lengths) + lengths
    return np.asarray(np.arange(lengths.sum()) + np.repeat(offset, lengths), np.int64)


class _Lattice:
    """Chances of tags given whole sentences, by the forward-backward recursion; (b, t) sentences and tokens, padded."""

    def __init__(
        self, scores: NDArray[np.float32], steps: NDArray[np.float64], lengths: NDArray[np.int64]
    ) -> None:
        n_tokens = int(lengths.max(initial=1))
        self.is_token = np.arange(n_tokens) < lengths[:, None]  # (b, t)
        padded = np.zeros((*self.is_token.shape, 3))
        padded[self.is_token] = scores
        self.emits = np.exp(padded - padded.max(axis=2, keepdims=True))
        self.moves = np.exp(steps) * _FOLLOWS
        self._run()

    def _run(self) -> None:
        n_tokens = self.is_token.shape[1]
        self.forward, self.backward = np.ones_like(self.emits), np.ones_like(self.emits)
        self.scale = np.ones(self.is_token.shape)
        reached = self.emits[:, 0] * _STARTS
        for t in range(n_tokens):
            if t:
                reached = (self.forward[:, t - 1] @ self.moves) * self.emits[:, t]
            self.scale[:, t] = reached.sum(axis=1)
            self.forward[:, t] = reached / self.scale[:, t, None]
        for t in range(n_tokens - 2, -1, -1):
            later = self.backward[:, t + 1] * self.emits[:, t + 1]
            behind = later @ self.moves.T / self.scale[:, t + 1, None]
            self.backward[:, t] = np.where(self.is_token[:, t + 1, None], behind, 1.0)


def _gradient(
    chain: Chain, features: Any, lengths: NDArray[np.int64], tags: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return expected minus true tags, (tokens, 3), and the same of steps, (3, 3)."""
    lattice = _Lattice(features @ chain.weights, chain.steps, lengths)
    pull = (lattice.forward * lattice.backward)[lattice.is_token]
    pull[np.arange(len(tags)), tags] -= 1
    both = lattice.is_token[:, 1:, None]
    later = (lattice.emits * lattice.backward / lattice.scale[..., None])[:, 1:] * both
    expected = np.einsum("bti,btj->ij", lattice.forward[:, :-1], later) * lattice.moves
    first = np.cumsum(lengths) - lengths
    place = np.setdiff1d(np.arange(len(tags)), first)
    true = np.bincount(3 * tags[place - 1] + tags[place], minlength=9).reshape(3, 3)
    return pull.astype(np.float32), expected - true


def _spans(lattice: _Lattice, longest: int, least: float) -> Spans:
    """Return the spans that are likely enough."""
    n_tokens = lattice.is_token.shape[1]
    onward = lattice.emits / lattice.scale[..., None]  # (b, t, 3)
    later = (onward * lattice.backward)[:, 1:, :INSIDE]
    ends = np.ones((*lattice.is_token.shape, 2))  # of a span in its first token, and later
    for place, tag in enumerate((BEGINS, INSIDE)):
        stopped = (later * lattice.moves[tag, :INSIDE]).sum(axis=2)
        ends[:, :-1, place] = np.where(lattice.is_token[:, 1:], stopped, 1.0)
    going = lattice.forward[..., BEGINS]  # (b, firsts), the chance to be in the span still
    found = []
    for more in range(min(longest, n_tokens)):
        chance = going * ends[:, more:, min(more, 1)] * lattice.is_token[:, more:]
        sentence, first = np.nonzero((chance >= least) & (chance > 0))
        found.append(Spans(sentence, first, first + more, np.log(chance[sentence, first])))
        move = lattice.moves[INSIDE if more else BEGINS, INSIDE]
        going = going[:, :-1] * move * onward[:, more + 1 :, INSIDE]
    return joined(found)


def sparse_ones(columns: NDArray[np.int32], n_columns: int) -> Any:
    """Return a CSR matrix with a one in each of the columns listed.

    Args:
        columns: (n, m) int32 of each row.
        n_columns: how many there are.
    """
    n, m = columns.shape
    ones = np.ones(n * m, np.float32)
    bounds = np.arange(0, n * m + 1, max(m, 1)) if m else np.zeros(n + 1, np.int64)
    return sparse.csr_array((ones, columns.ravel(), bounds), shape=(n, n_columns))
