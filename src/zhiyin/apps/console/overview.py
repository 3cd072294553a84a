"""The console's overview: how the shop does."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from nicegui import ui

from zhiyin.apps.console.charts import bars_and_rate, chart, over_time
from zhiyin.apps.console.figures import Figure, ago, change, figures, lasting, percent
from zhiyin.apps.console.filters import Choice, address, days_asked, range_bar, until_asked
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit
from zhiyin.apps.web.words import Words

_USUAL_DAYS = 28
_DID = ("visits", "people", "views", "favourites", "carts", "purchases")
_OUTCOMES = ("shown", "clicked", "carted", "bought")
_SYSTEM = "/console/system"
_SURE = 1.96
"""Standard errors that a change must exceed before it is called one, so that chance alone does so once in twenty."""


async def build(visit: Visit) -> None:
    """Show the funnel, what is exposed, and how fresh all is."""
    say = visit.say
    told = await visit.client.overview(
        days=days_asked(visit, _USUAL_DAYS), until=until_asked(visit),
        surface=visit.query.get("surface"), language=visit.language,
    )  # fmt: skip
    heading(say("overview.title"), say("overview.lead"))
    surfaces = {one["surface"]: one["surface"] for one in [*told["surfaces"], *told["degraded"]]}
    surfaces |= {told["surface"]: told["surface"]} if told["surface"] else {}
    options = {"": say("range.all"), **dict(sorted(surfaces.items()))}
    range_bar(visit, told, [Choice("surface", say("overview.surface"), options)])
    figures(_figures(say, told))
    with ui.element("div").classes("zy-grid"):
        with section(say("overview.served"), say("overview.served_lead")):
            _served(say, told["served"])
        with section(say("overview.did"), say("overview.did_lead")):
            _did(say, told["did"])
    if told["did"]["visits"] or told["served"]["pages"]:
        _daily(say, told)
    if told["served"]["pages"]:
        with section(say("overview.by_surface")).props('id="surfaces"'):
            _surfaces(visit, told["surfaces"])
        with section(say("overview.by_item")).props('id="items"'):
            _items(say, told["items"])


def _figures(say: Words, told: Mapping[str, Any]) -> list[Figure]:
    now, before = told["served"], told["served_before"]
    did, exposure, fresh = told["did"], told["exposure"], told["freshness"]
    pages, degraded = (sum(one[name] for one in told["degraded"]) for name in ("pages", "degraded"))
    note, mood = _rate_change(say, now, before)
    return [
        Figure(
            say("overview.click_rate"), percent(now["click_rate"], 2), note,
            "#surfaces" if now["pages"] else "#days", mood, say("overview.click_rate_meaning"),
        ),
        Figure(
            say("overview.visits"), f"{did['visits']:,}",
            change(say, did["visits"], told["did_before"]["visits"]), "#days",
            meaning=say("overview.visits_meaning"),
        ),
        Figure(
            say("overview.coverage"), percent(exposure["coverage"]),
            say("overview.coverage_note", **exposure), "#items" if now["pages"] else "", meaning=say("overview.coverage_meaning"),
        ),
        Figure(
            say("overview.gini"), "–" if exposure["gini"] is None else f"{exposure['gini']:.3f}",
            say("overview.gini_note"), "#items" if now["pages"] else "", meaning=say("overview.gini_meaning"),
        ),
        Figure(
            say("overview.degraded"), percent(degraded / pages if pages else None),
            say("overview.degraded_note", pages=f"{pages:,}", degraded=f"{degraded:,}"), _SYSTEM,
            "bad" if degraded else "", say("overview.degraded_meaning"),
        ),
        Figure(
            say("overview.lag"), lasting(say, fresh["lag_s"]),
            say("overview.lag_note", ago=ago(say, fresh["last_event"])), _SYSTEM, meaning=say("overview.lag_meaning"),
        ),
        _snapshot(say, fresh),
    ]  # fmt: skip


def _rate_change(say: Words, now: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[str, str]:
    """Return in words how the click rate changed, and whether that is good, bad or may be chance."""
    note = change(say, now["click_rate"], before["click_rate"])
    if not now["pages"] or not before["click_rate"]:
        return note, ""
    moved = now["click_rate"] - before["click_rate"]
    if abs(moved) <= _SURE * math.hypot(now["click_rate_error"], before["click_rate_error"]):
        return say("overview.by_chance", change=note), ""
    return note, "good" if moved > 0 else "bad"


def _snapshot(say: Words, fresh: Mapping[str, Any]) -> Figure:
    if fresh["snapshot"] is None:
        return Figure(say("overview.snapshot"), "–", say("overview.snapshot_none"), _SYSTEM, "bad")
    events = fresh["events_since"]
    note = say(
        "overview.snapshot_note",
        ago=ago(say, fresh["trained"]),
        events="–" if events is None else f"{events:,}",
    )
    return Figure(say("overview.snapshot"), str(fresh["snapshot"]), note, _SYSTEM)


def _served(say: Words, served: Mapping[str, Any]) -> None:
    if not served["pages"]:
        notice("visibility_off", say("overview.no_pages"), say("overview.no_pages_do"))
        return
    ui.label(f"{say('overview.pages')}: {served['pages']:,}").classes("zy-quiet")
    steps = [(say(f"overview.{name}"), int(served[name])) for name in _OUTCOMES]
    notes = ["", *(
        say("overview.of_before", percent=percent(n / before if before else None, 2))
        for (_, before), (_, n) in pairwise(steps)
    )]  # fmt: skip
    _funnel(steps, notes)


def _did(say: Words, did: Mapping[str, int]) -> None:
    if not did["visits"]:
        notice("hourglass_empty", say("overview.nothing_done"), say("overview.nothing_done_do"))
        return
    ui.label(f"{say('overview.people')}: {did['people']:,}").classes("zy-quiet")
    names = ("visits", "views", "favourites", "carts", "purchases")
    notes = [say("overview.per_visit", n=f"{did[name] / did['visits']:.2f}") for name in names[1:]]
    _funnel([(say(f"overview.{name}"), did[name]) for name in names], ["", *notes])


def _funnel(steps: Sequence[tuple[str, int]], notes: Sequence[str]) -> None:
    """Draw steps as bars under one another, each as long as its number."""
    most = max((n for _, n in steps), default=0) or 1
    with ui.element("ol").classes("zy-funnel"):
        for (label, n), note in zip(steps, notes, strict=True):
            with ui.element("li"):
                ui.label(label)
                ui.label(f"{n:,}").classes("zy-number")
                with ui.element("div").classes("zy-bar").props('aria-hidden="true"'):
                    ui.element("div").style(f"width: {100 * n / most:.2f}%")
                ui.label(note).classes("zy-quiet")


def _daily(say: Words, told: Mapping[str, Any]) -> None:
    rows: list[dict[str, Any]] = told["daily"]
    days = [row["day"] for row in rows]
    with section(say("overview.daily")).props('id="days"'):
        with ui.element("div").classes("zy-charts"):
            if told["served"]["pages"]:
                shown = say("overview.shown"), [row["shown"] for row in rows]
                rate = f"{say('overview.click_rate')} %", [row["click_rate"] for row in rows]
                chart(bars_and_rate(days, shown, rate), say("overview.rate_chart", n=len(days)))
            if told["did"]["visits"]:
                names = ("visits", "views", "carts", "purchases")
                lines = {say(f"overview.{name}"): [row[name] for row in rows] for name in names}
                chart(over_time(days, lines, log=True), say("overview.daily_chart", n=len(days)))
        counts = [Column(name, say(f"overview.{name}"), "right") for name in _DID]
        columns = [Column("day", say("overview.day")), *counts]
        if told["served"]["pages"]:
            columns += [Column("pages", say("overview.pages"), "right"), *_outcomes(say)]
        with ui.expansion(say("range.table")).classes("zy-more"):
            table(say, columns, rows[::-1], name="days")


def _surfaces(visit: Visit, rows: Sequence[Mapping[str, Any]]) -> None:
    say = visit.say

    def narrowed(row: Mapping[str, Any]) -> str:
        return address(visit, surface=row["surface"])

    columns = [
        Column("surface", say("overview.surface"), link=narrowed),
        Column("pages", say("overview.pages"), "right"),
        *_outcomes(say),
    ]
    table(say, columns, rows, name="pages")


def _items(say: Words, rows: Sequence[Mapping[str, Any]]) -> None:
    def at(row: Mapping[str, Any]) -> str:
        return f"/console/catalogue/{quote(row['item'], safe='')}"

    columns = [
        Column("title", say("overview.item"), link=at),
        Column("item", say("overview.id")),
        *_outcomes(say),
    ]
    rated = [
        {**one, "title": one["title"] or one["item"], "click_rate": one["clicked"] / one["shown"]}
        for one in rows
    ]
    table(say, columns, rated, name="items")


def _outcomes(say: Words) -> list[Column]:
    counts = [Column(name, say(f"overview.{name}"), "right") for name in _OUTCOMES]
    rate = Column("click_rate", say("overview.click_rate"), "right", shown=lambda one: percent(one, 2))  # fmt: skip
    return [*counts, rate]


OVERVIEW = Page("/console", "overview.title", "operate", build, icon="insights")
