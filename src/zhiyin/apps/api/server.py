"""Running the API."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn
from anyio.to_thread import current_default_thread_limiter

from zhiyin.apps.api.app import LOOPBACK, create_app
from zhiyin.errors import SettingsError
from zhiyin.settings import ApiSettings, Settings
from zhiyin.shop import Shop

_GRACE_S = 3
"""How long requests under way may take when the server is told to stop."""


class _Server(uvicorn.Server):
    """Uvicorn that says when it answers: from then on it also stops in order when told to."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # Requests over this wait their turn: many at a time on few cores only make each other late.
        current_default_thread_limiter().total_tokens = 2 * (os.cpu_count() or 2)
        await super().startup(sockets)
        self._ready()


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve a shop until the process is told to stop; SIGTERM ends it with exit code 0.

    Args:
        settings: of the shop; ``api.host`` other than this machine's own needs ``api.key``.
        ready: told the server's URL once it answers.
    Raises:
        SettingsError: the address needs a key, or cannot be listened on.
    """
    api = settings.api
    if api.host not in LOOPBACK and api.key is None:
        raise SettingsError(
            f"listening on {api.host} without a key",
            where="api.host",
            expected="an API key, since other machines can reach that address",
            next_step="set ZHIYIN_API__KEY, or keep to 127.0.0.1",
        )
    with _listening(api) as listener, Shop.open(settings) as shop:
        config = uvicorn.Config(
            create_app(shop),
            log_config=None,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
        # Uvicorn stops on a signal, then raises it again for whoever was there before it: that must not be the
        # system, which would end the process before the shop has written what is waiting.
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
        shown = f"[{api.host}]" if ":" in api.host else api.host
        url = f"http://{shown}:{listener.getsockname()[1]}"
        _Server(config, lambda: ready(url)).run(sockets=[listener])


def _listening(api: ApiSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in api.host else socket.AF_INET
    # Naming TCP lets the event loop send at once; without it each answer waits 40 ms for the client's acknowledgement.
    listener = socket.socket(family, proto=socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((api.host, api.port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"cannot listen on {api.host} port {api.port}: {error.strerror}",
            where="api",
            expected="a free port of this machine",
            next_step="choose another port; --port 0 takes a free one",
        ) from error
    return listener
