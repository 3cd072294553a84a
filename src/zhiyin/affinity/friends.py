"""What a person's friends have, close ones more, with nothing of the person's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.csr import Entries, csr_arrays, csr_from, entries_of
from zhiyin.affinity.people_weights import learned_ties, ties_of


@dataclass(frozen=True, slots=True, eq=False)
class Friends:
    """Scores are the mean row of those to whom a person is tied, weighted by the ties.

    Attributes:
        rows: (n_people, n_items) float32 CSR.
        ties: (n_people, n_people) float32 CSR, row u = how strongly u is tied to whom.

    >>> rows = sparse.csr_array(np.array([[0, 0], [1, 0], [1, 1]], np.float32))
    >>> ties = sparse.csr_array(np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]], np.float32))
    >>> Friends(rows, ties).scores(Asked(np.empty(0, np.int64), np.empty(0, np.float32), 0)).tolist()
    [1.0, 0.5]
    """

    rows: Any
    ties: Any

    name = "friends"

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return int(self.rows.shape[1])

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        entries = entries_of(self.rows, *self._shares(asked))
        return np.bincount(*entries, self.n_items).astype(np.float32)

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``; each friend gives."""
        (friends, shares), within = self._shares(asked), np.flatnonzero(ids < self.n_items)
        amounts = np.zeros((friends.size, ids.size), np.float32)
        amounts[:, within] = shares[:, None] * self.rows[friends][:, ids[within]].toarray()
        return [Given("friend", friends.astype(np.int64), amounts)]

    def scores_people(self, people: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the (m, n_items) float32 scores of people by their numbers, (m,) int64."""
        return np.asarray((_row_shares(self.ties[people]) @ self.rows).toarray(), np.float32)

    def tied_to(self, person: int) -> NDArray[np.integer[Any]]:
        """See ``KnowsTies.tied_to``."""
        return learned_ties(self.ties, person)[0]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``."""
        own = {**csr_arrays("rows", self.rows), **csr_arrays("ties", self.ties)}
        return {**own, "n_items": np.array(self.n_items)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Friends:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        n_people, n_items = arrays["rows_indptr"].size - 1, int(arrays["n_items"])
        ties = csr_from("ties", arrays, (n_people, n_people))
        return cls(csr_from("rows", arrays, (n_people, n_items)), ties)

    def _shares(self, asked: Asked) -> Entries:
        friends, strengths = ties_of(self.ties, asked)
        return friends, strengths / (strengths.sum() or np.float32(1))


def _row_shares(ties: Any) -> Any:
    """Return rows of ties as shares of each row, CSR."""
    total = np.asarray(ties.sum(axis=1))
    return (sparse.diags_array(1 / np.where(total > 0, total, 1)) @ ties).tocsr()
