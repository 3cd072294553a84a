"""Pipelines as they run: a row of boxes, one for each stage."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import ui

from zhiyin.apps.console.filters import address
from zhiyin.apps.web.visit import Visit
from zhiyin.apps.web.words import Words


def draw_pipelines(visit: Visit, pipelines: Sequence[Mapping[str, Any]]) -> None:
    """Draw the stages of the surface that the URL names, the first unless it does, with a way to the others.

    Args:
        visit: whose URL says which.
        pipelines: as ``GET /v1/system`` has them.
    """
    say, wanted = visit.say, visit.query.get("surface")
    shown = next((one for one in pipelines if one["surface"] == wanted), pipelines[0])
    with (
        ui.element("nav")
        .classes("zy-row zy-tight")
        .props(f'aria-label="{say("overview.surface")}"')
    ):
        for one in pipelines:
            link = ui.link(one["surface"], f"{address(visit, surface=one['surface'])}#pipelines")
            link.classes("zy-chip")
            if one is shown:
                link.props('aria-current="true"')
    limits = {"ms": f"{shown['budget_ms']:g}", "n": shown["candidates_per_source"]}
    ui.label(say("system.budget", **limits)).classes("zy-quiet")
    with ui.element("ol").classes("zy-stages"):
        for stage in shown["stages"]:
            _draw(say, stage)


def _draw(say: Words, stage: Mapping[str, Any]) -> None:
    parts = stage["parts"]
    with ui.element("li").classes("zy-stage" if parts else "zy-stage zy-stage-empty"):
        ui.label(say(f"system.{stage['family']}")).classes("zy-quiet")
        for part in parts:
            with ui.element("span").classes("zy-chip"):
                ui.label(part["name"])
                if part["options"]:
                    ui.icon("tune").props('aria-hidden="true"')
                    ui.tooltip(json.dumps(part["options"], ensure_ascii=False))
        if not parts:
            ui.label(say("system.none")).classes("zy-quiet")
