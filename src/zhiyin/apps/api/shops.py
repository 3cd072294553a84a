"""Several shops behind one port: each is open, or tried again, apart from the others."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import Any, Self

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhiyin import __version__
from zhiyin.apps.api.app import PREFIX, Api, create_app
from zhiyin.apps.api.guard import LOOPBACK, Guard
from zhiyin.apps.api.headers import SecurityHeaders
from zhiyin.apps.api.problems import add_problem_handlers, problem
from zhiyin.apps.api.requests import Requests
from zhiyin.apps.api.shop_folders import NAME, database_of, is_home, settings_of, shop_names
from zhiyin.errors import SettingsError, ZhiyinError
from zhiyin.settings import ApiSettings, Settings
from zhiyin.shop import Shop

_log = logging.getLogger(__name__)
_PATH = re.compile(f"{PREFIX}/({NAME})(?=/|$)".encode())
_AGAIN_S = 30.0
"""After so long a shop that could not be opened is tried again, when somebody asks for it."""
_PATIENCE_S = 5.0
"""How long who asks waits for a shop that is being opened."""
_START_S = 60.0
"""How long the server waits for its shops before it answers; those that take longer come later."""
_AT_ONCE = 32
_OF_CALLS = ("type", "asgi", "http_version", "scheme", "headers", "client", "server")


class Shops:
    """ASGI application that passes a request on to the shop its path names, ``/shops/NAME/…``.

    The path is taken as it was sent: a name that is escaped, or reached over dots, is none. What a shop is asked, it
    answers by an application of its own, with its own store, keys and limits.

    Args:
        folder: whose folders are the shops' homes.
        api: where all are listened to.
        threads: how many requests of one shop are worked on at a time.
    Raises:
        SettingsError: no shop is there, or one cannot be called so.
    """

    def __init__(self, folder: Path, api: ApiSettings, threads: int) -> None:
        self._folder = folder
        self._api = api
        self._threads = threads
        self._apps: dict[str, ASGIApp] = {}
        self._openings: dict[str, Future[ASGIApp | None]] = {}
        self._again: dict[str, float] = {}
        self._databases: dict[str, str] = {}
        self._opened = ExitStack()
        self._is_closed = False
        self._changing = threading.Lock()
        # FastAPI changes the filters of warnings, which threads share.
        self._making = threading.Lock()
        self._executor = ThreadPoolExecutor(_AT_ONCE, "opening")
        self._hosts = LOOPBACK if api.host in LOOPBACK else ()
        self._root = self._of_all()
        names = shop_names(folder)
        wait([self._open(name) for name in names], _START_S)

    @property
    def threads(self) -> int:
        """How many threads all shops may take up: as many as each may, and some to tell how they are."""
        return self._threads * (len(self._openings) + 1)

    def close(self) -> None:
        """Close every shop."""
        with self._changing:
            self._is_closed = True
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request by the shop that it is for."""
        found = _PATH.match(scope["raw_path"]) if scope["type"] == "http" else None
        if found is None:
            await self._root(scope, receive, send)
            return
        name = found[1].decode()
        app = self._apps.get(name) or await self._missing(name)
        await app({**scope, "root_path": f"{PREFIX}/{name}"}, receive, send)

    async def _missing(self, name: str) -> ASGIApp:
        """Return what answers for a shop that is not open, once it was tried."""
        opening = self._openings.get(name)
        if opening is None or (opening.done() and monotonic() >= self._again[name]):
            if not is_home(self._folder / name):
                self._openings.pop(name, None)
                answer = problem(404, "no shop has that name")
                return self._guarded(answer)
            opening = self._open(name)
            current_default_thread_limiter().total_tokens = self.threads
        await asyncio.wait({asyncio.wrap_future(opening)}, timeout=_PATIENCE_S)
        if opening.done() and (app := opening.result()) is not None:
            return app
        what = "this shop cannot be opened" if opening.done() else "this shop is being opened"
        answer = problem(503, what, "The server's log says more.", next_step="ask again later")
        answer.headers["Retry-After"] = str(int(_AGAIN_S) if opening.done() else 1)
        return self._guarded(answer)

    def _open(self, name: str) -> Future[ASGIApp | None]:
        opening = self._openings[name] = self._executor.submit(self._tried, name)
        return opening

    def _tried(self, name: str) -> ASGIApp | None:
        """Open a shop; None, and a line in the log, where that cannot be."""
        try:
            return self._made(name)
        except ZhiyinError as error:
            _log.error("shop %s: %s", name, error)
        except Exception:  # noqa: BLE001 - whatever is wrong with one shop, the others are served
            _log.exception("shop %s cannot be opened", name)
        self._again[name] = monotonic() + _AGAIN_S
        return None

    def _made(self, name: str) -> ASGIApp:
        settings = settings_of(self._folder, name, self._api)
        self._claim(settings, name)
        with ExitStack() as stack:
            shop = stack.enter_context(Shop.open(settings))
            with self._making:
                app = create_app(shop, name=name, threads=self._threads)
            if not self._hosts and shop.store.api_keys.is_empty():
                _log.warning(
                    "shop %s has no key, so nobody is let in: zhiyin --home %s keys add", name, settings.home,
                )  # fmt: skip
            with self._changing:
                if not self._is_closed:
                    self._opened.push(stack.pop_all())
                    self._apps[name] = app
        return app

    def _claim(self, settings: Settings, name: str) -> None:
        with self._changing:
            other = self._databases.setdefault(database_of(settings), name)
        if other != name:
            raise SettingsError(
                f"it has the database of the shop {other}",
                where=str(settings.home),
                expected="a database of its own",
                next_step="set store.url in its zhiyin.toml",
            )

    def _guarded(self, app: ASGIApp) -> ASGIApp:
        return Requests(SecurityHeaders(Guard(app, hosts=self._hosts)))

    def _of_all(self) -> FastAPI:
        """Return what answers at the root: how the process is, and whether every shop can be asked."""
        app = Api(title="Zhiyin", openapi_url=None, docs_url=None, redoc_url=None)
        app.add_middleware(Guard, hosts=self._hosts)
        app.add_middleware(SecurityHeaders)
        app.add_middleware(Requests)
        add_problem_handlers(app)

        @app.get("/healthz")
        async def healthz() -> Any:
            return {"status": "ok", "process": os.getpid(), "version": __version__}

        @app.get("/readyz")
        async def readyz(request: Request) -> Any:
            names = sorted(self._openings)
            ready = await asyncio.gather(*(self._is_ready(name, request.scope) for name in names))
            late = [name for name, is_ready in zip(names, ready, strict=True) if not is_ready]
            if late:
                return problem(503, "some shops are not ready", ", ".join(late), shops=late)
            return {"status": "ready"}

        return app

    async def _is_ready(self, name: str, scope: Scope) -> bool:
        """Return what a shop says of itself at ``/readyz``."""
        path = f"{PREFIX}/{name}/readyz"
        asked: dict[str, Any] = {key: scope[key] for key in _OF_CALLS if key in scope}
        asked |= {"method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
        statuses: list[int] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await self(asked, receive, send)
        return statuses == [200]
