"""Who may see what, and what is shown of texts that mean harm."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.apps.test_serving import Server
from tests.apps.web.pages import CONSOLE, SHOP
from zhiyin.shop import Shop

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
HARM = "<img src=x onerror=\"document.title='HARM'\"><script>document.title='HARM'</script>{{7*7}}"


@pytest.fixture(scope="module")
def keys(
    sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[str, str]]]:
    """A served shop that wants keys: its address, and a secret for each scope."""
    home = Path(shutil.copytree(sample, tmp_path_factory.mktemp("keys") / "home"))
    with Shop.open(home) as shop:
        made = {
            one: shop.store.api_keys.add(one, [one]).secret for one in ("serve", "operate", "admin")
        }
    server = Server(home)
    yield f"http://127.0.0.1:{server.port}", made
    server.process.terminate()
    server.process.communicate(timeout=60)


def log_in(page: Page, url: str, secret: str) -> None:
    page.goto(f"{url}/console/people")
    page.wait_for_url("**/console/login?**")
    page.get_by_label("API key").fill(secret)
    page.get_by_role("button", name="Log in").click()


def test_without_a_key_nothing_is_shown(keys: tuple[str, dict[str, str]], page: Page) -> None:
    url, _ = keys
    for path in (*CONSOLE, *SHOP):
        page.goto(f"{url}{path}")
        assert "/login?" in page.url
        assert "u00041" not in page.locator("#content").inner_text()


def test_a_wrong_key_is_told_so(keys: tuple[str, dict[str, str]], page: Page) -> None:
    log_in(page, keys[0], "zhiyin_not-a-key")
    page.get_by_role("alert").wait_for()


def test_an_operator_is_not_shown_what_admins_are(
    keys: tuple[str, dict[str, str]], page: Page
) -> None:
    url, secrets = keys
    log_in(page, url, secrets["operate"])
    page.wait_for_url(f"{url}/console/people")
    source = page.content()
    assert secrets["operate"] not in source
    assert "u00000" not in source
    page.goto(f"{url}/console/why")
    assert page.get_by_text("From candidates to the page").count() == 1


def test_a_key_for_pages_opens_no_page_of_the_operator(
    keys: tuple[str, dict[str, str]], page: Page
) -> None:
    url, secrets = keys
    log_in(page, url, secrets["serve"])
    page.get_by_text("Your key is not for this page").wait_for()
    assert page.locator(".zy-side-link").count() == 0


def test_logging_out_closes_the_door(keys: tuple[str, dict[str, str]], page: Page) -> None:
    url, secrets = keys
    log_in(page, url, secrets["admin"])
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    page.goto(f"{url}/console/people")
    assert "/login?" in page.url


def test_texts_that_mean_harm_are_shown_as_text(site: str, page: Page) -> None:
    httpx.put(
        f"{site}/v1/items",
        json=[{"id": HARM, "title": HARM, "category": HARM, "price": 1, "currency": "CNY"}],
    ).raise_for_status()
    httpx.put(
        f"{site}/v1/users", json=[{"id": "harm", "attributes": {"name": HARM}}]
    ).raise_for_status()
    httpx.put(
        f"{site}/v1/posts", json=[{"user": "harm", "item": HARM, "text": HARM, "rating": 1}]
    ).raise_for_status()
    opened = httpx.post(f"{site}/v1/conversations", json={"user": "harm"}).json()["id"]
    httpx.post(f"{site}/v1/conversations/{opened}/messages", json={"user": "harm", "text": HARM})
    event = {"user": "harm", "item": HARM, "type": "cart"}
    httpx.post(f"{site}/v1/events", json=[event]).raise_for_status()
    page.goto(f"{site}/shop/as?user=harm&next=/shop")
    quoted = httpx.URL(f"{site}/x", params={"q": HARM}).query.decode()
    item = httpx.QueryParams({"": HARM}).__str__()[1:]
    seen = 0
    for path in (
        "/console/people/harm", f"/console/conversations/{opened}?user=harm", f"/console/catalogue?{quoted}",
        f"/console/search?{quoted}", f"/shop/search?{quoted}", f"/shop/item/{item.replace('+', '%20')}", "/shop/profile",
        f"/shop/chat?conversation={opened}", "/console/why?user=harm",
    ):  # fmt: skip
        page.goto(f"{site}{path}")
        page.wait_for_load_state("networkidle")
        assert "HARM" not in page.title()
        assert page.locator("img[src=x]").count() == 0
        seen += page.get_by_text("{{7*7}}").count() > 0
    assert seen >= 5
