"""The search box: what is being typed is gone on with."""

from __future__ import annotations

from nicegui import events, ui
from nicegui.elements.mixins.text_element import TextElement

from zhiyin.apps.web.visit import Visit

_N = 8
_PAUSE_S = 0.2


def search_box(visit: Visit) -> None:
    """Show the box; the browser offers what the shop suggests, and sends what was chosen to the page of hits."""
    label = visit.say("frame.search")
    with (
        ui.element("form")
        .props('method="get" action="/shop/search" role="search"')
        .classes("zy-search")
    ):
        field = ui.element("input").props(
            'type="search" name="q" maxlength="200" list="suggested" autocomplete="off"'
        )
        field.props(f'aria-label="{label}" placeholder="{label}"')
        field._props["value"] = visit.query.get("q", "")
        suggested = ui.element("datalist").props('id="suggested"')
        ui.button(icon="search").props(f'flat dense type=submit aria-label="{label}"')

    async def typed(event: events.GenericEventArguments) -> None:
        field._props["value"] = asked = str(event.args)[:200]
        told = await visit.client.suggest(asked, user=visit.asker, n=_N)
        if field._props["value"] != asked:  # more was typed meanwhile
            return
        suggested.clear()
        with suggested:
            for one in told["suggestions"]:
                TextElement(tag="option", text=one["text"])._props["value"] = one["text"]

    field.on("input", typed, throttle=_PAUSE_S, js_handler="(event) => emit(event.target.value)")
