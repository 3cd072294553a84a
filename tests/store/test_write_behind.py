"""Records written behind the requests: all arrive, and one can wait until they have."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from zhiyin.store.write_behind import WriteBehind


def test_what_was_put_is_written_once_a_flush_returns() -> None:
    written: list[int] = []
    log = WriteBehind[int](written.extend, "numbers")
    for number in range(1200):  # more than one transaction takes
        log.put(number)
    assert log.flush(10)
    assert written == list(range(1200))
    log.close()


def test_a_flush_waits_no_longer_than_it_is_told() -> None:
    may_write = threading.Event()

    def write(_some: Sequence[int]) -> None:
        may_write.wait(10)

    log = WriteBehind[int](write, "numbers")
    log.put(1)
    assert not log.flush(0.05)
    may_write.set()
    assert log.flush(10)
    log.close()


def test_what_cannot_be_written_is_counted_and_the_next_is_tried() -> None:
    written: list[int] = []

    def write(some: Sequence[int]) -> None:
        if 1 in some:
            raise OSError("the disk is full")
        written.extend(some)

    log = WriteBehind[int](write, "numbers")
    log.put(1)
    assert log.flush(10)
    log.put(2)
    log.close()
    assert (written, log.dropped) == ([2], 1)
