"""What the shop knows of the shopper, and how to have it say less, or nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from nicegui import ui

from zhiyin.apps.storefront.addresses import address
from zhiyin.apps.storefront.picker import picker
from zhiyin.apps.web.asking import ask_for_name
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.visit import Visit


async def build(visit: Visit) -> None:
    """Show the portrait in sentences, each of which can be deleted, and the ways out."""
    say = visit.say
    heading(say("storefront.profile"), say("storefront.profile_lead"))
    await picker(visit)
    if visit.shopper is None:
        return
    portrait = await visit.client.portrait(visit.shopper, language=visit.language)
    with section(say("storefront.portrait"), say("storefront.portrait_lead")):
        if not portrait["statements"]:
            notice("face", say("storefront.nothing_known"))
        for statement in portrait["statements"]:
            _statement(visit, statement)
    with section(say("storefront.choices")), ui.element("div").classes("zy-row"):
        to = "on" if visit.asker is None else "off"
        ui.link(
            say(f"storefront.personal_{to}"), f"/shop/personal?to={to}&next={quote(visit.path)}"
        ).classes("zy-chip")
        ui.button(say("storefront.export"), icon="download", on_click=lambda: _export(visit, portrait)).props("outline no-caps")  # fmt: skip
        if visit.session.allows("admin"):
            ui.button(say("storefront.forget"), icon="delete_forever", on_click=lambda: _forget(visit)).props("outline no-caps color=negative")  # fmt: skip


def _statement(visit: Visit, statement: dict[str, Any]) -> None:
    with ui.element("div").classes("zy-statement") as line:
        with ui.element("div").classes("zy-grow"):
            ui.label(statement["text"])
            with ui.element("details"):
                with ui.element("summary").classes("zy-quiet"):
                    ui.label(visit.say("storefront.why_we_think_so"))
                for one in statement["evidence"]:
                    if one.get("item"):
                        ui.link(one.get("title") or one["item"], address(one["item"])).classes(
                            "zy-quiet"
                        )
                    elif one.get("text"):
                        ui.label(one["text"]).classes("zy-quiet")

        async def remove() -> None:
            await visit.client.remove_statement(visit.shopper or "", statement["id"])
            line.delete()
            ui.notify(visit.say("storefront.removed"))

        if visit.session.allows("ingest"):
            label = visit.say("storefront.remove")
            with ui.button(icon="close", on_click=remove).props(
                f'flat round dense aria-label="{label}"'
            ):
                ui.tooltip(label)


async def _export(visit: Visit, portrait: dict[str, Any]) -> None:
    import json

    user = await visit.client.user(visit.shopper or "")
    told = json.dumps({"user": user, "portrait": portrait}, ensure_ascii=False, indent=1)
    ui.download(told.encode(), f"{visit.shopper}.json")


async def _forget(visit: Visit) -> None:
    user = visit.shopper or ""
    if not await ask_for_name(visit.say, visit.say("storefront.forget_lead"), user):
        return
    await visit.client.forget(user)
    ui.navigate.to("/shop/as?next=/shop")


PROFILE = Page("/shop/profile", "storefront.profile", "serve", build, icon="person")
