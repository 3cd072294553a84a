"""What stands where there is nothing to show: empty, loading, not allowed, failed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from zhiyin.apps.web.words import Words
from zhiyin.errors import ZhiyinError


def notice(icon: str, title: str, lead: str = "", *, role: str = "status") -> ui.element:
    """Show a picture, a title and a sentence in the place of content, and return the box."""
    with ui.element("div").classes("zy-notice").props(f'role="{role}"') as box:
        ui.icon(icon).props('aria-hidden="true"')
        ui.label(title).classes("zy-notice-title")
        if lead:
            ui.label(lead)
    return box


def acted(say: Words, act: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    """Return what does something, and says so where it cannot be done."""

    async def tried() -> None:
        try:
            await act()
        except ZhiyinError as error:
            ui.notify(f"{say('frame.failed')}: {error}", type="negative", multi_line=True)

    return tried


def failure(say: Words, error: ZhiyinError | None) -> None:
    """Show what went wrong in four parts, and a way to try again; None is what nobody foresaw."""
    title = say("frame.failed")
    if error is None:
        box = notice("error_outline", title, say("frame.unexpected"), role="alert")
    else:
        box = notice("error_outline", title, error.what, role="alert")
        with box, ui.element("dl"):
            for part in ("where", "expected", "next_step"):
                if told := getattr(error, part):
                    with ui.element("dt"):
                        ui.label(say(f"frame.{part}"))
                    with ui.element("dd"):
                        ui.label(str(told))
    with box:
        ui.button(say("frame.again"), on_click=lambda: ui.navigate.reload()).props(
            "outline no-caps"
        )
