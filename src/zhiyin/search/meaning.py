"""What queries and items mean, as vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from zhiyin.language.embedder import Embedder
from zhiyin.language.vectors import Vectors
from zhiyin.store.store import Store

_KEPT = 10_000


class Meaning:
    """Embeds queries and items; queries asked before are remembered, and nothing of them is stored.

    Args:
        store: keeps the vectors of items.
        embedder: gives what embeds, or None where there are no vectors; it is asked once, when it is first needed.
    """

    def __init__(self, store: Store, embedder: Callable[[], Embedder | None]) -> None:
        self._store = store
        self._embedder = embedder
        self.query = lru_cache(_KEPT)(self._query)

    @property
    def model_id(self) -> str:
        """The embedder's, empty where there is none."""
        return self._loaded.model_id if self._loaded else ""

    def items(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Return the vectors of items' texts, (n, dim) float32; None where there are no vectors."""
        if self._loaded is None:
            return None
        return Vectors(self._store, self._loaded).of(texts, kind="passage")

    def _query(self, text: str) -> NDArray[np.float32] | None:
        """Return the vector of a query, (dim,) float32; None where there are no vectors."""
        return self._loaded.embed([text], kind="query")[0] if self._loaded else None

    @cached_property
    def _loaded(self) -> Embedder | None:
        return self._embedder()
