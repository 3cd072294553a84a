"""What people took out of their own portraits, for good."""

from __future__ import annotations

import json
import threading

from zhiyin.store.states import REMOVED
from zhiyin.store.store import Store


class Removed:
    """Keeps which statements each person does not want said.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     removed = Removed(store)
    ...     removed.add(3, "5f0c")
    ...     sorted(removed.of(3)), sorted(removed.of(4))
    (['5f0c'], [])
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()

    def of(self, person: int) -> frozenset[str]:
        """Return the ids of the statements that a person removed."""
        kept = self._store.get_state(f"{REMOVED}{person}")
        return frozenset(json.loads(kept)) if kept else frozenset()

    def add(self, person: int, statement: str) -> None:
        """Leave out a statement from now on."""
        with self._lock:
            told = sorted({*self.of(person), statement})
            self._store.set_state(f"{REMOVED}{person}", json.dumps(told))

    def forget(self, person: int) -> None:
        """Forget what a person removed, as when all of the person is forgotten."""
        self._store.drop_state(f"{REMOVED}{person}")
