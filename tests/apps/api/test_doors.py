"""Who is let in: hosts, keys, sizes, wrong routes, and what errors tell."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from tests.apps.api.conftest import Opener, opened
from zhiyin.apps.api.app import create_app
from zhiyin.errors import SettingsError
from zhiyin.settings import Settings
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from starlette.testclient import TestClient

KEY = "s3cret-ключ-钥匙"
EVENT = {"user": "new", "item": "tea", "type": "purchase"}
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def guarded(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a server that asks for the key."""
    home = shutil.copytree(template, tmp_path_factory.mktemp("guarded") / "home")
    with opened(home, key=SecretStr(KEY)) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "a:b:c", "[:"]
)
def test_another_host_name_is_refused_on_loopback(steady: TestClient, host: str) -> None:
    answer = steady.get("/v1/recommend", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Wrong host"


@pytest.mark.parametrize("host", ["127.0.0.1", "LOCALHOST:8000", "[::1]:8000"])
def test_the_machine_s_own_names_are_let_in(steady: TestClient, host: str) -> None:
    assert steady.get("/healthz", headers={"Host": host}).status_code == 200


def test_any_host_name_is_let_in_where_the_key_guards(open_client: Opener, home: Path) -> None:
    client = open_client(home, host="0.0.0.0", key=SecretStr(KEY))
    assert client.get("/healthz", headers={"Host": "shop.example"}).status_code == 200


@pytest.mark.parametrize(
    "shown",
    [
        None,
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        f"Bearer {KEY}x",
        f"Bearer {KEY[:-1]}",
        f"Basic {KEY}",
        KEY,
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/recommend"),
        ("GET", "/v1/items/tea/similar"),
        ("GET", "/v1/items/tea"),
        ("GET", "/v1/users/u0"),
        ("GET", "/v1/users/u0/portrait"),
        ("GET", "/v1/users/u0/ties"),
        ("GET", "/v1/users/u0/people-to-follow"),
        ("DELETE", "/v1/users/u0/portrait/beef"),
        ("GET", "/metrics"),
        ("POST", "/v1/events"),
        ("PUT", "/v1/items"),
        ("PUT", "/v1/posts"),
    ],
)
def test_without_the_key_nothing_of_the_shop_is_told(
    guarded: TestClient, method: str, path: str, shown: str | None
) -> None:
    headers = {} if shown is None else {"Authorization": shown.encode()}
    sent = {} if method in ("GET", "DELETE") else {"json": [EVENT]}
    answer = guarded.request(method, path, headers=headers, **sent)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"
    assert KEY not in answer.text


def test_with_the_key_everything_answers(guarded: TestClient) -> None:
    headers = {"Authorization": f"Bearer {KEY}".encode()}
    assert guarded.get("/v1/recommend", headers=headers).status_code == 200
    assert guarded.post("/v1/events", headers=headers, json=EVENT).status_code == 200
    assert guarded.put("/v1/users", headers=headers, json=[{"id": "new"}]).status_code == 200
    assert guarded.get("/v1/users/new", headers=headers).status_code == 200
    assert guarded.get("/metrics", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/docs", "/openapi.json"])
def test_health_and_docs_need_no_key(guarded: TestClient, path: str) -> None:
    answer = guarded.get(path)
    assert answer.status_code == 200
    assert KEY not in answer.text


def test_keys_are_compared_in_constant_time(
    open_client: Opener, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    monkeypatch.setattr(
        "secrets.compare_digest", lambda given, key: compared.append((given, key)) or False
    )
    client = open_client(home, key=SecretStr(KEY))
    client.get("/v1/recommend", headers={"Authorization": "Bearer a"})
    assert compared == [(b"a", KEY.encode())]


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_key_is_no_key(home: Path, blank: str) -> None:
    settings = Settings.load(home)
    api = settings.api.model_copy(update={"key": SecretStr(blank)})
    settings = settings.model_copy(update={"api": api})
    with Shop.open(settings) as shop, pytest.raises(SettingsError, match="blank"):
        create_app(shop)


def test_the_key_is_in_no_repr_and_no_log(
    open_client: Opener, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = open_client(home, key=SecretStr(KEY))
    with caplog.at_level(logging.DEBUG):
        client.get("/v1/recommend", headers={"Authorization": f"Bearer {KEY}".encode()})
        client.get("/v1/recommend", headers={"Authorization": b"Bearer wrong"})
    assert KEY not in caplog.text
    settings = Settings(home=home, api={"key": KEY})
    assert KEY not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize("route", [("POST", "/v1/events"), ("PUT", "/v1/items")])
@pytest.mark.parametrize(
    ("headers", "chunks_read"),
    [
        ([(b"content-length", str(9 * MEGABYTE).encode())], 0),
        ([], 9),  # an endless body: eight megabytes may pass, the ninth is too much
        ([(b"content-length", b"10")], 9),
    ],
)
def test_too_large_a_body_is_refused_without_reading_it(
    home: Path, headers: list[tuple[bytes, bytes]], chunks_read: int, route: tuple[str, str]
) -> None:
    sent: list[Any] = []
    chunks = itertools.count(1)
    read = 0

    async def receive() -> dict[str, Any]:
        nonlocal read
        read = next(chunks)
        assert read < 20, "it would read for ever"
        return {"type": "http.request", "body": b" " * MEGABYTE, "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": route[0],
        "path": route[1],
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/json"), *headers],
    }
    with Shop.open(home) as shop:
        asyncio.run(create_app(shop)(scope, receive, send))
    assert sent[0]["status"] == 413
    assert (b"content-type", b"application/problem+json") in sent[0]["headers"]
    assert "8,388,608 bytes" in json.loads(sent[1]["body"])["detail"]
    assert read == chunks_read


def test_a_thousand_events_are_not_too_large(client: TestClient) -> None:
    event = {**EVENT, "user": "u" * 512, "context": {"place": "p" * 100}}
    answer = client.post("/v1/events", json=[event] * 1000)
    assert answer.json()["accepted"]["events"] == 1000


def test_an_unknown_route_is_a_problem(steady: TestClient) -> None:
    for path in ("/nothing", "/v1/recommended", "/v2/recommend", "/v1/user/u0"):
        answer = steady.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_wrong_method_is_a_problem_that_names_the_right_one(steady: TestClient) -> None:
    answer = steady.get("/v1/events")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unforeseen_error_tells_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("password=hunter2 in /srv/shop")

    monkeypatch.setattr(Shop, "recommend", breaks)
    answer = client.get("/v1/recommend")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "The server's log says more."
    for inside in ("hunter2", "Traceback", "RuntimeError", "/srv"):
        assert inside not in answer.text


def test_a_store_that_does_not_answer_is_a_503_without_its_address(
    open_client: Opener, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = open_client(home)
    (home / "shop.db").write_bytes(b"garbage" * 1000)
    answer = client.post("/v1/events", json=EVENT)
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert str(home) not in answer.text
    assert str(home) in caplog.text
