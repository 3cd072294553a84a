"""What narrows a page down: it stands in the URL, so that what is seen can be shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from zhiyin.apps.web.visit import Visit

_RANGES = (7, 28, 90, 365)
_MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose from.

    Attributes:
        name: in the URL.
        label: what is chosen.
        options: value → what it is called, the first for no choice.
    """

    name: str
    label: str
    options: Mapping[str, str]


def days_asked(visit: Visit, usual: int) -> int:
    """Return how many days the URL asks for."""
    asked = visit.query.get("days", "")[:6]
    return min(int(asked), _MOST_DAYS) if asked.isdecimal() and int(asked) else usual


def until_asked(visit: Visit) -> date | None:
    """Return up to which day the URL asks."""
    try:
        asked = date.fromisoformat(visit.query.get("until", ""))
    except ValueError:
        return None
    return asked if date(1970, 1, 1) <= asked <= date(2200, 1, 1) else None


def address(visit: Visit, **changes: object) -> str:
    """Return the page's address with some parameters changed; empty ones go."""
    asked = {name: str(value) for name, value in {**visit.query, **changes}.items() if value}
    return f"{visit.path}?{urlencode(asked)}".removesuffix("?")


def range_bar(visit: Visit, told: Mapping[str, object], choices: Sequence[Choice] = ()) -> None:
    """Show which days are looked at, and what leads to others.

    Args:
        visit: whose URL says it.
        told: ``since``, ``until``, ``days``, ``first`` and ``newest`` of an answer.
        choices: further lists.
    """
    say, days = visit.say, int(str(told["days"]))
    since, until = (date.fromisoformat(str(told[name])) for name in ("since", "until"))
    with ui.element("div").classes("zy-range"):
        with ui.element("nav").classes("zy-row").props(f'aria-label="{say("range.days")}"'):
            _step(visit, "chevron_left", "range.earlier", since - timedelta(days=1))
            for n in sorted({*_RANGES, days}):
                link = ui.link(say("range.n_days", n=n), address(visit, days=n)).classes("zy-chip")
                if n == days:
                    link.props('aria-current="true"')
            _step(visit, "chevron_right", "range.later", until + timedelta(days=days))
        _form(visit, until, days, choices)
        ui.label(say("range.shown", since=since, until=until)).classes("zy-quiet")
        if told["first"]:
            ui.label(say("range.held", **{k: told[k] for k in ("first", "newest")})).classes(
                "zy-quiet"
            )


def _step(visit: Visit, icon: str, key: str, until: date) -> None:
    with ui.link(target=address(visit, until=until)).classes("zy-chip") as link:
        ui.icon(icon).props('aria-hidden="true"')
        ui.tooltip(visit.say(key))
    link._props["aria-label"] = visit.say(key)


def _form(visit: Visit, until: date, days: int, choices: Sequence[Choice]) -> None:
    with ui.element("form").props('method="get"').classes("zy-row zy-filter"):
        hidden = ui.element("input").props('type="hidden" name="days"')
        hidden._props["value"] = days
        with ui.element("label"):
            ui.label(visit.say("range.until"))
            field = ui.element("input").props('type="date" name="until"')
            field._props["value"] = until.isoformat()
        for choice in choices:
            select(choice.name, choice.label, choice.options, visit.query.get(choice.name, ""))
        ui.button(visit.say("range.show")).props('outline no-caps type=submit padding="xs sm"')


def field(name: str, label: str, value: str, props: str = 'type="text" maxlength="512"') -> None:
    """Show a field of a form that the browser sends."""
    with ui.element("label"):
        ui.label(label)
        shown = ui.element("input").props(f'name="{name}" {props}')
        shown._props["value"] = value


def select(name: str, label: str, options: Mapping[str, str], current: str) -> None:
    """Show a list of a form that the browser sends."""
    with ui.element("label"):
        ui.label(label)
        with ui.element("select").props(f'name="{name}"'):
            for value, called in options.items():
                option = TextElement(tag="option", text=called)
                option._props["value"] = value
                if value == current:
                    option._props["selected"] = True
