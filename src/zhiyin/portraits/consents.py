"""What people let others see of them, as of this moment."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zhiyin.privacy.consent import COUNTED, HIDDEN, level
from zhiyin.store.store import Store


class Consents:
    """Tells what people allow at this moment; reads only who changed since it was last asked.

    >>> import tempfile
    >>> from zhiyin.core import Person
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     _ = store.write("users", frame([Person("an", attributes={"social": "hidden"}), Person("bo")]))
    ...     consents = Consents(store)
    ...     consents([0, 1]).tolist(), consents.closed(1, np.array([0])).tolist()
    ([0, 1], [0])
    """

    def __init__(self, store: Store) -> None:
        self._changed, self._opposed = store.people.said_since, store.people.opposed
        self._lock = threading.Lock()
        self._revision = -1
        self._told = _Told()

    def __call__(
        self, people: NDArray[np.int64] | Sequence[int], reader: int | None = None
    ) -> NDArray[np.uint8]:
        """Return (n,) uint8: ``HIDDEN``, ``COUNTED`` or ``NAMED``.

        Of a reader and somebody of whom either blocks, mutes or distrusts the other, each hides from the other.
        """
        levels, asked = self._now().levels, np.asarray(people, np.int64)
        found = np.full(asked.size, COUNTED, np.uint8)
        known = asked < levels.size
        found[known] = levels[asked[known]]
        if reader is not None:
            found[np.isin(asked, self._opposed(reader, asked))] = HIDDEN
        return found

    def closed(self, reader: int | None, people: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return all who hide, and who of some people is hidden from a reader only; (c,) int64 ascending.

        Complexity: O(c), and a look-up for each of ``people``.
        """
        hidden = self._now().hidden
        if reader is None or not people.size:
            return hidden
        parted = self._opposed(reader, people)
        return np.union1d(hidden, parted) if parted.size else hidden

    def _now(self) -> _Told:
        with self._lock:
            changed, revision = self._changed(self._revision)
            if changed:
                old = self._told.levels
                levels = np.full(max(old.size, max(changed) + 1), COUNTED, np.uint8)
                levels[: old.size] = old
                for person, attributes in changed.items():
                    levels[person] = level(json.loads(attributes)) if attributes else COUNTED
                # One assignment, so that a request sees either all of the change or nothing of it.
                self._told = _Told(levels, np.flatnonzero(levels == HIDDEN))
            self._revision = revision
            return self._told


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    levels: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    hidden: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
