"""What holds for every page: nothing sticks out, everything is named, contrast is enough, and it comes soon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.apps.web.conftest import NARROW, WIDE
from tests.apps.web.pages import CONSOLE, SHOP
from zhiyin.apps.console import site as console
from zhiyin.apps.storefront import site as storefront
from zhiyin.apps.web.words import messages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
FIRST_PAINT_MS = 1500
_FRAMEWORKS_OWN = {"landmark-banner-is-top-level", "landmark-no-duplicate-main", "region"}
"""The framework puts one main around all; ours stands inside."""


@pytest.fixture(scope="module", params=["wide-en", "narrow-zh"])
def shown(site: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    is_wide = request.param == "wide-en"
    context = browser.new_context(
        viewport=WIDE if is_wide else NARROW, locale="en-US" if is_wide else "zh-CN", reduced_motion="reduce"
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{site}/shop/as?user=u00041&next=/shop")
    page.goto(f"{site}/console")
    yield page
    context.close()


@pytest.mark.parametrize("path", [*CONSOLE, *SHOP])
def test_a_page_is_whole(site: str, shown: Page, path: str) -> None:
    answer = shown.goto(f"{site}{path}")
    assert answer is not None
    assert answer.status == 200
    shown.wait_for_load_state("networkidle")
    assert shown.locator("#content [role=alert]").count() == 0, shown.locator(
        "#content"
    ).inner_text()
    assert shown.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    painted = shown.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < FIRST_PAINT_MS
    found = Axe().run(shown, options={"runOnly": ["wcag2a", "wcag2aa"]})
    wrong = [
        (one["id"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found.response["violations"]
        if one["id"] not in _FRAMEWORKS_OWN
    ]
    assert not wrong


def test_every_page_is_looked_at() -> None:
    told = {path.split("?")[0] for path in (*CONSOLE, *SHOP)}
    for page in (*console.PAGES, *storefront.PAGES):
        start = page.path.split("{")[0]
        if page.path == "/console/conversations/{conversation}":
            continue  # its tests open one
        assert any(one == page.path or ("{" in page.path and one.startswith(start)) for one in told)


def test_every_message_is_there_in_both_languages() -> None:
    for key, said in messages().items():
        assert set(said) == {"en", "zh"}, key
        assert all(said.values()), key
