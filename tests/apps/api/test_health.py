"""Whether the server says the truth about itself."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest

from tests.apps.api.conftest import Opener
from zhiyin import __version__
from zhiyin.apps.api import health
from zhiyin.errors import StoreError, StoreUnavailable
from zhiyin.search.searching import Searching
from zhiyin.shop import Shop
from zhiyin.store.store import Store

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_it_runs(steady: TestClient) -> None:
    told = {"status": "ok", "process": os.getpid(), "version": __version__}
    assert steady.get("/healthz").json() == told


def test_it_is_ready_once_another_process_has_trained(open_client: Opener, untrained: Path) -> None:
    client = open_client(untrained)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/healthz").status_code == 200
    with Shop.open(untrained) as other:
        other.train()
    assert client.get("/readyz").json() == {"status": "ready", "snapshot": 1}
    assert client.get("/v1/recommend?user=u0").json()["items"]


def test_it_is_ready_when_the_search_has_its_index(
    open_client: Opener, untrained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Shop.open(untrained) as other:
        other.train()
    is_open = Event()
    monkeypatch.setattr(Searching, "refresh", lambda _: is_open.wait(60))
    monkeypatch.setattr("zhiyin.apps.api.health._PATIENCE_S", 0.01)
    client = open_client(untrained)
    assert client.get("/readyz").status_code == 503
    is_open.set()
    monkeypatch.setattr("zhiyin.apps.api.health._PATIENCE_S", 60)
    assert client.get("/readyz").status_code == 200


def test_before_training_a_search_is_answered_and_has_nothing_to_show_instead(
    open_client: Opener, untrained: Path
) -> None:
    answer = open_client(untrained).get("/v1/search?q=qwertyuiop")
    assert (answer.status_code, answer.json()["items"], answer.json()["instead"]) == (200, [], [])


def test_before_training_a_page_says_what_to_do(open_client: Opener, untrained: Path) -> None:
    answer = open_client(untrained).get("/v1/recommend")
    assert answer.status_code == 503
    assert answer.json()["title"] == "nothing was trained yet"
    assert answer.json()["next_step"] == "zhiyin train"
    assert str(untrained) not in answer.text


def test_a_newer_snapshot_is_taken_up_while_serving(open_client: Opener, home: Path) -> None:
    client = open_client(home)
    assert client.get("/readyz").json()["snapshot"] == 1
    with Shop.open(home) as other:
        other.train()
    deadline = time.monotonic() + 60
    while client.get("/readyz").json()["snapshot"] != 2:
        assert time.monotonic() < deadline
        assert client.get("/v1/recommend?user=u0").status_code == 200
        time.sleep(0.01)


def test_a_store_that_does_not_answer_is_not_ready(
    open_client: Opener, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_client(home)
    assert client.get("/readyz").status_code == 200

    def silent(store: Store) -> int:
        raise StoreUnavailable("the server is gone")

    monkeypatch.setattr(Store, "revision", silent)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def refused(client: TestClient) -> str:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/healthz").status_code == 200
    return str(answer.json()["title"] + answer.json().get("next_step", ""))


def test_a_database_that_is_gone_is_not_ready(open_client: Opener, home: Path) -> None:
    client = open_client(home)
    assert client.get("/readyz").status_code == 200
    (home / "shop.db").rename(home / "elsewhere.db")
    assert "put the file back" in refused(client)
    (home / "elsewhere.db").rename(home / "shop.db")
    assert client.get("/readyz").status_code == 200


def test_a_full_disk_is_not_ready(steady: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1 << 60)
    assert "the disk is full" in refused(steady)


def test_a_search_without_its_index_is_not_ready(
    open_client: Opener, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: Searching) -> None:
        raise StoreError("the index is damaged", next_step="zhiyin train")

    monkeypatch.setattr(Searching, "refresh", damaged)
    client = open_client(home)
    assert "zhiyin train" in refused(client)
    monkeypatch.undo()
    assert client.get("/readyz").status_code == 200


@pytest.mark.usefixtures("popular_hangs")
def test_pages_that_are_all_degraded_are_not_ready_until_some_are_not(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhiyin.apps.api.metrics._MANY", 2)
    client.get("/v1/recommend")
    assert client.get("/readyz").status_code == 200
    client.get("/v1/recommend")
    assert "every page is degraded" in refused(client)
    monkeypatch.setattr("zhiyin.apps.api.metrics._LATELY_S", 0.0)
    assert client.get("/readyz").status_code == 200
