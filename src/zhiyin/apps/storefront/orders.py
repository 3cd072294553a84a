"""The shopper's own orders."""

from __future__ import annotations

from nicegui import ui

from zhiyin.apps.storefront.addresses import address
from zhiyin.apps.web.frame import heading
from zhiyin.apps.web.goods import items_of, price, said
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.visit import Visit


async def build(visit: Visit) -> None:
    """Show orders, the newest first."""
    say = visit.say
    heading(say("storefront.orders"))
    if visit.shopper is None:
        notice("receipt_long", say("storefront.no_orders"), say("storefront.choose_somebody"))
        return
    orders = (await visit.client.orders(visit.shopper))["orders"]
    if not orders:
        notice("receipt_long", say("storefront.no_orders"))
    items = await items_of(visit, [line["item"] for one in orders for line in one["lines"]])
    for one in orders:
        with ui.element("section").classes("zy-card"):
            with ui.element("h2"):
                ui.label(
                    say(
                        "storefront.order_of",
                        order=one["order_id"],
                        date=str(one["time"] or "")[:10],
                    )
                )
            for line in one["lines"]:
                with ui.element("div").classes("zy-person"):
                    item = items.get(line["item"])
                    title = said(item, "title", visit.language) if item else line["item"]
                    ui.link(title, address(line["item"]))
                    ui.label(say(f"storefront.status_{line['status']}")).classes("zy-chip")
                    ui.label(f"{line['quantity'] or 1} × {price(line, visit.language)}")


ORDERS = Page("/shop/orders", "storefront.orders", "serve", build, icon="receipt_long")
