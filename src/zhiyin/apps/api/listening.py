"""The port that several processes share, and who of them takes the next connection."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, MutableSequence
from contextlib import suppress
from dataclasses import dataclass, field

_log = logging.getLogger(__name__)
_LEFT_S = 0.002
"""How long a connection is left to a process that has fewer; if none took it then, whoever sees it does."""
_PAUSE_S = 1.0
"""How long no connection is taken where none can be, as when too many files are open."""
NOBODY = 1 << 30
"""The connections of a process that takes none, since it is not there."""


@dataclass(frozen=True, slots=True)
class Listener:
    """A listening socket, and how many connections each process has that takes them from it.

    Attributes:
        socket: bound and listening.
        loads: connections of each process, shared by all of them.
        place: of this process among them.
    """

    socket: socket.socket
    loads: MutableSequence[int] = field(default_factory=lambda: [0])
    place: int = 0


class Accepting:
    """Takes connections from a listener, in the form of a server of asyncio.

    The processes of one socket are told of each connection at once, and the system gives most of them to the one that is
    awake: the rest of the cores would idle. So a process that has more than another leaves a connection for a moment.

    Args:
        listener: whose connections.
        make: makes the protocol of a connection.
        n_open: returns how many this process has.
    """

    def __init__(
        self, listener: Listener, make: Callable[[], asyncio.Protocol], n_open: Callable[[], int]
    ) -> None:
        self._listener = listener
        self._make = make
        self._n_open = n_open
        self._was_left = False
        self._loop = asyncio.get_running_loop()
        self._later: asyncio.TimerHandle | None = None
        self._starting: set[asyncio.Task[object]] = set()
        listener.socket.setblocking(False)
        self.tell()
        self._listen()

    def tell(self) -> None:
        """Tell the other processes how many connections this one has."""
        self._listener.loads[self._listener.place] = self._n_open() + len(self._starting)

    def close(self) -> None:
        """Take no further connection."""
        if self._later is not None:
            self._later.cancel()
        self._loop.remove_reader(self._listener.socket)
        self._listener.loads[self._listener.place] = NOBODY

    async def wait_closed(self) -> None:
        """Wait until the connections that were taken are with their protocols."""
        if self._starting:
            await asyncio.wait(self._starting)

    def _listen(self) -> None:
        self._later = None
        self._loop.add_reader(self._listener.socket, self._heard)

    def _leave(self, seconds: float) -> None:
        self._loop.remove_reader(self._listener.socket)
        self._later = self._loop.call_later(seconds, self._listen)

    def _heard(self) -> None:
        self.tell()
        own = self._listener.loads[self._listener.place]
        if own > min(self._listener.loads) and not self._was_left:
            self._was_left = True
            self._leave(_LEFT_S)
            return
        self._was_left = False
        try:
            connection, _ = self._listener.socket.accept()
        except (
            BlockingIOError,
            InterruptedError,
            ConnectionAbortedError,
        ):  # another took it, or it is gone
            return
        except OSError as error:
            _log.error("no connection can be taken: %s", error)
            self._leave(_PAUSE_S)
            return
        connection.setblocking(False)
        with suppress(OSError):  # it may be gone
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = self._loop.create_task(self._loop.connect_accepted_socket(self._make, connection))
        self._starting.add(start)
        start.add_done_callback(self._starting.discard)
