"""A tiny trained shop, a client for it in this process, and a server of its own."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.apps.api.conftest import client, open_client  # noqa: F401 - fixtures
from tests.apps.conftest import (  # noqa: F401 - fixtures
    _no_settings_from_outside,
    home,
    template,
    untrained_template,
)
from tests.apps.test_serving import Server
from zhiyin.store.store import Store

FOUR_PARTS = ("title", "where", "expected", "next_step")


@pytest.fixture
def server(home: Path) -> Iterator[Server]:  # noqa: F811
    """A server whose requests take two seconds at most."""
    (home / "zhiyin.toml").write_text("[api]\ntimeout_s = 2\n[pipelines.home]\nbudget_ms = 5000\n")
    server = Server(home)
    yield server
    if server.process.poll() is None:
        server.stop(signal.SIGKILL)


def view(user: str) -> dict[str, str]:
    """Return an event with an id of its own."""
    return {"event_id": user, "user": user, "item": "tea", "type": "view"}


def says_all(problem: dict[str, Any]) -> bool:
    """Return whether a problem has its four parts and tells no path."""
    return all(problem.get(part) for part in FOUR_PARTS) and "/tmp" not in str(problem)


def stored(home: Path) -> list[str]:  # noqa: F811
    """Return whose views a store holds, one for each event, and see that it is consistent."""
    from zhiyin.core import Kind

    with Store.open(home / "shop.db") as store:
        assert store.check() == []
        views = [
            row["person"]
            for chunk in store.events()
            for row in chunk.to_dicts()
            if row["type"] == "view"
        ]
        return store.keys(Kind.PERSON, views)
