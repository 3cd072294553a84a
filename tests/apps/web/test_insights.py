"""An operator looks at how the shop does, what customers say, and what it runs on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.apps.test_serving import serving
from zhiyin.core.records import Fact, Post
from zhiyin.settings import Settings
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
ATTACK = "<img src=x onerror=\"document.title='gone'\"> & <b>cheap</b>"
RARE = "controls"


@pytest.fixture(scope="module")
def site(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample shop whose texts were read, with a second snapshot and a review that attacks."""
    home = Path(shutil.copytree(sample, tmp_path_factory.mktemp("read") / "home"))
    time = datetime(2025, 12, 31, 12, tzinfo=UTC)
    said = Fact(
        "i00076", f"opinion.{RARE}", "negative", span=ATTACK, source="post:attack", method="rule:test@1", time=time,
    )  # fmt: skip
    with Shop.open(Settings.load(home)) as shop:
        shop.texts.mine()
        shop.store.write(
            "posts", frame([Post("attack", "u00041", "i00076", text=ATTACK, rating=1.0, time=time)])
        )
        shop.store.write("facts", frame([said]))
        current = shop.snapshots.open()
        shop.snapshots.publish(current.arrays, current.manifest)
    with serving(home) as server:
        yield f"http://127.0.0.1:{server.port}"


def content(page: Page) -> str:
    return page.locator("#content").inner_text()


def test_a_click_moves_the_figures_and_every_figure_leads_to_its_rows(
    site: str, page: Page
) -> None:
    page.goto(f"{site}/console")
    page.get_by_text("No page was shown on these days").wait_for()
    shown = httpx.get(f"{site}/v1/recommend", params={"user": "u00041", "n": 4}).json()
    event = {"user": "u00041", "type": "click", "request_id": shown["request_id"]}
    httpx.post(f"{site}/v1/events", json={**event, "item": shown["items"][0]["item"]})
    rate = page.locator(".zy-figure", has_text="Click rate")
    for _ in range(20):
        page.goto(f"{site}/console?days=7")
        if "25.00%" in rate.inner_text():
            break
        page.wait_for_timeout(100)
    assert "25.00%" in rate.inner_text()
    rate.click()
    page.wait_for_url("**#surfaces")
    page.locator("#surfaces").get_by_role("link", name="home").click()
    page.wait_for_url("**surface=home**")
    first = page.locator("#items tbody tr").first.inner_text()
    assert shown["items"][0]["title"] in page.locator("#items").inner_text()
    assert "100.00%" in page.locator("#items").inner_text(), first


def test_days_are_chosen_and_stand_in_the_address(site: str, page: Page) -> None:
    page.goto(f"{site}/console")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Up to").fill("2025-06-30")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**until=2025-06-30**")
    assert "2025-06-03 to 2025-06-30." in content(page)
    page.get_by_role("link", name="7 days", exact=True).click()
    page.wait_for_url("**days=7**")
    page.get_by_role("link", name="The days before", exact=True).click()
    page.get_by_text("2025-06-17 to 2025-06-23.").wait_for()
    page.goto(f"{site}/console?days=nonsense&until=2025-13-99&surface={'x' * 20}")
    assert page.locator("#content [role=alert]").count() == 0


def test_charts_have_names_and_their_numbers_in_a_table(site: str, page: Page) -> None:
    page.goto(f"{site}/console?days=28&until=2025-12-31")
    chart = page.get_by_role(
        "img", name="Lines of visits, views, carts and purchases for each of 28 days"
    )
    chart.wait_for()
    page.locator("#days").get_by_text("As a table").click()
    page.locator("#days tbody tr").first.wait_for()
    told = httpx.get(f"{site}/v1/overview", params={"days": 28, "until": "2025-12-31"}).json()
    assert str(told["daily"][-1]["views"]) in page.locator("#days tbody tr").first.inner_text()


def test_what_reviews_say_narrows_down_to_an_aspect(site: str, page: Page) -> None:
    page.goto(f"{site}/console/opinions")
    page.get_by_role("heading", name="What reviews say this week").wait_for()
    assert page.locator("article.zy-review").count() == 6
    page.locator(".zy-figure", has_text="Blamed most").click()
    page.wait_for_url("**aspect=**#representative")
    told = httpx.get(f"{site}/v1/opinions").json()
    often = [one for one in told["aspects"] if one["n"] >= 30]
    assert f"aspect={min(often, key=lambda one: one['net'])['aspect']}" in page.url
    assert page.locator("article.zy-review").count() == 6


def test_words_of_a_review_are_shown_as_words(site: str, page: Page) -> None:
    page.goto(f"{site}/console/opinions?aspect={RARE}&days=7")
    review = page.locator("article.zy-review", has_text="cheap")
    assert ATTACK in review.inner_text()
    assert review.locator("img").count() == 0
    assert "gone" not in page.title()


def test_going_back_to_a_snapshot_asks_for_its_name_and_is_kept(site: str, page: Page) -> None:
    page.goto(f"{site}/console/system")
    page.get_by_role("button", name="Use this one: Snapshot 1").click()
    sure = page.get_by_role("button", name="Confirm")
    sure.wait_for()
    assert sure.is_disabled()
    page.get_by_label("Type snapshot 1 to go on").fill("snapshot 1")
    sure.click()
    page.get_by_role("button", name="Use this one: Snapshot 2").wait_for()
    assert httpx.get(f"{site}/v1/system").json()["snapshot"] == 1
    row = page.locator("#audit tbody tr", has_text="rolled back")
    assert "snapshot" in row.inner_text()


def test_checks_are_made_when_asked_for(site: str, page: Page) -> None:
    page.goto(f"{site}/console/system")
    page.get_by_role("button", name="Check now").click()
    page.locator("#checks tbody tr", has_text="snapshot").first.wait_for()
    assert "well" in page.locator("#checks").inner_text()


def test_pipelines_are_drawn_in_running_order(site: str, page: Page) -> None:
    page.goto(f"{site}/console/system?surface=search")
    told = httpx.get(f"{site}/v1/system").json()["pipelines"]
    search = next(one for one in told if one["surface"] == "search")
    drawn = page.locator(".zy-stages li").all_inner_texts()
    assert len(drawn) == len(search["stages"])
    for text, stage in zip(drawn, search["stages"], strict=True):
        assert [one for one in text.split("\n")[1:] if one != "none"] == [
            part["name"] for part in stage["parts"]
        ]
