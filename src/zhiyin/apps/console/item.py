"""One item: what is known of it and how, what people say, and what goes with it."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from zhiyin.apps.console.catalogue import address
from zhiyin.apps.console.charts import BAD, GOOD, NEITHER, chart
from zhiyin.apps.console.figures import Figure, figures, percent
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.goods import price, said
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.pictures import product_url
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit

_MOODS = (("positive", GOOD), ("neutral", NEITHER), ("negative", BAD))


async def build(visit: Visit) -> None:
    """Show an item's portrait with where each fact is from, opinions by aspect, and neighbours."""
    say, key = visit.say, visit.ids["item"]
    item = await visit.client.item(key)
    portrait = await visit.client.item_portrait(key, language=visit.language)
    with ui.element("div").classes("zy-row zy-actions"):
        drawn = ui.element("img").classes("zy-thumb").props('alt="" width="72" height="72"')
        drawn._props["src"] = product_url(item)
        heading(said(item, "title", visit.language), key)
    position = (portrait.get("price") or {}).get("position")
    figures(
        [
            Figure(say("catalogue.price"), price(item, visit.language) or "–", say("catalogue.cheaper_than", share=percent(None if position is None else 1 - position, 0))),
            Figure(say("catalogue.stock"), str(item.get("stock", "–"))),
            Figure(say("catalogue.people"), str(portrait.get("people", "–"))),
            Figure(say("catalogue.age"), str(portrait.get("age_days", "–"))),
        ]
    )  # fmt: skip
    _facts(visit, item, portrait)
    _opinions(visit, (await visit.client.opinions(key))["aspects"])
    with ui.element("div").classes("zy-grid"):
        for name in ("similar", "together"):
            page = await getattr(visit.client, name)(key, n=10, language=visit.language)
            _neighbours(visit, name, page["items"])


def _facts(visit: Visit, item: dict[str, Any], portrait: dict[str, Any]) -> None:
    say = visit.say
    told = item.get("attributes") or {}
    rows = [
        {
            "name": one["facet"],
            "value": str(one["value"]),
            "method": one.get("method")
            or say("catalogue.told" if one["facet"] in told else "catalogue.counted"),
            "confidence": one.get("confidence"),
        }
        for one in portrait["facets"]
    ]
    rows += [
        {"name": one["group"], "value": f"{one['value']} ×{one['times']}", "method": say("catalogue.audience"), "confidence": None}
        for one in portrait["audience"]
    ]  # fmt: skip
    with section(say("catalogue.facts"), say("catalogue.facts_lead")):
        columns = [
            Column("name", say("catalogue.fact")), Column("value", say("catalogue.value")),
            Column("method", say("catalogue.method")),
            Column("confidence", say("catalogue.confidence"), "right", shown=percent),
        ]  # fmt: skip
        table(
            say,
            columns,
            rows,
            name="facts",
            empty=(say("catalogue.no_facts"), say("catalogue.no_facts_lead")),
        )


def _opinions(visit: Visit, aspects: list[dict[str, Any]]) -> None:
    say = visit.say
    with section(say("catalogue.opinions"), say("catalogue.opinions_lead")):
        if not aspects:
            notice("rate_review", say("catalogue.no_opinions"), say("catalogue.no_opinions_lead"))
            return
        names = [str(one["aspect"]) for one in aspects]
        series = [
            {"name": say(f"catalogue.{mood}"), "type": "bar", "stack": "mood", "itemStyle": {"color": colour},
             "data": [one.get(mood, 0) for one in aspects]}
            for mood, colour in _MOODS
        ]  # fmt: skip
        options = {
            "grid": {"left": 8, "right": 16, "top": 32, "bottom": 8, "containLabel": True},
            "legend": {"top": 0, "left": 0}, "tooltip": {"trigger": "axis"},
            "xAxis": {"type": "value"}, "yAxis": {"type": "category", "inverse": True, "data": names}, "series": series,
        }  # fmt: skip
        chart(options, say("catalogue.opinions_say", aspects=", ".join(names)))
        columns = [Column("aspect", say("catalogue.aspect"))]
        columns += [Column(mood, say(f"catalogue.{mood}"), "right") for mood, _ in _MOODS]
        table(say, columns, aspects, name="opinions")


def _neighbours(visit: Visit, name: str, items: list[dict[str, Any]]) -> None:
    say = visit.say
    rows = [
        {
            "item": one["item"],
            "title": one["title"],
            "why": " · ".join(it["text"] for it in one["reasons"]),
        }
        for one in items
    ]
    with section(say(f"catalogue.{name}")):
        columns = [
            Column("title", say("catalogue.item"), link=lambda row: address(row["item"])),
            Column("why", say("catalogue.why")),
        ]
        table(say, columns, rows, name=name, empty=(say("catalogue.no_neighbours"), say("catalogue.no_neighbours_lead")))  # fmt: skip


ITEM = Page("/console/catalogue/{item:path}", "catalogue.title", "operate", build)
