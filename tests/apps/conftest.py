"""A tiny trained shop, made once and copied for each test that changes it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zhiyin.core import Event, Item
from zhiyin.retrieval.popular import Popular
from zhiyin.settings import Settings
from zhiyin.settings.pipelines import default_pipelines
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

STRANGE_ID = "茶/a b/😀"
UNHURRIED = "".join(
    f"[pipelines.{surface}]\nbudget_ms = 10000\n" for surface in default_pipelines()
)
"""Settings by which a busy machine changes no page."""
_ITEMS = [
    Item("tea", title="绿茶", translations={"en": {"title": "Green tea"}}),
    Item("pot", title="茶壶", translations={"en": {"title": "Teapot"}}),
    Item("cup", title="茶杯", translations={"en": {"title": "Tea cup"}}),
    Item("ball", title="球", translations={"en": {"title": "Ball"}}),
    Item("net", title="网", translations={"en": {"title": "Net"}}),
    Item(STRANGE_ID, title="怪", translations={"en": {"title": "Strange"}}),
]
_MAY = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ZHIYIN_HOME", "ZHIYIN_API__KEY", "ZHIYIN_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


def fill(shop: Shop) -> None:
    """Tell a shop of six items, and of ten people of whom half buy what goes with tea."""
    shop.store.write("items", frame(_ITEMS))
    baskets = [["tea", "pot", "cup", STRANGE_ID], ["ball", "net"]]
    events = [
        Event(f"u{person}", item, "purchase", time=_MAY + timedelta(hours=person))
        for person in range(10)
        for place, item in enumerate(baskets[person % 2])
        if place != person // 2
    ]
    shop.record(events)


@pytest.fixture(scope="session")
def untrained_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("untrained") / "home"
    with Shop.open(Settings(home=home)) as shop:
        fill(shop)
    (home / "zhiyin.toml").write_text(UNHURRIED)
    return home


@pytest.fixture(scope="session")
def template(untrained_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("trained") / "home"
    shutil.copytree(untrained_template, home)
    with Shop.open(Settings(home=home)) as shop:
        shop.train()
    return home


@pytest.fixture
def untrained(untrained_template: Path, tmp_path: Path) -> Path:
    """The home of a shop with events and without a snapshot."""
    return Path(shutil.copytree(untrained_template, tmp_path / "untrained"))


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """The home of a trained shop."""
    return Path(shutil.copytree(template, tmp_path / "home"))


@pytest.fixture
def popular_hangs(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let one stage of the trained shop never answer in time."""
    over = threading.Event()
    (home / "zhiyin.toml").write_text("[pipelines.home]\nbudget_ms = 100\n")
    monkeypatch.setattr(Popular, "retrieve", lambda *_: over.wait(10))
    yield
    over.set()
