"""The console's system: what the shop runs on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import ui

from zhiyin.apps.console.figures import Figure, figures, lasting, minute, size
from zhiyin.apps.console.pipelines import draw_pipelines
from zhiyin.apps.web.asking import ask_for_name
from zhiyin.apps.web.frame import heading, section
from zhiyin.apps.web.page import Page, guarded
from zhiyin.apps.web.states import notice
from zhiyin.apps.web.tables import Column, table
from zhiyin.apps.web.visit import Visit
from zhiyin.apps.web.words import Words
from zhiyin.errors import ZhiyinError

Told = Mapping[str, Any]


async def build(visit: Visit) -> None:
    """Show pipelines, snapshots, jobs, checks, settings, parts and the audit log."""
    say = visit.say
    told = await visit.client.system()
    is_admin = visit.session.allows("admin")
    heading(say("system.title"), say("system.lead"))
    figures(_figures(say, told))
    with section(say("system.pipelines"), say("system.pipelines_lead")).props('id="pipelines"'):
        draw_pipelines(visit, told["pipelines"])
    with ui.element("div").classes("zy-grid"):
        with section(say("system.snapshots"), say("system.snapshots_lead")).props('id="snapshots"'):
            _snapshots(visit, told["snapshots"], is_admin=is_admin)
        with section(say("system.jobs"), say("system.jobs_lead")).props('id="jobs"'):
            _jobs(say, told["jobs"])
    if is_admin:
        with section(say("system.checks"), say("system.checks_lead")).props('id="checks"'):
            _checks(visit)
    with (
        section(say("system.settings"), say("system.settings_lead")).props('id="settings"'),
        ui.expansion(say("system.settings_n", n=len(told["settings"]))).classes("zy-more zy-wordy"),
    ):
        _settings(say, told["settings"])
    with (
        section(say("system.parts"), say("system.parts_lead")).props('id="parts"'),
        ui.expansion(say("system.parts_n", n=len(told["parts"]))).classes("zy-more zy-wordy"),
    ):
        _parts(say, told)
    if is_admin:
        with section(say("system.audit"), say("system.audit_lead")).props('id="audit"'):
            await guarded(visit, _audit)


def _figures(say: Words, told: Told) -> list[Figure]:
    holds = told["holds"]
    counts = [Figure(say(f"system.{name}"), f"{holds[name]:,}") for name in ("items", "persons", "posts")]  # fmt: skip
    log = holds.get("log_bytes")
    note = "" if log is None else say("system.database_note", log=size(log))
    snapshot = "–" if told["snapshot"] is None else str(told["snapshot"])
    return [
        Figure(say("system.version"), told["version"]),
        Figure(say("overview.snapshot"), snapshot, link="#snapshots"),
        *counts,
        Figure(say("system.database"), size(holds.get("data_bytes", 0)), note),
    ]


def _snapshots(visit: Visit, snapshots: Sequence[Told], *, is_admin: bool) -> None:
    say = visit.say
    if not snapshots:
        notice("model_training", say("system.no_snapshots"), say("system.no_snapshots_do"))
        return
    with ui.element("ul").classes("zy-list"):
        for one in snapshots:
            with ui.element("li"):
                with ui.element("div").classes("zy-row"):
                    ui.label(say("system.snapshot", version=one["version"])).classes("zy-strong")
                    for key, is_so in (("current", one["is_current"]), ("served", one["is_served"])):  # fmt: skip
                        if is_so:
                            ui.label(say(f"system.{key}")).classes("zy-chip")
                if one["problem"]:
                    ui.label(one["problem"]).classes("zy-error")
                    continue
                ui.label(_published(say, one)).classes("zy-quiet")
                if is_admin and not one["is_current"]:
                    _roll_back(visit, one)
    if not is_admin and len(snapshots) > 1:
        ui.label(say("system.only_admin")).classes("zy-quiet")


def _published(say: Words, snapshot: Told) -> str:
    seconds = snapshot["training_s"]
    took = "–" if seconds is None else lasting(say, seconds)
    written = {"created": minute(snapshot["created"]), "size": size(snapshot["bytes"])}
    return say("system.snapshot_note", seconds=took, **written)


def _roll_back(visit: Visit, snapshot: Told) -> None:
    say, version = visit.say, snapshot["version"]

    async def go() -> None:
        lead = say("system.roll_back_lead", version=version, created=minute(snapshot["created"]))
        if not await ask_for_name(say, lead, say("system.roll_back_name", version=version)):
            return
        try:
            await visit.client.roll_back(version=version)
        except ZhiyinError as error:
            ui.notify(str(error), type="negative")
            return
        ui.notify(say("system.rolled_back", version=version), type="positive")
        ui.navigate.to("/console/system#snapshots")
        ui.navigate.reload()

    button = ui.button(say("system.roll_back"), on_click=go).props(
        'outline no-caps padding="xs sm"'
    )
    button._props["aria-label"] = f"{say('system.roll_back')}: {say('system.snapshot', version=version)}"  # fmt: skip


def _jobs(say: Words, jobs: Told) -> None:
    training, reading = jobs["training"], jobs["reading"]
    if training is None:
        trained = [say("system.training_none")]
    else:
        seconds = training["seconds"]
        took = "–" if seconds is None else lasting(say, seconds)
        events = training["events_since"]
        trained = [say("system.training_done", began=minute(training["began"]), seconds=took)]
        if events is not None:
            trained.append(say("system.training_since", n=f"{events:,}") if events else say("system.training_fresh"))  # fmt: skip
    key = "behind" if reading["is_behind"] else "done"
    waiting = {name: jobs[f"impressions_{name}"] for name in ("waiting", "dropped")}
    told = {
        "training": trained,
        "reading": [say(f"system.reading_{key}" if reading["was_read"] else "system.reading_none")],
        "impressions": [say("system.impressions_note", **waiting)],
        "failures": [say("system.failures_note", n=jobs["store_failures"])],
    }
    with ui.element("ul").classes("zy-list"):
        for name, lines in told.items():
            with ui.element("li"):
                ui.label(say(f"system.{name}")).classes("zy-strong")
                for line in lines:
                    ui.label(line).classes("zy-quiet")


def _checks(visit: Visit) -> None:
    """Offer to look whether everything is sound, which may take seconds."""
    say = visit.say
    button = ui.button(say("system.check_now")).props("outline no-caps")
    place = ui.element("div").classes("zy-wordy").props('aria-live="polite"')

    async def show(visit: Visit) -> None:
        checks = (await visit.client.system_checks())["checks"]
        unwell = sum(one["status"] != "PASS" for one in checks)
        key = "system.checks_unwell" if unwell else "system.checks_well"
        place.clear()
        with place:
            ui.label(say(key, n=len(checks), unwell=unwell)).classes("zy-strong")
            columns = [
                Column("check", say("system.check")),
                Column("status", say("system.status"), shown=lambda one: say(f"system.{one}")),
                *(Column(name, say(f"system.{name}")) for name in ("found", "next_step")),
            ]
            table(say, columns, checks, name="checks")

    async def look() -> None:
        button.disable()
        place.clear()
        with place:
            ui.spinner().props('aria-hidden="true"')
            ui.label(say("system.checking"))
            await guarded(visit, show)
        button.enable()

    button.on_click(look)


def _settings(say: Words, settings: Sequence[Told]) -> None:
    rows = [
        {
            **one,
            "value": "" if one["value"] is None else _written(one["value"]),
            "is_default": say("system.yes" if one["is_default"] else "system.no"),
        }
        for one in settings
    ]
    names = ("setting", "value", "is_default", "meaning")
    keys = ("key", *names[1:])
    columns = [Column(key, say(f"system.{name}")) for key, name in zip(keys, names, strict=True)]
    table(say, columns, rows, name="settings")


def _parts(say: Words, told: Told) -> None:
    users: dict[tuple[str, str], list[str]] = {}
    for pipeline in told["pipelines"]:
        for stage in pipeline["stages"]:
            for part in stage["parts"]:
                users.setdefault((stage["family"], part["name"]), []).append(pipeline["surface"])
    rows = [
        {
            "family": say(f"system.{one['family']}") if say.has(f"system.{one['family']}") else one["family"],
            "part": one["name"],
            "meaning": one["summary"],
            "options": " ".join(one["options"]),
            "used_by": ", ".join(users.get((one["family"], one["name"]), [])),
        }
        for one in told["parts"]
    ]  # fmt: skip
    names = ("family", "part", "used_by", "meaning", "options")
    table(say, [Column(name, say(f"system.{name}")) for name in names], rows, name="parts")


async def _audit(visit: Visit) -> None:
    say = visit.say
    told = await visit.client.audit(n=1000)
    names = ("time", "key", "action", "kind", "target", "outcome")
    columns = [
        Column(name, say(f"system.{name}"), shown=minute if name == "time" else None)
        for name in names
    ]
    empty = say("system.audit_none"), say("system.audit_none_do")
    table(say, columns, told["audit"][::-1], name="audit", empty=empty)


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


SYSTEM = Page("/console/system", "system.title", "operate", build, icon="settings")
