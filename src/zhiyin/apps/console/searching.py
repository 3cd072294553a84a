"""The console's search: what people look for in vain, how a query is understood, and words that mean the same."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from nicegui import ui

from zhiyin.apps.console.boosts import boosts
from zhiyin.apps.console.catalogue import address
from zhiyin.apps.console.figures import minute
from zhiyin.apps.console.filters import field
from zhiyin.apps.money import money
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import acted, notice
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit


async def build(visit: Visit) -> None:
    """Show searches without hits and without clicks, one query's understanding, and synonyms with a preview."""
    say = visit.say
    heading(say("searching.title"), say("searching.lead"))
    asked = visit.query.get("q", "").strip()
    with section(say("searching.understand"), say("searching.understand_lead")):
        with ui.element("form").props('method="get"').classes("zy-row zy-filter"):
            field("q", say("searching.query"), asked, 'type="text" maxlength="200"')
            ui.button(say("searching.show")).props("unelevated dense no-caps type=submit")
        if asked:
            await _understood(visit, asked)
    for without in ("results", "clicks"):
        with section(say(f"searching.without_{without}"), say("searching.without_lead")):
            await _searches(visit, without)
    await _synonyms(visit, asked)
    await boosts(visit, asked)


async def _understood(visit: Visit, asked: str) -> None:
    say = visit.say
    found = await visit.client.search(asked, n=10, language=visit.language)
    told = found["understanding"]
    _spans(told["text"], told["slots"])
    facts = [
        (say("searching.intent"), f"{told['intent']} ({told['confidence']:.0%})"),
        (say("searching.price"), _price(visit, told["price"])),
        (say("searching.categories"), ", ".join(f"{one['name']} {one['share']:.0%}" for one in told["categories"]) or "–"),
        (say("searching.exclusions"), ", ".join(map(str, told["exclusions"])) or "–"),
        (say("searching.corrections"), ", ".join(map(str, told["corrections"])) or "–"),
        (say("searching.found"), str(found["found"])),
    ]  # fmt: skip
    with ui.element("dl").classes("zy-facts-list"):
        for name, value in facts:
            with ui.element("dt"):
                ui.label(name)
            with ui.element("dd"):
                ui.label(value)
    rows = [
        {
            "item": one["item"],
            "title": one["title"],
            "why": " · ".join(it["text"] for it in one["reasons"]),
        }
        for one in found["items"]
    ]
    columns = [
        Column("title", say("catalogue.item"), link=lambda row: address(row["item"])),
        Column("why", say("catalogue.why")),
    ]
    table(
        say,
        columns,
        rows,
        name="hits",
        empty=(say("searching.no_hits"), say("searching.no_hits_lead")),
    )


def _price(visit: Visit, told: dict[str, Any] | None) -> str:
    """Return the prices that a query asks for; a dash for any."""
    if not told:
        return "–"
    ends = (told["low_minor"], told["high_minor"])
    return " – ".join(
        "" if one is None else money(one, told["currency"], visit.language) for one in ends
    )


def _spans(text: str, slots: list[dict[str, Any]]) -> None:
    """Show a query with what was read of it marked at its place."""
    with ui.element("p").classes("zy-spans"):
        at = 0
        for slot in sorted(slots, key=lambda one: one["start"]):
            if slot["start"] < at:
                continue
            ui.label(text[at : slot["start"]])
            with ui.element("mark"):
                ui.label(text[slot["start"] : slot["end"]])
                ui.label(f"{slot['name']}: {slot['value']}").classes("zy-quiet")
            at = slot["end"]
        ui.label(text[at:])


async def _searches(visit: Visit, without: str) -> None:
    say = visit.say
    found = (await visit.client.searches(without=without, n=200))["searches"]
    columns = [
        Column(
            "query",
            say("searching.query"),
            link=lambda row: f"/console/search?q={quote(row['query'])}",
        ),
        Column("times", say("searching.n"), "right"),
        Column("people", say("searching.people"), "right"),
        Column("last", say("searching.last"), shown=minute),
    ]
    table(say, columns, found, name=f"searches-without-{without}", empty=(say("searching.none"), say("searching.none_lead")))  # fmt: skip


async def _synonyms(visit: Visit, asked: str) -> None:
    say = visit.say
    with section(say("searching.synonyms"), say("searching.synonyms_lead")):
        standing = ui.element("div")
        await _standing(visit, standing)
        words = _input(say("searching.words"), asked)
        query = _input(say("searching.try_on"), asked)
        preview = ui.element("div")

        async def tried() -> None:
            synonym = {"words": _split(words.value)}
            told = await visit.client.preview_synonym(
                {"synonym": synonym, "q": query.value or words.value, "language": visit.language}
            )
            preview.clear()
            with preview, ui.element("div").classes("zy-grid"):
                for name in ("before", "after"):
                    with section(say(f"searching.{name}", n=len(told[name]))):
                        if not told[name]:
                            notice("search_off", say("searching.no_hits"))
                        for one in told[name]:
                            ui.link(one["title"] or one["item"], address(one["item"])).classes(
                                "zy-hit"
                            )

        async def added() -> None:
            await visit.client.add_synonym(
                {"words": _split(words.value), "set_by": visit.session.name}
            )
            ui.notify(say("searching.added"))
            await _standing(visit, standing)

        with ui.element("div").classes("zy-row"):
            ui.button(say("searching.preview"), on_click=acted(say, tried)).props("outline no-caps")
            ui.button(say("searching.add"), on_click=acted(say, added)).props("unelevated no-caps")
        await _proposed(visit)


async def _standing(visit: Visit, place: ui.element) -> None:
    say = visit.say
    found = (await visit.client.synonyms())["synonyms"]
    place.clear()
    with place:
        if not found:
            notice("translate", say("searching.no_synonyms"))
        for one in found:
            with ui.element("div").classes("zy-person"):
                ui.label(one["text"])
                ui.label(f"{one['set_by']} · {minute(one['set_at'])}").classes("zy-quiet")

                async def removed(synonym: str = one["id"]) -> None:
                    await visit.client.remove_synonym(synonym, by=visit.session.name)
                    await _standing(visit, place)

                ui.button(say("searching.remove"), on_click=removed).props("flat dense no-caps")


async def _proposed(visit: Visit) -> None:
    say = visit.say
    found = (await visit.client.proposed_synonyms(n=20))["proposed"]
    if found:
        with ui.element("h3"):
            ui.label(say("searching.proposed"))
        for one in found:
            ui.label(" = ".join(one["words"])).classes("zy-chip")


def _input(label: str, value: str) -> ui.input:
    shown = ui.input(label, value=value).props("outlined dense").classes("zy-wide")
    shown._props["aria-label"] = label
    return shown


def _split(words: str | None) -> list[str]:
    """Return words that are parted by commas or =."""
    parted = (words or "").replace("=", ",").replace("，", ",").split(",")
    return [one.strip() for one in parted if one.strip()]


SEARCHING = Page("/console/search", "searching.title", "operate", build, icon="manage_search")
