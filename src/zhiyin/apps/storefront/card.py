"""An item on a card: its picture, its price, why it is there, and how to say more or less of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import ui

from zhiyin.apps.storefront.addresses import address
from zhiyin.apps.web.goods import Item, items_of, price, said
from zhiyin.apps.web.pictures import product_url
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.visit import Visit

Entry = Mapping[str, Any]
_DEEDS = (
    ("favourite", "favorite_border"),
    ("dislike", "thumb_down_off_alt"),
    ("hide", "visibility_off"),
)


async def cards(visit: Visit, entries: Sequence[Entry], request_id: str | None = None) -> None:
    """Show entries of a list, each with its item, in a grid; words where there are none.

    Args:
        visit: who looks.
        entries: with ``item`` or ``id``, and ``reasons`` if there are any.
        request_id: of the list, which what is done with a card names.
    """
    items = await items_of(visit, [_id(one) for one in entries])
    if not items:
        notice("inventory_2", visit.say("storefront.nothing"))
        return
    with ui.element("div").classes("zy-cards"):
        for one in entries:
            if item := items.get(_id(one)):
                card(visit, item, one.get("reasons") or (), request_id)


def card(visit: Visit, item: Item, reasons: Sequence[Any], request_id: str | None) -> None:
    """Show one item."""
    with ui.element("article").classes("zy-item") as box:
        title = said(item, "title", visit.language)
        with ui.link(target=address(item["id"], request_id)).classes("zy-item-link"):
            picture(item, title)
            ui.label(title).classes("zy-item-title")
        ui.label(price(item, visit.language)).classes("zy-price")
        told = [one for one in reasons if isinstance(one, Mapping)]
        if told:
            ui.label(str(told[0]["text"])).classes("zy-quiet zy-reason")
        with ui.element("div").classes("zy-item-deeds"):
            if told:
                why(visit, told)
            if visit.shopper and visit.session.allows("ingest"):
                for deed, icon in _DEEDS:
                    _deed(visit, box, item["id"], deed, icon, request_id)


def picture(item: Item, title: str) -> None:
    """Show an item's drawn picture."""
    drawn = ui.element("img").classes("zy-picture").props('loading="lazy" width="200" height="200"')
    drawn._props["src"] = product_url(item)
    drawn._props["alt"] = title


def why(visit: Visit, reasons: Sequence[Mapping[str, Any]]) -> None:
    """Offer what speaks for an item: each reason with its share of the score."""
    with ui.button(icon="help_outline").props(
        f'flat round dense aria-label="{visit.say("storefront.why")}"'
    ):
        ui.tooltip(visit.say("storefront.why"))
        with ui.menu(), ui.element("div").classes("zy-why"):
            ui.label(visit.say("storefront.why")).classes("zy-why-title")
            for one in reasons:
                with ui.element("div"):
                    ui.label(str(one["text"]))
                    share = ui.element("progress").props('max="1"')
                    share._props["value"] = max(float(one.get("share") or 0), 0)
                    share._props["aria-label"] = f"{float(one.get('share') or 0):.0%}"


def _deed(
    visit: Visit, box: ui.element, item: str, deed: str, icon: str, request_id: str | None
) -> None:
    label = visit.say(f"storefront.{deed}")

    async def done() -> None:
        event = {"user": visit.shopper, "item": item, "type": deed}
        await visit.client.events([event | ({"request_id": request_id} if request_id else {})])
        ui.notify(visit.say(f"storefront.{deed}_done"))
        if deed == "favourite":
            button.props("icon=favorite aria-pressed=true")
        else:
            box.set_visibility(False)

    button = ui.button(icon=icon, on_click=done).props(f'flat round dense aria-label="{label}"')
    with button:
        ui.tooltip(label)


def _id(entry: Entry) -> str:
    return str(entry.get("item") or entry["id"])
