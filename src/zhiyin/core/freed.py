"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
import os


def give_back() -> None:
    """Give back what the allocator keeps of what was freed, where the C library can (glibc's ``malloc_trim``).

    After something large was replaced; the allocator would keep the memory of two for as long as the process lives.
    Complexity: a look at the whole heap, some ten milliseconds, while other threads go on.
    """
    if os.name != "posix":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
