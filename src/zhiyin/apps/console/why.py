"""The console's answer to why a page is as it is: who proposed what, what was taken out, how the rest was judged and moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import ui

from zhiyin.apps.console.charts import COLOURS, chart
from zhiyin.apps.console.filters import field, select
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit

_SURFACES = ("home", "hot", "feed", "rebuy", "search")
_BARS = 15
_LEAST = 5e-4
"""Smaller parts of a score are not told."""


async def build(visit: Visit) -> None:
    """Show a page that is made now for anybody, stage by stage, beside another setting of the dial where one is asked for."""
    heading(visit.say("why.title"), visit.say("why.lead"))
    _form(visit)
    dials = [visit.query.get("diversity", ""), visit.query.get("beside", "")]
    runs = [await visit.client.explain_page(_asked(visit, dials[0]))]
    if dials[1]:
        runs.append(await visit.client.explain_page(_asked(visit, dials[1])))
    if why := runs[0]["why"]:
        _why(visit, why)
    _flow(visit, runs[0])
    _sources(visit, runs[0])
    _filters(visit, runs[0])
    with ui.element("div").classes("zy-grid" if len(runs) > 1 else ""):
        for run, dial in zip(runs, dials, strict=False):
            _judged(visit, run, dial, is_whole=len(runs) == 1)


def _asked(visit: Visit, diversity: str) -> dict[str, Any]:
    query = visit.query
    asked: dict[str, Any] = {"language": visit.language, "n": int(query.get("n") or 10)}
    asked |= {
        name: query[name].strip()
        for name in ("user", "item", "text", "surface")
        if query.get(name, "").strip()
    }
    if asked.get("surface") == "search" and "text" not in asked:
        asked.pop("surface")
    return asked | ({"diversity": float(diversity)} if diversity else {})


def _form(visit: Visit) -> None:
    say, query = visit.say, visit.query
    with (
        section(say("why.ask")),
        ui.element("form").props('method="get"').classes("zy-row zy-filter"),
    ):
        field("user", say("why.user"), query.get("user", ""))
        select(
            "surface", say("why.surface"), {one: one for one in _SURFACES}, query.get("surface", "")
        )
        field("text", say("why.text"), query.get("text", ""))
        field("n", say("why.n"), query.get("n", "10"), 'type="number" min="1" max="50"')
        for name in ("diversity", "beside"):
            field(
                name,
                say(f"why.{name}"),
                query.get(name, ""),
                'type="number" min="0" max="1" step="0.05"',
            )
        field("item", say("why.item"), query.get("item", ""))
        ui.button(say("why.show")).props("unelevated dense no-caps type=submit")


def _why(visit: Visit, why: Mapping[str, Any]) -> None:
    with section(visit.say("why.of_item", title=why["title"] or why["item"])).classes("zy-verdict"):
        ui.label(why["verdict"]["text"]).classes("zy-verdict-text")
        with ui.element("ol").classes("zy-steps"):
            for step in why["steps"]:
                with ui.element("li"):
                    ui.label(step)


def _flow(visit: Visit, run: Mapping[str, Any]) -> None:
    """Draw how many candidates there were after each kind of stage."""
    say = visit.say
    n = sum(one["proposed"] for one in run["sources"])
    filters = [one for one in run["filters"] if one["given"]]
    different = filters[0]["given"] if filters else n
    steps = [(say("why.proposed"), n), (say("why.different"), different)]
    steps += [(say("why.allowed"), run["allowed"]), (say("why.page"), len(run["items"]))]
    with section(say("why.flow")), ui.element("ol").classes("zy-flow"):
        for label, count in steps:
            with ui.element("li"):
                ui.label(f"{count:,}").classes("zy-figure-value")
                ui.label(label).classes("zy-quiet")


def _sources(visit: Visit, run: Mapping[str, Any]) -> None:
    say = visit.say
    rows = [
        {
            "name": one["name"],
            "proposed": one["proposed"],
            "best": " · ".join(str(item["title"]) for item in one["best"][:3]),
        }
        for one in run["sources"]
    ]
    with section(say("why.sources"), say("why.sources_lead")):
        table(
            say,
            [
                Column("name", say("why.source")),
                Column("proposed", say("why.n_proposed"), "right"),
                Column("best", say("why.best")),
            ],
            rows,
            name="sources",
        )


def _filters(visit: Visit, run: Mapping[str, Any]) -> None:
    say = visit.say
    with section(say("why.filters"), say("why.filters_lead")):
        if not any(one["dropped"] for one in run["filters"]):
            notice("filter_alt_off", say("why.nothing_dropped"))
        for one in run["filters"]:
            if not one["dropped"]:
                continue
            kind = say("why.hard" if one["hard"] else "why.soft")
            with ui.expansion(f"{one['name']} · {kind} · −{one['dropped']}").classes(
                "zy-expansion"
            ):
                table(
                    say, [_item(visit)], [{**item} for item in one["items"]], name=f"dropped-by-{one['name']}",
                )  # fmt: skip


def _judged(visit: Visit, run: Mapping[str, Any], dial: str, *, is_whole: bool) -> None:
    say = visit.say
    title = say("why.scores") if not dial else say("why.scores_at", dial=dial)
    with section(title, say("why.scores_lead")):
        shown = [one for one in run["judged"] if one["place"]]
        if not shown:
            notice("list", say("why.empty_page"))
            return
        _bars(visit, shown[:_BARS])
        rows = [_row(one) for one in (run["judged"] if is_whole else shown)]
        columns = [
            Column("place", say("why.place"), "right"),
            Column("rank", say("why.rank"), "right"),
            _item(visit),
            Column("score", say("why.score"), "right", shown=_figure),
        ]
        if is_whole:
            columns += [
                Column("parts", say("why.parts")),
                Column("sources", say("why.proposed_by")),
                Column("moves", say("why.moved")),
            ]
        table(say, columns, rows, name="judged")


def _figure(score: float | None) -> str:
    return "" if score is None else f"{score:.4f}"


def _bars(visit: Visit, shown: Sequence[Mapping[str, Any]]) -> None:
    """Draw the named parts of each score."""
    parts = [_parts(one) for one in shown]
    names = list(dict.fromkeys(name for one in parts for name in one))
    labels = [f"{one['place']} {str(one['title'])[:28]}" for one in shown]
    options = {
        "grid": {"left": 8, "right": 16, "top": 32, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0, "left": 0, "type": "scroll"},
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "inverse": True, "data": labels},
        "series": [
            {
                "name": name, "type": "bar", "stack": "score", "itemStyle": {"color": COLOURS[at % len(COLOURS)]},
                "data": [round(one.get(name) or 0, 4) for one in parts],
            }
            for at, name in enumerate(names)
        ],
    }  # fmt: skip
    chart(options, visit.say("why.bars_say", n=len(shown), parts=", ".join(names)), tall=True)


def _parts(one: Mapping[str, Any]) -> dict[str, float]:
    """Return the parts of a score, of all scorers; one without parts is a part itself."""
    return {
        name: value
        for scorer in one["scorers"]
        for name, value in (scorer["parts"] or {scorer["name"]: scorer["score"]}).items()
        if value is not None and abs(value) >= _LEAST
    }


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    parts = [f"{name} {value:.3f}" for name, value in _parts(one).items()]
    return {
        **{name: one[name] for name in ("item", "title", "place", "rank", "score")},
        "parts": " · ".join(parts),
        "sources": ", ".join(one["sources"]),
        "moves": " · ".join(_moves(one)),
    }


def _moves(one: Mapping[str, Any]) -> list[str]:
    """Return by whom an item was moved; that the last re-ranker cuts the list at the page's end is no move."""
    return [
        f"{move['name']}: {move['before']} → {move['after'] or '–'}"
        for move in one["rerankers"]
        if move["after"] not in (move["before"], None)
    ]


def _item(visit: Visit) -> Column:
    return Column(
        "title",
        visit.say("why.title_of_item"),
        link=lambda row: f"/console/catalogue/{row['item']}" if row.get("item") else "",
    )


WHY = Page("/console/why", "why.title", "operate", build, icon="psychology_alt")
