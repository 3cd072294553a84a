"""What was made of people of whom nothing changed since: their next page need not make it again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

import numpy as np


class _Kept(NamedTuple):
    given: tuple[np.ndarray, ...]
    fields: Mapping[str, np.ndarray]
    n_bytes: int


class KeptTastes:
    """Keeps fields beside all that they were made from, and gives them again only for the very same; safe in threads.

    One belongs to one opened snapshot, and ends with it: what a person forgets is not here any more once the snapshot
    without the person is served.

    Args:
        most_bytes: of all arrays together; those asked for longest ago go first.

    >>> kept = KeptTastes()
    >>> kept.once(7, (np.array([1]),), lambda: {"twice": np.array([2])})["twice"]
    array([2])
    >>> kept.once(7, (np.array([1]),), lambda: {})["twice"]
    array([2])
    >>> kept.once(7, (np.array([3]),), lambda: {"twice": np.array([6])})["twice"]
    array([6])
    """

    def __init__(self, most_bytes: int = 64 << 20) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._n_bytes = 0
        self._lock = threading.Lock()

    def once(
        self, key: Hashable, given: tuple[np.ndarray, ...], make: Callable[[], dict[str, Any]]
    ) -> Mapping[str, np.ndarray]:
        """Return what ``make`` returned when it was last called for this key, or now where anything given differs.

        Args:
            key: whose fields, and who makes them.
            given: arrays that the fields follow from.
            make: makes them. Arrays of objects, whose size nobody knows, are given the first time only; the others can not
                be written to any more.
        """
        with self._lock:
            if known := self._kept.get(key):
                self._kept.move_to_end(key)
        if known and all(map(_is_same, known.given, given)):
            return known.fields
        made = make()
        fields = {name: array for name, array in made.items() if array.dtype != object}
        for array in fields.values():
            array.flags.writeable = False
        n_bytes = sum(array.nbytes for array in (*given, *fields.values()))
        with self._lock:
            if before := self._kept.pop(key, None):
                self._n_bytes -= before.n_bytes
            self._kept[key] = _Kept(given, fields, n_bytes)
            self._n_bytes += n_bytes
            while self._n_bytes > self._most_bytes:
                _, oldest = self._kept.popitem(last=False)
                self._n_bytes -= oldest.n_bytes
        return made


def _is_same(before: np.ndarray, now: np.ndarray) -> bool:
    is_number = before.dtype.kind == "f" == now.dtype.kind
    return np.array_equal(before, now, equal_nan=is_number)
