"""How much each item was seen lately, counted as pages are served."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.impression import Impression

_STEP_US = 60_000_000
_DAY_STEPS = 1440


class Exposure:
    """Sums 1 / log2(2 + position) over the places that items had on pages, halved with every half-life that passes.

    Each process counts what it served itself, from nothing when it starts. Memory is 8 bytes for each item up to the
    highest number shown, for each surface. Time goes on by whole minutes. A page asked for as of the future counts as of
    now, and one as of before the latest as of that.

    Args:
        half_life_days: above 0.

    References: Singh & Joachims, KDD 2018, for exposure by position.

    >>> exposure = Exposure()
    >>> exposure.add(Impression("r1", None, "home", 0, items=(2, 0), scores=(0.9, 0.4)))
    >>> exposure.of_items(3).round(2).tolist()
    [0.63, 0.0, 1.0]
    """

    def __init__(self, half_life_days: float = 1.0) -> None:
        self._lock = threading.Lock()
        self._kept = 0.5 ** (1 / (half_life_days * _DAY_STEPS))
        self._step: int | None = None
        self._seen: dict[str, NDArray[np.float64]] = {}  # by surface

    def add(self, shown: Impression) -> None:
        """Count a page. Complexity: O(items) once a minute, else O(length of the page)."""
        step = min(shown.time_us, time.time_ns() // 1000) // _STEP_US
        size = max(shown.items, default=-1) + 1
        places = 1 / np.log2(2 + np.arange(len(shown.items)))
        with self._lock:
            if self._step is not None and step > self._step:
                for seen in self._seen.values():
                    seen *= self._kept ** (step - self._step)
            self._step = step if self._step is None else max(step, self._step)
            seen = _longer(self._seen.get(shown.surface, np.zeros(0)), size)
            np.add.at(seen, list(shown.items), places)
            self._seen[shown.surface] = seen

    def of_items(self, n: int, surfaces: Sequence[str] = ()) -> NDArray[np.float64]:
        """Return (n or more,) float64 by item number, as of the last page, on some surfaces or on all."""
        with self._lock:
            counted = [
                seen for name, seen in self._seen.items() if not surfaces or name in surfaces
            ]
            total = np.zeros(max([n, *(seen.size for seen in counted)]))
            for seen in counted:
                total[: seen.size] += seen
            return total


def _longer(seen: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    return np.append(seen, np.zeros(n - seen.size)) if n > seen.size else seen
