"""The storefront's home: what people around somebody share, and what fits them."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from zhiyin.apps.storefront.addresses import address
from zhiyin.apps.storefront.card import cards
from zhiyin.apps.storefront.picker import picker
from zhiyin.apps.storefront.write import share_form
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.visit import Visit

_N = 12


async def build(visit: Visit) -> None:
    """Show Following and Discover side by side."""
    say = visit.say
    heading(
        say("storefront.hello", name=visit.shopper) if visit.shopper else say("storefront.welcome")
    )
    if visit.shopper is None:
        await picker(visit)
    with ui.element("div").classes("zy-home"):
        with section(say("storefront.discover"), say("storefront.discover_lead")):
            page = await visit.client.recommend(visit.asker, n=_N, language=visit.language)
            await cards(visit, page["items"], page["request_id"])
        with section(say("storefront.following"), say("storefront.following_lead")):
            if visit.shopper and visit.session.allows("ingest"):
                share_form(visit)
            await _following(visit)


async def _following(visit: Visit) -> None:
    if visit.asker is None:
        notice(
            "group",
            visit.say("storefront.nobody_followed"),
            visit.say("storefront.choose_somebody"),
        )
        return
    feed = await visit.client.feed(visit.asker, n=2 * _N, language=visit.language)
    posts = [one for one in feed["items"] if one["kind"] == "post"]
    if not posts:
        notice(
            "group", visit.say("storefront.nobody_followed"), visit.say("storefront.follow_some")
        )
    for one in posts:
        post(visit, one, feed["request_id"])


def post(visit: Visit, told: dict[str, Any], request_id: str | None) -> None:
    """Show a post: who wrote it where that may be said, its words, and why it is here."""
    with ui.element("article").classes("zy-post"):
        if author := told.get("author"):
            ui.label(str(author)).classes("zy-post-author")
        if rating := told.get("rating"):
            ui.label("★" * round(rating)).classes("zy-stars").props(f'aria-label="{rating:g}/5"')
        if told.get("title"):
            ui.label(str(told["title"])).classes("zy-post-author")
        ui.label(str(told.get("text") or ""))
        for reason in told.get("reasons") or ():
            ui.label(reason["text"]).classes("zy-quiet zy-reason")
            for about in reason.get("evidence") or ():
                if about["kind"] == "item":
                    ui.link(about["title"], address(about["id"], request_id)).classes("zy-chip")


HOME = Page("/shop", "frame.home", "serve", build, icon="home")
