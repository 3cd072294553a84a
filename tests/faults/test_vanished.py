"""A database file that is moved away, replaced or damaged while it is served."""

from __future__ import annotations

import shutil
import signal
from contextlib import closing
from pathlib import Path

import pytest

from tests.apps.test_serving import Server, ask
from tests.faults.conftest import says_all, stored, view
from zhiyin.errors import StoreUnavailable
from zhiyin.store.store import Store

pytestmark = pytest.mark.slow


def test_no_event_is_acknowledged_into_a_file_that_is_gone(server: Server, home: Path) -> None:
    away = home.parent / "away"
    away.mkdir()
    files = [home / f"shop.db{end}" for end in ("", "-wal", "-shm")]
    with closing(server.connection()) as connection:
        assert ask(connection, "POST", "/v1/events", view("before"))[0] == 200
        for file in files:
            file.rename(away / file.name)
        status, problem = ask(connection, "POST", "/v1/events", view("lost"))
        assert status == 503
        assert says_all(problem)
        assert "put the file back" in problem["next_step"]
        status, page = ask(connection, "GET", "/v1/recommend?user=u0")
        assert (status, bool(page["items"])) == (200, True)
        for file in files:
            (away / file.name).rename(file)
        assert ask(connection, "POST", "/v1/events", view("after"))[0] == 200
    server.process.kill()
    server.process.communicate(timeout=20)
    assert sorted(stored(home)) == ["after", "before"]


def test_no_event_is_acknowledged_into_a_file_that_took_its_place(
    server: Server, home: Path
) -> None:
    with closing(server.connection()) as connection:
        shutil.copy(home / "shop.db", home / "copy.db")
        (home / "copy.db").replace(home / "shop.db")
        status, problem = ask(connection, "POST", "/v1/events", view("lost"))
        assert (status, says_all(problem)) == (503, True)
        assert "start zhiyin anew" in problem["next_step"]


def test_a_damaged_file_ends_no_server_and_is_told_of(server: Server, home: Path) -> None:
    with closing(server.connection()) as connection:
        assert ask(connection, "POST", "/v1/events", view("before"))[0] == 200
        for end in ("", "-wal"):
            with (home / f"shop.db{end}").open("r+b") as file:
                file.write(b"garbage" * 20_000)
        for n in range(3):
            status, problem = ask(connection, "POST", "/v1/events", view(f"lost-{n}"))
            assert status == 200 or (status == 503 and says_all(problem))
            status, answer = ask(connection, "GET", f"/v1/recommend?user=u{n}")
            assert status == 200 or (status == 503 and says_all(answer))
            assert ask(connection, "GET", "/healthz")[0] == 200
        server.stop(signal.SIGKILL)
    with pytest.raises(StoreUnavailable) as told:
        Store.open(home / "shop.db")
    assert told.value.next_step
