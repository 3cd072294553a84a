"""Which people would be tied: learned from the ties there are, by hiding some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse, special
from scipy.sparse import linalg

from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.social.graph import Floats, Ints, adjacency, products, sizes, walks
from zhiyin.social.logistic import logistic

_DIM = 64
_DAMP = np.float32(2)  # so that people with a tie or two do not make axes of their own
_TASTE_DIM = 32
_HIDDEN = 0.1
_ENOUGH = 20_000  # hidden ties, after which another round of hiding adds little
_ROUNDS = 3
_LEAST_TIES = 20
_STEEP = np.float32(10)


def hidden(pairs: Ints, share: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return pairs in two parts, kept and hidden, by chance."""
    order = rng.permutation(len(pairs))
    n = max(1, round(share * len(pairs)))
    return pairs[np.sort(order[n:])], pairs[np.sort(order[:n])]


def matched(pairs: Ints, graph: Any, known: Any, rng: np.random.Generator) -> Ints:
    """Return for each tie a pair that is none, in which one end is replaced by a person with as many ties.

    Of a directed graph as many in the direction that counts: as often named for who is named, as many named for who names.
    So the number of ties alone cannot tell the two kinds of pairs apart.

    Args:
        pairs: (p, 2) int64 ties.
        graph: (n, n) CSR by which ties are counted.
        known: (n, n) CSR of all ties there are: none of these is returned.
        rng: by whom people are drawn.
    Returns: (q, 2) int64, q <= p: a tie for which nobody is found after many draws is left out.
    """
    n = graph.shape[0]
    found = np.full_like(pairs, -1)
    turned = rng.random(len(pairs)) < 0.5
    for end, counts in enumerate((sizes(graph), sizes(graph.T.tocsr()))):
        order = np.lexsort((rng.random(n), counts))
        rank = np.empty(n, np.int64)
        rank[order] = np.arange(n)
        todo = np.flatnonzero(turned == bool(end))
        for reach in range(8, 208):
            if not todo.size:
                break
            step = rng.integers(1, reach, todo.size) * rng.choice([-1, 1], todo.size)
            drawn = pairs[todo].copy()
            drawn[:, end] = order[np.clip(rank[pairs[todo, end]] + step, 0, n - 1)]
            free = (drawn[:, 0] != drawn[:, 1]) & (known[drawn[:, 0], drawn[:, 1]] == 0)
            found[todo[free]] = drawn[free]
            todo = todo[~free]
    return found[found[:, 0] >= 0]


@dataclass(frozen=True, slots=True, eq=False)
class LinkFeatures:
    """What is known of people from which a tie can be foretold.

    Attributes:
        graph: (n, n) float32 CSR of ties, row = who is tied, column = to whom.
        fair: (n, n) float32 CSR of ties, each divided by the roots of how many its two ends have.
        fair_back: its transpose.
        is_directed: whether a tie may lack its way back.
        near: (n, 2 d) float32, two halves: where a person stands as one who names, and as one who is named.
        taste: (n, m) float32 CSR with rows of length 1, what each person takes; None where nothing is known.
        likeness: (n, k) float32 unit rows of it.
        exchanges: (n, n) float32 CSR, how often each person turned to another; None where nothing is known.
    """

    graph: Any
    fair: Any
    fair_back: Any
    is_directed: bool
    near: Floats
    taste: Any = None
    likeness: Floats | None = None
    exchanges: Any = None

    @classmethod
    def of(cls, graph: Any, rows: Any = None, exchanges: Any = None) -> LinkFeatures:
        """Learn where people stand.

        Args:
            graph: (n, n) float32 CSR of ties.
            rows: (n, items) float32 CSR of what people took, None where it is not known.
            exchanges: (n, n) float32 CSR, how often each turned to another, likewise.
        Complexity: O(ties) for each of some hundred products with the graph.
        References: Rohe, Chatterjee & Yu, Annals of Statistics 2011 (regularised spectral embedding).
        """
        out, into = sizes(graph), sizes(graph.T.tocsr())
        scaled = _scaled(graph, np.sqrt(out + _DAMP), np.sqrt(into + _DAMP))
        left, values, right = _singular(scaled, _DIM)
        root = np.sqrt(values)
        sides = [left * root / np.sqrt(out + 1)[:, None], right * root / np.sqrt(into + 1)[:, None]]
        near = np.hstack(sides).astype(np.float32)
        # Each step from or to somebody with many ties says less.
        fair = _scaled(graph, np.sqrt(np.maximum(out, 1)), np.sqrt(np.maximum(into, 1)))
        ties = graph, fair, fair.T.tocsr(), bool((graph != graph.T).nnz)
        if rows is None or not rows.nnz:
            return cls(*ties, near, exchanges=exchanges)
        rarity = np.log(rows.shape[0] / np.maximum(sizes(rows.T.tocsr()), 1))
        taste = rows @ sparse.diags_array(rarity.astype(np.float32))
        length = np.sqrt(np.maximum(sizes(taste * taste), 1e-12))
        taste = (sparse.diags_array((1 / length).astype(np.float32)) @ taste).tocsr()
        likeness, spread, _ = _singular(taste, _TASTE_DIM)
        return cls(*ties, near, taste, _unit(likeness * spread), exchanges)

    def columns(self, pairs: Ints) -> dict[str, Floats]:
        """Return name → (p,) float32 of pairs, (p, 2) int64; each is higher for those who are nearer."""
        graph, fair, fair_back = self.graph, self.fair, self.fair_back
        one, two = pairs.T
        dim = self.near.shape[1] // 2
        names, named = self.near[one, :dim], self.near[two, dim:]
        found = {"common": products(fair, fair_back, pairs), "walks": walks(fair, pairs, fair_back)}
        if self.is_directed:
            found |= {
                "tied_back": _entries(graph, two, one),
                "named_by_both": products(fair_back, fair_back, pairs),
                "named_after": products(fair, fair, pairs),
            }
        found["position"] = np.einsum("pd,pd->p", names, named)
        found["position_cosine"] = np.einsum("pd,pd->p", _unit(names), _unit(named))
        if self.taste is not None and self.likeness is not None:
            found["taste"] = products(self.taste, self.taste, pairs)
            latent = self.likeness[one], self.likeness[two]
            found["taste_latent"] = np.einsum("pd,pd->p", *latent)
        if self.exchanges is not None:
            found["turned_to"] = _entries(self.exchanges, one, two)
            found["turned_back"] = _entries(self.exchanges, two, one)
        return found

    def table(self, pairs: Ints) -> Floats:
        """Return the (p, features) float32 of ``columns``, bent: the first common tie says more than the tenth."""
        rows = np.stack(list(self.columns(pairs).values()), axis=1)
        return np.asarray(np.log1p(np.maximum(_STEEP * rows, -0.5)), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class LinkPredictor:
    """Says how likely two people would be tied, from where they stand and what they take.

    >>> rng = np.random.default_rng(0)
    >>> circle = rng.integers(0, 3, 60)
    >>> one, two = np.nonzero((circle[:, None] == circle) & (rng.random((60, 60)) < 0.5))
    >>> from zhiyin.social.graph import adjacency
    >>> links = LinkPredictor.learned(adjacency(one, two, 60))
    >>> same, other = np.flatnonzero(circle == circle[0])[1], np.flatnonzero(circle != circle[0])[0]
    >>> chance = links.chances(np.array([[0, same], [0, other]]))
    >>> bool(chance[0] > chance[1])
    True
    """

    features: LinkFeatures
    names: tuple[str, ...]
    mean: Floats
    spread: Floats
    weights: Floats
    bias: float

    @classmethod
    def learned(
        cls,
        graph: Any,
        rows: Any = None,
        exchanges: Any = None,
        *,
        seed: int = 0,
        progress: Progress = untold,
    ) -> LinkPredictor:
        """Learn from a graph by hiding a tenth of its ties, which are told apart from pairs that are as well connected.

        Args:
            graph: (n, n) float32 CSR of ties; a symmetric one is of friendships, each told once for both.
            rows: (n, items) float32 CSR of what people took.
            exchanges: (n, n) float32 CSR, how often each turned to another.
            seed: of what is hidden and drawn.
            progress: told as rounds are done.
        Raises:
            DataError: there are too few ties.
        References: Liben-Nowell & Kleinberg, JASIST 2007.
        """
        rng = np.random.default_rng(seed)
        is_symmetric = (graph != graph.T).nnz == 0
        pairs = tie_pairs(graph, is_symmetric=is_symmetric)
        if len(pairs) < _LEAST_TIES:
            raise DataError(
                f"there are only {len(pairs)} ties to learn from",
                where="ties",
                expected=f"{_LEAST_TIES} at least",
                next_step="import more ties between people",
            )
        rounds = max(1, min(_ROUNDS, round(_ENOUGH / (_HIDDEN * len(pairs)) + 0.5)))
        tables, labels = [], []
        for done in range(rounds):
            kept, gone = hidden(pairs, _HIDDEN, rng)
            part = graph_of(kept, graph.shape[0], is_symmetric=is_symmetric)
            none = matched(gone, part, graph, rng)
            features = LinkFeatures.of(part, rows, exchanges)
            tables.append(features.table(np.concatenate([gone, none])))
            labels.append(np.repeat([1.0, -1.0], [len(gone), len(none)]))
            progress((done + 1) / (rounds + 1), len(gone))
        table = np.vstack(tables)
        mean, spread = table.mean(axis=0), table.std(axis=0) + np.float32(1e-6)
        # To stand nearer never speaks against a tie: no weight falls below 0.
        weights, bias = logistic((table - mean) / spread, np.concatenate(labels))
        progress(1.0, rounds)
        names = tuple(features.columns(pairs[:1]))
        return cls(LinkFeatures.of(graph, rows, exchanges), names, mean, spread, weights, bias)

    def chances(self, pairs: Ints) -> Floats:
        """Return how likely each of (p, 2) int64 pairs would be tied beside a pair drawn as well connected, (p,) float32."""
        odds = self.parts(pairs).sum(axis=1) + self.bias
        return np.asarray(special.expit(odds), np.float32)

    def parts(self, pairs: Ints) -> Floats:
        """Return what each feature adds to the log odds, (p, features) float32."""
        table = (self.features.table(pairs) - self.mean) / self.spread
        return np.asarray(table * self.weights, np.float32)


def tie_pairs(graph: Any, *, is_symmetric: bool) -> Ints:
    """Return the ties of a graph as (t, 2) int64, each friendship of a symmetric one once."""
    one, two = graph.nonzero()
    chosen = one < two if is_symmetric else one != two
    return np.column_stack([one[chosen], two[chosen]]).astype(np.int64)


def graph_of(pairs: Ints, n_people: int, *, is_symmetric: bool) -> Any:
    """Return the (n, n) float32 CSR of (t, 2) int64 ties."""
    return adjacency(pairs[:, 0], pairs[:, 1], n_people, is_directed=not is_symmetric)


def _entries(matrix: Any, rows: Ints, columns: Ints) -> Floats:
    return np.asarray(matrix[rows, columns], np.float32).ravel()


def _scaled(graph: Any, rows: Floats, columns: Floats) -> Any:
    return (sparse.diags_array(1 / rows) @ graph @ sparse.diags_array(1 / columns)).tocsr()


def _singular(matrix: Any, dim: int) -> tuple[Floats, Floats, Floats]:
    """Return left vectors (n, r), singular values (r,) and right vectors (m, r), r <= dim, the strongest first."""
    rank = min(dim, min(matrix.shape) - 1)
    start = np.ones(min(matrix.shape), matrix.dtype)
    left, values, right = linalg.svds(matrix, k=rank, v0=start)
    order = np.argsort(-values)
    return (
        np.asarray(left[:, order], np.float32),
        np.asarray(values[order], np.float32),
        np.asarray(right[order].T, np.float32),
    )


def _unit(rows: Floats) -> Floats:
    return np.asarray(
        rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32
    )
