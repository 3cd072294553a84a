"""A load generator for HTTP on this machine: clients that keep their connections, over plain asyncio streams.

A full HTTP client takes more of the machine than the server it is to measure, so answers are parsed only as far as their
status and length.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import multiprocessing
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

HOST = "127.0.0.1"
_PATIENCE_S = 30.0


class Answer(NamedTuple):
    """What a server said: its status, and the body."""

    status: int
    body: bytes

    @property
    def is_ok(self) -> bool:
        """Whether the request was done."""
        return 200 <= self.status < 300


def request(path: str, body: object = None) -> bytes:
    """Return the bytes of a request: GET, or POST where there is a body, which is sent as JSON."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", f"Host: {HOST}"]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content


class Connection:
    """One connection, which is opened again when it was closed between two requests."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, sent: bytes) -> Answer:
        """Return the answer to a request.

        Raises:
            OSError, EOFError, ValueError: the server did not answer it whole.
        """
        if self._streams is None or self._streams[0].at_eof():
            self.close()
            self._streams = await asyncio.open_connection(HOST, self._port)
            own: socket.socket = self._streams[1].get_extra_info("socket")
            own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader, writer = self._streams
        try:
            writer.write(sent)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            _, _, after = head.partition(b"content-length:")
            body = await reader.readexactly(int(after.split(b"\r\n", 1)[0]))
        except BaseException:
            self.close()
            raise
        if b"connection: close" in head:
            self.close()
        return Answer(int(head.split(b" ", 2)[1]), body)

    def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


@dataclass(slots=True)
class Driven:
    """What became of the requests of a run.

    Attributes:
        seconds: how long the run took.
        sent_s: (n,) when each request that was done was sent, by the machine's monotonic clock.
        ms: (n,) how long each of them took.
        accepted: events that the answers say were stored.
        errors: requests that were not done.
        said: the first few of those.
    """

    seconds: float = 0.0
    sent_s: list[float] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    accepted: int = 0
    errors: int = 0
    said: list[str] = field(default_factory=list)

    def note(self, sent_s: float, answer: Answer | Exception) -> None:
        """Take note of one request that has just ended."""
        ended_s = time.monotonic()
        if not isinstance(answer, Answer) or not answer.is_ok:
            self.errors += 1
            self.said += [repr(answer)[:300]] if len(self.said) < 5 else []
            return
        self.sent_s.append(sent_s)
        self.ms.append((ended_s - sent_s) * 1e3)
        if answer.body.startswith(b'{"accepted"'):
            self.accepted += json.loads(answer.body)["accepted"].get("events", 0)


async def _drive(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Driven:
    driven, turns = Driven(), itertools.cycle(requests)
    began = time.monotonic()

    async def client() -> None:
        connection = Connection(port)
        while (sent := time.monotonic()) < began + seconds:
            answer: Answer | Exception
            try:
                answer = await asyncio.wait_for(connection.ask(next(turns)), _PATIENCE_S)
            except (OSError, EOFError, ValueError, TimeoutError) as error:
                answer = error
            driven.note(sent, answer)
        connection.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    driven.seconds = time.monotonic() - began
    return driven


def drive(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Driven:
    """Send requests in turn from several clients, each of which waits for its answer before it sends the next.

    Args:
        port: on this machine.
        requests: in turn, from the first again after the last.
        clients: how many at a time.
        seconds: how long requests are sent; those under way are waited for.
    """
    return asyncio.run(_drive(port, requests, clients, seconds))


class Load:
    """Drives a server from a process of its own, so that measuring and what is measured do not wait for each other."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def start(self, *run: Any) -> Future[Driven]:
        """Begin what ``drive`` does with these arguments."""
        return self._pool.submit(drive, *run)

    def drive(self, *run: Any) -> Driven:
        """Do what ``drive`` does with these arguments."""
        return self.start(*run).result()


@contextmanager
def load() -> Iterator[Load]:
    """Open the process of a load."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield Load(pool)
