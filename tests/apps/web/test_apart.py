"""Pages beside several workers: on a port of their own, and asked for on the API's."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.apps.test_serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def test_whoever_asks_the_api_for_a_page_is_sent_there(
    sample: Path, tmp_path: Path, page: Page
) -> None:
    home = Path(shutil.copytree(sample, tmp_path / "home"))
    server = Server(home, "--workers", "2")
    url = f"http://127.0.0.1:{server.port}"
    try:
        sent = httpx.get(f"{url}/console/people?after=5")
        assert sent.status_code == 307
        there = httpx.URL(sent.headers["location"])
        assert there.port not in (None, server.port)
        assert there.raw_path == b"/console/people?after=5"
        assert httpx.get(f"http://127.0.0.1:{there.port}/v1/items").status_code == 404
        page.goto(f"{url}/console/catalogue/i00076")
        page.get_by_role("heading", name="Facts").wait_for()
        page.goto("about:blank")
    finally:
        code, said, _ = server.stop(signal.SIGTERM)
    assert code == 0, said


def test_a_page_under_another_name_is_refused(site: str) -> None:
    answer = httpx.get(f"{site}/console", headers={"Host": "evil.example"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example/x", "/shop\\@evil.example", "/v1/items"]
)
def test_nobody_is_sent_elsewhere(site: str, path: str) -> None:
    answer = httpx.get(f"{site}/shop/language", params={"to": "zh", "next": path})
    assert answer.headers["location"] == "/shop"
