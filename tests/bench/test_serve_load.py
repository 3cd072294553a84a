"""The load generator against a server of a few lines, whose every answer is known."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from zhiyin.bench.serve_load import drive, request


class Counting:
    """Answers in turn 200 with events accepted, 500, and nothing but a closed connection."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.answered = self.opened = 0
        self.server = self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", 0))
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        while head := await reader.read(65536):
            assert head.startswith(b"POST /x HTTP/1.1\r\nHost: ")
            assert head.endswith(b'\r\n\r\n{"a": 1}')
            place, self.answered = self.answered % 3, self.answered + 1
            await asyncio.sleep(0.002)
            if place == 2:
                break
            body = b'{"accepted":{"events":4}}' if place == 0 else b"no"
            status = b"200 OK" if place == 0 else b"500 Oh"
            writer.write(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))
        writer.close()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.server.close()
        self.loop.run_until_complete(self.server.wait_closed())
        self.loop.close()


@pytest.fixture
def counting() -> Iterator[Counting]:
    server = Counting()
    yield server
    server.stop()


def test_every_request_is_told_of_once(counting: Counting) -> None:
    driven = drive(counting.port, [request("/x", {"a": 1})], 1, 0.3)
    assert len(driven.ms) + driven.errors == counting.answered
    assert len(driven.ms) == len(driven.sent_s) == -(-counting.answered // 3)
    assert driven.accepted == 4 * len(driven.ms)
    assert min(driven.ms) >= 2
    assert driven.seconds >= 0.3
    assert any("500" in said for said in driven.said)


def test_connections_are_kept_while_the_server_keeps_them(counting: Counting) -> None:
    driven = drive(counting.port, [request("/x", {"a": 1})], 1, 0.3)
    closed = counting.answered // 3
    assert closed <= counting.opened <= closed + 1
    assert driven.errors >= 2 * closed - 1


def test_a_server_that_is_not_there_is_an_error_each_time() -> None:
    driven = drive(1, [request("/x")], 2, 0.05)
    assert driven.ms == []
    assert driven.errors > 0
    assert "Connect" in driven.said[0]
