"""Another process that holds the database: who writes waits or is told so, who reads is served."""

from __future__ import annotations

import json
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.apps.test_serving import Server, ask
from tests.faults.conftest import says_all, stored, view

pytestmark = pytest.mark.slow

WRITERS = 12


def test_pages_go_on_while_writers_wait(server: Server, home: Path) -> None:
    def post(n: int) -> tuple[int, Any]:
        with closing(server.connection()) as connection:
            if n % 3 == 1:
                return ask(connection, "POST", "/v1/events", view(f"w{n}"))
            if n % 3 == 2:
                return ask(connection, "DELETE", f"/v1/users/u{n}")
            lines = {"Content-Type": "application/x-ndjson"}
            connection.request("POST", "/v1/events", json.dumps(view(f"w{n}")), lines)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    with (
        closing(sqlite3.connect(home / "shop.db", isolation_level=None)) as other,
        closing(server.connection()) as reader,
        ThreadPoolExecutor(WRITERS) as pool,
    ):
        other.execute("BEGIN IMMEDIATE")
        waiting = [pool.submit(post, n) for n in range(WRITERS)]
        time.sleep(0.5)  # all of them are there
        pages = 0
        while not all(one.done() for one in waiting):
            status, page = ask(reader, "GET", "/v1/recommend?user=u0")
            assert (status, bool(page["items"])) == (200, True)
            pages += 1
            time.sleep(0.02)
        told = [one.result() for one in waiting]
        other.execute("ROLLBACK")
        assert [status for status, _ in told] == [503] * WRITERS
        assert all(says_all(problem) for _, problem in told)
        assert pages > 3  # one that waits for the writers would be the only one
        assert ask(reader, "POST", "/v1/events", view("after"))[0] == 200
    held = stored(home)
    assert held.count("after") == 1
    assert len(held) == len(set(held))  # who was told to ask again may be stored, never twice


def test_a_writer_that_waits_a_moment_is_served(server: Server, home: Path) -> None:
    with (
        closing(sqlite3.connect(home / "shop.db", isolation_level=None)) as other,
        closing(server.connection()) as connection,
        ThreadPoolExecutor(1) as pool,
    ):
        other.execute("BEGIN IMMEDIATE")
        answer = pool.submit(ask, connection, "POST", "/v1/events", view("patient"))
        time.sleep(0.3)
        assert not answer.done()
        other.execute("ROLLBACK")
        assert answer.result()[0] == 200
    assert stored(home) == ["patient"]
