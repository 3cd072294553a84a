"""Item weights from text, kept as two thin factors, alone or drawn into EASE; an item without events has a column too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.dual import DualEase
from zhiyin.affinity.ease import ridge_inverse
from zhiyin.affinity.item_weights import ItemWeights

Ease = DualEase | ItemWeights
"""EASE from either side."""

_BLOCK = 2**13  # rows in float64 at a time

Times = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""An (n_items, d) array → item weights times it, (n_items, d); see ``ease_times``."""


@dataclass(frozen=True, slots=True, eq=False)
class TextWeights:
    """Weights ``B_ij = left_i · right_j`` for i ≠ j, and ``B_jj = 0``; no items × items array exists at any time.

    Attributes:
        left: (n_items, dim) float32, what an item of a row brings.
        right: (n_items, dim) float32, what an item takes.
        own: (n_items,) float32 ``left_j · right_j``, which is taken off.

    >>> model = semantic_ease(np.array([[1, 0], [1, 0], [0, 1]], np.float32), reg=1.0)
    >>> model.scores(Asked.of([0])).round(2).tolist()
    [0.0, 0.5, 0.0]
    """

    left: NDArray[np.float32]
    right: NDArray[np.float32]
    own: NDArray[np.float32]

    name = "text"

    @classmethod
    def of(cls, left: NDArray[np.floating[Any]], right: NDArray[np.floating[Any]]) -> TextWeights:
        """Return the weights of two factors, (n_items, dim) each."""
        # A product with sparse rows copies a thin array that is not laid out row by row.
        left, right = (np.ascontiguousarray(one, np.float32) for one in (left, right))
        return cls(left, right, np.einsum("jd,jd->j", left, right))

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return self.own.size

    def louder(self, volume: NDArray[np.floating[Any]]) -> TextWeights:
        """Return the same with the column of each item times a number, (n_items,) float."""
        volume = volume.astype(np.float32)
        return replace(self, right=self.right * volume[:, None], own=self.own * volume)

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``; two thin products."""
        items, weights = asked.known(self.n_items)
        scores = self.right @ (weights @ self.left[items])
        scores[items] -= weights * self.own[items]
        return np.asarray(scores)

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``."""
        items, weights = asked.known(self.n_items)
        inside = ids < self.n_items
        taken = np.where(inside, ids, 0)
        amounts = np.asarray(weights[:, None] * (self.left[items] @ self.right[taken].T))  # (h, m)
        amounts[:, ~inside] = 0
        amounts[items[:, None] == ids] = 0
        return [Given("text", items, amounts)]

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """See ``AffinityModel.scores_rows``."""
        rows = rows[:, : self.n_items].tocoo()
        scores = (rows.tocsr() @ self.left) @ self.right.T
        scores[rows.row, rows.col] -= rows.data * self.own[rows.col]
        return np.asarray(scores)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        return {"left": self.left, "right": self.right, "own": self.own}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> TextWeights:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        return cls(arrays["left"], arrays["right"], arrays["own"])


@dataclass(frozen=True, slots=True, eq=False)
class EaseAndText:
    """EASE and weights of text, added: one list of items with events and items without.

    Attributes:
        base: EASE; an item without events gets 0 from it.
        text: as loud for each item as it shall be, see ``TextWeights.louder``.

    >>> base = ItemWeights("ease", np.array([[0, 0.5, 0], [0.5, 0, 0], [0, 0, 0]], np.float32))
    >>> text = semantic_ease(np.array([[1, 0], [0, 1], [1, 0]], np.float32), reg=1.0)
    >>> EaseAndText(base, text).scores(Asked.of([0])).tolist()
    [0.0, 0.5, 0.5]
    """

    base: Ease
    text: TextWeights

    name = "ease-and-text"

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return self.base.n_items

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        return self.base.scores(asked) + self.text.scores(asked)

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``; an item of the row gives by what goes with it, and by what it is like."""
        return [*self.base.explain(asked, ids), *self.text.explain(asked, ids)]

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """See ``AffinityModel.scores_rows``."""
        return np.asarray(self.base.scores_rows(rows) + self.text.scores_rows(rows))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        parts = (("base_", self.base), ("text_", self.text))
        return {head + name: one for head, part in parts for name, one in part.arrays().items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> EaseAndText:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        base, text = (
            {name.removeprefix(head): one for name, one in arrays.items() if name.startswith(head)}
            for head in ("base_", "text_")
        )
        is_dual = "inverse" in base
        opened = DualEase.from_arrays(base) if is_dual else ItemWeights.from_arrays("ease", base)
        return cls(opened, TextWeights.from_arrays(text))


def semantic_ease(vectors: NDArray[np.float32], reg: float) -> TextWeights:
    """Return EASE of the vectors' own Gram matrix ``F Fᵀ``: the weights that best tell each item's text from the others'.

    With ``M = (FᵀF + reg · I)⁻¹`` and ``h_j = f_jᵀ M f_j`` every weight is ``f_iᵀ M f_j / (1 - h_j)``, the ridge solution
    without item j; so an item needs no event for its column.

    Args:
        vectors: (n_items, dim) float32 F.
        reg: ridge, > 0, in units of a squared length.
    Complexity: O(n_items dim²) time; beside F its like, in float32, and some thousand rows in float64.
    References: Steck, WWW 2019; Moon, Park & Lee, CIKM 2025 (EASE of text); Woodbury, 1950.
    """
    n_items, dim = vectors.shape
    blocks = [slice(start, start + _BLOCK) for start in range(0, n_items, _BLOCK)]
    gram = reg * np.eye(dim)
    for block in blocks:
        exact = vectors[block].astype(np.float64)
        gram += exact.T @ exact
    inverse = np.linalg.inv(gram)
    right = np.empty((n_items, dim), np.float32)
    for block in blocks:
        exact = vectors[block].astype(np.float64)
        reached = exact @ inverse
        right[block] = reached / (1 - np.einsum("jd,jd->j", reached, exact))[:, None]
    return TextWeights.of(vectors, right)


def text_to_weights(
    vectors: NDArray[np.float32], known: NDArray[np.floating[Any]], reg: float, times: Times
) -> TextWeights:
    """Return, for each item, the column of item weights that a ridge reads from its vector.

    ``W = (FᵀΩF + reg · I)⁻¹ FᵀΩBᵀ`` maps a vector to a column of B; B itself is not formed.

    Args:
        vectors: (n_items, dim) float32 F.
        known: (n_items,) float >= 0, the diagonal of Ω: how much the column of each item is trusted; 0 without events.
        reg: ridge, > 0, in units of a squared length.
        times: what B does to a thin array.
    Complexity: O(n_items dim²), and once ``times`` of dim columns.
    References: Gantner et al., ICDM 2010 (from attributes to factors).
    """
    exact = vectors.astype(np.float64)
    weighted = exact * known[:, None]
    inverse = np.linalg.inv(exact.T @ weighted + reg * np.eye(exact.shape[1]))
    return TextWeights.of(times(weighted.astype(np.float32)) @ inverse, exact)


def ease_times(model: Ease) -> Times:
    """Return what multiplies the item weights of EASE by a thin array."""
    if isinstance(model, ItemWeights):
        return lambda thin: np.asarray(model.weights @ thin)
    left_out = 1 - model.leverages

    def times(thin: NDArray[np.float32]) -> NDArray[np.float32]:
        scaled = thin / left_out[:, None]
        through = model.columns @ (model.inverse @ (model.rows @ scaled))
        return np.asarray(through - model.leverages[:, None] * scaled)

    return times


def fused_ease(
    gram: NDArray[np.float32], text: TextWeights, *, reg: float, pull: float
) -> NDArray[np.float32]:
    """Return EASE whose weights are drawn to those of text, from the items' side.

    It minimises ``|X - X B|² + (reg - pull) |B|² + pull |B - C|²`` with the diagonal of B at 0, C being the weights of text:
    with ``P = (gram + reg · I)⁻¹`` and ``Q = P C``, ``B = I + pull · Q - P diag((1 + pull · diag Q) / diag P)``.

    Args:
        gram: (n_items, n_items) float32 ``XᵀX``.
        text: C.
        reg: ridge, in units of the diagonal of ``gram``.
        pull: towards text, >= 0, in the same units; 0 gives ``ease``.
    Returns: (n_items, n_items) float32.
    Raises: DataError when ``gram + reg · I`` is not positive definite.
    Complexity: n_items³ floating-point operations, 12 n_items² bytes.
    References: Moon, Park & Lee, CIKM 2025 (L3AE).
    """
    inverse = ridge_inverse(gram, reg)
    drawn = np.float32(pull) * ((inverse @ text.left) @ text.right.T - inverse * text.own)
    weights = drawn - inverse * ((1 + np.diagonal(drawn)) / np.diagonal(inverse))
    np.fill_diagonal(weights, 0)
    return np.asarray(weights)


@dataclass(frozen=True, slots=True, eq=False)
class FusedDual:
    """The weights of ``fused_ease`` from the people's side, for fewer people than items; nothing is items × items.

    ``P = (I - Xᵀ M X) / reg`` with the inverse kernel M of ``DualEase``, so a row x goes through P as one sparse product,
    and through C as two thin ones.

    Attributes:
        dual: EASE of the same rows and ridge.
        text: C.
        pull: towards text.
        taken: (n_items,) float32 ``(1 + pull · diag Q) / diag P``.

    >>> from scipy import sparse
    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1]], np.float32))
    >>> text = semantic_ease(np.array([[1, 0], [0, 1], [1, 0]], np.float32), reg=1.0)
    >>> FusedDual.fit(DualEase.fit(rows, reg=1.0), text, pull=0.0).scores_rows(rows[:1]).round(2)
    array([[0.4, 0.5, 0.2]], dtype=float32)
    """

    dual: DualEase
    text: TextWeights
    pull: float
    taken: NDArray[np.float32]

    @classmethod
    def fit(cls, dual: DualEase, text: TextWeights, *, pull: float) -> FusedDual:
        """Solve for the diagonal.

        Complexity: O(n_people² dim) and sparse products of dim columns, beside the solve of ``dual``.
        """
        through = dual.columns @ (dual.inverse @ (dual.rows @ text.left))
        diagonal = (1 - dual.leverages) / dual.reg
        mixed = np.einsum("jd,jd->j", (text.left - through) / dual.reg, text.right)
        mixed -= diagonal * text.own
        return cls(dual, text, pull, (1 + np.float32(pull) * mixed) / diagonal)

    def scores_rows(self, rows: Any) -> NDArray[np.float32]:
        """See ``AffinityModel.scores_rows``."""
        row = rows.toarray()
        met = (rows @ self.dual.columns).toarray() @ self.dual.inverse  # (m, n_people)
        left = (row - (self.dual.columns @ met.T).T) / np.float32(self.dual.reg)  # (m, n_items)
        drawn = (left @ self.text.left) @ self.text.right.T - left * self.text.own
        return np.asarray(row + np.float32(self.pull) * drawn - left * self.taken)
