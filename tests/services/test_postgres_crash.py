from __future__ import annotations

import subprocess
import sys

import pytest

from tests.postgres import PostgresServer
from zhiyin.core.entity import Kind
from zhiyin.core.records import Event
from zhiyin.errors import StoreUnavailable
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

pytestmark = pytest.mark.slow

WRITER = """
import sys
from zhiyin.core.records import Event
from zhiyin.errors import StoreUnavailable
from zhiyin.store.frames import frame
from zhiyin.store.store import Store
url, name = sys.argv[1:]
store = Store.open(url)
try:
    for n in range(1_000_000):
        rows = [Event(f"{name}-{n}", f"i{k}", event_id=f"{name}-{n}-{k}") for k in range(n % 9 + 1)]
        store.write("events", frame(rows))
        print(n, flush=True)
except StoreUnavailable as error:
    sys.exit(error.next_step)
"""


@pytest.fixture
def server():
    """A server that is nobody else's, since it gets killed."""
    server = PostgresServer()
    yield server
    server.stop()


def test_what_was_acknowledged_survives_killing_the_server(server: PostgresServer):
    url = server.new_database()
    with Store.open(url) as store:
        store.write("events", frame([Event("an", "tea")]))
        command = [sys.executable, "-c", WRITER, url]
        writers = [
            subprocess.Popen(
                [*command, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for name in "ab"
        ]
        for process in writers:
            for _ in range(12):
                process.stdout.readline()
        server.kill()
        for process in writers:
            rest = process.stdout.read()  # `communicate` forgets the lines that were read ahead
            _, err = process.communicate(timeout=60)
            assert process.returncode == 1, err
            assert "server" in err
            process.acknowledged = 12 + len(rest.splitlines())
        for use in (lambda: store.count(Kind.ITEM), lambda: store.history(0)):
            with pytest.raises(StoreUnavailable, match="server"):
                use()
        server.start_again()
        # The store that was open all the time goes on, reading and writing.
        assert store.check() == []
        events = [row for chunk in store.events() for row in chunk.iter_rows(named=True)]
        people = store.keys(Kind.PERSON, [row["person"] for row in events])
        for name, process in zip("ab", writers, strict=True):
            kept = [person for person in people if person.startswith(name + "-")]
            n = process.acknowledged
            # The last batch may have been committed and not acknowledged; never a part of one.
            whole = [f"{name}-{k}" for k in range(n + 1) for _ in range(k % 9 + 1)]
            assert kept in (whole, whole[: len(whole) - n % 9 - 1])
        assert store.count(Kind.PERSON) == len(set(people))
        assert store.write("events", frame([Event("bo", "tea")])).accepted["events"] == 1
        assert [row["id"] for row in events] == sorted({row["id"] for row in events})


def test_a_restart_between_two_requests_costs_none(server: PostgresServer):
    with Store.open(server.new_database()) as store:
        store.write("events", frame([Event("an", "tea")]))
        assert len(store.history(0).items) == 1
        server.kill()
        server.start_again()
        assert len(store.history(0).items) == 1
        assert store.write("events", frame([Event("an", "pot")])).accepted["events"] == 1
