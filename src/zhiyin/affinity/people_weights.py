"""Weights between people: the mirror of EASE, in which ties of friendship add to the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.asked import Asked, Given, are_among
from zhiyin.affinity.csr import Entries, csr_arrays, csr_from, entries_of, row_of, rows_of
from zhiyin.affinity.ease import ridge_inverse
from zhiyin.affinity.evidence import Evidence
from zhiyin.errors import DataError

_DOUBLED = 12  # times that a ridge is doubled, at most
_FEW = 4  # a product with fewer than one row in so many is made of these rows alone


@dataclass(frozen=True, slots=True, eq=False)
class PeopleWeights:
    """Scores of a person are the rows of the others, weighted.

    ``M = (X Xᵀ + tie_weight · S + common_weight · C + reg · I)⁻¹``: what people have in common, who is tied to whom, and
    whose ties are alike all add up to one kernel of people. The weights of person u are ``-M_u / M_uu`` without u. They
    solve ``(kernel of the others + reg · I) w = k``, k being u's own kernel with the others; so a row unseen at training or
    changed since is folded in exactly: only k is new. So is a tie told besides, but for the likeness of others' ties.

    Attributes:
        inverse: (n_people, n_people) float32 M.
        rows: (n_people, n_items) float32 CSR X.
        columns: (n_items, n_people) float32 CSR, X transposed.
        tied: (n_people, n_people) float32 CSR S, symmetric: 1 for a tie of mean strength.
        reg: ridge, in units of the diagonal of the kernel.
        tie_weight: of a tie.
        common_weight: of the likeness C of two people's ties.

    References: Steck, WWW 2019 (the items' side); Ma et al., WSDM 2011 (ties as regularisation).

    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1], [1, 1, 1]], np.float32))
    >>> PeopleWeights.fit(rows, reg=1.0).scores(Asked.of([0, 1])).round(2)
    array([0.75, 0.75, 0.25], dtype=float32)
    """

    inverse: NDArray[np.float32]
    rows: Any
    columns: Any
    tied: Any
    reg: float
    tie_weight: float = 0.0
    common_weight: float = 0.0

    name = "people"

    @classmethod
    def fit(
        cls,
        rows: Any,
        ties: Any = None,
        *,
        reg: float,
        tie_weight: float = 0.0,
        common_weight: float = 0.0,
    ) -> PeopleWeights:
        """Solve for the weights.

        Where the ties weigh too much for the sum to be positive definite, the ridge is doubled until it is; ``reg`` of the
        model says to what.

        Args:
            rows: (n_people, n_items) float32 CSR.
            ties: (n_people, n_people) CSR, how strongly one person is tied to another, see ``Ties.matrix``; the stronger
                direction counts. None: no ties.
            reg: ridge, in units of the diagonal of the kernel.
            tie_weight: of a tie, in the same units.
            common_weight: of the likeness of two people's ties, 0 to 1, in the same units.
        Raises: DataError when the sum without ties is not positive definite: reg is not above 0.
        Complexity: n_people³ floating-point operations, 8 n_people² bytes.
        """
        rows = sparse.csr_array(rows)
        columns = rows.T.tocsr()
        n_people = rows.shape[0]
        tied = sparse.csr_array((n_people, n_people), dtype=np.float32)
        if ties is not None:
            tied = symmetric(ties)
        for ridge in (reg * 2.0**times for times in range(_DOUBLED + 1)):
            try:
                inverse = kernel_inverse(columns, tied, ridge, tie_weight, common_weight)
            except DataError:
                if not tied.nnz or ridge == reg * 2.0**_DOUBLED:
                    raise
                continue
            break
        return cls(inverse, rows, columns, tied, ridge, tie_weight, common_weight)

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return int(self.columns.shape[0])

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        return np.asarray(self.columns @ self.weights(asked))

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``; friends and other people give everything."""
        friends, _ = ties_of(self.tied, asked)
        return given_by_people(self.weights(asked), friends, self.columns, ids)

    def tied_to(self, person: int) -> NDArray[np.integer[Any]]:
        """See ``KnowsTies.tied_to``."""
        return learned_ties(self.tied, person)[0]

    def weights(self, asked: Asked) -> NDArray[np.float32]:
        """Return what each person's row counts for one, (n_people,) float32; 0 for the person's own and closed ones."""
        return asked.once(self, self._open_weights)

    def _open_weights(self, asked: Asked) -> NDArray[np.float32]:
        weights = self._solved(asked)
        weights[asked.closed[asked.closed < weights.size]] = 0
        return weights

    def _solved(self, asked: Asked) -> NDArray[np.float32]:
        n_people = self.inverse.shape[0]
        items, strengths = asked.known(self.n_items)
        person = asked.person if asked.person is not None and asked.person < n_people else None
        ties = ties_of(self.tied, asked)
        if person is None:
            shared = self._shared(items, strengths)
            return self._times_inverse(shared + self._by_ties(ties))
        if not items.size and not ties[0].size:
            # Exactly 0: what rounding leaves would be told as a reason.
            return np.zeros(n_people, np.float32)
        line = self.inverse[person]
        weights = np.asarray(line / -line[person])
        shared = self._change(person, items, strengths)
        known = row_of(self.tied, person)
        if not np.array_equal(ties[0], known[0]):
            shared += self._by_ties(ties) - self._by_ties(known)
        if shared.any():
            shared[person] = 0
            weights += self._times_inverse(shared) + (line @ shared) * weights
        weights[person] = 0
        return weights

    def _change(
        self, person: int, items: NDArray[np.int64], strengths: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return what the row has more in common with each person than at training, (n_people,) float32."""
        had, before = row_of(self.rows, person)
        changed = np.union1d(items, had)
        change = np.zeros(changed.size, np.float32)
        change[np.searchsorted(changed, items)] = strengths
        change[np.searchsorted(changed, had)] -= before
        moved = np.flatnonzero(change)
        return self._shared(changed[moved], change[moved])

    def _shared(
        self, items: NDArray[np.integer[Any]], strengths: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return what a row has in common with that of each person, (n_people,) float32."""
        entries = entries_of(self.columns, items, strengths)
        return np.bincount(*entries, self.inverse.shape[0]).astype(np.float32)

    def scores_people(self, people: NDArray[np.int64], histories: Any) -> NDArray[np.float32]:
        """Return the (m, n_items) float32 scores of people by their numbers, (m,) int64.

        Args:
            people: numbers of rows of the training data.
            histories: (n_people, n_items) CSR, what they have by now; those who are unchanged take a shorter way.
        """
        own = self.inverse[people]  # (m, n_people)
        place = np.arange(people.size)
        weights = own / -own[place, people][:, None]
        change = histories[people] - self.rows[people]
        changed = np.flatnonzero(abs(change).sum(axis=1))
        if changed.size:
            shared = np.asarray((change[changed] @ self.columns).toarray(), np.float32)
            shared[np.arange(changed.size), people[changed]] = 0
            along = (shared * own[changed]).sum(axis=1, keepdims=True)
            weights[changed] += shared @ self.inverse + along * weights[changed]
        weights[place, people] = 0
        return np.asarray(weights @ self.rows, np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        return {
            "inverse": self.inverse,
            "params": np.array([self.reg, self.tie_weight, self.common_weight]),
            **csr_arrays("rows", self.rows),
            **csr_arrays("columns", self.columns),
            **csr_arrays("tied", self.tied),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> PeopleWeights:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        n_people, n_items = arrays["inverse"].shape[0], arrays["columns_indptr"].size - 1
        rows = csr_from("rows", arrays, (n_people, n_items))
        columns = csr_from("columns", arrays, (n_items, n_people))
        tied = csr_from("tied", arrays, (n_people, n_people))
        return cls(arrays["inverse"], rows, columns, tied, *arrays["params"].tolist())

    def _by_ties(self, own: Entries) -> NDArray[np.float32]:
        return tie_kernel(self.tied, own, self.tie_weight, self.common_weight)

    def _times_inverse(self, kernel: NDArray[np.float32]) -> NDArray[np.float32]:
        met = np.flatnonzero(kernel)
        if met.size > kernel.size // _FEW:
            return np.asarray(kernel @ self.inverse)
        return np.asarray(kernel[met] @ self.inverse[met])


def kernel_inverse(
    columns: Any, tied: Any, reg: float, tie_weight: float, common_weight: float
) -> NDArray[np.float32]:
    """Return ``M = (X Xᵀ + tie_weight · S + common_weight · C + reg · I)⁻¹``, (n_people, n_people) float32.

    Args:
        columns: (n_items, n_people) float32 CSR, X transposed.
        tied: (n_people, n_people) float32 CSR S, symmetric, diagonal 0; None: no ties.
        reg: ridge.
        tie_weight: of a tie.
        common_weight: of C, the cosine of two people's ties.
    Raises: DataError when the sum is not positive definite.
    Complexity: n_people³ floating-point operations, 8 n_people² bytes.
    """
    kernel = Evidence.of(columns).gram
    if tied is not None and tied.nnz:
        for part, weight in ((tied, tie_weight), (tie_likeness(tied), common_weight)):
            entries = part.tocoo()
            kernel[entries.row, entries.col] += np.float32(weight) * entries.data
    return ridge_inverse(kernel, reg, overwrite=True)


def learned_ties(tied: Any, person: int | None) -> Entries:
    """Return the ties of a person in the training data, (n_people, n_people) float32 CSR; none beyond them."""
    if person is None or person >= tied.shape[0]:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    return row_of(tied, person)


def ties_of(tied: Any, asked: Asked) -> Entries:
    """Return the ties of a person in the training data and those told besides, of strength 1, but to nobody closed.

    Nobody knows the ties of None, or of one beyond the training data; friends beyond it are left out.

    Args:
        tied: (n_people, n_people) float32 CSR.
        asked: whose.
    """
    n_people, person = tied.shape[0], asked.person
    known = friends, strengths = learned_ties(tied, person)
    if asked.closed.size:
        is_open = asked.is_open(friends)
        known = friends, strengths = friends[is_open], strengths[is_open]
    told = asked.friends[asked.is_open(asked.friends)]
    others = told[(told < n_people) & (told != (-1 if person is None else person))]
    more = others[~are_among(others, friends)]
    if not more.size:
        return known
    both = np.concatenate([friends, more])
    order = np.argsort(both, kind="stable")
    return both[order], np.append(strengths, np.ones(more.size, np.float32))[order]


def tie_kernel(
    tied: Any, own: Entries, tie_weight: float, common_weight: float
) -> NDArray[np.float32]:
    """Return ``tie_weight · S + common_weight · C`` between one with these ties and everybody, (n_people,) float32."""
    friends, strengths = own
    kernel = np.zeros(tied.shape[0], np.float32)
    if not friends.size or not (tie_weight or common_weight):
        return kernel
    common = np.bincount(*entries_of(tied, friends, strengths), tied.shape[0])
    met = np.flatnonzero(common)
    theirs = tied[met]
    norms = np.sqrt(theirs.multiply(theirs).sum(axis=1) * (strengths @ strengths))
    kernel[met] = common_weight * common[met] / norms
    kernel[friends] += np.float32(tie_weight) * strengths
    return kernel


def given_by_people(
    weights: NDArray[np.float32],
    friends: NDArray[np.integer[Any]],
    columns: Any,
    ids: NDArray[np.int64],
) -> list[Given]:
    """Return what friends and other people gave to scores, when each person's row counts by a weight.

    Args:
        weights: (n_people,) float32.
        friends: (f,) int.
        columns: (n_items, n_people) float32 CSR.
        ids: (m,) int64 items; those beyond ``columns`` score 0.
    """
    within = np.flatnonzero(ids < columns.shape[0])
    have = rows_of(columns, ids[within])  # (within, n_people)
    given = weights[have.indices] * have.data
    is_given = given != 0
    owner = have.indices[is_given]
    is_giver = np.zeros(columns.shape[1], bool)
    is_giver[owner] = True
    people, place = np.flatnonzero(is_giver), (np.cumsum(is_giver) - 1)[owner]
    amounts = np.zeros((people.size, ids.size), np.float32)
    column = np.repeat(within, np.diff(have.indptr))
    amounts[place, column[is_given]] = given[is_given]
    is_friend = are_among(people, friends)
    return [
        Given("friend", people[is_friend], amounts[is_friend]),
        Given("person", people[~is_friend], amounts[~is_friend]),
    ]


def symmetric(ties: Any) -> Any:
    """Return the stronger of the two directions of each tie, as float32 CSR without a diagonal."""
    return _off_diagonal(ties.maximum(ties.T))


def unit_ties(tied: Any) -> Any:
    """Return rows of ties divided by their length, as float32 CSR; a row without ties stays as it is."""
    norm = np.sqrt(tied.multiply(tied).sum(axis=1))
    return (sparse.diags_array(1 / np.where(norm > 0, norm, 1)) @ tied).tocsr().astype(np.float32)


def tie_likeness(tied: Any) -> Any:
    """Return the likeness of the ties of two people, the cosine of their rows, diagonal 0.

    Args:
        tied: (n_people, n_people) float32 CSR, symmetric.
    Returns: (n_people, n_people) float32 CSR, values in (0, 1].
    Complexity: the sum over people of their squared number of ties.
    References: Salton & McGill, 1983 (cosine); Liben-Nowell & Kleinberg, CIKM 2003 (common neighbours).
    """
    unit = unit_ties(tied)
    return _off_diagonal(unit @ unit.T)


def _off_diagonal(matrix: Any) -> Any:
    """Return a square sparse matrix without its diagonal, as float32 CSR with ascending columns."""
    entries = matrix.tocoo()
    is_off = (entries.row != entries.col) & (entries.data != 0)
    kept = (entries.data[is_off], (entries.row[is_off], entries.col[is_off]))
    off = sparse.csr_array(kept, shape=matrix.shape, dtype=np.float32)
    off.sort_indices()
    return off
