"""The console's conversations: who waits for a person, what the assistant answers, and what it cannot."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from nicegui import ui

from zhiyin.apps.console.figures import minute
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit

LANES = ("human", "draft", "answer")


async def build(visit: Visit) -> None:
    """Show the conversations of each lane, those that wait for a person first, then the gaps."""
    say = visit.say
    heading(say("conversations.title"), say("conversations.lead"))
    for lane in LANES:
        found = (await visit.client.conversations(lane=lane, n=200))["conversations"]
        with section(
            say(f"conversations.lane_{lane}", n=len(found)), say(f"conversations.lane_{lane}_lead")
        ):
            _listed(visit, lane, found)
    await _gaps(visit)


def address(conversation: dict[str, Any]) -> str:
    """Return the address of a conversation's page."""
    user = quote(conversation.get("user") or "", safe="")
    return f"/console/conversations/{quote(conversation['id'], safe='')}?user={user}"


def _listed(visit: Visit, lane: str, found: list[dict[str, Any]]) -> None:
    say = visit.say
    rows = [{**one, "who": one["user"] or say("conversations.nobody")} for one in found]
    columns = [
        Column("who", say("conversations.who"), link=address),  # type: ignore[arg-type]
        Column("updated", say("conversations.updated"), shown=minute),
        Column("n_turns", say("conversations.n_turns"), "right"),
        Column(
            "priority", say("conversations.priority"), "right", shown=lambda value: f"{value:.0%}"
        ),
    ]
    table(say, columns, rows, name=f"conversations-{lane}", empty=(say("conversations.none"),) * 1 + (say(f"conversations.none_{lane}"),))  # fmt: skip


async def _gaps(visit: Visit) -> None:
    say = visit.say
    with section(say("conversations.gaps"), say("conversations.gaps_lead")):
        found = (await visit.client.gaps())["gaps"]
        if not found:
            notice("task_alt", say("conversations.no_gaps"), say("conversations.no_gaps_lead"))
        for gap in found:
            _gap(visit, gap)


def _gap(visit: Visit, gap: dict[str, Any]) -> None:
    say = visit.say
    with ui.element("article").classes("zy-gap") as box:
        ui.label(gap["example"]).classes("zy-gap-question")
        nearest = gap["nearest"] or "–"
        ui.label(say("conversations.gap_figures", n=gap["n"], unsolved=gap["n_unsolved"], nearest=nearest)).classes("zy-quiet")  # fmt: skip
        label = say("conversations.answer")
        answer = ui.textarea(label, value=gap["draft"] or "").props(
            f'outlined autogrow dense aria-label="{label}"'
        )

        async def approve() -> None:
            if not (answer.value or "").strip():
                ui.notify(say("conversations.write_answer"), type="warning")
                return
            await visit.client.approve_gap(gap["id"], answer=answer.value.strip())
            box.delete()
            ui.notify(say("conversations.approved"))

        ui.button(say("conversations.approve"), on_click=approve).props("outline dense no-caps")


CONVERSATIONS = Page(
    "/console/conversations", "conversations.title", "operate", build, icon="forum"
)
