"""Connections to one port are shared out among those that listen to it."""

from __future__ import annotations

import asyncio
import socket

from zhiyin.apps.api.listening import NOBODY, Accepting, Listener

CLIENTS = 12


class Held(asyncio.Protocol):
    def __init__(self, held: list[Held]) -> None:
        self.held = held

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.held.append(self)
        self.transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        self.held.remove(self)


def shared_out(loads: list[int], *, listening: int = 2) -> list[int]:
    """Return how many of some connections, which come one after the other, each of two listeners gets."""

    async def run() -> list[int]:
        server = socket.create_server(("127.0.0.1", 0))
        sockets = [server.dup() for _ in range(listening)]
        held: list[list[Held]] = [[], []]
        accepting = [
            Accepting(Listener(sockets[n], loads, n), lambda n=n: Held(held[n]), lambda n=n: len(held[n]))  # type: ignore[misc]
            for n in range(listening)
        ]  # fmt: skip
        clients = []
        for n in range(CLIENTS):
            clients.append(await asyncio.open_connection(*server.getsockname()))
            async with asyncio.timeout(5):
                while sum(map(len, held)) <= n:
                    await asyncio.sleep(0)
        counts = [len(one) for one in held]
        for one in accepting:
            one.close()
            await one.wait_closed()
        assert loads[:listening] == [NOBODY] * listening
        for _, writer in clients:
            writer.close()
            await writer.wait_closed()
        for one in (server, *sockets):
            one.close()
        return counts

    return asyncio.run(run())


def test_each_gets_as_many() -> None:
    assert shared_out([NOBODY, NOBODY]) == [CLIENTS // 2, CLIENTS // 2]


def test_one_that_is_not_there_is_not_waited_for() -> None:
    assert shared_out([NOBODY, NOBODY], listening=1) == [CLIENTS, 0]


def test_what_another_leaves_is_taken_all_the_same() -> None:
    assert shared_out([NOBODY, 0], listening=1) == [CLIENTS, 0]
