"""Figures: large numbers with what they mean, how they changed, and where their rows are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from nicegui import ui

from zhiyin.apps.web.words import Words

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))
_BYTES = ("B", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number.

    Attributes:
        label: what it is.
        value: written out.
        note: what goes with it, such as its change.
        link: where its rows are.
        mood: ``good`` or ``bad`` colours the note; empty leaves it.
        meaning: how it is counted.
    """

    label: str
    value: str
    note: str = ""
    link: str = ""
    mood: str = ""
    meaning: str = ""


def figures(shown: Sequence[Figure]) -> None:
    """Show figures side by side."""
    with ui.element("div").classes("zy-figures"):
        for one in shown:
            box = ui.link(target=one.link) if one.link else ui.element("div")
            with box.classes("zy-figure"):
                ui.label(one.label).classes("zy-quiet")
                ui.label(one.value).classes("zy-figure-value")
                if one.note:
                    ui.label(one.note).classes(
                        f"zy-quiet zy-{one.mood}" if one.mood else "zy-quiet"
                    )
                if one.meaning:
                    ui.tooltip(one.meaning)


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share in percent, a dash where there is none.

    >>> percent(0.0833), percent(None)
    ('8.3%', '–')
    """
    return "–" if share is None else f"{100 * share:.{digits}f}%"


def change(say: Words, now: float | None, before: float | None) -> str:
    """Return by how much something is more or less than before, in words; empty where before was nothing."""
    if now is None or not before:
        return say("figures.no_before")
    return say("figures.change", percent=f"{100 * (now / before - 1):+.1f}%")


def ago(say: Words, time: str | None) -> str:
    """Return how long ago a time of the API was; a dash for none."""
    if time is None:
        return "–"
    seconds = (datetime.now(UTC) - datetime.fromisoformat(time)).total_seconds()
    return say("figures.ago", time=lasting(say, max(seconds, 0)))


def lasting(say: Words, seconds: float) -> str:
    """Return how long something lasts, in the largest unit of which it has two."""
    for unit, length in _UNITS:
        if seconds >= 2 * length:
            return say(f"figures.{unit}", n=f"{seconds / length:.0f}")
    return say("figures.second", n=f"{seconds:.0f}" if seconds >= 10 else f"{seconds:.1f}")


def size(n_bytes: float) -> str:
    """Return a number of bytes.

    >>> size(43_741_184)
    '43.7 MB'
    """
    unit = _BYTES[0]
    for unit in _BYTES:
        if n_bytes < 1000 or unit == _BYTES[-1]:
            break
        n_bytes /= 1000
    return f"{n_bytes:.0f} {unit}" if unit == _BYTES[0] else f"{n_bytes:.1f} {unit}"


def minute(time: str | None) -> str:
    """Return a time of the API to the minute, in UTC; a dash for none.

    >>> minute("2026-11-24T02:34:04.975529Z")
    '2026-11-24 02:34 UTC'
    """
    return "–" if time is None else f"{datetime.fromisoformat(time).astimezone(UTC):%Y-%m-%d %H:%M} UTC"  # fmt: skip
