"""How verbs speak: tables for people, one JSON document for programs, progress on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.table import Table

_MANY = 1000  # from so many on, how many a second says something

_UNBROKEN = 10_000
"""Columns where no terminal says how many it has: files and pipes break no lines."""

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def print_json(document: object) -> None:
    """Print one JSON document on stdout."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, default=_plain)
    # What was typed may hold bytes that are no text.
    sys.stdout.write(text.encode("utf-8", "replace").decode() + "\n")
    sys.stdout.flush()


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def printable(text: str) -> str:
    r"""Return a text with a space for each character that is neither printable nor a line break.

    >>> printable("a\x1b[2Jb")
    'a [2Jb'
    """
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def say(text: str = "", *, style: str = "") -> None:
    """Print a line for people; nothing in it is a command to the terminal."""
    from rich.console import Console
    from rich.text import Text

    Console(highlight=False).print(Text(printable(text), style=style), soft_wrap=True)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table for people; numbers stand to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(
        title=printable(title) or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False
    )
    for place, column in enumerate(columns):
        is_number = bool(rows) and all(isinstance(row[place], int | float) for row in rows)
        made.add_column(
            printable(column), justify="right" if is_number else "left", overflow="fold"
        )
    for row in rows:
        made.add_row(*(Text(printable(_cell(value))) for value in row))
    _print(made)


def listing(rows: Sequence[Sequence[str]], *, indent: int = 0, style: str = "") -> None:
    """Print rows without lines or heads; only the last column wraps."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    made = Table.grid(padding=(0, 2, 0, 0))
    for place in range(1, len(rows[0]) + 1):
        made.add_column(no_wrap=place < len(rows[0]), overflow="fold")
    for row in rows:
        made.add_row(*(Text(printable(cell), style=style) for cell in row))
    _print(Padding(made, (0, 0, 0, indent), expand=False))


def _print(shape: Table | Padding) -> None:
    """Print without the spaces that fill lines up, which spoil copying and comparing."""
    from rich.console import Console

    console = Console(highlight=False)
    if not (console.is_terminal or os.environ.get("COLUMNS")):
        console.width = _UNBROKEN
    with console.capture() as captured:
        console.print(shape)
    sys.stdout.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))
    sys.stdout.flush()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


@contextmanager
def progress_bar(
    text: str, *, is_shown: bool, unit: str = "rows"
) -> Iterator[Callable[[float, int], None]]:
    """Show a bar on stderr while something long goes on; yields what to tell it: part done and a count.

    Args:
        text: what goes on.
        is_shown: False shows nothing, nor does a stderr that is no terminal.
        unit: what is counted, in the plural.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    with Progress(
        TextColumn(text),
        BarColumn(),
        TextColumn("{task.fields[counted]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not (is_shown and console.is_terminal),
        transient=True,
    ) as progress:
        task = progress.add_task(text, total=1.0, counted=f"0 {unit}")

        def tell(done: float, count: int) -> None:
            progress.update(task, completed=done)
            if count:
                rate = count / (progress.tasks[0].elapsed or 1e-9)
                often = f" · {rate:,.0f}/s" if count >= _MANY else ""
                progress.update(task, counted=f"{count:,} {unit}{often}")

        yield tell
