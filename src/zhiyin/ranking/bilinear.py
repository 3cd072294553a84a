"""The bilinear model of people, items and situations, of low rank.

``f(u, i, c) = uᵀW₁i + uᵀW₂c + b`` is its founding form. In it a situation cannot change the order of items: for a given
person and situation ``uᵀW₂c + b`` is the same number for every item. What can is the term ``iᵀW₃c``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_EPSILON = 1e-8
_START = 0.1  # deviation of first factors


@dataclass(frozen=True, slots=True, eq=False)
class LowRank:
    """A matrix ``W = left @ right.T``.

    Attributes:
        left: (a, rank) float32.
        right: (b, rank) float32.

    >>> LowRank(np.eye(2), np.eye(2)).between(np.array([[1.0, 0.0]]), np.eye(2)).tolist()
    [[1.0, 0.0]]
    """

    left: NDArray[np.float32]
    right: NDArray[np.float32]

    def between(self, x: Any, y: Any) -> NDArray[np.float32]:
        """Return ``x W yᵀ``, (n, m), of (n, a) and (m, b) features, dense or CSR."""
        return np.asarray((x @ self.left) @ (y @ self.right).T)


@dataclass(frozen=True, slots=True, eq=False)
class Bilinear:
    """Scores items for a person in a situation: ``uᵀW₁i + uᵀW₂c + iᵀW₃c + b``.

    Attributes:
        user_item: W₁.
        user_context: W₂; None counts as 0.
        item_context: W₃; None is the founding form, in which no situation changes the order of items.
        bias: b, a number or one for each of the items that are scored, (m,).

    >>> one, items = np.array([[1.0, 0.0]]), np.eye(2)
    >>> base = Bilinear(LowRank(np.eye(2), np.eye(2)), LowRank(np.array([[5.0], [0.0]]), np.ones((1, 1))))
    >>> base.scores(one, items, np.ones((1, 1))).tolist()
    [[6.0, 5.0]]
    """

    user_item: LowRank
    user_context: LowRank | None = None
    item_context: LowRank | None = None
    bias: ArrayLike = 0.0

    def scores(self, users: Any, items: Any, contexts: Any) -> NDArray[np.float32]:
        """Return (n, m) scores of m items for n pairs of a person and a situation.

        Args:
            users: (n, du) features, dense or CSR; ids are one-hot rows.
            items: (m, di) features.
            contexts: (n, dc) features, see ``Vocabulary.rows``; a row of zeros is no situation.
        Complexity: O((n + m) d rank + n m rank).
        """
        found = self.user_item.between(users, items) + np.asarray(self.bias)
        if self.user_context is not None:
            person, situation = self.user_context.left, self.user_context.right
            found = found + ((users @ person) * (contexts @ situation)).sum(axis=1)[:, None]
        if self.item_context is not None:
            found = found + self.item_context.between(items, contexts).T
        return np.asarray(found)


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a ``Bilinear`` is fitted.

    Attributes:
        rank: of W₁.
        context_rank: of W₃; 0 leaves it out.
        epochs: passes over the events.
        learning_rate: of AdaGrad.
        reg: ridge of W₁'s factors, in units of the mean loss.
        context_reg: ridge of W₃'s factors.
        negatives: items that compete for an event; where there are no more than so many, all of them.
        batch: events at a time.

    >>> Fitting().rank
    32
    """

    rank: int = 32
    context_rank: int = 8
    epochs: int = 10
    learning_rate: float = 0.1
    reg: float = 1e-5
    context_reg: float = 1e-3
    negatives: int = 4096
    batch: int = 256


def fit_bilinear(
    person: NDArray[np.int64],
    item: NDArray[np.int64],
    contexts: Any,
    *,
    n_people: int,
    n_items: int,
    how: Fitting | None = None,
    seed: int = 0,
) -> Bilinear:
    """Fit W₁, W₃ and a bias an item by the softmax over items; people and items are one-hot features.

    W₂ is left out: it is the same for all items, so the softmax over them has no gradient for it.

    Args:
        person: (e,) int64.
        item: (e,) int64.
        contexts: (e, v) float32 CSR, the situation of each event.
        n_people: height of W₁.
        n_items: width of W₁.
        how: parameters.
        seed: of first factors, the order of events and what competes.
    Returns: the same for the same seed.
    Complexity: O(epochs e negatives (rank + context_rank)).
    References: Jean et al., ACL 2015 (sampled softmax); Duchi, Hazan & Singer, JMLR 2011 (AdaGrad).
    """
    how = how or Fitting()
    rng = np.random.default_rng(seed)
    factors = _Factors(n_people, n_items, contexts.shape[1], how, rng)
    factors.bias[:] = np.log(np.bincount(item, minlength=n_items) + 0.1)
    for _ in range(how.epochs):
        order = rng.permutation(person.size)
        for start in range(0, order.size, how.batch):
            rows = order[start : start + how.batch]
            drawn = _drawn(n_items, how.negatives, item[rows], rng)
            factors.step(person[rows], drawn, np.searchsorted(drawn, item[rows]), contexts[rows])
    return factors.model()


def _drawn(
    n_items: int, most: int, wanted: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return the items that compete in a batch, ascending: all of them, or those wanted and some at random."""
    if n_items <= most:
        return np.arange(n_items)
    return np.union1d(wanted, rng.choice(n_items, most, replace=False))


class _Factors:
    """The factors while they are fitted."""

    def __init__(
        self, n_people: int, n_items: int, n_features: int, how: Fitting, rng: np.random.Generator
    ) -> None:
        def drawn(rows: int, rank: int) -> NDArray[np.float32]:
            return rng.normal(0, _START, (rows, rank)).astype(np.float32)

        self.how = how
        self.user, self.item = drawn(n_people, how.rank), drawn(n_items, how.rank)
        self.item_in, self.context = (
            drawn(n_items, how.context_rank),
            drawn(n_features, how.context_rank),
        )
        self.bias = np.zeros(n_items, np.float32)
        self._squares: dict[int, NDArray[np.float32]] = {}

    def step(
        self,
        person: NDArray[np.int64],
        drawn: NDArray[np.int64],
        place: NDArray[np.int64],
        contexts: Any,
    ) -> None:
        """Move along the gradient of a batch, whose items stand at ``place`` in those drawn."""
        who, where = np.unique(person, return_inverse=True)
        users, situations = self.user[person], contexts @ self.context  # (b, r), (b, rc)
        items, items_in = self.item[drawn], self.item_in[drawn]
        error = users @ items.T + situations @ items_in.T + self.bias[drawn]  # (b, m)
        error -= error.max(axis=1, keepdims=True)
        np.exp(error, out=error)
        error /= error.sum(axis=1, keepdims=True)
        error[np.arange(person.size), place] -= 1
        error /= person.size
        of_user = np.zeros((who.size, users.shape[1]), np.float32)
        np.add.at(of_user, where, error @ items)
        changes = [
            (self.user, who, of_user, self.how.reg),
            (self.item, drawn, error.T @ users, self.how.reg),
            (self.bias, drawn, error.sum(axis=0), 0.0),
        ]
        if self.how.context_rank:
            features = np.unique(contexts.indices)
            of_context = contexts[:, features].T @ (error @ items_in)
            reg = self.how.context_reg
            changes.append((self.item_in, drawn, error.T @ situations, reg))
            changes.append((self.context, features, of_context, reg))
        for factors, rows, gradient, reg in changes:
            self._move(factors, rows, gradient + np.float32(reg) * factors[rows])

    def _move(
        self, factors: NDArray[np.float32], rows: NDArray[np.int64], gradient: NDArray[np.float32]
    ) -> None:
        squares = self._squares.setdefault(id(factors), np.full_like(factors, _EPSILON))
        squares[rows] += gradient**2
        factors[rows] -= np.float32(self.how.learning_rate) * gradient / np.sqrt(squares[rows])

    def model(self) -> Bilinear:
        has_context = self.how.context_rank > 0
        return Bilinear(
            LowRank(self.user, self.item),
            item_context=LowRank(self.item_in, self.context) if has_context else None,
            bias=self.bias,
        )
