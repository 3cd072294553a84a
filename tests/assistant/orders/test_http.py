"""Orders from an endpoint, which is a small server of the test."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.assistant.orders.contract import LINES, OrderProviderContract
from tests.local_server import served
from zhiyin.assistant.orders.http import Http
from zhiyin.assistant.orders.provider import OrderProvider
from zhiyin.assistant.orders.wording import order_data
from zhiyin.core.order import Order
from zhiyin.errors import Conflict, DataError, NotFound, SettingsError, StoreUnavailable
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


def handler(store: Store, seen: list[dict[str, str]]) -> type[BaseHTTPRequestHandler]:
    """Return an order system that keeps its orders in a store."""

    class OrderSystem(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(dict(self.headers))
            url = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            if url.path == "/api/orders":
                found = store.orders.of(asked["user"], int(asked["limit"]))
                return self.say(200, {"orders": [document(one) for one in found]})
            order = store.orders.one(asked["user"], unquote(url.path.split("/")[3]))
            return self.say(404, {}) if order is None else self.say(200, document(order))

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            order_id, key = unquote(self.path.split("/")[3]), self.headers["Idempotency-Key"]
            try:
                made = store.orders.open_return(
                    said["user"], order_id, said["item"], said["reason"], key, 1
                )
            except NotFound:
                return self.say(404, {})
            except Conflict:
                return self.say(409, {})
            told = {
                name: getattr(made, name) for name in ("id", "order_id", "item", "reason", "status")
            }
            return self.say(201, told)

        def say(self, status: int, body: Any) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

    return OrderSystem


def document(order: Order) -> dict[str, Any]:
    return {**order_data(order), "user": order.user, "total_minor": None}


def saying(status: int, body: bytes, *, pause_s: float = 0) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(pause_s)
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(body)

    return Answer


def at(url: str, **options: Any) -> Http:
    return Http(Http.Config(base_url=url, **{"key_variable": "", **options}))


class TestHttp(OrderProviderContract):
    @pytest.fixture
    def provider(self, tmp_path: Path) -> Iterator[OrderProvider]:
        with Store.open(tmp_path / "shop.db") as store:
            store.write("orders", frame(LINES))
            with served(handler(store, [])) as url:
                yield at(f"{url}/api/")


def test_the_key_is_sent_and_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    with Store.open(tmp_path / "shop.db") as store, served(handler(store, seen)) as url:
        provider = at(f"{url}/api", key_variable="ORDERS_KEY")
        with pytest.raises(SettingsError, match="ORDERS_KEY holds no key"):
            provider.orders("an")
        monkeypatch.setenv("ORDERS_KEY", "s3cret")
        assert provider.orders("an") == []
    assert seen[0]["Authorization"] == "Bearer s3cret"


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (500, b"", StoreUnavailable),
        (429, b"", StoreUnavailable),
        (302, b"", DataError),
        (403, b"", DataError),
        (200, b"<html>", DataError),
        (200, b'{"id": "o1", "user": "an", "lines": []}', DataError),
        (200, b'{"id": "o1", "user": "an", "lines": [{"item": "x", "status": "lost"}]}', DataError),
        (200, b'{"id":"o1","user":"an","time":"2026-05-01T00:00:00","lines":[{"item":"x","status":"paid"}]}', DataError),
        (200, b" " * 3_000_000, StoreUnavailable),
    ],
)  # fmt: skip
def test_what_is_no_order_is_said_to_be_none(
    status: int, body: bytes, error: type[Exception]
) -> None:
    with served(saying(status, body)) as url, pytest.raises(error) as caught:
        at(url).order("zhang-wei", "o1")
    assert "zhang-wei" not in str(caught.value)


def test_an_endpoint_that_mixes_people_up_shows_nobody_anothers_order() -> None:
    order = {"id": "o1", "user": "bo", "lines": [{"item": "x", "status": "paid"}]}
    with served(saying(200, json.dumps(order).encode())) as url:
        assert at(url).order("an", "o1") is None
        with pytest.raises(NotFound):
            at(url).open_return("an", "o1", "x", "size", "k")
        assert at(url).order("bo", "o1").status == "paid"
    with served(saying(200, json.dumps({"orders": [order]}).encode())) as url:
        assert at(url).orders("an") == []


def test_who_does_not_answer_in_time_is_not_waited_for() -> None:
    with served(saying(200, b"{}", pause_s=2)) as url:
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match="no answer"):
            at(url, timeout_s=0.1).order("an", "o1")
        assert time.monotonic() - began < 1.5
    with pytest.raises(StoreUnavailable):
        at("http://127.0.0.1:1").orders("an")
