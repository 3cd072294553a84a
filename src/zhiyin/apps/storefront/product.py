"""An item's page: what it is, what people say of it, and what goes with it."""

from __future__ import annotations

from nicegui import ui

from zhiyin.apps.storefront.card import cards, picture
from zhiyin.apps.storefront.write import review_form
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.goods import Item, price, said
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.visit import Visit


async def build(visit: Visit) -> None:
    """Show the item, opinions by aspect, similar items, and what is bought together."""
    item = await visit.client.item(visit.ids["item"])
    await _looked(visit, item)
    await _about(visit, item)
    with section(visit.say("storefront.opinions"), visit.say("storefront.opinions_lead")):
        await _opinions(visit, item["id"])
        if visit.shopper and visit.session.allows("ingest"):
            review_form(visit, item["id"])
    for name in ("similar", "together"):
        with section(visit.say(f"storefront.{name}")):
            page = await getattr(visit.client, name)(item["id"], n=6, language=visit.language)
            await cards(visit, page["items"], page["request_id"])


async def _looked(visit: Visit, item: Item) -> None:
    """Tell the shop that somebody looked, and which list led here."""
    if visit.shopper and visit.session.allows("ingest"):
        event = {"user": visit.shopper, "item": item["id"], "type": "view"}
        led = {"request_id": visit.query["from"]} if visit.query.get("from") else {}
        await visit.client.events([event | led])


async def _about(visit: Visit, item: Item) -> None:
    say, title = visit.say, said(item, "title", visit.language)
    portrait = await visit.client.item_portrait(item["id"], language=visit.language)
    with ui.element("div").classes("zy-product zy-card"):
        picture(item, title)
        with ui.element("div"):
            heading(title)
            ui.label(price(item, visit.language)).classes("zy-price zy-price-large")
            stock = item.get("stock")
            if stock is not None:
                ui.label(
                    say("storefront.in_stock", n=stock) if stock > 0 else say("storefront.sold_out")
                )
            ui.label(said(item, "description", visit.language))
            with ui.element("ul").classes("zy-facts"):
                for one in portrait["sentences"]:
                    with ui.element("li"):
                        ui.label(one["text"])
            if visit.shopper and visit.session.allows("ingest") and stock != 0:
                ui.button(say("storefront.add"), icon="add_shopping_cart", on_click=lambda: _add(visit, item["id"])).props("unelevated no-caps")  # fmt: skip


async def _add(visit: Visit, item: str) -> None:
    await visit.client.events([{"user": visit.shopper, "item": item, "type": "cart"}])
    visit.cart[item] = visit.cart.get(item, 0) + 1
    ui.notify(visit.say("storefront.added"))


async def _opinions(visit: Visit, item: str) -> None:
    aspects = (await visit.client.opinions(item))["aspects"]
    if not aspects:
        notice("rate_review", visit.say("storefront.no_opinions"))
    for one in aspects:
        with ui.element("div").classes("zy-aspect"):
            ui.label(str(one.get("text") or one["aspect"]))
            bar = ui.element("meter").props('min="-1" max="1" low="0" optimum="1"')
            bar._props["value"] = one.get("score", 0)
            for quote in one.get("quotes", ())[:1]:
                ui.label(f"“{quote['text']}”").classes("zy-quiet")


PRODUCT = Page("/shop/item/{item:path}", "storefront.product", "serve", build)
