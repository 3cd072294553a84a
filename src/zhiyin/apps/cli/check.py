"""``zhiyin check``: is what the shop has stored fit to learn from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, listing, print_json, printable, progress_bar, say

NAME = "check"
_STATUSES = ("FAIL", "WARN", "PASS")
_INDENT = " " * 6
_WIDEST_CELL = 60
_WIDE = ("title", "text", "name", "value", "problem")
"""What may be long stands last in a table."""


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Look for what is wrong in the shop's data.

    Looks at everything that is stored and says what is not as it should be, with examples and what to do. The exit
    code is 1 when a check fails; nothing is changed. docs/data-doctor.md lists the checks.
    """
    from zhiyin.shop import Shop

    with (
        Shop.open(existing(context.obj)) as shop,
        progress_bar("Checking", is_shown=not as_json) as tell,
    ):
        findings = [asdict(finding) for finding in shop.check(tell)]
    if as_json:
        print_json(findings)
    else:
        _show(findings)
    if any(finding["status"] == "FAIL" for finding in findings):
        raise typer.Exit(1)


def _show(findings: Sequence[Mapping[str, Any]]) -> None:
    """Print what was looked at; checks of records that the shop does not have are only counted."""
    shown = [found for found in findings if found["of"] or found["status"] != "PASS"]
    counts = [_count(finding) for finding in shown]
    name_width = max(len(finding["check"]) for finding in shown)
    count_width = max(map(len, counts))
    for finding, count in zip(shown, counts, strict=True):
        name = finding["check"].ljust(name_width)
        listing([[finding["status"], name, count.rjust(count_width), finding["what"]]])
        for line in _lines(finding["examples"]):
            say(_INDENT + line, style="dim")
        if finding["advice"]:
            listing([[f"What to do: {finding['advice']}"]], indent=len(_INDENT))
    said = [finding["status"] for finding in shown]
    totals = ", ".join(f"{said.count(status)} {status}" for status in _STATUSES)
    if idle := len(findings) - len(shown):
        totals += f"; {idle} more had nothing to look at"
    say(f"{len(shown)} checks: {totals}")


def _count(finding: Mapping[str, Any]) -> str:
    return f"{finding['found']:,} of {finding['of']:,}" if finding["of"] > 1 else ""


def _lines(examples: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a head and a line for each example; ids stand whole, so that they can be copied."""
    from rich.cells import cell_len, set_cell_size

    names = list(dict.fromkeys(name for example in examples for name in example))
    names.sort(key=_WIDE.__contains__)
    rows = [[name.replace("_", " ") for name in names]]
    rows += [[_cell(example.get(name, "")) for name in names] for example in examples]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows if examples else ():
        cells = (set_cell_size(cell, width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _cell(value: object) -> str:
    """Return a value in one short line."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    shown = printable(text).replace("\n", " ")
    return shown if len(shown) <= _WIDEST_CELL else f"{shown[: _WIDEST_CELL - 1]}…"
