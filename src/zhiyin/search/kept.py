"""The index that the newest training left behind."""

from __future__ import annotations

import logging

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import ZhiyinError
from zhiyin.search.packed import Arrays, part
from zhiyin.store.snapshots import Snapshots

PREFIX = "search."
_log = logging.getLogger(__name__)


def kept_popularity(snapshots: Snapshots) -> NDArray[np.float32]:
    """Return how popular items are by the current snapshot, (n,) float32 by number; empty where there is none."""
    try:
        if snapshots.current() is not None:
            return snapshots.open(verify=False).arrays["popularity"]
    except (ZhiyinError, KeyError) as error:
        _log.warning("Nothing is known to be popular: %s", error)
    return np.empty(0, np.float32)


def kept_index(snapshots: Snapshots) -> Arrays:
    """Return the arrays of ``BaseIndex`` in the current snapshot, none where there are none or they cannot be read."""
    try:
        if snapshots.current() is None:
            return {}
        return part(snapshots.open(verify=False).arrays, PREFIX)
    except ZhiyinError as error:
        _log.warning("All items are indexed anew: %s", error)
        return {}
