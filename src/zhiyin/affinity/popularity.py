"""What everybody likes, lately more than long ago."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.history import NO_TIME

_DAY_US = 86_400_000_000


def popularity(
    item: NDArray[np.int64],
    strength: NDArray[np.floating[Any]],
    time_us: NDArray[np.int64],
    n_items: int,
    *,
    half_life_days: float = 30.0,
    as_of_us: int | None = None,
) -> NDArray[np.float32]:
    """Sum the strengths of each item's events, halved every ``half_life_days`` of age.

    An event without a time is neither new nor old: it weighs as the mean of the events that have one, and 1 when none
    has. Events after ``as_of_us`` have not happened yet and are left out; so are strengths at or below 0.

    Args:
        item: (e,) int64.
        strength: (e,) float.
        time_us: (e,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.
        n_items: length of the answer; items at or above it are ignored.
        half_life_days: age at which an event weighs half.
        as_of_us: the present; the latest time when not given.
    Returns: (n_items,) float32.
    """
    timed = time_us != NO_TIME
    decay = np.ones(item.shape)
    if timed.any():
        now = int(time_us[timed].max()) if as_of_us is None else as_of_us
        age_days = (now - time_us[timed]) / _DAY_US
        past = age_days >= 0
        decay[timed] = np.where(past, 0.5 ** (np.maximum(age_days, 0) / half_life_days), 0.0)
        decay[~timed] = decay[timed][past].mean() if past.any() else 1.0
    weight = decay * np.maximum(strength, 0)
    known = item < n_items
    return np.bincount(item[known], weight[known], minlength=n_items).astype(np.float32)
