"""Bodies sent as gzip are read as if they had come unpacked, in bounded memory."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from zhiyin.apps.api.guard import MOST_BYTES
from zhiyin.apps.api.unpacking import Unpacked

if TYPE_CHECKING:
    from starlette.testclient import TestClient

EVENT = {"user": "packed", "item": "tea", "type": "view"}
PACKED = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
LINES = {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}


def received(*pieces: bytes) -> tuple[bytes, int]:
    """Return what comes out of a body that comes in pieces, and the longest piece of that."""
    left = [*pieces]
    found: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        has_more = True
        while has_more:
            message = await receive()
            found.append(message["body"])
            has_more = message["more_body"]
        assert scope["headers"] == []

    async def send(message: Message) -> None:
        raise AssertionError(message)

    async def run() -> None:
        scope = {
            "type": "http",
            "headers": [(b"content-encoding", b"GZIP"), (b"content-length", b"9")],
        }
        await Unpacked(app)(scope, receive, send)

    anyio.run(run)
    return b"".join(found), max(map(len, found))


def test_any_pieces_and_members_give_the_same() -> None:
    text = bytes(range(256)) * 5000
    packed = gzip.compress(text[:700_000]) + gzip.compress(text[700_000:])
    for size in (1, 1000, len(packed)):
        pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
        assert received(*pieces)[0] == text


def test_little_that_holds_much_comes_out_in_small_pieces() -> None:
    whole, longest = received(gzip.compress(bytes(20_000_000)))
    assert (len(whole), longest) == (20_000_000, 256 * 1024)


def test_events_and_lines_may_be_packed(client: TestClient) -> None:
    body = gzip.compress(json.dumps([EVENT]).encode())
    assert client.post("/v1/events", content=body, headers=PACKED).json()["accepted"]["events"] == 1
    lines = gzip.compress((json.dumps(EVENT) + "\n").encode() * 2500)
    told = client.post("/v1/events", content=lines, headers=LINES).json()
    assert told["accepted"]["events"] == 2500


def test_the_limit_holds_for_what_comes_out(steady: TestClient) -> None:
    bomb = gzip.compress(b" " * (MOST_BYTES + 1))
    assert len(bomb) < 10_000
    answer = steady.put("/v1/items", content=bomb, headers=PACKED)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("headers", [PACKED, LINES], ids=["list", "lines"])
@pytest.mark.parametrize(
    "body", [b"no gzip", gzip.compress(json.dumps(EVENT).encode())[:-9]], ids=["other", "cut"]
)
def test_a_damaged_body_is_told(steady: TestClient, body: bytes, headers: dict[str, str]) -> None:
    answer = steady.post("/v1/events", content=body, headers=headers)
    assert answer.status_code == 400
    assert "gzip" in answer.json()["detail"]


def test_another_packing_is_refused(steady: TestClient) -> None:
    headers = {**PACKED, "Content-Encoding": "br"}
    answer = steady.post("/v1/events", content=b"x", headers=headers)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "gzip")
    assert answer.json()["expected"] == "gzip"
