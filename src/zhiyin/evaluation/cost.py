"""What a piece of work costs: time and memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CLEAR = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


@dataclass(slots=True)
class Cost:
    """What a block of work cost; NaN until the block ends.

    Attributes:
        seconds: of the wall clock.
        rss_mb: peak resident memory of the whole process during the block, MB of 2**20 bytes: what was there before
            counts too. NaN where the system does not tell it.

    >>> Cost(seconds=1.5, rss_mb=120.0).seconds
    1.5
    """

    seconds: float = float("nan")
    rss_mb: float = float("nan")


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure the time and the peak memory of a block, also of one that raises.

    Blocks are neither put into one another nor run side by side: each begins the peak anew. Where the system does not
    allow that, the peak is the one since the process began; where it tells none, NaN.

    Returns: the cost, filled when the block ends.

    >>> with measured() as cost:
    ...     total = sum(range(1000))
    >>> cost.seconds > 0
    True
    """
    cost = Cost()
    is_reset = _reset_peak()
    started = time.perf_counter()
    try:
        yield cost
    finally:
        cost.seconds = time.perf_counter() - started
        cost.rss_mb = _peak_since_reset() if is_reset else _peak_of_process()


def _reset_peak() -> bool:
    """Set the high-water mark back to the memory held now (proc(5)) and return whether that worked."""
    try:
        _CLEAR.write_text("5")
        return _peak_since_reset() > 0
    except OSError:
        return False


def _peak_since_reset() -> float:
    for line in _STATUS.read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _peak_of_process() -> float:
    try:
        import resource
    except ImportError:  # Windows has none
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024
