"""What a person's friends have, each friend alike, with nothing of the person's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.csr import csr_arrays, csr_from


@dataclass(frozen=True, slots=True, eq=False)
class Friends:
    """Scores are the mean row of those to whom a person is tied.

    Attributes:
        rows: (n_people, n_items) float32 CSR.
        ties: (n_people, n_people) float32 CSR of ones, row u = to whom u is tied.

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
        friends = self._of(asked)
        return np.asarray(self.rows[friends].sum(axis=0) / max(friends.size, 1), np.float32)

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``; each friend gives."""
        friends, within = self._of(asked), np.flatnonzero(ids < self.n_items)
        amounts = np.zeros((friends.size, ids.size), np.float32)
        amounts[:, within] = self.rows[friends][:, ids[within]].toarray() / max(friends.size, 1)
        return [Given("friend", friends, amounts)]

    def scores_people(self, people: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the (m, n_items) float32 scores of people by their numbers, (m,) int64."""
        tied = self.ties[people]
        degree = np.maximum(np.diff(tied.indptr), 1).astype(np.float32)
        return np.asarray((tied @ self.rows).toarray() / degree[:, None], np.float32)

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

    def _of(self, asked: Asked) -> NDArray[np.int64]:
        n_people = self.rows.shape[0]
        told = asked.friends[asked.friends < n_people]
        if asked.person is None or asked.person >= n_people:
            return told
        first, last = self.ties.indptr[asked.person : asked.person + 2]
        return np.union1d(self.ties.indices[first:last].astype(np.int64), told)
