"""The console's catalogue: items by what they are called, and how each is known."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from nicegui import ui

from zhiyin.apps.console.filters import field
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.goods import items_of, price, said
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit

_N = 200


async def build(visit: Visit) -> None:
    """Show items: those that a text finds, else the catalogue from its beginning."""
    say = visit.say
    heading(say("catalogue.title"), say("catalogue.lead"))
    asked = visit.query.get("q", "").strip()
    with (
        section(say("catalogue.find")),
        ui.element("form").props('method="get"').classes("zy-row zy-filter"),
    ):
        field("q", say("catalogue.text"), asked)
        ui.button(say("catalogue.show")).props("unelevated dense no-caps type=submit")
    after: int | None = None
    if asked:
        run = await visit.client.explain_page({"text": asked, "n": 50, "language": visit.language})
        items = list((await items_of(visit, [one["item"] for one in run["items"]])).values())
    else:
        given = visit.query.get("after", "")
        page = await visit.client.items(limit=_N, after=int(given) if given.isdecimal() else None)
        items, after = page["items"], page.get("next")
    with section(say("catalogue.items")):
        table(say, _columns(visit), [_row(visit, one) for one in items], name="catalogue", empty=(say("catalogue.none"), say("catalogue.none_lead")))  # fmt: skip
        if after is not None:
            ui.link(
                say("catalogue.next"), f"/console/catalogue?{urlencode({'after': after})}"
            ).classes("zy-chip")


def address(item: str) -> str:
    """Return the address of an item's page."""
    return f"/console/catalogue/{quote(item, safe='')}"


def _columns(visit: Visit) -> list[Column]:
    say = visit.say
    return [
        Column("title", say("catalogue.item"), link=lambda row: address(row["id"])),
        Column("id", say("catalogue.id")),
        Column("category", say("catalogue.category")),
        Column("brand", say("catalogue.brand")),
        Column("price", say("catalogue.price"), "right"),
        Column("stock", say("catalogue.stock"), "right"),
    ]


def _row(visit: Visit, item: Any) -> dict[str, Any]:
    told = {name: said(item, name, visit.language) for name in ("title", "category", "brand")}
    return {
        **told,
        "id": item["id"],
        "price": price(item, visit.language),
        "stock": item.get("stock"),
    }


CATALOGUE = Page("/console/catalogue", "catalogue.title", "operate", build, icon="inventory_2")
