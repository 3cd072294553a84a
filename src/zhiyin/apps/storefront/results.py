"""Search: what a text finds, how it was understood, ways to narrow it, and chosen items beside each other."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from nicegui import ui

from zhiyin.apps.storefront.card import cards
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.goods import items_of, price, said
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.tables import scrolling
from zhiyin.apps.web.visit import Visit

_N, _FACETS, _VALUES, _COMPARED = 24, 4, 6, 3


async def build(visit: Visit) -> None:
    """Show hits with reasons, facets beside them, and a comparison of the first."""
    say, asked = visit.say, visit.query.get("q", "").strip()
    if not asked:
        notice("search", say("storefront.type_something"))
        return
    only = [visit.query["only"]] if visit.query.get("only") else []
    found = await visit.client.search(
        asked, visit.asker, n=_N, language=visit.language, filter=only
    )
    aids = await visit.client.search_aids(asked, filter=only, language=visit.language)
    heading(asked, say("storefront.found", n=found["found"]))
    _narrowed(visit, asked, only, aids)
    if not found["items"]:
        notice("search_off", say("storefront.nothing_found"), say("storefront.instead"))
    await cards(visit, found["items"] or found["instead"], found["request_id"])
    if len(found["items"]) > 1:
        with section(say("storefront.compare"), say("storefront.compare_lead")):
            await _compared(visit, [one["item"] for one in found["items"][:_COMPARED]])


def _narrowed(visit: Visit, asked: str, only: list[str], aids: dict[str, Any]) -> None:
    if only:
        ui.link(f"{only[0]} ✕", f"/shop/search?{urlencode({'q': asked})}").classes("zy-chip")
    if aids.get("did_you_mean"):
        meant = str(aids["did_you_mean"])
        ui.link(
            visit.say("storefront.meant", text=meant), f"/shop/search?{urlencode({'q': meant})}"
        )
    for facet in aids["facets"][:_FACETS]:
        with ui.element("div").classes("zy-row zy-facet"):
            ui.label(str(facet["text"])).classes("zy-quiet")
            for value in facet["values"][:_VALUES]:
                narrower = urlencode({"q": asked, "only": value["filter"]})
                ui.link(f"{value['text']} {value['items']}", f"/shop/search?{narrower}").classes(
                    "zy-chip"
                )


async def _compared(visit: Visit, ids: list[str]) -> None:
    items = await items_of(visit, ids)
    chosen = [items[one] for one in ids if one in items]
    names = sorted({name for one in chosen for name in one.get("attributes") or {}})
    with scrolling(visit.say("storefront.compare")), ui.element("table").classes("zy-compare"):
        with ui.element("tr"):
            ui.element("td")
            for one in chosen:
                with ui.element("th").props('scope="col"'):
                    ui.label(said(one, "title", visit.language))
        rows = [(visit.say("storefront.price"), [price(one, visit.language) for one in chosen])]
        rows += [
            (name, [str((one.get("attributes") or {}).get(name, "–")) for one in chosen])
            for name in names
        ]
        for name, values in rows:
            with ui.element("tr"):
                with ui.element("th").props('scope="row"'):
                    ui.label(name)
                for value in values:
                    with ui.element("td"):
                        ui.label(value)


RESULTS = Page("/shop/search", "frame.search", "serve", build)
