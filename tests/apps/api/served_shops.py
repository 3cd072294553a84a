"""Several shops on a real port, for tests."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn

from zhiyin.apps.api.protocol import ProblemProtocol
from zhiyin.apps.api.shop_folders import common_settings
from zhiyin.apps.api.shops import Shops
from zhiyin.core.key import SCOPES
from zhiyin.store.store import Store


class Served(NamedTuple):
    port: int
    folder: Path
    keys: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, key: str = "", body: object = None, **headers: str
    ) -> tuple[int, Any, http.client.HTTPMessage]:
        """Send a path as it is, and return status, document and headers of the answer."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            given["Authorization"] = f"Bearer {self.keys.get(key, key)}"
        sent = None if body is None else json.dumps(body)
        given |= {"Content-Type": "application/json"} if sent else {}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, sent, given)
            answer = connection.getresponse()
            text = answer.read().decode()
        is_json = "json" in answer.headers.get("content-type", "")
        return answer.status, json.loads(text) if is_json else text, answer.headers

    def status(self, path: str, key: str = "") -> int:
        return self.ask("GET", path, key)[0]


@contextmanager
def served(folder: Path, keys: dict[str, str], **api: Any) -> Iterator[Served]:
    with (
        Shops(folder, common_settings(folder).model_copy(update=api), threads=2) as shops,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        config = uvicorn.Config(shops, http=ProblemProtocol, log_config=None, log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield Served(listener.getsockname()[1], folder, keys)
        finally:
            server.should_exit = True
            thread.join(10)


def add_shop(template: Path, folder: Path, name: str) -> str:
    """Copy a trained shop into a folder, and return the secret of its key."""
    shutil.copytree(template, folder / name)
    with Store.open(folder / name / "shop.db") as store:
        return store.api_keys.add("root", SCOPES).secret


def add_shops(template: Path, folder: Path) -> dict[str, str]:
    keys = {name: add_shop(template, folder, name) for name in "ab"}
    for name in "ab":
        (folder / name / "zhiyin.toml").write_text("[pipelines.home]\nbudget_ms = 5000\n")
    return keys


def raw(server: Served, line: str, key: str, host: str = "127.0.0.1") -> tuple[int, str]:
    """Send a request line as it is, and return the status and all that came back."""
    head = f"{line} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {server.keys[key]}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(f"{head}Connection: close\r\n\r\n".encode("latin-1"))
        parts = iter(lambda: connection.recv(65536), b"")
        answer = b"".join(parts).decode()
    return int(answer.split(" ")[1]), answer
