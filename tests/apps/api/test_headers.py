"""What is around every answer: headers, origins, compression, and the longest it may take."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from tests.apps.api.conftest import Opener
from zhiyin.apps.api.limits import Buckets
from zhiyin.errors import SettingsError
from zhiyin.settings import Settings
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ORIGIN = "https://shop.example"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/recommend?user=u0", 200),
        ("GET", "/v1/users/u0", 200),
        ("POST", "/v1/events", 422),
        ("GET", "/nothing", 404),
        ("DELETE", "/v1/events", 405),
        ("GET", "/healthz", 200),
        ("GET", "/docs", 200),
    ],
)
def test_every_answer_has_them(steady: TestClient, method: str, path: str, status: int) -> None:
    answer = steady.request(method, path, **({"json": 3} if method == "POST" else {}))
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    told = answer.headers["cache-control"]
    assert told == ("private, no-cache" if "etag" in answer.headers else "no-store")


def test_refusals_and_failures_have_them(
    open_client: Opener, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_client(home, key=SecretStr("k"))
    assert client.get("/v1/recommend").headers["cache-control"] == "no-store"
    assert client.get("/healthz", headers={"Host": "a"}).headers["cache-control"] == "no-store"
    monkeypatch.setattr(Shop, "recommend", lambda *_, **__: 1 / 0)
    answer = client.get("/v1/recommend", headers={"Authorization": "Bearer k"})
    assert (answer.status_code, answer.headers["cache-control"]) == (500, "no-store")


def test_no_other_page_may_ask_unless_it_is_named(open_client: Opener, home: Path) -> None:
    asks = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    shut, opened = open_client(home), open_client(home, origins=[ORIGIN])
    assert shut.options("/v1/recommend", headers=asks).status_code == 405
    answer = shut.get("/v1/recommend", headers={"Origin": ORIGIN})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    preflight = opened.options("/v1/recommend", headers=asks)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-credentials" not in preflight.headers
    answer = opened.get("/v1/recommend", headers={"Origin": ORIGIN})
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    answer = opened.get("/v1/recommend", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origin", ["*", "shop.example", "https://*", "https://a.example/", ""])
def test_what_is_no_origin_is_refused(tmp_path: Path, origin: str) -> None:
    with pytest.raises(SettingsError, match="no origin"):
        Settings.load(tmp_path, api={"origins": [origin]})


def test_large_answers_are_compressed_for_who_can_read_that(steady: TestClient) -> None:
    path = "/v1/recommend?user=u0&n=6"
    with steady.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    plain = steady.get(path, headers={"Accept-Encoding": "identity"})
    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.decompress(raw)) == pytest.approx(len(plain.content), rel=0.05)
    assert len(raw) < len(plain.content) / 2
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["vary"]
    small = steady.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in small.headers


@pytest.fixture
def hangs(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let recommend wait until the event is set."""
    over = threading.Event()
    recommend = Shop.recommend

    def late(shop: Shop, *given: Any, **named: Any) -> Any:
        over.wait(60)
        return recommend(shop, *given, **named)

    monkeypatch.setattr(Shop, "recommend", late)
    yield over
    over.set()


def test_what_takes_too_long_is_given_up(
    open_client: Opener, home: Path, hangs: threading.Event
) -> None:
    client = open_client(home, timeout_s=0.2)
    threading.Timer(1, hangs.set).start()  # this client waits until the work in its thread is over
    answer = client.get("/v1/recommend")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["cache-control"] == "no-store"
    assert "0.2 seconds" in answer.json()["detail"]
    assert any(client.get("/v1/recommend").status_code == 200 for _ in range(50))


def test_the_answer_comes_in_time_although_the_work_goes_on(
    home: Path, hangs: threading.Event
) -> None:
    import asyncio

    from zhiyin.apps.api.app import create_app

    settings = Settings.load(home)
    api = settings.api.model_copy(update={"timeout_s": 0.2})
    told: list[tuple[float, int]] = []
    started = time.monotonic()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            told.append((time.monotonic() - started, message["status"]))
            hangs.set()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http", "method": "GET", "path": "/v1/recommend", "query_string": b"",
        "headers": [(b"host", b"127.0.0.1")],
    }  # fmt: skip
    with Shop.open(settings.model_copy(update={"api": api})) as shop:
        asyncio.run(create_app(shop)(scope, receive, send))
    [(seconds, status)] = told
    assert status == 503
    assert 0.2 <= seconds < 30


def test_a_long_body_is_not_cut_off_while_it_comes(home: Path) -> None:
    import asyncio

    from zhiyin.apps.api.app import create_app

    settings = Settings.load(home)
    api = settings.api.model_copy(update={"timeout_s": 3.0})
    pieces = [b'{"user": "a",', b'"item": "tea",', b'"type": "view"}', b" ", b" "]
    told: list[int] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.8)
        body = pieces.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            told.append(message["status"])

    scope = {
        "type": "http", "method": "POST", "path": "/v1/events", "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")],
    }  # fmt: skip
    with Shop.open(settings.model_copy(update={"api": api})) as shop:
        asyncio.run(create_app(shop)(scope, receive, send))
    assert told == [200]


def test_a_bucket_fills_again_but_not_over_its_edge() -> None:
    seconds = [0.0]
    buckets = Buckets(rate=10, burst=2, clock=lambda: seconds[0])
    assert [buckets.wait("a") for _ in range(3)] == [0, 0, pytest.approx(0.1)]
    seconds[0] = 0.05
    assert buckets.wait("a") == pytest.approx(0.05)
    seconds[0] = 0.1
    assert buckets.wait("a") == 0
    seconds[0] = 1000
    assert [buckets.wait("a") > 0 for _ in range(3)] == [False, False, True]
    assert buckets.wait("b") == 0


def test_no_rate_is_no_limit() -> None:
    buckets = Buckets(rate=0, burst=1)
    assert {buckets.wait("a") for _ in range(100)} == {0.0}
