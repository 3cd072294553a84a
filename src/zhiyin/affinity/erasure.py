"""Models after a person, an event or a tie is gone: the same as training without, at a small part of the cost.

Numbers of people are stable: somebody who is gone is somebody with an empty row and no ties. Nothing here is for
removal alone: what takes a row away also puts a row in its place. Popularity has no function: it is a sum over events,
and summing those that are left is faster than one of these updates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.dual import DualEase, leverage
from zhiyin.affinity.item_weights import highest_of_rows
from zhiyin.affinity.low_rank import (
    LowRank,
    Product,
    RowsOf,
    cut_change,
    inverse_change,
    isolate,
    residual,
    rows_change,
    rows_of_weights,
    supported_change,
)
from zhiyin.affinity.people_weights import PeopleWeights, kernel_inverse, unit_ties

SOLVE_ABOVE = 1e-5
"""Residual above which to solve anew: a tenth of the 1e-4 that weights may differ from those of training anew, and ten
times what 200 erasures come to. A pass of refinement instead would cost four times as much as solving."""

_BLOCK = 512
_SAMPLED = 32  # columns that the residual is taken from
_SOLVE_SHARE = 8  # with more than one row in 8 touched, solving anew takes no longer


@dataclass(frozen=True, slots=True, eq=False)
class PeopleKernel:
    """``X Xᵀ + tie_weight · S + common_weight · C + reg · I`` as what it is made of.

    Attributes:
        rows: (n_people, n_items) float32 CSR X.
        reg: ridge.
        tied: (n_people, n_people) float32 CSR S, symmetric, diagonal 0; None: no ties.
        tie_weight: of a tie.
        common_weight: of C, the cosine of two people's ties.

    >>> kernel = PeopleKernel(sparse.csr_array(np.eye(2, dtype=np.float32)), reg=1.0)
    >>> kernel.without(np.array([0])).part(np.array([0, 1])).toarray().tolist()
    [[0.0, 0.0], [0.0, 1.0]]
    """

    rows: Any
    reg: float
    tied: Any = None
    tie_weight: float = 0.0
    common_weight: float = 0.0

    @classmethod
    def of(cls, model: PeopleWeights) -> PeopleKernel:
        """Return the kernel that a model was solved for."""
        return cls(model.rows, model.reg, model.tied, model.tie_weight, model.common_weight)

    def part(self, people: NDArray[np.int64]) -> Any:
        """Return some rows of the kernel, without ``reg``, as (k, n_people) CSR."""
        part = self.rows[people] @ self.rows.T
        if self.tied is not None:
            unit = unit_ties(self.tied)
            alike = (unit[people] @ unit.T).tolil()
            alike[np.arange(people.size), people] = 0
            part = part + self.tie_weight * self.tied[people] + self.common_weight * alike.tocsr()
        return sparse.csr_array(part)

    def product(self, vectors: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the kernel times (n_people, k) float64."""
        total = self.rows @ (self.rows.T @ vectors) + self.reg * vectors
        if self.tied is not None:
            unit = unit_ties(self.tied)
            own = (unit.multiply(unit)).sum(axis=1)[:, None]
            alike = unit @ (unit.T @ vectors) - own * vectors
            total += self.tie_weight * (self.tied @ vectors) + self.common_weight * alike
        return np.asarray(total)

    def inverse(self) -> NDArray[np.float32]:
        """Solve anew: n_people³ floating-point operations."""
        columns = self.rows.T.tocsr()
        return kernel_inverse(columns, self.tied, self.reg, self.tie_weight, self.common_weight)

    def replaced(self, people: NDArray[np.int64], rows: Any) -> PeopleKernel:
        """Return the kernel after some people's rows became ``rows``, (k, n_items) CSR."""
        return replace(self, rows=rows_replaced(self.rows, people, rows))

    def without(self, people: NDArray[np.int64]) -> PeopleKernel:
        """Return the kernel after some people's rows and ties are gone."""
        none = sparse.csr_array((people.size, self.rows.shape[1]), dtype=np.float32)
        tied = None if self.tied is None else ties_without(self.tied, people)
        return replace(self, rows=rows_replaced(self.rows, people, none), tied=tied)


def rows_replaced(rows: Any, people: NDArray[np.int64], new: Any) -> Any:
    """Return a CSR with the rows of ``people``, (k,) int64 distinct, replaced by those of ``new``, (k, n_items)."""
    order = np.arange(rows.shape[0])
    order[people] = rows.shape[0] + np.arange(people.size)
    replaced = sparse.vstack([rows, new], format="csr")[order]
    replaced.eliminate_zeros()
    return replaced


def ties_without(tied: Any, people: NDArray[np.int64]) -> Any:
    """Return a CSR of ties without those of ``people``, in either direction."""
    stays = np.ones(tied.shape[0], tied.dtype)
    stays[people] = 0
    left = sparse.csr_array(sparse.diags_array(stays) @ tied @ sparse.diags_array(stays))
    left.eliminate_zeros()
    return left


def inverse_diagonal(weights: NDArray[np.float32], rows: Any, reg: float) -> NDArray[np.float32]:
    """Return the diagonal of ``P = (Xᵀ X + reg · I)⁻¹``, which EASE weights do not hold, from the weights and X.

    ``1 / P_jj = reg + x_j · (x_j - X B_j)``: what is left of item j when the others have said all they can.

    Args:
        weights: (n_items, n_items) float32 B, as ``ease`` gives them.
        rows: (n_people, n_items) float32 CSR X.
        reg: ridge.
    Returns: (n_items,) float32.
    Complexity: n_items floating-point operations an entry of ``rows``.
    """
    left = np.full(rows.shape[1], reg, np.float64)
    for start in range(0, rows.shape[0], _BLOCK):
        part = rows[start : start + _BLOCK].tocoo()
        rest = part.data - (part.tocsr() @ weights)[part.row, part.col].astype(np.float64)
        left += np.bincount(part.col, part.data * rest, minlength=left.size)
    return (1 / left).astype(np.float32)


def ease_after(
    weights: NDArray[np.float32], diagonal: NDArray[np.float32], old: Any, new: Any
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the EASE weights and the diagonal of their inverse after ``old`` rows became ``new``.

    Args:
        weights: (n_items, n_items) float32, as ``ease`` gives them.
        diagonal: (n_items,) float32 of ``P = (Xᵀ X + reg · I)⁻¹``.
        old: (m, n_items) CSR, rows of X.
        new: (m, n_items) CSR; empty rows for people who are gone.
    Raises: DataError when what is left is not positive definite, which ``old`` rows that were never there may cause.
    Complexity: 4 m n_items² floating-point operations.
    """
    change = inverse_change(rows_of_weights(weights, diagonal), *rows_change(old, new))
    return change.added_to_weights(weights, diagonal)


def kernel_inverse_after(
    inverse: NDArray[np.float32], old: PeopleKernel, new: PeopleKernel
) -> NDArray[np.float32]:
    """Return the inverse of the ``new`` kernel from that of the ``old`` one.

    Complexity: 4 t n_people² floating-point operations for t people whose row or ties differ; n_people³ when these
    are more than an eighth of all.
    """
    change = _kernel_change(lambda people: inverse[people], old, new)
    if change is None:
        return new.inverse()
    changed = change.added_to(inverse)
    isolate(changed, _alone(new), 1 / new.reg)
    return changed


def people_after(model: PeopleWeights, new: PeopleKernel) -> PeopleWeights:
    """Return the model of the ``new`` kernel; what it was before is in the model.

    Complexity: see ``kernel_inverse_after``.
    """
    inverse = kernel_inverse_after(model.inverse, PeopleKernel.of(model), new)
    return replace(model, inverse=inverse, rows=new.rows, columns=new.rows.T.tocsr(), tied=new.tied)


def dual_without(model: DualEase, people: NDArray[np.int64]) -> DualEase:
    """Return the model after people are gone: for one, leverages become ``q_j - (M_u · x_j)² / M_uu``.

    Args:
        model: with the people.
        people: (k,) int64 distinct.
    Complexity: 2 k (n_people² + entries of the rows) floating-point operations.
    """
    rows = PeopleKernel(model.rows, model.reg).without(people).rows
    change = cut_change(lambda numbers: model.inverse[numbers], people)
    inverse = change.added_to(model.inverse)
    isolate(inverse, people, 1 / model.reg)
    leverages = np.maximum(model.leverages + change.of_rows(model.columns), 0)
    columns = rows.T.tocsr()
    leverages[np.diff(columns.indptr) == 0] = 0
    return DualEase(inverse, leverages.astype(np.float32), rows, columns, model.reg)


def dual_replaced(model: DualEase, people: NDArray[np.int64], new: Any) -> DualEase:
    """Return the model after some people's rows became others: events came, went or changed.

    Args:
        model: as it was.
        people: (k,) int64 distinct.
        new: (k, n_items) CSR.
    Complexity: 4 k n_people² floating-point operations, and the squared column counts of the items that differ.
    """
    before = PeopleKernel(model.rows, model.reg)
    after = before.replaced(people, new)
    change = _kernel_change(lambda numbers: model.inverse[numbers], before, after)
    columns = after.rows.T.tocsr()
    if change is None:
        inverse = after.inverse()
        return DualEase(inverse, leverage(inverse, columns), after.rows, columns, model.reg)
    inverse = change.added_to(model.inverse)
    isolate(inverse, _alone(after), 1 / model.reg)
    leverages = np.maximum(model.leverages + change.of_rows(columns), 0).astype(np.float32)
    moved = np.unique((model.rows[people] - new).tocoo().col)
    leverages[moved] = leverage(inverse, columns[moved])
    return DualEase(inverse, leverages, after.rows, columns, model.reg)


def neighbours_without(
    near: Any, left: Any, lost: NDArray[np.int64], *, neighbours: int = 200, shrinkage: float = 10.0
) -> Any:
    """Return the nearest items after rows lost some items, equal to the bit to ``nearest_items(left)``.

    The items of the rows that lost something are compared anew. Any other item can only have come nearer to these,
    since they became shorter and what is shared stayed; so its best are among the ones it had and these.

    Args:
        near: (n_items, n_items) float32 CSR, from ``nearest_items`` with the same parameters.
        left: (n_people, n_items) float32 CSR, the rows as they are now.
        lost: (d,) int64 distinct items that a changed row has or had.
        neighbours: see ``nearest_items``.
        shrinkage: see ``nearest_items``.
    Complexity: the row lengths of all who have an item of ``lost``, and a sort of as many entries.
    """
    n_items = left.shape[1]
    columns = left.T.tocsr()
    norms = np.sqrt(columns.multiply(columns).sum(axis=1)).astype(np.float32)
    shared = (columns[lost] @ left).tocoo()
    one, two = lost[shared.row], shared.col.astype(np.int64)
    value = shared.data / (norms[one] * norms[two] + np.float32(shrinkage))
    is_lost = np.zeros(n_items, bool)
    is_lost[lost] = True

    outside = ~is_lost[two]  # items that lost nothing, compared with those that did
    item, neighbour, nearness = two[outside], one[outside], value[outside]
    had = np.repeat(np.arange(n_items), np.diff(near.indptr)) * n_items + near.indices
    place = np.minimum(np.searchsorted(had, item * n_items + neighbour), max(had.size - 1, 0))
    known = had[place] == item * n_items + neighbour if had.size else np.zeros(item.size, bool)
    data = near.data.copy()
    data[place[known]] = nearness[known]
    patched = sparse.csr_array((data, near.indices, near.indptr), shape=near.shape)
    item, neighbour, nearness = item[~known], neighbour[~known], nearness[~known]
    farthest = np.full(n_items, np.inf, np.float32)
    filled = np.flatnonzero(np.diff(near.indptr))
    if filled.size:
        farthest[filled] = np.minimum.reduceat(data, near.indptr[filled])
    enters = nearness >= farthest[item]

    moved = np.unique(item[enters])
    kept, other = patched[moved].tocoo(), one != two
    entries = (
        np.concatenate([moved[kept.row], item[enters], one[other]]),
        np.concatenate([kept.col, neighbour[enters], two[other]]),
        np.concatenate([kept.data, nearness[enters], value[other]]),
    )
    sorted_anew = np.union1d(lost, moved)
    return rows_replaced(patched, sorted_anew, _nearest(*entries, sorted_anew, n_items, neighbours))


def _nearest(
    item: NDArray[np.int64],
    neighbour: NDArray[np.int64],
    nearness: NDArray[np.float32],
    items: NDArray[np.int64],
    n_items: int,
    neighbours: int,
) -> Any:
    """Return the nearest of each of ``items`` among some entries, as (len(items), n_items) CSR."""
    entries = (nearness, (np.searchsorted(items, item), neighbour))
    near = sparse.csr_array(entries, shape=(items.size, n_items), dtype=np.float32)
    return highest_of_rows(near, neighbours)


def ease_product(rows: Any, reg: float) -> Product:
    """Return what multiplies ``Xᵀ X + reg · I``, for ``low_rank.residual``."""
    return lambda vectors: np.asarray(rows.T @ (rows @ vectors) + reg * vectors)


def sampled_residual(rows_of: RowsOf, product: Product, n: int, *, seed: int = 0) -> float:
    """Return the residual of an inverse in 32 columns drawn by seed; above ``SOLVE_ABOVE`` it is time to solve anew.

    Args:
        rows_of: rows of the (n, n) inverse.
        product: multiplies what it is the inverse of.
    Complexity: 32 products.
    """
    columns = np.random.default_rng(seed).choice(n, min(n, _SAMPLED), replace=False)
    return residual(rows_of, product, columns)


def _kernel_change(rows_of: RowsOf, old: PeopleKernel, new: PeopleKernel) -> LowRank | None:
    """Return the change of the inverse, None when solving anew is no slower."""
    touched = np.flatnonzero(_differs(old.rows, new.rows) | _differs(old.tied, new.tied))
    if _SOLVE_SHARE * touched.size > old.rows.shape[0]:
        return None
    moved = new.part(touched) - old.part(touched)
    moved.eliminate_zeros()
    return inverse_change(rows_of, *supported_change(touched, moved))


def _differs(one: Any, two: Any) -> Any:
    if one is two:
        return False
    moved = sparse.csr_array(one - two)
    moved.eliminate_zeros()
    return np.diff(moved.indptr) > 0


def _alone(kernel: PeopleKernel) -> NDArray[np.int64]:
    """Return the numbers of people who have neither a row nor a tie."""
    size = np.diff(kernel.rows.indptr)
    if kernel.tied is not None:
        size = size + np.diff(kernel.tied.indptr)
    return np.flatnonzero(size == 0)
