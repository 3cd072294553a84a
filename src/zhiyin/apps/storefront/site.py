"""The storefront's pages, and the frame around each."""

from __future__ import annotations

from nicegui import ui

from zhiyin.apps.storefront.cart import CART
from zhiyin.apps.storefront.chat import CHAT
from zhiyin.apps.storefront.home import HOME
from zhiyin.apps.storefront.orders import ORDERS
from zhiyin.apps.storefront.people import PEOPLE
from zhiyin.apps.storefront.product import PRODUCT
from zhiyin.apps.storefront.profile import PROFILE
from zhiyin.apps.storefront.results import RESULTS
from zhiyin.apps.storefront.search_box import search_box
from zhiyin.apps.web.frame import account, brand, skip_link
from zhiyin.apps.web.login import add_login
from zhiyin.apps.web.page import Page, add_page
from zhiyin.apps.web.visit import Visit, Visits

PAGES: tuple[Page, ...] = (HOME, PEOPLE, CART, ORDERS, CHAT, PROFILE, PRODUCT, RESULTS)
"""In the order of the menu; those without an icon are reached from others."""


def add_pages(visits: Visits) -> None:
    """Let the site answer the storefront's addresses."""
    add_login("shop", visits)
    for page in PAGES:
        add_page(page, visits, frame)


def frame(visit: Visit, page: Page) -> None:
    """Put the head, the search box and the menu on a page."""
    say = visit.say
    skip_link(say)
    with ui.element("header").classes("zy-head zy-shop-head"):
        brand("/shop", say("frame.shop"))
        search_box(visit)
        account("shop", visit)
    with ui.element("nav").classes("zy-tabs").props(f'aria-label="{say("frame.menu")}"'):
        for one in PAGES:
            if one.icon and visit.session.allows(one.scope):
                link = ui.link(target=one.path).classes("zy-tab")
                if one is page:
                    link.props('aria-current="page"')
                with link:
                    ui.icon(one.icon).props('aria-hidden="true"')
                    ui.label(say(one.title))
