"""A shopper walks through the storefront."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from zhiyin.client import ApiError, Client

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
SHOPPER = "u00041"


def shop_as(page: Page, site: str, user: str = SHOPPER, path: str = "/shop") -> None:
    page.goto(f"{site}/shop/as?user={user}&next={path}")
    page.wait_for_load_state("networkidle")


def is_running_shoe(title: str) -> bool:
    return "Running Shoes" in title


def titles(page: Page) -> list[str]:
    return page.locator("article.zy-item .zy-item-title").all_inner_texts()


def test_a_shopper_likes_three_running_shoes_and_the_feed_turns(site: str, page: Page) -> None:
    shop_as(page, site, "u00300")
    before = sum(map(is_running_shoe, titles(page)))
    page.goto(f"{site}/shop/search?q=running+shoes")
    page.wait_for_load_state("networkidle")
    for place in range(3):
        assert is_running_shoe(titles(page)[place])
        page.get_by_role("button", name="Like", exact=True).nth(place).click()
        page.locator("[aria-pressed=true]").nth(place).wait_for()
    page.goto(f"{site}/shop")
    page.wait_for_load_state("networkidle")
    assert sum(map(is_running_shoe, titles(page))) > before


def test_what_is_not_wanted_goes_and_does_not_come_back(site: str, page: Page) -> None:
    shop_as(page, site, "u00301")
    first = titles(page)[0]
    page.get_by_role("button", name="Not interested").first.click()
    page.get_by_text("It will not be shown again").wait_for()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert first not in titles(page)


def test_every_card_says_why(site: str, page: Page) -> None:
    shop_as(page, site)
    page.get_by_role("button", name="Why this?").first.click()
    shares = page.locator(".zy-why progress")
    shares.first.wait_for()
    assert shares.count() >= 1


def test_search_cart_order(site: str, page: Page) -> None:
    shop_as(page, site, "u00302")
    page.get_by_role("combobox", name="Search").fill("camping tent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/shop/search?*")
    page.locator("article.zy-item a").first.click()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_text("In your cart").wait_for()
    page.goto(f"{site}/shop/cart")
    page.get_by_role("button", name="Place the order").click()
    page.wait_for_url("**/shop/orders")
    assert "placed" in page.locator("section.zy-card").first.inner_text()


def test_a_review_is_in_the_shop_at_once(site: str, page: Page) -> None:
    shop_as(page, site, "u00303", "/shop/item/i00076")
    page.get_by_role("textbox", name="Your words").fill("<b>Light</b> and fast & true")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Thank you, it is published").wait_for()
    assert page.get_by_text("<b>Light</b> and fast & true").count() >= 1
    with Client(site) as client:
        said = [one for one in client.export("posts") if one["user"] == "u00303"]
    assert [one["item"] for one in said if one["text"] == "<b>Light</b> and fast & true"] == ["i00076"]  # fmt: skip


def test_a_deleted_sentence_does_not_come_back(site: str, page: Page) -> None:
    shop_as(page, site, "u00304", "/shop/profile")
    first = page.locator(".zy-statement").first
    said = first.locator(".zy-grow > div").first.inner_text()
    first.get_by_role("button", name="Delete this sentence").click()
    page.get_by_text("Deleted").wait_for()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert said not in page.locator("#content").inner_text()


def test_forget_me_leaves_nothing(site: str, page: Page) -> None:
    who = "u00305"
    shop_as(page, site, who, "/shop/item/i00076")
    page.get_by_role("textbox", name="Your words").fill("Too narrow for me")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Thank you, it is published").wait_for()
    conversation = ask(page, site, "where is my order")
    kinds = ("users", "events", "posts", "ties", "interactions", "orders", "turns", "impressions")
    with Client(site) as client:
        assert client.transcript(conversation, who)["turns"]
        known = {kind: sum(map(names(who), client.export(kind))) for kind in kinds}
        assert all(known[kind] for kind in ("users", "events", "posts", "ties")), known
        page.goto(f"{site}/shop/profile")
        page.get_by_role("button", name="Forget me").click()
        sure = page.get_by_role("button", name="Confirm")
        assert sure.is_disabled()
        page.get_by_label(f"Type {who} to go on").fill(who)
        sure.click()
        page.wait_for_url("**/shop")
        assert {kind: sum(map(names(who), client.export(kind))) for kind in kinds} == dict.fromkeys(kinds, 0)  # fmt: skip
        for gone in (lambda: client.user(who), lambda: client.transcript(conversation, who)):
            with pytest.raises(ApiError) as caught:
                gone()
            assert caught.value.status == 404
    shop_as(page, site, who, "/shop/profile")
    assert "could not be shown" in page.locator("#content").inner_text()


def names(user: str) -> Callable[[object], bool]:
    """Return what tells whether a record speaks of a user."""
    return lambda record: f"'{user}'" in str(record)


def ask(page: Page, site: str, text: str) -> str:
    """Say something to service, and return the conversation's id."""
    page.goto(f"{site}/shop/chat")
    page.wait_for_load_state("networkidle")
    field = page.get_by_role("textbox", name="Your message")
    field.fill(text)
    field.press("Enter")
    page.locator(".zy-turn-assistant").first.wait_for()
    page.wait_for_url("**/shop/chat?conversation=*")
    return page.url.partition("conversation=")[2]


def test_service_answers_with_cards_and_hands_over(site: str, page: Page) -> None:
    shop_as(page, site)
    conversation = ask(page, site, "recommend a camping tent")
    assert page.locator(".zy-turn-assistant article.zy-item").count()
    with Client(site) as client:
        assert client.transcript(conversation, SHOPPER)["lane"] == "answer"
        field = page.get_by_role("textbox", name="Your message")
        field.fill("let me talk to a person please")
        field.press("Enter")
        page.locator(".zy-turn-assistant").nth(1).wait_for()
        waiting = [one["id"] for one in client.conversations(lane="human", n=50)["conversations"]]
        assert conversation in waiting


def test_a_conversation_is_still_there_after_a_reload(site: str, page: Page) -> None:
    shop_as(page, site)
    conversation = ask(page, site, "can I return something within 7 days")
    said = page.locator(".zy-turn .zy-said").all_inner_texts()
    page.reload()
    page.locator(".zy-turn-assistant").first.wait_for()
    assert page.locator(".zy-turn .zy-said").all_inner_texts() == said
    assert page.url.endswith(conversation)


def test_looking_at_the_chat_opens_no_conversation(site: str, page: Page) -> None:
    shop_as(page, site)
    with Client(site) as client:
        before = len(client.conversations(n=100)["conversations"])
        page.goto(f"{site}/shop/chat")
        page.wait_for_load_state("networkidle")
        assert len(client.conversations(n=100)["conversations"]) == before


def test_personalisation_can_be_turned_off(site: str, page: Page) -> None:
    shop_as(page, site)
    own = titles(page)
    assert "in your history" in page.locator("#content").inner_text()
    page.goto(f"{site}/shop/profile")
    page.get_by_role("link", name="Turn personalisation off").click()
    page.wait_for_load_state("networkidle")
    page.goto(f"{site}/shop")
    page.wait_for_load_state("networkidle")
    assert "in your history" not in page.locator("#content").inner_text()
    assert titles(page) != own


def test_what_is_being_typed_is_gone_on_with(site: str, page: Page) -> None:
    shop_as(page, site)
    page.get_by_role("combobox", name="Search").press_sequentially("runn", delay=60)
    page.locator("#suggested option").first.wait_for(state="attached", timeout=60_000)
    offered = page.locator("#suggested option").evaluate_all("all => all.map(one => one.value)")
    assert any("running" in one.lower() for one in offered)


def test_what_is_shared_is_in_the_shop_at_once(site: str, page: Page) -> None:
    shop_as(page, site, "u00306")
    page.get_by_role("textbox", name="Share something").fill(
        "My knees like these shoes <i>a lot</i>"
    )
    page.get_by_role("button", name="Share", exact=True).click()
    page.locator("article.zy-post").get_by_text("<i>a lot</i>").wait_for()
    with Client(site) as client:
        [post] = [one for one in client.export("posts") if "<i>a lot</i>" in (one["text"] or "")]
    assert (post["user"], post["kind"], bool(post["time"])) == ("u00306", "share", True)
