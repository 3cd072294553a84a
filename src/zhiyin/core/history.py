"""What a person did lately, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_TIME = np.iinfo(np.int64).min
"""Stands in a time column (int64 microseconds since 1970, UTC) where the time is not known."""


@dataclass(frozen=True, slots=True)
class History:
    """A person's events with items, newest first.

    Attributes:
        items: (h,) int64 item numbers; the same item may stand more than once.
        types: (h,) str event types.
        values: (h,) float64, NaN where an event has no value.
        time_us: (h,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.

    >>> History.empty().items.shape
    (0,)
    """

    items: NDArray[np.int64]
    types: NDArray[np.str_]
    values: NDArray[np.float64]
    time_us: NDArray[np.int64]

    @classmethod
    def empty(cls) -> History:
        """Return the history of someone never seen."""
        return cls(np.empty(0, np.int64), np.empty(0, np.str_), np.empty(0), np.empty(0, np.int64))
