"""A real server process: what it acknowledged survives it, and it stops when told to."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from zhiyin.core import Event, Kind
from zhiyin.shop import Shop
from zhiyin.store.store import Store

pytestmark = pytest.mark.slow

ZHIYIN = [sys.executable, "-c", "from zhiyin.apps.cli.main import run; run()"]
THREADS, EACH = 8, 25
HEADERS = {"Content-Type": "application/json"}


class Server:
    """A server on a free port."""

    def __init__(self, home: Path, *options: str) -> None:
        said = self.start("--home", str(home), "serve", "--port", "0", *options)
        self.port = int(said.split(" ")[3].rpartition(":")[2])

    def start(self, *arguments: str) -> str:
        """Start it; return its first line, which says where it answers."""
        self.log = os.memfd_create("stderr")  # a pipe that nobody reads would hold it up once full
        self.process = subprocess.Popen(
            [*ZHIYIN, *arguments], stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def stop(self, number: signal.Signals) -> tuple[int, str, float]:
        """Send a signal; return the exit code, what it said on stderr, and the seconds it took."""
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        seconds = time.monotonic() - started
        said = os.pread(self.log, os.fstat(self.log).st_size, 0).decode()
        return self.process.returncode, said, seconds


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    server = Server(home)
    yield server
    if server.process.poll() is None:
        server.stop(signal.SIGKILL)


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    with serving(home) as server:
        yield server


@pytest.fixture(scope="module")
def shared_home(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(template, tmp_path_factory.mktemp("shared") / "home"))


@pytest.fixture(scope="module")
def shared_server(shared_home: Path) -> Iterator[Server]:
    """A server of tests that neither stop it nor meet one another's people."""
    with serving(shared_home) as server:
        yield server


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: object = None
) -> tuple[int, Any]:
    connection.request(method, path, body and json.dumps(body), HEADERS)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def test_what_was_acknowledged_survives_a_kill(server: Server, home: Path) -> None:
    def post(thread: int) -> list[str]:
        acknowledged = []
        with closing(server.connection()) as connection:
            for place in range(EACH):
                name = f"{thread}-{place}"
                event = {"event_id": name, "user": f"x{name}", "item": "tea", "type": "purchase"}
                status, answer = ask(connection, "POST", "/v1/events", event)
                if status == 200 and answer["accepted"]["events"] == 1:
                    acknowledged.append(f"x{name}")
        return acknowledged

    with ThreadPoolExecutor(THREADS) as pool:
        acknowledged = [user for users in pool.map(post, range(THREADS)) for user in users]
    code, _, _ = server.stop(signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert len(acknowledged) == THREADS * EACH
    with Store.open(home / "shop.db") as store:
        assert store.check() == []
        people = {row["person"] for chunk in store.events() for row in chunk.to_dicts()}
        assert set(store.numbers(Kind.PERSON, acknowledged).tolist()) <= people


def test_a_kill_in_the_middle_keeps_all_that_was_acknowledged(server: Server, home: Path) -> None:
    acknowledged: list[str] = []

    def post(thread: int) -> None:
        with closing(server.connection()) as connection:
            for place in range(10_000):
                user = f"y{thread}-{place}"
                event = {"event_id": user, "user": user, "item": "tea", "type": "view"}
                try:
                    ask(connection, "POST", "/v1/events", event)
                except (OSError, http.client.HTTPException, ValueError):
                    return
                acknowledged.append(user)

    with ThreadPoolExecutor(THREADS) as pool:
        for thread in range(THREADS):
            pool.submit(post, thread)
        while len(acknowledged) < 100:
            time.sleep(0.01)
        os.kill(server.process.pid, signal.SIGKILL)
    server.process.communicate(timeout=20)
    with Store.open(home / "shop.db") as store:
        assert store.check() == []
        numbers = set(store.numbers(Kind.PERSON, acknowledged).tolist())
        assert -1 not in numbers
        assert numbers <= {row["person"] for chunk in store.events() for row in chunk.to_dicts()}


def test_sigterm_stops_in_order(server: Server, home: Path) -> None:
    with closing(server.connection()) as kept_alive:
        status, page = ask(kept_alive, "GET", "/v1/recommend?user=u0")
        assert status == 200
        code, said, seconds = server.stop(signal.SIGTERM)
    assert (code, said) == (0, "")
    assert seconds < 15
    with Shop.open(home) as shop:
        shown = {impression.request_id for _, impression in shop.store.impressions()}
    assert page["request_id"] in shown


def test_events_of_another_process_are_in_the_next_list(
    shared_server: Server, shared_home: Path
) -> None:
    with Shop.open(shared_home) as other:
        other.record([Event("ann", "net", "purchase")])
    with closing(shared_server.connection()) as connection:
        _, page = ask(connection, "GET", "/v1/recommend?user=ann&n=1")
    assert [item["item"] for item in page["items"]] == ["ball"]


def test_two_servers_may_share_a_shop(shared_server: Server, shared_home: Path) -> None:
    second = Server(shared_home)
    try:
        with closing(second.connection()) as connection:
            event = {"user": "bob", "item": "tea", "type": "purchase"}
            assert ask(connection, "POST", "/v1/events", event)[0] == 200
        with closing(shared_server.connection()) as connection:
            _, page = ask(connection, "GET", "/v1/recommend?user=bob&n=1")
        assert page["items"][0]["reasons"][0]["evidence"][0]["item"] == "tea"
    finally:
        assert second.stop(signal.SIGTERM)[0] == 0
