from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.exceptions import StarletteDeprecationWarning

from zhiyin.apps.api.app import create_app
from zhiyin.settings import Settings
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Opener = Callable[..., "TestClient"]


@contextmanager
def opened(home: Path, **api: Any) -> Iterator[TestClient]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StarletteDeprecationWarning)  # it prefers another httpx
        from starlette.testclient import TestClient

    settings = Settings.load(home)
    settings = settings.model_copy(update={"api": settings.api.model_copy(update=api)})
    with (
        Shop.open(settings) as shop,
        TestClient(
            create_app(shop), base_url="http://127.0.0.1", raise_server_exceptions=False
        ) as client,
    ):
        yield client


@pytest.fixture
def open_client() -> Iterator[Opener]:
    """Return a function that opens the shop of a home folder and a client for its API."""
    with ExitStack() as stack:
        yield lambda home, **api: stack.enter_context(opened(home, **api))


@pytest.fixture
def client(open_client: Opener, home: Path) -> TestClient:
    """A client for a shop of the test's own."""
    return open_client(home)


@pytest.fixture(scope="module")
def steady_home(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(template, tmp_path_factory.mktemp("steady") / "home"))


@pytest.fixture(scope="module")
def steady(steady_home: Path) -> Iterator[TestClient]:
    """A client that tests share which change nothing that another could see."""
    with opened(steady_home) as client:
        yield client
