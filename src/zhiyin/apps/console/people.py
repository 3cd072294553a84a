"""The console's people: somebody by id, and the network they form."""

from __future__ import annotations

from urllib.parse import quote

from nicegui import ui

from zhiyin.apps.console.figures import Figure, figures, percent
from zhiyin.apps.console.filters import field
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit

_N = 200


async def build(visit: Visit) -> None:
    """Find somebody, and show the communities that people form."""
    say = visit.say
    if wanted := visit.query.get("user", "").strip():
        ui.navigate.to(f"/console/people/{quote(wanted, safe='')}")
        return
    heading(say("people.title"), say("people.lead"))
    with (
        section(say("people.find")),
        ui.element("form").props('method="get"').classes("zy-row zy-filter"),
    ):
        field("user", say("people.user"), "")
        ui.button(say("people.show")).props("unelevated dense no-caps type=submit")
    network = await visit.client.network()
    figures(
        [
            Figure(say("people.n_people"), f"{network['people']:,}"),
            Figure(say("people.n_ties"), f"{network['ties']['declared']:,}"),
            Figure(say("people.reciprocity"), percent(network["ties"]["reciprocity"])),
            Figure(say("people.n_communities"), f"{network['communities']['number']:,}"),
        ]
    )
    with section(say("people.communities"), say("people.communities_lead")):
        rows = [
            {
                "people": one["people"],
                "prefers": " · ".join(
                    f"{it['facet']}: {it['value']} ×{it['times']}" for it in one["prefers"]
                ),
            }
            for one in network["communities"]["largest"]
        ]
        columns = [
            Column("people", say("people.n_people"), "right"),
            Column("prefers", say("people.prefers")),
        ]
        table(say, columns, rows, name="communities", empty=(say("people.no_communities"), say("people.no_communities_lead")))  # fmt: skip
    if visit.session.allows("admin"):
        await _listed(visit)


async def _listed(visit: Visit) -> None:
    say = visit.say
    after = visit.query.get("after", "")
    page = await visit.client.users(limit=_N, after=int(after) if after.isdecimal() else None)
    rows = [
        {"id": one["id"], "created": str(one.get("created") or "")[:10],
         "known": " · ".join(f"{k}: {v}" for k, v in (one.get("attributes") or {}).items())}
        for one in page["users"]
    ]  # fmt: skip
    with section(say("people.all"), say("people.all_lead", n=_N)):
        columns = [
            Column(
                "id",
                say("people.user"),
                link=lambda row: f"/console/people/{quote(row['id'], safe='')}",
            ),
            Column("created", say("people.since")),
            Column("known", say("people.known")),
        ]
        table(say, columns, rows, name="people")
        if page.get("next") is not None:
            ui.link(say("people.next"), f"/console/people?after={page['next']}").classes("zy-chip")


PEOPLE = Page("/console/people", "people.title", "operate", build, icon="group")
