"""Asking again before something that cannot be undone."""

from __future__ import annotations

from nicegui import ui

from zhiyin.apps.web.words import Words


async def ask_for_name(say: Words, lead: str, name: str) -> bool:
    """Return whether somebody typed the name of what will be gone."""
    with ui.dialog() as dialog, ui.element("div").classes("zy-card zy-dialog"):
        ui.label(lead)
        label = say("frame.type_name", name=name)
        typed = ui.input(label).props("outlined dense")
        typed._props["aria-label"] = label
        with ui.element("div").classes("zy-row"):
            ui.button(say("frame.cancel"), on_click=lambda: dialog.submit(False)).props(
                "flat no-caps"
            )
            sure = ui.button(say("frame.confirm"), on_click=lambda: dialog.submit(True)).props("unelevated no-caps color=negative")  # fmt: skip
            sure.bind_enabled_from(typed, "value", lambda value: value == name)
    return bool(await dialog)
