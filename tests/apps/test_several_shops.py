"""A real server of several shops: two workers are one to whoever asks, and each shop is told of alone."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.apps.test_serving import ZHIYIN, Server, ask
from tests.apps.test_workers import Workers, one_each, until
from zhiyin.shop import Shop
from zhiyin.store.store import Store

pytestmark = pytest.mark.slow


class ShopsServer(Workers):
    """Two workers that serve a folder of shops."""

    def __init__(self, folder: Path) -> None:
        said = self.start("serve", "--shops", str(folder), "--port", "0", "--workers", "2")
        self.port = int(said.partition("127.0.0.1:")[2].partition("/")[0])
        self.connections = []


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "shops"
    for name in "ab":
        shutil.copytree(template, folder / name)
    return folder


@pytest.fixture
def server(folder: Path) -> Iterator[ShopsServer]:
    server = ShopsServer(folder)
    yield server
    for connection in server.connections:
        connection.close()
    if server.process.poll() is None:
        server.stop(signal.SIGKILL)


def pages(server: Server, shop: str) -> float:
    with closing(Server.connection(server)) as connection:
        connection.request("GET", f"/shops/{shop}/metrics")
        lines = connection.getresponse().read().decode().splitlines()
    return sum(
        float(one.rpartition(" ")[2]) for one in lines if one.startswith("zhiyin_pages_total")
    )


def recommend(connection: http.client.HTTPConnection, shop: str) -> dict[str, Any]:
    status, page = ask(connection, "GET", f"/shops/{shop}/v1/recommend?user=u0&n=1")
    assert status == 200, page
    return dict(page)


def test_workers_are_told_of_as_one_for_each_shop(server: ShopsServer) -> None:
    for place, connection in enumerate(one_each(server).values()):
        for _ in range(3 + place):
            recommend(connection, "a")
        recommend(connection, "b")
    assert (pages(server, "a"), pages(server, "b")) == (7, 2)


def test_what_one_worker_was_told_the_other_knows_of_that_shop_alone(server: ShopsServer) -> None:
    here, there = one_each(server).values()
    event = {"user": "bob", "item": "tea", "type": "purchase"}
    assert ask(here, "POST", "/shops/a/v1/events", event)[0] == 200
    known = [ask(there, "GET", f"/shops/{shop}/v1/users/bob")[0] for shop in "ab"]
    assert known == [200, 404]


def test_a_key_made_in_one_shop_closes_that_one_in_both_workers(
    server: ShopsServer, folder: Path
) -> None:
    connections = list(one_each(server).values())
    for connection in connections:
        recommend(connection, "a")
    with Store.open(folder / "a" / "shop.db") as store:
        store.api_keys.add("root", ["admin"])

    def is_closed(connection: http.client.HTTPConnection) -> bool:
        return ask(connection, "GET", "/shops/a/v1/recommend")[0] == 401

    until(lambda: all(is_closed(connection) for connection in connections))
    for connection in connections:
        recommend(connection, "b")


def test_a_new_shop_is_taken_up_by_both_workers(
    server: ShopsServer, folder: Path, template: Path
) -> None:
    shutil.copytree(template, folder / ".c")
    (folder / ".c").rename(folder / "c")
    for connection in one_each(server).values():
        recommend(connection, "c")
    assert pages(server, "c") == 2


def test_a_killed_worker_is_replaced_and_its_counts_stay(server: ShopsServer) -> None:
    first = one_each(server)
    gone, left = first
    for shop in "ab":
        recommend(first[gone], shop)
    os.kill(gone, signal.SIGKILL)
    recommend(first[left], "a")
    until(lambda: len(set(one_each(server)) - {gone}) == 2, seconds=90)
    assert (pages(server, "a"), pages(server, "b")) == (2, 1)


def test_sigterm_ends_all_and_writes_what_each_shop_has_waiting(
    server: ShopsServer, folder: Path
) -> None:
    shown = {
        shop: {recommend(one, shop)["request_id"] for one in one_each(server).values()}
        for shop in "ab"
    }
    code, said, _ = server.stop(signal.SIGTERM)
    assert code == 0
    assert "ERROR" not in said
    for name, requests in shown.items():
        with Shop.open(folder / name) as shop:
            kept = {impression.request_id for _, impression in shop.store.impressions()}
        assert requests <= kept
        assert not shown["b" if name == "a" else "a"] & kept


def test_a_damaged_shop_does_not_keep_the_server_from_starting(folder: Path) -> None:
    (folder / "a" / "zhiyin.toml").write_text("[nonsense]\n")
    server = ShopsServer(folder)
    try:
        with closing(server.connection()) as connection:
            recommend(connection, "b")
            assert ask(connection, "GET", "/shops/a/v1/recommend")[0] == 503
            assert ask(connection, "GET", "/readyz")[1]["shops"] == ["a"]
    finally:
        code, said, _ = server.stop(signal.SIGTERM)
    assert code == 0
    told = [line for line in said.splitlines() if "zhiyin.apps.api.shops" in line]
    assert len(told) == 2  # each worker says why
    assert all("shop a: " in line and "nonsense" in line for line in told)


def test_a_wrong_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [*ZHIYIN, "serve", "--shops", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "no shop is in this folder" in done.stderr
    assert json.dumps(done.stdout) == '""'
