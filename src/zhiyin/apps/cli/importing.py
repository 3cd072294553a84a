"""``zhiyin import``: a shop's files in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from zhiyin.apps.cli.dry_run import show_preview
from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say, table

if TYPE_CHECKING:
    from zhiyin.shop import ImportReport

NAME = "import"
_Kind = Literal[
    "events",
    "items",
    "users",
    "ties",
    "interactions",
    "posts",
    "chats",
    "facts",
    "documents",
    "orders",
]
_KINDS = ", ".join(get_args(_Kind))


def command(
    context: typer.Context,
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="See: zhiyin parts formats.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Files, or a data set's folder.")
    ] = None,
    kind: Annotated[
        _Kind | None,
        typer.Option(metavar="KIND", help=f"For the format table, what a row is: {_KINDS}."),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="For the format table: which column holds a field.",
        ),
    ] = None,
    header: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="For tables without a header line: the columns, as user,item,time.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show columns and first rows as understood; store nothing."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import a shop's files; safe to run again.

    Rows that cannot be taken go to the quarantine, a file in the shop's folder, with line and reason; the others are
    stored. What was imported before counts as already known.
    """
    from zhiyin.shop import Shop

    options = _table_options(form, kind, columns or [], header)
    if form == "sample" and paths:
        raise typer.BadParameter("sample reads no files: it makes a shop", param_hint="PATH")
    if form != "sample" and not paths:
        raise typer.BadParameter(f"{form} reads files: name at least one", param_hint="PATH")
    if dry_run:
        show_preview(Shop.preview(form, paths or [], options), as_json=as_json)
        return
    with Shop.open(context.obj) as shop, progress_bar("Importing", is_shown=not as_json) as tell:
        report = shop.ingest(form, paths or [], options, tell)
    if as_json:
        print_json(asdict(report))
    else:
        _show(report)


def _show(report: ImportReport) -> None:
    rows = [[name, count] for name, count in report.accepted.items() if count]
    table("", ["accepted", "rows"], rows or [["nothing new", 0]])
    say(
        f"{report.duplicates:,} already known, {report.rejected:,} rejected, {report.seconds:.1f} s"
    )
    for note in report.notes:
        say(f"Note: {note}")
    if report.resumed:
        say(f"Went on after {report.resumed:,} rows of a run that was stopped; all are counted.")
    if report.quarantine:
        say(f"Rejected rows, with file, line and reason: {report.quarantine}")


def _table_options(
    form: str, kind: str | None, said: list[str], header: str | None
) -> dict[str, object]:
    if form != "table":
        if kind or said or header:
            raise typer.BadParameter(
                f"--kind, --map and --header are for the format table, not for {form}",
                param_hint="FORMAT",
            )
        return {}
    if kind is None:
        raise typer.BadParameter(
            "a table needs to say what a row is, such as --kind events", param_hint="--kind"
        )
    pairs = [entry.partition("=") for entry in said]
    for field, sign, column in pairs:
        if not (field and sign and column):
            raise typer.BadParameter(
                f"{field}{sign}{column} is not FIELD=COLUMN", param_hint="--map"
            )
    names = [name.strip() for name in header.split(",")] if header else []
    return {
        "kind": kind,
        "columns": {field: column for field, _, column in pairs},
        "header": names,
    }
