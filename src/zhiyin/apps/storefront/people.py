"""Friends, and people to follow."""

from __future__ import annotations

from nicegui import ui

from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.visit import Visit


async def build(visit: Visit) -> None:
    """Show whom the shopper knows, how closely, and whom they could follow."""
    say = visit.say
    heading(say("storefront.people"), say("storefront.people_lead"))
    if visit.shopper is None:
        notice("group", say("storefront.nobody_followed"), say("storefront.choose_somebody"))
        return
    with ui.element("div").classes("zy-grid"):
        with section(say("storefront.friends")):
            ties = (await visit.client.ties(visit.shopper, n=20))["ties"]
            if not ties:
                notice("group", say("storefront.no_friends"))
            for tie in ties:
                with ui.element("div").classes("zy-person"):
                    ui.label(tie["user"])
                    ui.label(_kind(visit, tie["kind"])).classes("zy-chip")
                    bar = ui.element("meter").props('min="0" max="1"')
                    bar._props |= {"value": tie["strength"], "aria-label": f"{say('storefront.closeness')} {tie['strength']:.0%}"}  # fmt: skip
        with section(say("storefront.follow")):
            found = (
                await visit.client.people_to_follow(visit.shopper, n=10, language=visit.language)
            )["people"]
            if not found:
                notice("person_add", say("storefront.nobody_to_follow"))
            for one in found:
                _could_follow(visit, one["user"], [reason["text"] for reason in one["reasons"]])


def _kind(visit: Visit, kind: str) -> str:
    key = f"storefront.kind_{kind}"
    return visit.say(key) if visit.say.has(key) else kind


def _could_follow(visit: Visit, other: str, reasons: list[str]) -> None:
    with ui.element("div").classes("zy-person"):
        ui.label(other)
        ui.label(" · ".join(reasons)).classes("zy-quiet")

        async def follow() -> None:
            await visit.client.put_ties([{"user": visit.shopper, "other": other, "kind": "follow"}])
            button.disable()
            ui.notify(visit.say("storefront.followed", name=other))

        button = ui.button(visit.say("storefront.follow_one"), on_click=follow).props(
            "outline dense no-caps"
        )
        if not visit.session.allows("ingest"):
            button.set_visibility(False)


PEOPLE = Page("/shop/people", "storefront.people", "serve", build, icon="group")
