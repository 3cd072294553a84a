"""Ten times as many at once as the workers have threads: all are answered, and what comes after is quick."""

from __future__ import annotations

import os
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


def test_a_burst_is_answered_and_over(home: Path) -> None:
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
        with ThreadPoolExecutor(CLIENTS) as pool:
            told = [one for some in pool.map(go, range(CLIENTS)) for one in some]
        statuses = Counter(status for status, _ in told)
        assert set(statuses) <= {200, 429, 503}
        assert statuses[200] > 0
        seconds = []
        with closing(server.connection()) as connection:
            for _ in range(10):
                started = time.monotonic()
                assert ask(connection, "GET", "/v1/recommend?user=u1")[0] == 200
                seconds.append(time.monotonic() - started)
        assert sorted(seconds)[5] < 0.5
        code, said, _ = server.stop(signal.SIGTERM)
        assert (code, said) == (0, "")  # no worker ended meanwhile
        acknowledged = sorted(user for status, user in told if user and status == 200)
        assert sorted(stored(home)) == acknowledged
    finally:
        if server.process.poll() is None:
            server.stop(signal.SIGKILL)
