"""Running the API: in this process, or in several that share its port."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from anyio.to_thread import current_default_thread_limiter
from starlette.types import ASGIApp
from threadpoolctl import threadpool_limits

from zhiyin.apps.api.app import create_app
from zhiyin.apps.api.counters import shared_counts
from zhiyin.apps.api.guard import LOOPBACK
from zhiyin.apps.api.listening import Accepting, Listener
from zhiyin.apps.api.protocol import ProblemProtocol
from zhiyin.apps.api.shop_folders import shop_names
from zhiyin.apps.api.shops import Shops
from zhiyin.apps.api.workers import Start, Workers
from zhiyin.apps.web.beside import Beside, Elsewhere, has_pages
from zhiyin.errors import SettingsError
from zhiyin.settings import ApiSettings, Settings
from zhiyin.shop import Shop

_GRACE_S = 3
"""How long requests under way may take when the server is told to stop."""


class _Server(uvicorn.Server):
    """Uvicorn that shares its connections out among processes, and says when it answers.

    From then on it also stops in order when told to.
    """

    def __init__(
        self, config: uvicorn.Config, threads: int, listener: Listener, ready: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._threads = threads
        self._listener = listener
        self._ready = ready
        self._accepting: Accepting | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # Requests over this wait their turn: many at a time on few cores only make each other late.
        current_default_thread_limiter().total_tokens = self._threads
        await super().startup([])
        self._accepting = Accepting(
            self._listener, self._protocol, lambda: len(self.server_state.connections)
        )
        self.servers = [self._accepting]  # type: ignore[list-item]  # all that is asked of one
        self._ready()

    async def on_tick(self, counter: int) -> bool:
        if self._accepting is not None and not self.should_exit:
            self._accepting.tell()
        return await super().on_tick(counter)

    def _protocol(self) -> ProblemProtocol:
        return ProblemProtocol(self.config, self.server_state, self.lifespan.state)


def serve(
    settings: Settings, ready: Callable[[str], None], begin: Callable[[], None] = lambda: None
) -> None:
    """Serve a shop until the process is told to stop; SIGTERM ends it with exit code 0.

    Args:
        settings: of the shop; ``api.host`` other than this machine's own needs a key.
        ready: told the server's URL once it answers, all workers of it.
        begin: called first in each worker process, where there are several; a function of a module.
    Raises:
        SettingsError: the address needs a key, or cannot be listened on.
        StoreError: what is stored cannot be read, or a worker does not come up.
    """
    api = settings.api
    if api.host not in LOOPBACK and api.key is None and not _has_keys(settings):
        raise SettingsError(
            f"listening on {api.host} without a key",
            where="api.host",
            expected="an API key, since other machines can reach that address",
            next_step="zhiyin keys add makes one; or set ZHIYIN_API__KEY, or keep to 127.0.0.1",
        )
    _serve(
        api,
        partial(answer, settings),
        ready,
        begin,
        partial(_try, settings),
        apart=lambda port: partial(answer, settings, ui_port=port),
    )


def serve_shops(
    folder: Path,
    api: ApiSettings,
    ready: Callable[[str], None],
    begin: Callable[[], None] = lambda: None,
) -> None:
    """Serve all shops of a folder until the process is told to stop, each under ``/shops`` and its name.

    Args:
        folder: whose folders are the shops' homes.
        api: host, port and number of workers for all of them.
        ready: told the server's URL once it answers, all workers of it.
        begin: as for ``serve``.
    Raises:
        SettingsError: no shop is there, one cannot be called so, or the address cannot be listened on.
        StoreError: a worker does not come up.
    """
    shop_names(folder)
    _serve(api, partial(answer_shops, folder, api), ready, begin)


def _serve(
    api: ApiSettings,
    start: Start,
    ready: Callable[[str], None],
    begin: Callable[[], None],
    check: Callable[[], None] = lambda: None,
    *,
    apart: Callable[[int], Start] | None = None,
) -> None:
    with _listening(api, api.port) as listener:
        url = _url(api.host, listener)
        if api.workers == 1:
            start(Listener(listener), lambda: ready(url))
            return
        check()
        with shared_counts() as forget, ExitStack() as stack:
            beside = None
            if apart is not None and has_pages():
                pages = stack.enter_context(_listening(api, api.ui_port if api.port else 0))
                start = apart(pages.getsockname()[1])
                beside = partial(_begin_and_answer, begin, partial(_answer_pages, api, url, pages))
            start = partial(_begin_and_answer, begin, start)
            Workers(api.workers, listener, start, forget, beside).run(lambda: ready(url))


def answer(
    settings: Settings,
    listener: Listener,
    ready: Callable[[], None],
    *,
    ui_port: int | None = None,
) -> None:
    """Answer the requests of a socket in this process until it is told to stop.

    Args:
        settings: of the shop.
        listener: bound and listening.
        ready: told once requests are answered.
        ui_port: where the pages are, if another process answers for them.
    """
    with Shop.open(settings) as shop:
        api = create_app(shop)
        app: ASGIApp = api
        if ui_port is not None:
            app = Elsewhere(api, ui_port)
        elif has_pages():
            app = Beside(api, _hosts(settings.api))
        _run(app, _threads(settings.api), listener, ready)


def _answer_pages(
    api: ApiSettings,
    url: str,
    pages: socket.socket,
    _listener: Listener,
    ready: Callable[[], None],
) -> None:
    """Answer for the pages of a shop in this process, on a socket of their own; the API is asked at ``url``."""
    from zhiyin.apps.web.site import pages_app
    from zhiyin.apps.web.visit import Clients

    asked = urlsplit(url)
    inside = asked._replace(netloc=f"127.0.0.1:{asked.port}").geturl() if _is_any(api) else url
    _run(pages_app(Clients(inside), _hosts(api)), _threads(api), Listener(pages), ready)


def answer_shops(
    folder: Path, api: ApiSettings, listener: Listener, ready: Callable[[], None]
) -> None:
    """Answer the requests of a socket for all shops of a folder in this process until it is told to stop.

    Args:
        folder: whose folders are the shops' homes.
        api: host, port and number of workers for all of them.
        listener: bound and listening.
        ready: told once requests are answered.
    """
    with Shops(folder, api, _threads(api)) as shops:
        _run(shops, shops.threads, listener, ready)


def _run(app: ASGIApp, threads: int, listener: Listener, ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        app,
        http=ProblemProtocol,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )
    # Uvicorn stops on a signal, then raises it again for whoever was there before it: that must not be the
    # system, which would end the process before the shop has written what is waiting.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    # Pages are answered side by side; threads of BLAS that wait for one another would take the cores from them.
    with threadpool_limits(1, user_api="blas"):
        _Server(config, threads, listener, ready).run(sockets=[listener.socket])


def _begin_and_answer(
    begin: Callable[[], None], start: Start, listener: Listener, ready: Callable[[], None]
) -> None:
    begin()
    start(listener, ready)


def _url(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}"


def _is_any(api: ApiSettings) -> bool:
    return api.host in ("0.0.0.0", "::")  # noqa: S104 - told apart, not listened on


def _hosts(api: ApiSettings) -> Sequence[str]:
    return LOOPBACK if api.host in LOOPBACK else ()


def _threads(api: ApiSettings) -> int:
    return max(2 * (os.cpu_count() or 2) // api.workers, 2)


def _try(settings: Settings) -> None:
    with Shop.open(settings) as shop:  # what is wrong with it is said once, by this process
        create_app(shop)


def _has_keys(settings: Settings) -> bool:
    with Shop.open(settings) as shop:
        return not shop.store.api_keys.is_empty()


def _listening(api: ApiSettings, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in api.host else socket.AF_INET
    # Naming TCP lets the event loop send at once; without it each answer waits 40 ms for the client's acknowledgement.
    listener = socket.socket(family, proto=socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((api.host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"cannot listen on {api.host} port {port}: {error.strerror}",
            where="api",
            expected="a free port of this machine",
            next_step="choose another port; --port 0 takes a free one, --ui-port is that of the pages",
        ) from error
    return listener
