"""The items whose vectors are nearest to a query's: by a product with all, or by a graph where there are very many."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.packed import Arrays

EXACT = 200_000
"""Items up to which all are compared."""
_WANTED = 300
_MOST = 12_000
"""Neighbours that are asked of a graph at most; where a filter leaves fewer, what may be found is compared in full."""
_LINKS, _BUILD, _SEARCH = 32, 80, 400
_SAMPLED = 1000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scale:
    """What cosines with one query are measured by, since those of one embedder lie from 0 to 1, those of another from .7 to 1.

    Attributes:
        mean: of the cosines of all rows.
        spread: ten of their standard deviations.

    >>> Scale(0.75, 0.25).of(np.array([1.0, 0.75], np.float32)).tolist()
    [1.0, 0.0]
    """

    mean: float
    spread: float

    def of(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return by how many spreads cosines lie above the mean."""
        return np.asarray((cosines - self.mean) / self.spread, np.float32)


class ItemVectors:
    """Vectors of rows, and who is near.

    Args:
        vectors: (n, dim) float32 of unit rows, zeros for an item without a text.
        graph: made before, as bytes; it is made here where there are many rows and none is given.
        exact: rows up to which no graph is used.

    References: Malkov & Yashunin, TPAMI 2020 (HNSW).

    >>> found = ItemVectors(np.eye(3, dtype=np.float32)).near(np.array([0.6, 0.8, 0], np.float32))
    >>> found.round(1).tolist()
    [0.6000000238418579, 0.800000011920929, 0.0]
    """

    def __init__(
        self,
        vectors: NDArray[np.float32],
        graph: NDArray[np.uint8] | None = None,
        *,
        exact: int = EXACT,
    ) -> None:
        self.vectors = vectors
        self._sample = np.array(vectors[:: max(len(vectors) // _SAMPLED, 1)])
        self._graph = _graph(vectors, graph) if len(vectors) > exact else None

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> ItemVectors:
        """Open what ``arrays`` gave."""
        return cls(arrays["items"], arrays.get("graph"))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        if self._graph is None:
            return {"items": self.vectors}
        return {"items": self.vectors, "graph": _faiss().serialize_index(self._graph)}

    def near(
        self, query: NDArray[np.float32], may: NDArray[np.bool_] | None = None
    ) -> NDArray[np.float32]:
        """Return the cosine of each row with a query, (n,) float32; with a graph 0 for all but the nearest.

        Args:
            query: (dim,) of length 1.
            may: (n,) bool, which rows may be found; it does not matter where all are compared.
        Complexity: O(n · dim); with a graph about O(log n), and O(allowed · dim) where few are allowed.
        """
        if self._graph is None:
            return np.asarray(self.vectors @ query, np.float32)
        found = np.zeros(len(self.vectors), np.float32)
        allowed = len(self.vectors) if may is None else int(np.count_nonzero(may))
        wanted = min(_WANTED, allowed)
        asked = int(2 * wanted * len(self.vectors) / max(allowed, 1)) if may is not None else wanted
        rows = self._asked(query, asked) if asked <= _MOST else np.empty(0, np.int64)
        if may is not None:
            rows = rows[may[rows]]
            if rows.size < wanted:
                rows = np.flatnonzero(may)
        found[rows] = self.of(query, rows)
        return found

    def of(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of some rows with a query, (len(rows),) float32."""
        return np.asarray(self.vectors[rows] @ query, np.float32)

    def scale(self, query: NDArray[np.float32]) -> Scale:
        """Return what the cosines with a query are measured by, from a thousand rows."""
        found = self._sample @ query
        spread = 10 * float(found.std()) if found.size else 0.0
        return Scale(float(found.mean()) if found.size else 0.0, max(spread, 1e-3))

    def _asked(self, query: NDArray[np.float32], n: int) -> NDArray[np.int64]:
        graph: Any = self._graph
        effort = _faiss().SearchParametersHNSW(efSearch=max(_SEARCH, n))
        rows: NDArray[np.int64] = graph.search(query[None], n, params=effort)[1][0]
        return rows[rows >= 0]


def _graph(vectors: NDArray[np.float32], kept: NDArray[np.uint8] | None) -> Any:
    if find_spec("faiss") is None:
        _log.warning(
            "All %d items are compared with each query; faiss-cpu is faster: pip install 'zhiyin[search]'",
            len(vectors),
        )
        return None
    faiss = _faiss()
    if kept is not None:
        return faiss.deserialize_index(np.asarray(kept))
    graph = faiss.IndexHNSWFlat(vectors.shape[1], _LINKS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = _BUILD
    graph.add(np.ascontiguousarray(vectors))
    return graph


def _faiss() -> Any:
    return import_module("faiss")  # slow to load
