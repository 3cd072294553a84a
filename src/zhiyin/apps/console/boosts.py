"""Rules for searches: what is lifted, buried, pinned or left out, tried before it holds."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from zhiyin.apps.console.catalogue import address
from zhiyin.apps.console.figures import minute
from zhiyin.apps.web.frame import section
from zhiyin.apps.web.states import acted, notice
from zhiyin.apps.web.visit import Visit

_KINDS = ("boost", "bury", "pin", "exclude")
_HOW: dict[str, dict[str, Any]] = {"pin": {"place": 1}, "boost": {"strength": 0.5}}
"""Where a pin stands, and by how much of the range of scores a boost lifts."""
_SURFACE = "search"


async def boosts(visit: Visit, asked: str) -> None:
    """Show the rules that hold, and a form for another with a preview.

    Args:
        visit: who looks.
        asked: the query that is looked at; empty for none.
    """
    say = visit.say
    with section(say("searching.rules"), say("searching.rules_lead")):
        standing = ui.element("div")
        await _standing(visit, standing)
        kinds = {one: say(f"searching.rule_{one}") for one in _KINDS}
        kind = ui.select(kinds, value="boost", label=say("searching.rule_kind")).props(
            "outlined dense"
        )
        kind.classes("zy-wide")._props["aria-label"] = say("searching.rule_kind")
        items = _input(say("searching.rule_items"), "")
        query = _input(say("searching.rule_query"), asked)
        preview = ui.element("div")

        def rule() -> dict[str, Any]:
            wanted = [one.strip() for one in (items.value or "").replace("，", ",").split(",")]
            told: dict[str, Any] = {"kind": kind.value, "items": [one for one in wanted if one]}
            told |= {"surfaces": [_SURFACE], "query": (query.value or "").strip()}
            return told | _HOW.get(kind.value, {})

        async def tried() -> None:
            body = {"rule": rule(), "surface": _SURFACE, "q": query.value or None, "n": 5}
            told = await visit.client.preview_rule(body | {"language": visit.language})
            preview.clear()
            with preview, ui.element("div").classes("zy-grid"):
                for name in ("before", "after"):
                    with section(say(f"searching.{name}", n=len(told[name]))):
                        if not told[name]:
                            notice("search_off", say("searching.no_hits"))
                        for one in told[name]:
                            ui.link(one["title"] or one["id"], address(one["id"])).classes("zy-hit")

        async def added() -> None:
            await visit.client.add_rule(rule() | {"set_by": visit.session.name})
            ui.notify(say("searching.added"))
            await _standing(visit, standing)

        with ui.element("div").classes("zy-row"):
            ui.button(say("searching.rule_preview"), on_click=acted(say, tried)).props(
                "outline no-caps"
            )
            ui.button(say("searching.rule_add"), on_click=acted(say, added)).props(
                "unelevated no-caps"
            )


async def _standing(visit: Visit, place: ui.element) -> None:
    say = visit.say
    rules = (await visit.client.rules())["rules"]
    place.clear()
    with place:
        if not rules:
            notice("rule", say("searching.no_rules"))
        for one in rules:
            with ui.element("div").classes("zy-person"):
                kind = f"searching.rule_{one['kind']}"
                ui.label(say(kind) if say.has(kind) else one["kind"]).classes("zy-chip")
                ui.label(" · ".join(filter(None, (one["where"], one["query"]))))
                ui.label(f"{one['set_by']} · {minute(one['set_at'])}").classes("zy-quiet")

                async def removed(rule: str = one["id"]) -> None:
                    await visit.client.remove_rule(rule, by=visit.session.name)
                    await _standing(visit, place)

                ui.button(say("searching.remove"), on_click=removed).props("flat dense no-caps")


def _input(label: str, value: str) -> ui.input:
    shown = ui.input(label, value=value).props("outlined dense").classes("zy-wide")
    shown._props["aria-label"] = label
    return shown
