"""What queries and items mean, as vectors."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import ZhiyinError
from zhiyin.language.embedder import Embedder
from zhiyin.language.vectors import Vectors
from zhiyin.store.store import Store

PATIENCE_S = 0.25
"""How long a search waits for the vector of its query."""
REST_S = 30.0
"""How long an embedder that failed is not asked again."""
_KEPT = 10_000
_AT_ONCE = 8
_log = logging.getLogger(__name__)


class Meaning:
    """Embeds queries and items; queries asked before are remembered, and nothing of them is stored.

    A search waits a moment for the vector of its query and no longer, and one that comes later serves the next. Where the
    embedder fails it rests a while. Meanwhile there are words alone.

    Args:
        store: keeps the vectors of items.
        embedder: gives what embeds, or None where there are no vectors; it is asked once, when it is first needed.
        patience_s: how long a search waits.
    """

    def __init__(
        self,
        store: Store,
        embedder: Callable[[], Embedder | None],
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._patience_s = patience_s
        self._turn = threading.Lock()
        self._asked: OrderedDict[str, Future[NDArray[np.float32]]] = OrderedDict()
        self._n_waiting = 0
        self._rests_until = 0.0

    @property
    def model_id(self) -> str:
        """The embedder's, empty where there is none."""
        return self._loaded.model_id if self._loaded else ""

    @property
    def is_resting(self) -> bool:
        """Whether the embedder failed or was late a moment ago."""
        return time.monotonic() < self._rests_until

    def lacks(self, text: str) -> bool:
        """Return whether a query has no vector for now that it would have otherwise."""
        with self._turn:
            made = self._asked.get(text)
        return self.is_resting and (made is None or not made.done())

    def renewed(self) -> Meaning:
        """Return the same with the embedder as it is now: fitted again, or another."""
        return Meaning(self._store, self._embedder, patience_s=self._patience_s)

    def items(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Return the vectors of items' texts, (n, dim) float32; None where there are no vectors or they cannot be made."""
        if self._loaded is None or self.is_resting:
            return None
        try:
            return Vectors(self._store, self._loaded).of(texts, kind="passage")
        except ZhiyinError as error:
            self._rest(error)
            return None

    def query(self, text: str) -> NDArray[np.float32] | None:
        """Return the vector of a query, (dim,) float32; None where there is none, or none in time."""
        made = self._vector(text)
        if made is None:
            return None
        try:
            return made.result(self._patience_s)
        except TimeoutError:
            self._rest("it takes too long")
        except ZhiyinError as error:
            self._rest(error)
            with self._turn:
                self._asked.pop(text, None)
        return None

    def _vector(self, text: str) -> Future[NDArray[np.float32]] | None:
        embedder = self._loaded
        if embedder is None:
            return None
        with self._turn:
            if text in self._asked:
                self._asked.move_to_end(text)
                made = self._asked[text]
                return made if made.done() or not self.is_resting else None
            if self.is_resting or self._n_waiting >= _AT_ONCE:
                return None
            self._n_waiting += 1
            made = self._asked[text] = Future()
            if len(self._asked) > _KEPT:
                self._asked.popitem(last=False)
        threading.Thread(
            target=self._make, args=(embedder, text, made), name="meaning", daemon=True
        ).start()
        return made

    def _make(self, embedder: Embedder, text: str, made: Future[NDArray[np.float32]]) -> None:
        try:
            made.set_result(embedder.embed([text], kind="query")[0])
        except Exception as error:  # noqa: BLE001 - whoever waits raises it
            made.set_exception(error)
        finally:
            with self._turn:
                self._n_waiting -= 1

    def _rest(self, why: object) -> None:
        if not self.is_resting:
            _log.warning("Words alone are searched for %.0f s: %s", REST_S, why)
        self._rests_until = time.monotonic() + REST_S

    @cached_property
    def _loaded(self) -> Embedder | None:
        try:
            return self._embedder()
        except ZhiyinError as error:
            _log.warning("Words alone are searched: %s", error)
            return None
