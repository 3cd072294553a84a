"""What every page is: an address, a scope, a builder, and a frame with states for what can go wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from zhiyin.apps.web.states import failure, notice
from zhiyin.apps.web.visit import Visit, Visits
from zhiyin.errors import ZhiyinError

_log = logging.getLogger(__name__)

Build = Callable[[Visit], Awaitable[None]]
Frame = Callable[[Visit, "Page"], None]


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        path: of the URL, with names in braces.
        title: key of its name in the catalogue of messages.
        scope: that a key needs to see it.
        build: fills it, from a visit.
        icon: of Material Icons, where it stands in a menu; empty for pages that are reached from others.
    """

    path: str
    title: str
    scope: str
    build: Build
    icon: str = ""


def add_page(page: Page, visits: Visits, frame: Frame) -> None:
    """Let the site answer a page's address."""
    place = "/" + page.path.split("/")[1]

    async def shown(request: Request) -> Response | None:
        session = await visits.session_of(request)
        if session is None:
            asked = quote(f"{request.url.path}?{request.url.query}".removesuffix("?"))
            return RedirectResponse(f"{place}/login?next={asked}", 303)
        visit = visits.visit(request, session)
        ui.page_title(f"{visit.say(page.title)} · 知音 Zhiyin")
        frame(visit, page)
        with ui.element("div").props('id="content" tabindex="-1"').classes("zy-main"):
            if not session.allows(page.scope):
                notice(
                    "lock",
                    visit.say("frame.not_allowed"),
                    visit.say("frame.not_allowed_lead", scope=page.scope, scopes=", ".join(session.scopes)),
                )  # fmt: skip
                return None
            await guarded(visit, page.build)
        return None

    ui.page(page.path, response_timeout=30)(shown)


async def guarded(visit: Visit, build: Build) -> None:
    """Build into the current place; where that fails, say so there in four parts."""
    try:
        await build(visit)
    except ZhiyinError as error:
        failure(visit.say, error)
    except Exception:  # noqa: BLE001 - whatever is wrong with one page, its frame is shown and says so
        _log.exception("page %s", visit.path)
        failure(visit.say, None)
