"""An operator walks through the console."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def content(page: Page) -> str:
    return page.locator("#content").inner_text()


def test_an_operator_finds_why_an_item_was_not_shown(site: str, page: Page) -> None:
    page.goto(f"{site}/console/why")
    page.wait_for_load_state("networkidle")
    page.get_by_label("User (empty: nobody)").fill("u00041")
    page.get_by_label("Why not this item (id)").fill("i00076")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**item=i00076**")
    verdict = page.locator(".zy-verdict").inner_text()
    told = httpx.post(
        f"{site}/v1/explain", json={"user": "u00041", "item": "i00076", "language": "en"}
    ).json()
    assert told["why"]["verdict"]["text"] in verdict
    assert told["why"]["title"] in verdict


def test_two_settings_stand_side_by_side(site: str, page: Page) -> None:
    page.goto(f"{site}/console/why?user=u00041&diversity=0&beside=1")
    assert "at diversity 0" in content(page)
    assert "at diversity 1" in content(page)


def test_a_synonym_lets_a_search_find_goods(site: str, page: Page) -> None:
    word = "zibblefrop"
    assert httpx.get(f"{site}/v1/search", params={"q": word}).json()["found"] == 0
    page.goto(f"{site}/console/search?q={word}")
    page.get_by_role("textbox", name="Words, parted by commas").fill(f"{word}, running shoes")
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_text("Without it (0)").wait_for()
    assert httpx.get(f"{site}/v1/search", params={"q": word}).json()["found"] == 0
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Added; it holds from the next search on").wait_for()
    assert httpx.get(f"{site}/v1/search", params={"q": word}).json()["found"] > 0


def test_a_rule_is_tried_before_it_holds(site: str, page: Page) -> None:
    def first() -> str:
        found = httpx.get(f"{site}/v1/search", params={"q": "camping tent"}).json()
        return str(found["items"][0]["item"])

    last = httpx.get(f"{site}/v1/search", params={"q": "camping tent", "n": 50}).json()["items"][-1]
    before = first()
    assert before != last["item"]
    page.goto(f"{site}/console/search?q=camping+tent")
    page.wait_for_load_state("networkidle")
    page.get_by_role("combobox", name="What to do").click()
    page.get_by_role("option", name="Pin to the top").click()
    page.get_by_role("textbox", name="Items (ids, parted by commas)").fill(last["item"])
    page.get_by_role("button", name="Preview the rule").click()
    page.get_by_text("With it (").wait_for()
    assert first() == before
    page.get_by_role("button", name="Let it hold").click()
    page.get_by_text("Added; it holds from the next search on").wait_for()
    assert first() == last["item"]


def test_the_assistant_hands_over_and_a_person_answers(site: str, page: Page) -> None:
    opened = httpx.post(f"{site}/v1/conversations", json={"user": "u00310"}).json()["id"]
    said = {"user": "u00310", "text": "This is a scam, I want to talk to a person at once!"}
    turn = httpx.post(f"{site}/v1/conversations/{opened}/messages", json=said).json()
    assert turn["lane"] == "human"
    page.goto(f"{site}/console/conversations")
    page.get_by_role("link", name="u00310").click()
    page.get_by_text("Why a person is needed").wait_for()
    assert "I want to talk to a person" in content(page)
    page.get_by_role("textbox", name="Your reply").fill("I am here, what happened?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".zy-turn-agent").wait_for()
    turns = httpx.get(f"{site}/v1/conversations/{opened}", params={"user": "u00310"}).json()[
        "turns"
    ]
    assert turns[-1]["role"] == "agent"
    assert turns[-1]["text"] == "I am here, what happened?"


def test_what_a_shopper_says_appears_by_itself(site: str, page: Page) -> None:
    opened = httpx.post(f"{site}/v1/conversations", json={"user": "u00311"}).json()["id"]
    page.goto(f"{site}/console/conversations/{opened}?user=u00311")
    page.wait_for_load_state("networkidle")
    said = {"user": "u00311", "text": "Hello, is anybody there?"}
    httpx.post(f"{site}/v1/conversations/{opened}/messages", json=said)
    page.get_by_text("Hello, is anybody there?").wait_for()


def test_a_person_is_forgotten_only_when_named(site: str, page: Page) -> None:
    page.goto(f"{site}/console/people/u00312")
    page.get_by_role("button", name="Forget").click()
    sure = page.get_by_role("button", name="Confirm")
    assert sure.is_disabled()
    page.get_by_label("Type u00312 to go on").fill("u00312")
    sure.click()
    page.get_by_text("Forgotten; this is the receipt").wait_for()
    assert httpx.get(f"{site}/v1/users/u00312").status_code == 404
    deeds = httpx.get(f"{site}/v1/audit").json()["audit"]
    assert any((one["action"], one["kind"]) == ("forgot", "user") for one in deeds)


def test_a_table_filters_and_is_taken_along(site: str, page: Page) -> None:
    page.goto(f"{site}/console/catalogue")
    page.get_by_role("textbox", name="Filter rows").fill("Snow Boots")
    rows = page.locator("tbody tr")
    page.wait_for_function("document.querySelectorAll('tbody tr').length < 20")
    assert all("Snow Boots" in one for one in rows.all_inner_texts() if one.strip())
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("Item,Id")
    assert len(text.splitlines()) > 100


def test_an_unknown_person_is_said_in_four_parts(site: str, page: Page) -> None:
    page.goto(f"{site}/console/people/nobody-of-that-name")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert re.search(r"no (person|user) has the id nobody-of-that-name", alert.inner_text())


def test_the_language_is_chosen_by_the_browser_and_by_hand(site: str, browser: object) -> None:
    context = browser.new_context(locale="zh-CN")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{site}/console/people")
    assert page.get_by_role("link", name="控制台").count() == 1
    page.get_by_role("link", name="English").click()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("heading", name="People").first.is_visible()
    context.close()
