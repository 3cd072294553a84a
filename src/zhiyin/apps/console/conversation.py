"""One conversation: what was said, why a person is needed, and replies that may be given."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from nicegui import ui

from zhiyin.apps.console.charts import chart
from zhiyin.apps.console.figures import minute, percent
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.visit import Visit

_EVERY_S = 2.0
_BAD = ("anger", "sadness", "fear", "disgust")


async def build(visit: Visit) -> None:
    """Show the transcript beside the hand-over and the reply that is being written."""
    say, conversation = visit.say, visit.ids["conversation"]
    shopper = visit.query.get("user") or None
    told = await visit.client.transcript(conversation, shopper)
    heading(
        say("conversations.with_whom", who=shopper or say("conversations.nobody")),
        minute(told["opened"]),
    )
    if shopper:
        ui.link(say("conversations.see_person"), f"/console/people/{quote(shopper, safe='')}")
    with ui.element("div").classes("zy-grid"):
        talk = _Talk(visit, conversation, shopper)
        with section(say("conversations.transcript")):
            talk.log = ui.element("div").classes("zy-turns").props('role="log" aria-live="polite"')
            talk.show(told["turns"])
            _reply(visit, talk)
        with ui.element("div"):
            _handed_over(visit, told)
            with section(say("conversations.suggestions"), say("conversations.suggestions_lead")):
                talk.suggested = ui.element("div")
                await talk.suggest()
    ui.timer(_EVERY_S, talk.refresh)


class _Talk:
    """What a page shows of one conversation, kept up to date."""

    log: ui.element
    suggested: ui.element
    field: ui.textarea

    def __init__(self, visit: Visit, conversation: str, shopper: str | None) -> None:
        self._visit = visit
        self._id = conversation
        self._shopper = shopper
        self._shown = 0
        self._chosen: str | None = None

    def show(self, turns: list[dict[str, Any]]) -> None:
        """Show the turns that are not shown yet."""
        for turn in turns[self._shown :]:
            with self.log:
                _turn(self._visit, turn)
        self._shown = len(turns)

    async def refresh(self) -> None:
        """Ask for what is new."""
        told = await self._visit.client.transcript(self._id, self._shopper)
        if len(told["turns"]) > self._shown:
            self.show(told["turns"])
            await self.suggest()

    async def suggest(self) -> None:
        """Show replies that may be given now."""
        found = (await self._visit.client.suggestions(self._id, n=3))["suggestions"]
        self.suggested.clear()
        with self.suggested:
            if not found:
                notice("lightbulb", self._visit.say("conversations.no_suggestions"))
            for one in found:
                self._suggestion(one)

    def _suggestion(self, one: dict[str, Any]) -> None:
        def take() -> None:
            self._chosen = one["id"]
            self.field.value = one["text"]

        with ui.element("div").classes("zy-suggestion"):
            ui.label(one["text"])
            cited = ", ".join(str(citation["title"]) for citation in one["citations"])
            ui.label(cited or self._visit.say("conversations.from_replies")).classes("zy-quiet")
            ui.button(self._visit.say("conversations.take"), on_click=take).props(
                "outline dense no-caps"
            )

    async def send(self, *, gives_back: bool) -> None:
        """Send the reply that was written, and what it was made of."""
        text = (self.field.value or "").strip()
        if not text:
            ui.notify(self._visit.say("conversations.write_answer"), type="warning")
            return
        await self._visit.client.answer_as_agent(self._id, text, gives_back=gives_back, suggestion=self._chosen)  # fmt: skip
        self.field.value, self._chosen = "", None
        await self.refresh()


def _turn(visit: Visit, turn: dict[str, Any]) -> None:
    told = turn["told"]
    with ui.element("div").classes(f"zy-turn zy-turn-{turn['role']}"):
        who = [visit.say(f"conversations.role_{turn['role']}"), minute(turn["time"])]
        mood = told.get("emotion")
        if mood and mood != "neutral":
            who.append(f"{_emotion(visit, mood)} {percent(told.get('likely'), 0)}")
        if told.get("intent"):
            who.append(str(told["intent"]))
        ui.label(" · ".join(who)).classes("zy-quiet")
        ui.label(turn["text"]).classes("zy-said-text")
        for cited in told.get("citations") or ():
            ui.label(f"“{cited['title']}”").classes("zy-chip")
        for tool in told.get("tools") or ():
            ui.label(f"{tool['name']}: {tool['outcome']}").classes("zy-chip")


def _emotion(visit: Visit, name: str) -> str:
    key = f"conversations.emotion_{name}"
    return visit.say(key) if visit.say.has(key) else name


def _reply(visit: Visit, talk: _Talk) -> None:
    label = visit.say("conversations.reply")
    talk.field = ui.textarea(label).props(
        f'outlined autogrow maxlength="2000" aria-label="{label}"'
    )
    with ui.element("div").classes("zy-row"):
        ui.button(visit.say("conversations.send"), on_click=lambda: talk.send(gives_back=False)).props("unelevated no-caps")  # fmt: skip
        ui.button(visit.say("conversations.send_back"), on_click=lambda: talk.send(gives_back=True)).props("outline no-caps")  # fmt: skip


def _handed_over(visit: Visit, told: dict[str, Any]) -> None:
    say, handed = visit.say, told["handover"]
    if handed is None:
        return
    with section(say("conversations.handover")), ui.element("dl").classes("zy-facts-list"):
        reason = f"conversations.reason_{handed['reason']}"
        facts = [
            (say("conversations.reason"), say(reason) if say.has(reason) else handed["reason"]),
            (say("conversations.question"), handed["question"]),
            (say("conversations.topic"), handed["topic"] or "–"),
            (say("conversations.tried"), ", ".join(handed["tried"]) or "–"),
        ]
        for name, value in facts:
            with ui.element("dt"):
                ui.label(name)
            with ui.element("dd"):
                ui.label(str(value))
        with ui.element("dt"):
            ui.label(say("conversations.evidence"))
        with ui.element("dd"):
            for one in handed["evidence"]:
                ui.label(one["text"]).classes("zy-quiet")
        _emotions(visit, handed["emotions"])


def _emotions(visit: Visit, emotions: list[dict[str, Any]]) -> None:
    """Draw how bad the mood was, message by message."""
    if len(emotions) < 2:
        return
    values = [round(100 * one["likely"] * (one["emotion"] in _BAD)) for one in emotions]
    options = {
        "grid": {"left": 8, "right": 8, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": [_emotion(visit, one["emotion"]) for one in emotions],
        },
        "yAxis": {"type": "value", "max": 100},
        "series": [{"type": "bar", "data": values, "itemStyle": {"color": "#b3261e"}}],
    }
    with ui.element("dt"):
        ui.label(visit.say("conversations.mood"))
    with ui.element("dd"):
        told = ", ".join(
            f"{_emotion(visit, one['emotion'])} {percent(one['likely'], 0)}" for one in emotions
        )
        chart(options, told).classes("zy-chart-small")


CONVERSATION = Page(
    "/console/conversations/{conversation}", "conversations.title", "operate", build
)
