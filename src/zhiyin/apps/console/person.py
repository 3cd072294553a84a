"""One person: a portrait with evidence, history beside recommendations, ties drawn, export and forgetting."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from nicegui import ui

from zhiyin.apps.console.charts import COLOURS, chart
from zhiyin.apps.console.figures import minute, percent
from zhiyin.apps.web.asking import ask_for_name
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit


async def build(visit: Visit) -> None:
    """Show all that is known of somebody, and from where."""
    say, user = visit.say, visit.ids["user"]
    known = await visit.client.user(user)
    portrait = await visit.client.portrait(user, language=visit.language)
    attributes = known.get("attributes") or {}
    heading(user, " · ".join(f"{name}: {value}" for name, value in attributes.items()))
    with ui.element("div").classes("zy-row zy-actions"):
        ui.link(say("people.why"), f"/console/why?user={quote(user)}").classes("zy-chip")
        ui.button(say("people.export"), icon="download", on_click=lambda: _export(user, known, portrait)).props("outline dense no-caps")  # fmt: skip
        if visit.session.allows("admin"):
            ui.button(say("people.forget"), icon="delete_forever", on_click=lambda: _forget(visit, user)).props("outline dense no-caps color=negative")  # fmt: skip
    _portrait(visit, portrait["statements"])
    with ui.element("div").classes("zy-grid"):
        _history(visit, known["events"])
        await _recommended(visit, user)
    await _ties(visit, user)


def _portrait(visit: Visit, statements: list[dict[str, Any]]) -> None:
    say = visit.say
    with section(say("people.portrait"), say("people.portrait_lead")):
        rows = [
            {"text": one["text"], "kind": one["kind"], "share": one.get("share"), "events": one.get("events"),
             "evidence": " · ".join(str(it.get("title") or it.get("text") or it.get("item") or "") for it in one["evidence"])}
            for one in statements
        ]  # fmt: skip
        columns = [
            Column("text", say("people.sentence")),
            Column("events", say("people.events"), "right"),
            Column("share", say("people.share"), "right", shown=percent),
            Column("evidence", say("people.evidence")),
        ]
        table(say, columns, rows, name="portrait", empty=(say("people.nothing_known"), say("people.nothing_known_lead")))  # fmt: skip


def _history(visit: Visit, events: list[dict[str, Any]]) -> None:
    say = visit.say
    with section(say("people.history")):
        columns = [
            Column("time", say("people.time"), shown=minute),
            Column("type", say("people.did")),
            Column(
                "title",
                say("people.item"),
                link=lambda row: f"/console/catalogue/{quote(row['item'], safe='')}",
            ),
        ]
        table(
            say,
            columns,
            events,
            name="history",
            empty=(say("people.no_events"), say("people.no_events_lead")),
        )


async def _recommended(visit: Visit, user: str) -> None:
    say = visit.say
    page = await visit.client.explain_page({"user": user, "n": 10, "language": visit.language})
    rows = [
        {"place": place, "item": one["item"], "title": one["title"], "why": " · ".join(f"{it['text']} ({it['share']:.0%})" for it in one["reasons"])}
        for place, one in enumerate(page["items"], start=1)
    ]  # fmt: skip
    with section(say("people.recommended")):
        columns = [
            Column("place", say("people.place"), "right"),
            Column(
                "title",
                say("people.item"),
                link=lambda row: f"/console/catalogue/{quote(row['item'], safe='')}",
            ),
            Column("why", say("people.reasons")),
        ]
        table(say, columns, rows, name="recommended")


async def _ties(visit: Visit, user: str) -> None:
    say = visit.say
    ties = (await visit.client.ties(user, n=50))["ties"]
    trusted = {
        one["user"]: one for one in (await visit.client.trusted(user, n=50)).get("people", ())
    }
    with section(say("people.ties"), say("people.ties_lead")):
        if not ties:
            notice("group_off", say("people.no_ties"))
            return
        _graph(visit, user, ties)
        rows = [
            {**one, "exchanges": ", ".join(f"{kind} {n}" for kind, n in one["exchanges"].items()),
             "trust": (trusted.get(one["user"]) or {}).get("trust")}
            for one in ties
        ]  # fmt: skip
        columns = [
            Column(
                "user",
                say("people.who"),
                link=lambda row: f"/console/people/{quote(row['user'], safe='')}",
            ),
            Column("kind", say("people.kind")),
            Column("strength", say("people.strength"), "right", shown=percent),
            Column("trust", say("people.trust"), "right", shown=percent),
            Column("exchanges", say("people.exchanges")),
            Column("last", say("people.last"), shown=minute),
        ]
        table(say, columns, rows, name="ties")


def _graph(visit: Visit, user: str, ties: list[dict[str, Any]]) -> None:
    """Draw the person among those they know: the closer, the thicker the line and the larger the circle."""
    kinds = sorted({one["kind"] for one in ties})
    nodes = [
        {"name": user, "symbolSize": 40, "itemStyle": {"color": "#1c2421"}, "label": {"show": True}}
    ]
    nodes += [
        {"name": one["user"], "symbolSize": 10 + 22 * one["strength"], "category": kinds.index(one["kind"]), "label": {"show": True, "position": "bottom"}}
        for one in ties
    ]  # fmt: skip
    links = [
        {"source": user, "target": one["user"], "lineStyle": {"width": 1 + 5 * one["strength"]}}
        for one in ties
    ]
    series = {
        "type": "graph", "layout": "circular", "left": 70, "right": 70, "top": 60, "bottom": 50, "roam": False, "data": nodes, "links": links,
        "categories": [{"name": kind} for kind in kinds], "lineStyle": {"color": "#b9c5c0"},
    }  # fmt: skip
    options = {"legend": {"data": kinds, "top": 0}, "color": list(COLOURS), "series": [series]}
    says = visit.say("people.graph_says", user=user, n=len(ties), closest=ties[0]["user"])
    chart(options, says, tall=True)


def _export(user: str, known: dict[str, Any], portrait: dict[str, Any]) -> None:
    told = json.dumps({"user": known, "portrait": portrait}, ensure_ascii=False, indent=1)
    ui.download(told.encode(), f"{user}.json")


async def _forget(visit: Visit, user: str) -> None:
    if not await ask_for_name(visit.say, visit.say("people.forget_lead", user=user), user):
        return
    receipt = await visit.client.forget(user)
    with ui.dialog() as dialog, ui.element("div").classes("zy-card zy-dialog"):
        ui.label(visit.say("people.forgotten"))
        ui.code(json.dumps(receipt, ensure_ascii=False, indent=1), language="json")
        ui.button(
            visit.say("frame.close"), on_click=lambda: ui.navigate.to("/console/people")
        ).props("no-caps")
    dialog.open()


PERSON = Page("/console/people/{user:path}", "people.title", "operate", build)
