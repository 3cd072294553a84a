"""How often each row of a long file came before, in eight bytes a row and little memory."""

from __future__ import annotations

from tempfile import TemporaryFile

import numpy as np
from numpy.typing import NDArray

_IN_MEMORY = 1_000_000
"""Longer runs lie in a temporary file, whose pages the system may drop."""


class Occurrences:
    """Counts hashes in sorted runs, each at least twice as long as the next (O'Neil et al., 1996, the LSM-tree).

    >>> seen = Occurrences()
    >>> seen.add(np.array([7, 9, 7], np.uint64)).tolist(), seen.add(np.array([9], np.uint64)).tolist()
    ([0, 0, 1], [1])
    """

    def __init__(self) -> None:
        self._runs: list[NDArray[np.uint64]] = []

    def add(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return how often each hash came before, and count it.

        Args:
            hashes: (n,) uint64.
        Returns: (n,) int64, earlier calls and earlier places of this one included.
        Complexity: O(n log n) a call amortised, with N counted so far O(log N) runs of 8 bytes a hash.
        """
        order = np.argsort(hashes, kind="stable")
        run = hashes[order]
        place = np.arange(len(run))
        is_first = np.ones(len(run), bool)
        is_first[1:] = run[1:] != run[:-1]
        counts = place - np.maximum.accumulate(np.where(is_first, place, 0))
        for older in self._runs:
            start = np.searchsorted(older, run)
            known = np.flatnonzero(older[np.minimum(start, len(older) - 1)] == run)
            counts[known] += np.searchsorted(older, run[known], side="right") - start[known]
        if len(run):
            self._keep(run)
        earlier = np.empty(len(run), np.int64)
        earlier[order] = counts
        return earlier

    def _keep(self, run: NDArray[np.uint64]) -> None:
        while self._runs and len(self._runs[-1]) < 2 * len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        if len(run) > _IN_MEMORY:
            with TemporaryFile() as file:
                on_disk = np.memmap(file, np.uint64, "w+", shape=run.shape)
            on_disk[:] = run
            run = on_disk
        self._runs.append(run)
