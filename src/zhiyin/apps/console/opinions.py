"""The console's opinions: what reviews say of goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from nicegui import ui

from zhiyin.apps.console.charts import chart, heat, over_time
from zhiyin.apps.console.figures import Figure, figures, percent
from zhiyin.apps.console.filters import Choice, address, days_asked, range_bar, until_asked
from zhiyin.apps.portrait_names import name_of
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit
from zhiyin.apps.web.words import Words

_USUAL_DAYS = 90
_FEW = 5
_LINES = 5
_COLUMNS, _ROWS = 10, 14
_POLARITIES = ("positive", "neutral", "negative")
_MARKS = {"positive": "thumb_up", "neutral": "remove", "negative": "thumb_down"}
_CLEAR = 0.15
"""A balance that moved by less within a week is not spoken of."""


async def build(visit: Visit) -> None:
    """Show what is said this week, over time, by category, and in a few reviews that stand for many."""
    say = visit.say
    told = await visit.client.opinions_over_time(
        days=days_asked(visit, _USUAL_DAYS), until=until_asked(visit), category=visit.query.get("category"),
        aspect=visit.query.get("aspect"), language=visit.language,
    )  # fmt: skip
    heading(say("opinions.title"), say("opinions.lead"))
    range_bar(visit, told, _choices(visit, told))
    if not told["aspects"]:
        notice("reviews", say("opinions.nothing"), say("opinions.nothing_do"))
        return
    figures(_figures(visit, told))
    with ui.element("div").classes("zy-grid"):
        _week(visit, told)
        _over_time(visit, told)
    _representative(visit, told["representative"])
    _cells(visit, told["cells"])
    with section(say("opinions.by_aspect")).props('id="aspects"'):
        link = Column("aspect", say("opinions.aspect"), link=lambda row: address(visit, aspect=row["id"]))  # fmt: skip
        rows = [{**one, "id": one["aspect"], "aspect": _aspect(visit, one)} for one in told["aspects"]]  # fmt: skip
        table(say, [link, *_counts(say)], rows, name="aspects")


def _choices(visit: Visit, told: Mapping[str, Any]) -> list[Choice]:
    say = visit.say
    names = sorted({one["category"] for one in told["categories"]} | {told["category"]})
    categories = {"": say("range.all"), **{one: one for one in names if one}}
    ids = {one["aspect"] for one in told["aspects"]} | ({told["aspect"]} - {""})
    aspects = {one: name_of("aspect", one, visit.language) for one in sorted(ids)}
    return [
        Choice("category", say("opinions.category"), categories),
        Choice("aspect", say("opinions.aspect"), {"": say("range.all"), **aspects}),
    ]


def _figures(visit: Visit, told: Mapping[str, Any]) -> list[Figure]:
    say, reviews = visit.say, told["reviews"]
    said = sum(one["n"] for one in told["aspects"])
    praise = sum(one["positive"] for one in told["aspects"])
    shown = [
        Figure(say("opinions.reviews"), f"{reviews['n']:,}", link="#representative"),
        Figure(say("opinions.rating"), "–" if reviews["rating"] is None else f"{reviews['rating']:.2f}", link="#representative"),
        Figure(say("opinions.said"), f"{said:,}", say("opinions.said_note", share=percent(praise / said)), "#aspects"),
    ]  # fmt: skip
    often = [one for one in told["aspects"] if one["n"] >= max(_FEW, said // 50)]
    if len(often) > 1:
        by_net = sorted(often, key=lambda one: (one["net"], one["n"]))
        for label, one in (("loved", by_net[-1]), ("blamed", by_net[0])):
            note = say("opinions.of_at_least", net=_net(one["net"]), n=max(_FEW, said // 50))
            link = address(visit, aspect=one["aspect"]) + "#representative"
            shown.append(Figure(say(f"opinions.{label}"), _aspect(visit, one), note, link))
    return shown


def _week(visit: Visit, told: Mapping[str, Any]) -> None:
    say, week = visit.say, told["week"]
    with section(say("opinions.week"), say("opinions.week_lead", until=told["until"])):
        reviews, before = week["reviews"], week["reviews_before"]["rating"]
        if not reviews["n"]:
            notice("reviews", say("opinions.week_none"))
            return
        rating = "–" if reviews["rating"] is None else f"{reviews['rating']:.2f}"
        earlier = "–" if before is None else f"{before:.2f}"
        ui.label(say("opinions.week_reviews", n=reviews["n"], rating=rating, before=earlier))
        known = [one for one in week["aspects"] if min(one["n"], one["n_before"]) >= _FEW]
        moved = sorted(known, key=lambda one: one["net_before"] - one["net"])
        better = [one for one in moved if one["net"] - one["net_before"] >= _CLEAR]
        worse = [one for one in moved[::-1] if one["net_before"] - one["net"] >= _CLEAR]
        for key, those in (("week_better", better), ("week_worse", worse)):
            if those:
                named = say("opinions.between").join(_moved(visit, one) for one in those[:4])
                ui.label(say(f"opinions.{key}", aspects=named))
        if not better and not worse:
            ui.label(say("opinions.week_same"))
        with ui.element("ul").classes("zy-said"):
            for one in week["aspects"][:8]:
                _line(visit, one)


def _line(visit: Visit, one: Mapping[str, Any]) -> None:
    """Draw an aspect as a bar of praise, neither and complaints."""
    with ui.element("li"):
        ui.link(_aspect(visit, one), address(visit, aspect=one["aspect"]))
        ui.label(str(one["n"])).classes("zy-number")
        shares = ", ".join(f"{visit.say(f'opinions.{name}')} {one[name]}" for name in _POLARITIES)
        with ui.element("div").classes("zy-bar").props('role="img"') as bar:
            bar._props["aria-label"] = shares
            ui.tooltip(shares)
            for name in _POLARITIES:
                ui.element("div").classes(f"zy-{name}").style(f"width: {100 * one[name] / one['n']:.2f}%")  # fmt: skip


def _over_time(visit: Visit, told: Mapping[str, Any]) -> None:
    say = visit.say
    often = [told["aspect"]] if told["aspect"] else [one["aspect"] for one in told["aspects"][:_LINES]]  # fmt: skip
    periods = sorted({one["period"] for one in told["periods"]})
    at = {(one["aspect"], one["period"]): one for one in told["periods"]}
    lines: dict[str, list[float | None]] = {}
    for aspect in often:
        points = [at.get((aspect, period)) for period in periods]
        name = name_of("aspect", aspect, visit.language)
        lines[name] = [round(100 * one["net"]) if one and one["n"] >= _FEW else None for one in points]  # fmt: skip
    lead = say("opinions.over_time_lead", period=say(f"opinions.by_{told['period']}"), n=_FEW)
    with section(say("opinions.over_time"), lead):
        named = say("opinions.between").join(lines)
        chart(
            over_time(periods, lines, ends=(-100, 100)),
            say("opinions.over_time_chart", aspects=named),
        )
        rows = [{**one, "aspect": _aspect(visit, one)} for one in told["periods"]]
        rows.sort(key=lambda one: one["period"], reverse=True)
        columns = [Column("period", say("opinions.period")), Column("aspect", say("opinions.aspect")), *_counts(say)]  # fmt: skip
        with ui.expansion(say("range.table")).classes("zy-more"):
            table(say, columns, rows, name="opinions-over-time")


def _representative(visit: Visit, reviews: Sequence[Mapping[str, Any]]) -> None:
    say = visit.say
    with (
        section(say("opinions.representative"), say("opinions.representative_lead")).props('id="representative"'),
        ui.element("div").classes("zy-reviews"),
    ):  # fmt: skip
        for one in reviews:
            with ui.element("article").classes("zy-review"):
                with ui.element("div").classes("zy-row"):
                    ui.link(one["title"] or one["item"] or "", f"/console/catalogue/{quote(one['item'] or '', safe='')}")  # fmt: skip
                    if one["rating"] is not None:
                        _stars(say, one["rating"])
                    ui.label((one["time"] or "")[:10]).classes("zy-quiet")
                ui.label(one["text"] or "")._props["lang"] = one["language"] or ""
                with ui.element("div").classes("zy-row"):
                    told = {(said["aspect"], said["polarity"]): said for said in one["says"]}
                    for said in told.values():
                        _said(visit, said)


def _stars(say: Words, rating: float) -> None:
    whole = max(0, min(5, round(rating)))
    shown = ui.label("★" * whole + "☆" * (5 - whole)).classes("zy-stars").props('role="img"')
    shown._props["aria-label"] = say("opinions.stars", n=f"{rating:g}")


def _said(visit: Visit, said: Mapping[str, Any]) -> None:
    polarity = said["polarity"]
    with ui.element("span").classes(f"zy-chip zy-said-{polarity}"):
        ui.icon(_MARKS[polarity]).props('role="img"')._props["aria-label"] = visit.say(
            f"opinions.{polarity}"
        )
        ui.label(_aspect(visit, said))
        if said["span"]:
            ui.tooltip(said["span"])


def _cells(visit: Visit, cells: Sequence[Mapping[str, Any]]) -> None:
    say = visit.say
    often = [one for one in cells if one["n"] >= _FEW]
    if not often:
        return
    rows, columns = (_most(often, by, n) for by, n in (("category", _ROWS), ("aspect", _COLUMNS)))
    points = [
        (columns.index(one["aspect"]), rows.index(one["category"]), round(100 * one["net"]))
        for one in often
        if one["aspect"] in columns and one["category"] in rows
    ]
    with section(say("opinions.cells"), say("opinions.cells_lead", n=_FEW)):
        named = [name_of("aspect", one, visit.language) for one in columns]
        called = [one or say("opinions.no_category") for one in rows]
        ends = say("opinions.negative"), say("opinions.positive")
        options = heat(named, called, points, ends)
        chart(options, say("opinions.cells_chart", rows=len(rows), columns=len(columns)), tall=True)
        told = [{**one, "aspect": _aspect(visit, one)} for one in cells]
        link = Column("category", say("opinions.category"), link=lambda row: address(visit, category=row["category"]))  # fmt: skip
        with ui.expansion(say("range.table")).classes("zy-more"):
            table(say, [link, Column("aspect", say("opinions.aspect")), *_counts(say)], told, name="opinions")  # fmt: skip


def _most(cells: Sequence[Mapping[str, Any]], by: str, n: int) -> list[str]:
    """Return the values that are spoken of most."""
    counts: dict[str, int] = {}
    for one in cells:
        counts[one[by]] = counts.get(one[by], 0) + one["n"]
    return sorted(counts, key=lambda value: (-counts[value], value))[:n]


def _counts(say: Words) -> list[Column]:
    counts = [Column(name, say(f"opinions.{name}"), "right") for name in ("n", *_POLARITIES)]
    return [*counts, Column("net", say("opinions.net"), "right", shown=_net)]


def _net(net: float) -> str:
    return f"{100 * net:+.0f}"


def _aspect(visit: Visit, one: Mapping[str, Any]) -> str:
    return name_of("aspect", one["aspect"], visit.language)


def _moved(visit: Visit, one: Mapping[str, Any]) -> str:
    return visit.say(
        "opinions.moved",
        aspect=_aspect(visit, one),
        before=_net(one["net_before"]),
        now=_net(one["net"]),
    )


OPINIONS = Page("/console/opinions", "opinions.title", "operate", build, icon="reviews")
