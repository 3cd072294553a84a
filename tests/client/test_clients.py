"""Both clients against a real server, and what they do where it does not answer well."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from pydantic import SecretStr

from tests.apps.conftest import STRANGE_ID, home, template, untrained_template  # noqa: F401
from zhiyin.apps.api.app import create_app
from zhiyin.client import ApiError, AsyncClient, Client, Unreachable, clients
from zhiyin.settings import Settings
from zhiyin.shop import Shop

KEY = "a secret of the tests"
EVENT = {"user": "new", "item": "tea", "type": "purchase"}


@pytest.fixture
def url(home: Path) -> Iterator[str]:  # noqa: F811
    settings = Settings.load(home)
    api = settings.api.model_copy(update={"key": SecretStr(KEY)})
    with (
        Shop.open(settings.model_copy(update={"api": api})) as shop,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        server = uvicorn.Server(uvicorn.Config(create_app(shop), log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_the_sync_client_talks_to_a_server(url: str) -> None:
    with Client(url, key=KEY) as shop:
        assert shop.health()["status"] == "ok"
        assert shop.put_items([{"id": "new/1 茶", "title": "T"}])["accepted"] == {"items": 1}
        assert shop.item("new/1 茶")["title"] == "T"
        assert shop.events(EVENT)["accepted"]["events"] == 1
        assert shop.events([EVENT], idempotency_key="k")["accepted"] == {"events": 1}
        assert shop.events([EVENT], idempotency_key="k")["accepted"] == {"events": 1}
        page = shop.recommend("u0", n=2, basket=["tea", STRANGE_ID])
        assert len(page["items"]) == 2
        assert shop.similar(STRANGE_ID, n=1)["items"]
        sent = ({**EVENT, "user": f"s{n}"} for n in range(2500))
        assert shop.stream_events(sent)["accepted"] == {"events": 2500, "users": 2500}
        exported = list(shop.export("events"))
        assert exported[-1]["user"] == "s2499"
        assert len(shop.users(limit=7)["users"]) == 7
        assert "zhiyin_http_requests_total" in shop.metrics()
        rule = shop.add_rule({"kind": "bury", "where": 'id = "tea"', "set_by": "ann"})
        assert shop.remove_rule(rule["id"], by="ann")["id"] == rule["id"]
        with pytest.raises(ApiError, match="export") as no_kind:
            next(shop.export("nothing"))
        assert no_kind.value.status == 404


def test_the_async_client_talks_to_a_server(url: str) -> None:
    async def talk() -> None:
        async with AsyncClient(url, key=KEY) as shop:
            pages = await asyncio.gather(*(shop.recommend(f"u{n}", n=2) for n in range(4)))
            assert [len(page["items"]) for page in pages] == [2, 2, 2, 2]
            lines = [{**EVENT, "event_id": str(n)} for n in range(1500)]
            assert (await shop.stream_events(lines))["accepted"]["events"] == 1500
            exported = [one async for one in shop.export("events")]
            assert exported[-1]["event_id"] == "1499"
            assert "zhiyin_pages_total" in await shop.metrics()
            with pytest.raises(ApiError) as nobody:
                await shop.user("nobody")
            assert nobody.value.status == 404

    asyncio.run(talk())


def test_an_error_has_four_parts(url: str) -> None:
    with Client(url, key=KEY) as shop, pytest.raises(ApiError) as refused:
        shop.similar("no such item")
    error = refused.value
    assert error.status == 404
    assert error.what == "no item has the id no such item"
    assert error.where
    assert error.expected
    assert error.next_step
    with Client(url, key=KEY) as shop, pytest.raises(ApiError, match="price: -5") as none:
        shop.put_items([{"id": "a", "price": -5}])
    assert none.value.problem["rejected"][0]["field"] == "price"


@pytest.mark.parametrize("key", [None, "wrong"])
def test_without_the_key_nothing_is_told(url: str, key: str | None) -> None:
    with Client(url, key=key) as shop, pytest.raises(ApiError) as refused:
        shop.item("tea")
    assert refused.value.status == 401


Answer = tuple[int, dict[str, Any], dict[str, str]]
Handler = Callable[[httpx.Request], httpx.Response]


def replies(*answers: Answer | Exception) -> tuple[Handler, list[httpx.Request]]:
    """Return a handler that gives these answers, one after the other, and the list of what it was asked."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        found = answers[len(asked) - 1]
        if isinstance(found, Exception):
            raise found
        status, document, headers = found
        return httpx.Response(status, json=document, headers=headers)

    return answer, asked


def ask_both(
    handler: Handler,
    ask: Callable[[Any], Any],
    monkeypatch: pytest.MonkeyPatch,
    is_async: bool,
    retries: int = 3,
) -> tuple[Any, list[float]]:
    """Return what a client got, and how long it paused before each further try."""
    pauses: list[float] = []
    transport = httpx.MockTransport(handler)
    if not is_async:
        monkeypatch.setattr(clients.time, "sleep", pauses.append)
        with Client("http://x", transport=transport, retries=retries) as shop:
            return ask(shop), pauses

    async def asleep(pause: float) -> None:
        pauses.append(pause)

    async def talk() -> Any:
        async with AsyncClient("http://x", transport=transport, retries=retries) as shop:
            answer: Awaitable[Any] = ask(shop)
            return await answer

    monkeypatch.setattr(clients.asyncio, "sleep", asleep)
    return asyncio.run(talk()), pauses


BUSY: Answer = (503, {"title": "busy"}, {})
IN_FLIGHT: Answer = (409, {"title": "in flight"}, {"Retry-After": "1"})
CONFLICT: Answer = (409, {"title": "conflict"}, {})
LOST = httpx.ReadError("the server hung up")
GOOD: Answer = (200, {"accepted": {}}, {})


@pytest.mark.parametrize("is_async", [False, True])
def test_a_busy_server_is_asked_again_under_the_same_key(
    monkeypatch: pytest.MonkeyPatch, is_async: bool
) -> None:
    handler, asked = replies(BUSY, LOST, IN_FLIGHT, GOOD)
    answer, pauses = ask_both(handler, lambda shop: shop.events(EVENT), monkeypatch, is_async)
    assert answer == {"accepted": {}}
    assert pauses == [0.1, 0.2, 1.0]
    assert len({request.headers["idempotency-key"] for request in asked}) == 1
    assert len({request.content for request in asked}) == 1


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize(
    ("answers", "ask", "tries"),
    [
        ([BUSY] * 3, lambda shop: shop.network(), 3),
        ([CONFLICT], lambda shop: shop.network(), 1),
        ([BUSY], lambda shop: shop.add_key("a", ["serve"]), 1),
        ([BUSY], lambda shop: shop.stream_events(iter([EVENT])), 1),
        ([BUSY] * 3, lambda shop: shop.stream_events([EVENT]), 3),
    ],
)
def test_it_gives_up_in_the_end(
    monkeypatch: pytest.MonkeyPatch, is_async: bool, answers: list[Any], ask: Any, tries: int
) -> None:
    handler, asked = replies(*answers)
    with pytest.raises(ApiError):
        ask_both(handler, ask, monkeypatch, is_async, retries=2)
    assert len(asked) == tries


@pytest.mark.parametrize("is_async", [False, True])
def test_no_server_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch, is_async: bool) -> None:
    handler, _ = replies(LOST, LOST)
    with pytest.raises(Unreachable, match="hung up") as lost:
        ask_both(handler, lambda shop: shop.network(), monkeypatch, is_async, retries=1)
    assert lost.value.where == "http://x"
    assert lost.value.next_step


def test_an_answer_that_is_no_problem_document_is_an_error_all_the_same() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(502, text="<html>Bad gateway"))
    with Client("http://x", transport=transport) as shop, pytest.raises(ApiError) as error:
        shop.network()
    assert (error.value.status, error.value.what) == (502, "the server answered 502")
