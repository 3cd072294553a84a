"""Ten times as many at once as the workers have threads: all are answered, none for a fault of ours, and it is over."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.apps.test_serving import Server, ask
from tests.faults.conftest import stored, view

pytestmark = pytest.mark.slow

WORKERS = 2
CAPACITY = WORKERS * max(2 * (os.cpu_count() or 2) // WORKERS, 2)
CLIENTS, EACH = 10 * CAPACITY, 8
PAGES = 11
TOO_SLOW = r"\S+/\S+ is (late|open): [^;]+"
A_LATE_PAGE = re.compile(
    rf"\S+ WARNING zhiyin\.core\.pipeline: {TOO_SLOW}(; {TOO_SLOW})*(; skipped for it: [^;:]+)?"
)
"""All that may be logged: stages that took too long for so many pages at once, and those that need what they give."""


def page_s(server: Server) -> float:
    """Return how many seconds a page takes, the median of some."""
    seconds = []
    with closing(server.connection()) as connection:
        for _ in range(PAGES):
            started = time.monotonic()
            assert ask(connection, "GET", "/v1/recommend?user=u1")[0] == 200
            seconds.append(time.monotonic() - started)
    return sorted(seconds)[PAGES // 2]


def test_a_burst_is_answered_and_over(home: Path) -> None:
    (home / "zhiyin.toml").unlink()  # pages have no more time than those of a shop
    server = Server(home, "--workers", str(WORKERS))

    def go(client: int) -> list[tuple[int, str | None]]:
        told: list[tuple[int, str | None]] = []
        for place in range(EACH):
            with closing(server.connection()) as connection:
                if place % 4:
                    path = f"/v1/recommend?user=u{client % 10}"
                    told.append((ask(connection, "GET", path)[0], None))
                else:
                    user = f"b{client}-{place}"
                    told.append((ask(connection, "POST", "/v1/events", view(user))[0], user))
        return told

    try:
        before_s = page_s(server)
        with ThreadPoolExecutor(CLIENTS) as pool:
            told = [one for some in pool.map(go, range(CLIENTS)) for one in some]
        statuses = Counter(status for status, _ in told)
        assert set(statuses) <= {200, 429, 503}
        assert statuses[200] > 0
        assert page_s(server) < 0.5 + 10 * before_s
        code, said, _ = server.stop(signal.SIGTERM)
        # No worker has ended, and nothing has failed or broken its contract.
        assert [line for line in said.splitlines() if not A_LATE_PAGE.fullmatch(line)] == []
        assert code == 0
        acknowledged = sorted(user for status, user in told if user and status == 200)
        assert sorted(stored(home)) == acknowledged
    finally:
        if server.process.poll() is None:
            server.stop(signal.SIGKILL)
