"""Several workers behind one port: they are one to whoever asks, and nothing is lost when one of them ends."""

from __future__ import annotations

import http.client
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from tests.apps.test_serving import Server, ask
from zhiyin.shop import Shop

pytestmark = pytest.mark.slow


class Workers(Server):
    """Two workers, and the connections to them, which are closed with the test."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, "--workers", "2")
        self.connections: list[http.client.HTTPConnection] = []

    def connection(self) -> http.client.HTTPConnection:
        self.connections.append(super().connection())
        return self.connections[-1]


@pytest.fixture
def server(home: Path) -> Iterator[Workers]:
    server = Workers(home)
    yield server
    for connection in server.connections:
        connection.close()
    if server.process.poll() is None:
        server.stop(signal.SIGKILL)


def process_of(connection: http.client.HTTPConnection) -> int:
    return int(ask(connection, "GET", "/healthz")[1]["process"])


def one_each(server: Server) -> dict[int, http.client.HTTPConnection]:
    """Return a connection to each of two workers."""
    found: dict[int, http.client.HTTPConnection] = {}
    for _ in range(200):
        connection = server.connection()
        found.setdefault(process_of(connection), connection)
        if len(found) == 2:
            break
    return found


def counted(server: Server, name: str) -> float:
    with closing(server.connection()) as connection:
        connection.request("GET", "/metrics")
        lines = connection.getresponse().read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_all_workers_answer_and_are_told_of_as_one(server: Server) -> None:
    workers = one_each(server)
    assert len(workers) == 2
    assert server.process.pid not in workers
    for place, connection in enumerate(workers.values()):
        for _ in range(3 + place):
            assert ask(connection, "GET", "/v1/recommend?user=u0")[0] == 200
    assert counted(server, "zhiyin_pages_total") == 7
    assert counted(server, "zhiyin_snapshot_version") == 1


def test_what_one_worker_acknowledged_the_other_knows(server: Server) -> None:
    here, there = one_each(server).values()
    event = {"user": "bob", "item": "tea", "type": "purchase"}
    assert ask(here, "POST", "/v1/events", event)[0] == 200
    _, page = ask(there, "GET", "/v1/recommend?user=bob&n=1")
    assert page["items"][0]["reasons"][0]["evidence"][0]["item"] == "tea"


def test_a_killed_worker_is_replaced(server: Server) -> None:
    first = one_each(server)
    ask(next(iter(first.values())), "GET", "/v1/recommend?user=u0")
    gone, left = first
    os.kill(gone, signal.SIGKILL)
    assert ask(first[left], "GET", "/v1/recommend?user=u0")[0] == 200
    until(lambda: len(set(one_each(server)) - {gone}) == 2)
    assert counted(server, "zhiyin_pages_total") == 2  # of the one that was killed, too
    _, said, _ = server.stop(signal.SIGTERM)
    [line] = [line for line in said.splitlines() if "has ended" in line]
    assert f"worker {gone} has ended (killed by SIGKILL)" in line


def test_sigterm_ends_all_in_order(server: Server, home: Path) -> None:
    pages = [
        ask(connection, "GET", "/v1/recommend?user=u0")[1]
        for connection in one_each(server).values()
    ]
    code, said, _ = server.stop(signal.SIGTERM)
    assert code == 0
    assert "ERROR" not in said
    with Shop.open(home) as shop:
        shown = {impression.request_id for _, impression in shop.store.impressions()}
    assert {page["request_id"] for page in pages} <= shown


def test_workers_end_when_who_watches_them_is_killed(server: Server) -> None:
    workers = one_each(server)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.communicate(timeout=20)

    def are_gone() -> bool:
        return not any(Path(f"/proc/{worker}").exists() for worker in workers)

    until(are_gone)


def test_snapshots_change_without_a_failed_request(server: Server, home: Path) -> None:
    over = Event()

    def go_on_asking() -> tuple[int, list[object]]:
        done, failed = 0, list[object]()
        with closing(server.connection()) as connection:
            while not over.is_set():
                status, page = ask(connection, "GET", "/v1/recommend?user=u1")
                done += 1
                if status != 200:
                    failed.append(page)
        return done, failed

    with ThreadPoolExecutor(4) as pool:
        clients = [pool.submit(go_on_asking) for _ in range(4)]
        try:
            with Shop.open(home) as shop:
                shop.train()
                until(lambda: counted(server, "zhiyin_snapshot_version") == 2)
                shop.snapshots.rollback()
                until(lambda: counted(server, "zhiyin_snapshot_version") == 1)
        finally:
            over.set()
        told = [client.result() for client in clients]
    assert sum(done for done, _ in told) > 0
    assert [failed for _, failed in told] == [[], [], [], []]
