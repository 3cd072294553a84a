"""``zhiyin dump``: everything in the store in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say, table

NAME = "dump"


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What to write.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file where there is one.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write everything in the store to one file.

    The file is a ZIP of Parquet tables with checksums, taken at one moment while the shop goes on. It holds personal
    data and only its owner may read it. Settings and snapshots are not in it: train again after a restore.
    """
    from zhiyin.shop import Shop

    settings = existing(context.obj)
    with Shop.open(settings) as shop, progress_bar("Dumping", is_shown=not as_json) as tell:
        manifest = shop.store.dump(file, replaces=force, progress=tell)
    n_bytes = file.stat().st_size
    rows = {name: dumped.rows for name, dumped in manifest.tables.items()}
    if as_json:
        print_json({"file": file, "bytes": n_bytes, "revision": manifest.revision, "rows": rows})
        return
    table("", ["table", "rows"], [[name, count] for name, count in rows.items()])
    say(f"{file}, {n_bytes / 1e6:,.1f} MB. Restore it: zhiyin --home DIR restore {file}")
