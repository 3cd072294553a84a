"""The page where somebody shows a key."""

from __future__ import annotations

from fastapi import Request
from nicegui import ui

from zhiyin.apps.web.frame import brand, skip_link
from zhiyin.apps.web.visit import Visits, language_of
from zhiyin.apps.web.words import Words


def add_login(place: str, visits: Visits) -> None:
    """Let the site answer ``/PLACE/login``."""

    def login(request: Request) -> None:
        say = Words(language_of(request))
        ui.page_title(f"{say('frame.login')} · 知音 Zhiyin")
        skip_link(say)
        with ui.element("header").classes("zy-head"):
            brand(f"/{place}", say(f"frame.{place}"))
        with (
            ui.element("div").props('id="content" tabindex="-1"').classes("zy-main zy-login"),
            ui.element("form").props(f'method="post" action="/{place}/session"').classes("zy-card"),
        ):
            with ui.element("h1"):
                ui.label(say("frame.login"))
            ui.label(say("frame.login_lead")).classes("zy-quiet")
            if "wrong" in request.query_params:
                ui.label(say("frame.wrong_key")).classes("zy-error").props('role="alert"')
            hidden = ui.element("input").props('type="hidden" name="next"')
            hidden._props["value"] = request.query_params.get("next", "")
            ui.input(say("frame.key")).props(
                'outlined type="password" name="key" autocomplete="current-password" autofocus'
            ).props(f'aria-label="{say("frame.key")}"')
            ui.button(say("frame.login")).props("no-caps unelevated type=submit")

    ui.page(f"/{place}/login")(login)
