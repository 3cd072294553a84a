"""A shop that answers Gorse's clients, on a real port."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from zhiyin.apps.api.app import create_app
from zhiyin.settings import Settings
from zhiyin.shop import Shop


def with_gorse(home: Path) -> Settings:
    settings = Settings.load(home)
    return settings.model_copy(update={"api": settings.api.model_copy(update={"gorse": True})})


@contextmanager
def served(shop: Shop) -> Iterator[str]:
    """Serve a shop on a free port of this machine, and yield the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(shop), log_config=None, log_level="warning"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@pytest.fixture(scope="module")
def shop(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A trained shop that the tests of a file share, each with people and items of its own."""
    home = shutil.copytree(template, tmp_path_factory.mktemp("gorse") / "home")
    with Shop.open(with_gorse(Path(home))) as shop:
        yield shop


@pytest.fixture(scope="module")
def address(shop: Shop) -> Iterator[str]:
    with served(shop) as address:
        yield address
