"""Choosing as whom the storefront is looked at."""

from __future__ import annotations

from urllib.parse import quote

from nicegui import ui

from zhiyin.apps.web.frame import section
from zhiyin.apps.web.visit import Visit

_N = 6


async def picker(visit: Visit) -> None:
    """Offer some people of the shop, and a field for any other."""
    say = visit.say
    with section(say("storefront.who"), say("storefront.who_lead")):
        with ui.element("div").classes("zy-row"):
            if visit.session.allows("admin"):
                for user in (await visit.client.users(limit=_N))["users"]:
                    known = user["attributes"]
                    city = known.get("city" if visit.language == "zh" else "city_en") or ""
                    link = ui.link(
                        target=f"/shop/as?user={quote(user['id'])}&next={quote(visit.path)}"
                    )
                    with link.classes("zy-chip"):
                        ui.label(
                            " · ".join(
                                str(one) for one in (user["id"], city, known.get("age_band")) if one
                            )
                        )
        with ui.element("form").props('method="get" action="/shop/as"').classes("zy-row zy-ask"):
            label = say("storefront.user_id")
            ui.input(label).props(
                f'dense outlined name="user" aria-label="{label}" maxlength="512"'
            )
            ui.button(say("storefront.be")).props("outline no-caps type=submit")
