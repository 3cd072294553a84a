"""``zhiyin export``: the shop's records with its own ids, for others to read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say, table

NAME = "export"


def command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made where there is none.")],
    form: Annotated[
        Literal["parquet", "jsonl"], typer.Option("--format", help="Of the files.")
    ] = "parquet",
    only: Annotated[
        str, typer.Option(metavar="KINDS", help="Some kinds only, as events,items,labelled.")
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace files of these names where there are any.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the shop's records with its own ids, a file a kind.

    The kinds are those of import, the pages shown (impressions), every item shown with what was done with it
    (labelled), and all that was done with the operator's rules (rules). The files of records can be imported again; a
    kind without rows gets none.
    """
    from zhiyin.shop import Shop

    kinds = [kind.strip() for kind in only.split(",") if kind.strip()]
    settings = existing(context.obj)
    with Shop.open(settings) as shop, progress_bar("Exporting", is_shown=not as_json) as tell:
        exported = shop.store.export(folder, form, kinds, replaces=force, progress=tell)
        shop.store.audit.add("exported", "records")
    if as_json:
        print_json({k: {"rows": done.rows, "files": done.files} for k, done in exported.items()})
        return
    rows = [[kind, done.rows, *done.files] for kind, done in exported.items() if done.files]
    table("", ["kind", "rows", "file"], rows or [["nothing", 0, ""]])
    say(f"Written to {folder}")
