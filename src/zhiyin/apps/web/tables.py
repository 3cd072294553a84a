"""Tables that filter, sort and can be taken along."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nicegui import ui

from zhiyin.apps.web.states import notice
from zhiyin.apps.web.words import Words

_PAGE = 25
_RANGE = "(first, last, all) => `${first}–${last} / ${all}`"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: key of its values in a row.
        label: its head.
        align: its side; numbers stand right.
        link: makes the address that a row's value leads to; None, or an empty address, for none.
        shown: makes what is shown of a value; sorting goes by the value itself.
    """

    name: str
    label: str
    align: Literal["left", "right", "center"] = "left"
    link: Callable[[Mapping[str, Any]], str] | None = None
    shown: Callable[[Any], str] | None = None


def table(
    say: Words,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    empty: tuple[str, str] | None = None,
) -> ui.table | None:
    """Show rows that can be filtered, sorted and downloaded; words where there are none.

    Args:
        say: messages.
        columns: from left to right.
        rows: of scalars by column name.
        name: of the file that is downloaded.
        empty: a title and a sentence to show where there are no rows.
    """
    if not rows:
        notice("inbox", *(empty or (say("frame.no_rows"),)))
        return None
    with ui.element("div").classes("zy-table"):
        with ui.element("div").classes("zy-table-bar"):
            wanted = ui.input(placeholder=say("frame.filter")).props(
                f'dense outlined clearable aria-label="{say("frame.filter")}"'
            )
            ui.label(say("frame.rows", n=len(rows))).classes("zy-quiet")
            ui.button(
                icon="download", on_click=lambda: ui.download(as_csv(columns, rows), f"{name}.csv")
            ).props(f'flat dense aria-label="{say("frame.download")}"').tooltip(
                say("frame.download")
            )
        with scrolling(say("frame.table")):
            shown = ui.table(
                columns=[_column(one) for one in columns],
                rows=[_row(place, columns, row) for place, row in enumerate(rows)],
                row_key="_row",
                pagination=_PAGE if len(rows) > _PAGE else 0,
            ).props("flat dense wrap-cells")
            for prop in ("no-data-label", "no-results-label"):
                shown._props[prop] = say("frame.no_match")
            shown._props["rows-per-page-label"] = say("frame.rows_per_page")
            shown._props[":pagination-label"] = _RANGE
            if len(rows) <= _PAGE:
                shown.props("hide-pagination")
        shown.bind_filter_from(wanted, "value", lambda value: value or "")
        for one in columns:
            if one.shown or one.link:
                shown.add_slot(f"body-cell-{one.name}", _CELL.replace("NAME", one.name))
    return shown


def scrolling(label: str) -> ui.element:
    """Return a box that is scrolled sideways where it has no room, by the keyboard too."""
    box = ui.element("div").classes("zy-scroll").props('tabindex="0" role="region"')
    box._props["aria-label"] = label
    return box


_CELL = """<q-td :props="props"><a v-if="props.row['_link_NAME']" :href="props.row['_link_NAME']">{{
props.row['_shown_NAME'] ?? props.value }}</a><template v-else>{{ props.row['_shown_NAME'] ?? props.value }}</template></q-td>"""


def as_csv(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV in UTF-8; text that a spreadsheet would run as a formula is quoted by an apostrophe.

    >>> as_csv([Column("a", "A")], [{"a": "=1+1"}]).decode("utf-8-sig").splitlines()
    ['A', "'=1+1"]
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([one.label for one in columns])
    for row in rows:
        writer.writerow([_harmless(row.get(one.name)) for one in columns])
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _column(one: Column) -> dict[str, Any]:
    return {
        "name": one.name, "label": one.label, "field": one.name, "align": one.align, "sortable": True,
    }  # fmt: skip


def _row(place: int, columns: Sequence[Column], row: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"_row": place}
    for one in columns:
        value = made[one.name] = row.get(one.name)
        if one.shown is not None:
            made[f"_shown_{one.name}"] = one.shown(value)
        if one.link is not None:
            made[f"_link_{one.name}"] = one.link(row)
    return made
