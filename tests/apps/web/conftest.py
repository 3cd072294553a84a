"""A served sample shop and a real browser to look at it with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.apps.test_serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the trained sample shop; not to be changed."""
    home = tmp_path_factory.mktemp("sample") / "home"
    command = "from zhiyin.apps.cli.main import run; run()"
    subprocess.run(
        [sys.executable, "-c", command, "--home", str(home), "demo", "--once"],
        check=True,
        capture_output=True,
    )
    return home


@pytest.fixture(scope="module")
def site(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served copy of the sample shop, one for a file of tests."""
    home = Path(shutil.copytree(sample, tmp_path_factory.mktemp("site") / "home"))
    server = Server(home)
    yield f"http://127.0.0.1:{server.port}"
    server.process.terminate()
    server.process.communicate(timeout=60)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window; while it is open its event loop runs, so no longer than for a file of tests."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in English, wide, on which nothing may fail unseen."""
    context = browser.new_context(viewport=WIDE, locale="en-US", reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    yield page
    context.close()
    assert not wrong
