"""Customer service: a conversation with cards, citations, and a person where one is needed."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from zhiyin.apps.storefront.card import card
from zhiyin.apps.web.frame import heading
from zhiyin.apps.web.goods import items_of
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.visit import Visit

_EVERY_S = 3.0


async def build(visit: Visit) -> None:
    """Go on with the conversation in the URL; a new one is opened by the first thing that is said, and stands in the URL from then on."""
    say = visit.say
    heading(say("storefront.chat"), say("storefront.chat_lead"))
    talk = _Talk(visit, visit.query.get("conversation"))
    with ui.element("div").classes("zy-card zy-chat"):
        talk.log = ui.element("div").classes("zy-turns").props('role="log" aria-live="polite"')
        with ui.element("div").classes("zy-row"):
            for key in ("ask_order", "ask_return", "ask_advice"):
                ui.button(say(f"storefront.{key}"), on_click=lambda _, key=key: talk.send(say(f"storefront.{key}"))).props("outline dense no-caps")  # fmt: skip
        with ui.element("div").classes("zy-ask"):
            talk.field = ui.input(say("storefront.your_message")).props(
                f'outlined dense maxlength="2000" aria-label="{say("storefront.your_message")}"'
            )
            talk.field.on("keydown.enter", lambda: talk.send(talk.field.value))
            ui.button(icon="send", on_click=lambda: talk.send(talk.field.value)).props(
                f'unelevated aria-label="{say("storefront.send")}"'
            )
    await talk.refresh()
    ui.timer(_EVERY_S, talk.refresh)


class _Talk:
    """What a page shows of one conversation."""

    log: ui.element
    field: ui.input

    def __init__(self, visit: Visit, conversation: str | None) -> None:
        self._visit = visit
        self._id = conversation
        self._shown = 0

    async def send(self, text: str | None) -> None:
        """Say something, and show what is answered."""
        if not (text or "").strip():
            return
        self.field.value = ""
        if self._id is None:
            opened = await self._visit.client.open_conversation(self._visit.shopper)
            self._id = str(opened["id"])
            ui.navigate.history.replace(f"{CHAT.path}?conversation={self._id}")
        await self._visit.client.say(self._id, str(text).strip(), self._visit.shopper)
        await self.refresh()

    async def refresh(self) -> None:
        """Show the turns that are not shown yet."""
        if self._id is None:
            return
        told = await self._visit.client.transcript(self._id, self._visit.shopper)
        turns = told["turns"][self._shown :]
        self._shown += len(turns)
        for turn in turns:
            await self._show(turn)

    async def _show(self, turn: dict[str, Any]) -> None:
        said = turn["told"]
        cards = [one["item"] for one in said.get("cards") or ()]
        items = await items_of(self._visit, cards)
        with self.log, ui.element("div").classes(f"zy-turn zy-turn-{turn['role']}"):
            ui.label(self._visit.say(f"storefront.role_{turn['role']}")).classes("zy-quiet")
            ui.label(turn["text"]).classes("zy-said")
            for cited in said.get("citations") or ():
                ui.label(f"“{cited['title']}”").classes("zy-chip")
            if items:
                with ui.element("div").classes("zy-cards"):
                    for item in items.values():
                        card(self._visit, item, (), None)


CHAT = Page("/shop/chat", "storefront.chat", "serve", build, icon="support_agent")
