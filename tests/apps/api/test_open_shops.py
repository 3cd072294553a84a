"""Several shops behind one port: each is opened, tried again, or held up apart from the others."""

from __future__ import annotations

import json
import logging
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.apps.api.served_shops import add_shop, raw, served
from zhiyin.apps.api import shops as several
from zhiyin.shop import Shop

EVENT = {"user": "u0", "item": "net", "type": "purchase"}


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A folder of a test's own, with two shops that have no keys."""
    folder = tmp_path / "shops"
    for name in "ab":
        shutil.copytree(template, folder / name)
    return folder


def damage_settings(home: Path) -> None:
    (home / "zhiyin.toml").write_text("[nonsense]\n")


def damage_database(home: Path) -> None:
    for name in ("shop.db-wal", "shop.db-shm"):
        (home / name).unlink(missing_ok=True)
    (home / "shop.db").write_bytes(b"garbage" * 1000)


@pytest.mark.parametrize("damage", [damage_settings, damage_database])
def test_a_damaged_shop_leaves_the_others_alone_and_is_tried_again(
    folder: Path,
    template: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Path], None],
) -> None:
    damage(folder / "a")
    with served(folder, {}) as server:
        assert server.status("/shops/b/v1/recommend") == 200
        status, told, headers = server.ask("GET", "/shops/a/v1/recommend")
        assert (status, told["title"]) == (503, "this shop cannot be opened")
        assert str(folder) not in json.dumps(told)
        assert headers["retry-after"] == "30"
        assert headers["x-content-type-options"] == "nosniff"
        [line] = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
        assert line.startswith("shop a: ")
        assert server.ask("GET", "/readyz")[1]["shops"] == ["a"]
        shutil.rmtree(folder / "a")
        shutil.copytree(template, folder / "a")
        assert server.status("/shops/a/v1/recommend") == 503  # half a minute is not over
        monkeypatch.setattr(several, "monotonic", lambda: time.monotonic() + several._AGAIN_S)
        assert server.status("/shops/a/v1/recommend") == 200
        assert server.status("/readyz") == 200


def test_a_new_shop_is_taken_up_when_it_is_asked_for(folder: Path, template: Path) -> None:
    with served(folder, {}) as server:
        for name in ("c", ".c", "nix"):
            assert server.status(f"/shops/{name}/healthz") == 404
        (folder / "nix").mkdir()
        shutil.copytree(template, folder / "C")
        shutil.copytree(template, folder / ".c")
        (folder / ".c").rename(folder / "c")
        assert server.status("/shops/c/v1/recommend") == 200
        for name in ("nix", "C", "C%2f..%2fa"):
            assert server.status(f"/shops/{name}/healthz") == 404


def test_two_shops_do_not_share_a_database(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "c").symlink_to(folder / "b")
    (folder / "d").mkdir()
    (folder / "d" / "zhiyin.toml").write_text('[store]\nurl = "sqlite:///own.db"\n')
    shutil.copytree(folder / "d", folder / "e")
    with served(folder, {}) as server:
        open_ones = [name for name in "abcde" if server.status(f"/shops/{name}/healthz") == 200]
    assert len(open_ones) == 3
    assert len({"b", "c"} & set(open_ones)) == len({"d", "e"} & set(open_ones)) == 1
    assert caplog.text.count("it has the database of the shop") == 2


def test_a_shop_without_keys_is_closed_to_other_machines(
    template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keys = {"a": add_shop(template, tmp_path, "a")}
    shutil.copytree(template, tmp_path / "b")
    with served(tmp_path, keys, host="0.0.0.0") as server:
        assert server.status("/shops/a/v1/recommend", "a") == 200
        for key in ("", "a"):
            assert server.status("/shops/b/v1/recommend", key) == 401
        assert raw(server, "GET /shops/a/v1/recommend", "a", host="shop.example")[0] == 200
    told = [one.getMessage() for one in caplog.records if one.name == several.__name__]
    assert [one.partition(":")[0] for one in told] == ["shop b has no key, so nobody is let in"]


def test_slow_requests_of_one_shop_do_not_hold_up_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over, began = threading.Event(), threading.Semaphore(0)
    recommend, record = Shop.recommend, Shop.record

    def slow(does: Callable[..., Any]) -> Callable[..., Any]:
        def answer(shop: Shop, *given: Any, **named: Any) -> Any:
            if shop.settings.home.name == "a":
                began.release()
                over.wait(60)
            return does(shop, *given, **named)

        return answer

    monkeypatch.setattr(Shop, "recommend", slow(recommend))
    monkeypatch.setattr(Shop, "record", slow(record))
    with served(folder, {}, timeout_s=60.0) as server, ThreadPoolExecutor(24) as pool:
        asked = [
            pool.submit(server.ask, method, f"/shops/a{path}", "", body)
            for method, path, body in [
                ("GET", "/v1/recommend", None),
                ("POST", "/v1/events", EVENT),
            ]
            * 12
        ]
        assert began.acquire(timeout=20)
        assert began.acquire(timeout=20)
        for _ in range(5):
            assert server.status("/shops/b/v1/recommend?user=u0") == 200
            assert server.ask("POST", "/shops/b/v1/events", "", EVENT)[0] == 200
        assert server.status("/healthz") == 200
        assert not any(one.done() for one in asked)
        assert not began.acquire(timeout=0.1)  # a has no more than its two threads
        over.set()
        assert {one.result()[0] for one in asked} == {200}
