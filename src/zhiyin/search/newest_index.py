"""The index of the newest training, and the one before until it is open."""

from __future__ import annotations

import threading
from contextlib import suppress

import numpy as np

from zhiyin.core.freed import give_back
from zhiyin.errors import StoreError
from zhiyin.search.hit_order import order_of
from zhiyin.search.kept import kept_index, kept_popularity
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.meaning import Meaning
from zhiyin.store.snapshots import Snapshots
from zhiyin.store.store import Store

_NONE = np.empty(0, np.float32)


class NewestIndex:
    """Opens the index that a training left, and the next one when there is a newer snapshot, beside the requests.

    Args:
        store: whose items.
        snapshots: in which trainings leave an index; items are indexed where none is given.
        meaning: what texts mean, with the embedder as it was at a training; words alone are searched without.

    Attributes:
        index: of the items.
        popularity: (n,) float32 by item number at that training; empty where there was none.
    """

    def __init__(
        self, store: Store, snapshots: Snapshots | None = None, meaning: Meaning | None = None
    ) -> None:
        self._store = store
        self._snapshots = snapshots
        self._meaning = meaning
        self._turn = threading.Lock()
        self._opening: threading.Thread | None = None
        self._version: int | None = None
        self._version = self._current()
        self.index = self._opened()

    def follow(self, *, waits: bool = False) -> None:
        """Open the index of a newer snapshot where there is one; who waits finds it served.

        Complexity: one look at the pointer where there is none.
        """
        if self._current() != self._version:
            with self._turn:
                if self._current() != self._version:
                    self._version = self._current()
                    self._opening = threading.Thread(target=self._open, name="search", daemon=True)
                    self._opening.start()
        opening = self._opening
        if waits and opening:
            opening.join()

    def lacks_meaning(self, text: str) -> bool:
        """Return whether a query is searched by words alone, since what embeds failed or was late."""
        return self._meaning is not None and self._meaning.lacks(text)

    def close(self) -> None:
        """Let go of the store."""
        if self._opening:
            self._opening.join()
        self.index.close()

    def _open(self) -> None:
        before, opened = self.index, self._opened()
        opened.refresh(waits=True)
        self.index = opened
        before.close()
        del before
        give_back()

    def _opened(self) -> LiveIndex:
        kept = kept_index(self._snapshots) if self._snapshots else {}
        self.popularity = kept_popularity(self._snapshots) if self._snapshots else _NONE
        if self._meaning:
            self._meaning = self._meaning.renewed()
        return LiveIndex(self._store, self._meaning, order_of(kept), kept)

    def _current(self) -> int | None:
        with suppress(StoreError):
            return self._snapshots.current() if self._snapshots else None
        return self._version
