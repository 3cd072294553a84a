"""How ``zhiyin import --dry-run`` shows what an import would do."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhiyin.apps.cli.output import listing, print_json, printable, say, table

if TYPE_CHECKING:
    from zhiyin.shop import Preview

_NARROWEST = 6
_GAP = 3


def show_preview(preview: Preview, *, as_json: bool) -> None:
    """Print the mapping of columns, the first records and the first rejected rows."""
    if as_json:
        rows = {
            kind: [{name: _plain(value) for name, value in row.items()} for row in records]
            for kind, records in preview.rows.items()
        }
        print_json({**asdict(preview), "rows": rows})
        return
    if preview.mapping:
        say("Columns")
        listing([[field, "←", column] for field, column in preview.mapping.items()], indent=2)
    if preview.unused:
        say(f"Not used: {', '.join(preview.unused)}")
    for note in preview.notes:
        say(f"Note: {note}")
    for kind, records in preview.rows.items():
        _show_records(kind, records)
    if preview.rejected:
        say("Rejected")
        told = [[f"{row.file}:{row.line}", row.reason] for row in preview.rejected]
        listing(told, indent=2)
    counts = ", ".join(f"{count:,} {kind}" for kind, count in preview.kinds.items())
    say(f"A dry run: {counts or 'nothing'} looked at, nothing stored.")


def _show_records(kind: str, records: Sequence[Mapping[str, Any]]) -> None:
    if not records:
        return
    names = list(records[0])
    cells = [[_text(record[name]) for name in names] for record in records]
    widths = _fitting([max(map(_width, column)) for column in zip(names, *cells, strict=True)])
    rows = [[_cut(cell, width) for cell, width in zip(row, widths, strict=True)] for row in cells]
    table(f"The first {kind}", names, rows)


def _fitting(widths: list[int]) -> list[int]:
    """Return widths of columns that fit the terminal together: the widest give way."""
    room = shutil.get_terminal_size().columns - _GAP * len(widths)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
    return value


def _text(value: object) -> str:
    if value is None:
        return ""
    said = f"{value:.12g}" if isinstance(value, float) else str(_plain(value))
    return " ".join(printable(said).split())


def _width(text: str) -> int:
    """Return how many cells a text fills; a Chinese character fills two."""
    from rich.cells import cell_len

    return cell_len(text)


def _cut(text: str, width: int) -> str:
    from rich.cells import set_cell_size

    return text if _width(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"
