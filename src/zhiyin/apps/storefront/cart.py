"""The cart, and an order without a payment."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from nicegui import ui

from zhiyin.apps.storefront.card import cards
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.goods import Item, items_of, price, said
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.visit import Visit


async def build(visit: Visit) -> None:
    """Show what is in the cart, and what goes with it."""
    say = visit.say
    heading(say("storefront.cart"), say("storefront.cart_lead"))
    if not visit.cart:
        notice("shopping_cart", say("storefront.empty_cart"))
        return
    items = await items_of(visit, list(visit.cart))
    with section(say("storefront.in_cart")):
        for item in items.values():
            _line(visit, item)
        ui.button(say("storefront.order"), on_click=lambda: _order(visit, items)).props(
            "unelevated no-caps"
        )
    with section(say("storefront.goes_with")):
        page = await visit.client.recommend(visit.asker, n=6, surface="basket", basket=list(visit.cart), language=visit.language)  # fmt: skip
        await cards(visit, page["items"], page["request_id"])


def _line(visit: Visit, item: Item) -> None:
    with ui.element("div").classes("zy-person") as line:
        ui.label(said(item, "title", visit.language))
        ui.label(f"{visit.cart[item['id']]} × {price(item, visit.language)}").classes("zy-price")

        def take_out() -> None:
            visit.cart.pop(item["id"], None)
            line.delete()

        ui.button(icon="close", on_click=take_out).props(f'flat round dense aria-label="{visit.say("storefront.take_out")}"')  # fmt: skip


async def _order(visit: Visit, items: dict[str, Item]) -> None:
    order_id, now = f"Z{uuid4().hex[:10]}", datetime.now(UTC).isoformat()
    lines = [
        {"order_id": order_id, "user": visit.shopper, "item": item, "status": "placed", "quantity": n, "time": now,
         "price_minor": items[item].get("price_minor"), "currency": items[item].get("currency")}
        for item, n in visit.cart.items() if item in items
    ]  # fmt: skip
    if not lines:
        return
    await visit.client.put_orders(lines)
    await visit.client.events(
        [{"user": visit.shopper, "item": one["item"], "type": "purchase"} for one in lines]
    )
    visit.cart.clear()
    ui.navigate.to("/shop/orders")


CART = Page("/shop/cart", "storefront.cart", "serve", build, icon="shopping_cart")
