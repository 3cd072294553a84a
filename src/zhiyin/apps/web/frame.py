"""Pieces of the frame that both doors have: brand, language, account, a way past it all."""

from __future__ import annotations

from urllib.parse import urlencode

from nicegui import ui

from zhiyin.apps.web.visit import Visit
from zhiyin.apps.web.words import Words


def skip_link(say: Words) -> None:
    """Let who uses the keyboard jump over the menu; the page's language and colours are told, too."""
    ui.colors(primary="#0b6b5d", negative="#b3261e")
    language = {"zh": "zh-CN", "en": "en"}[say.language]
    ui.run_javascript(f"document.documentElement.lang = '{language}'")
    ui.link(say("frame.skip"), "#content").classes("zy-skip")


def brand(path: str, name: str) -> None:
    """Show whose page this is."""
    with ui.link(target=path).classes("zy-brand"):
        ui.label("知音").classes("zy-brand-mark")
        ui.label(name)


def account(place: str, visit: Visit) -> None:
    """Show the other language, and whose key is used with a way to let go of it."""
    other = {"zh": "en", "en": "zh"}[visit.language]
    asked = urlencode({"to": other, "next": f"{visit.path}?{urlencode(visit.query)}"})
    ui.link(visit.say("frame.language"), f"/{place}/language?{asked}").classes(
        "zy-head-link"
    ).props(f'lang="{other}"')
    if visit.session.key is not None:
        with ui.element("form").props(f'method="post" action="/{place}/session/end"'):
            ui.label(visit.session.name).classes("zy-quiet")
            ui.button(visit.say("frame.logout")).props("flat dense no-caps type=submit")


def heading(title: str, lead: str = "") -> None:
    """Show what a page is about: its question, and a sentence."""
    with ui.element("div").classes("zy-heading"):
        with ui.element("h1"):
            ui.label(title)
        if lead:
            ui.label(lead).classes("zy-quiet")


def section(title: str, lead: str = "") -> ui.element:
    """Begin a card with a title, and return it to be filled."""
    card = ui.element("section").classes("zy-card")
    with card:
        with ui.element("h2"):
            ui.label(title)
        if lead:
            ui.label(lead).classes("zy-quiet zy-lead")
    return card
