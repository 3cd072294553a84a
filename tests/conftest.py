import os

# Small solves are quicker on one thread, and side-by-side tests do not fight for the cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from pathlib import Path

import pytest

from zhiyin import Event, Shop


@pytest.fixture(scope="session")
def shared_data():
    """The folder of public research data, where there is one."""
    root = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("ZHIYIN_DATA", root.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no research data at ZHIYIN_DATA or {folder.name} beside the checkout")
    return folder


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL server for the whole run; ``new_database()`` gives a URL."""
    from tests.postgres import PostgresServer

    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    """The URL of an empty database, once for each engine behind the store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/a.db"
    return request.getfixturevalue("postgres_server").new_database()


@pytest.fixture
def shop(tmp_path):
    """An empty shop whose pages may take their time, since a busy machine is no failure here."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "zhiyin.local.toml").write_text("[pipelines.home]\nbudget_ms = 5000\n")
    with Shop.open(home) as shop:
        yield shop


def plays(rows):
    """Return one purchase for each (user, items) pair's item."""
    return [Event(user, item, "purchase") for user, items in rows.items() for item in items.split()]
