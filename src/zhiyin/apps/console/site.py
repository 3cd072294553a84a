"""The console's pages, and the frame around each."""

from __future__ import annotations

from nicegui import ui

from zhiyin.apps.console.catalogue import CATALOGUE
from zhiyin.apps.console.conversation import CONVERSATION
from zhiyin.apps.console.conversations import CONVERSATIONS
from zhiyin.apps.console.item import ITEM
from zhiyin.apps.console.opinions import OPINIONS
from zhiyin.apps.console.overview import OVERVIEW
from zhiyin.apps.console.people import PEOPLE
from zhiyin.apps.console.person import PERSON
from zhiyin.apps.console.searching import SEARCHING
from zhiyin.apps.console.system import SYSTEM
from zhiyin.apps.console.why import WHY
from zhiyin.apps.web.frame import account, brand, skip_link
from zhiyin.apps.web.login import add_login
from zhiyin.apps.web.page import Page, add_page
from zhiyin.apps.web.visit import Visit, Visits

PAGES: tuple[Page, ...] = (
    OVERVIEW, WHY, PEOPLE, CATALOGUE, SEARCHING, CONVERSATIONS, OPINIONS, SYSTEM, PERSON, ITEM, CONVERSATION,
)  # fmt: skip
"""In the order of the menu; those without an icon are reached from others."""


def add_pages(visits: Visits) -> None:
    """Let the site answer the console's addresses."""
    add_login("console", visits)
    for page in PAGES:
        add_page(page, visits, frame)


def frame(visit: Visit, page: Page) -> None:
    """Put the head and the menu on a page."""
    say = visit.say
    skip_link(say)
    with ui.element("header").classes("zy-head"):
        brand("/console", say("frame.console"))
        ui.element("span").classes("zy-grow")
        with ui.link(target="/shop").classes("zy-head-link"):
            ui.label(say("frame.shop"))
        account("console", visit)
    with ui.element("nav").classes("zy-side").props(f'aria-label="{say("frame.menu")}"'):
        for one in PAGES:
            if one.icon and visit.session.allows(one.scope):
                link = ui.link(target=one.path).classes("zy-side-link")
                if one is page or one.path == page.path.split("/{")[0]:
                    link.props('aria-current="page"')
                with link:
                    ui.icon(one.icon).props('aria-hidden="true"')
                    ui.label(say(one.title))
