"""A disk that takes no more: here no file of the server may grow."""

from __future__ import annotations

import resource
from contextlib import closing
from pathlib import Path

import pytest

from tests.apps.test_serving import Server, ask
from tests.faults.conftest import says_all, stored, view

pytestmark = pytest.mark.slow


def test_a_full_disk_refuses_events_and_loses_none(server: Server, home: Path) -> None:
    process, unlimited = server.process.pid, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    acknowledged = []
    with closing(server.connection()) as connection:

        def post(users: list[str]) -> tuple[int, dict[str, object]]:
            status, answer = ask(connection, "POST", "/v1/events", [view(user) for user in users])
            acknowledged.extend(users if status == 200 else [])
            return status, answer

        assert post(["before"])[0] == 200
        resource.prlimit(process, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        for n in range(5):
            status, problem = post([f"full-{n}-{k}" for k in range(50)])
            assert status == 503
            assert says_all(problem)
            assert "disk" in str(problem["next_step"])
            status, page = ask(connection, "GET", "/v1/recommend?user=u0")
            assert (status, bool(page.get("items"))) == (200, True)
        resource.prlimit(process, resource.RLIMIT_FSIZE, unlimited)
        assert post(["after"])[0] == 200
        assert post(["full-0-0"])[0] == 200  # what was refused can be sent again
    server.process.kill()
    server.process.communicate(timeout=20)
    assert sorted(stored(home)) == sorted(acknowledged) == ["after", "before", "full-0-0"]
