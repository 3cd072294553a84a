"""``zhiyin restore``: a dump back into an empty store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say, table

NAME = "restore"


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What zhiyin dump wrote.")],
    as_json: AsJson = False,
) -> None:
    """Load a dump into an empty store, all of it or nothing.

    The whole file is verified before anything is made. A dump of an earlier version is brought to this one. Train again
    afterwards: a dump holds no snapshots. Whom receipts in the folder forgotten of the home name is erased again.
    """
    from zhiyin.settings import Settings
    from zhiyin.shop import Shop

    settings = Settings.load(context.obj)
    with progress_bar("Restoring", is_shown=not as_json) as tell:
        manifest = Shop.restore(settings, file, tell)
        with Shop.open(settings) as shop:
            again = sum(receipt["again"] for receipt in shop.forgetting.receipts())
    rows = {name: dumped.rows for name, dumped in manifest.tables.items()}
    if as_json:
        told = {"home": settings.home, "created": manifest.created, "rows": rows}
        print_json({**told, "forgotten_again": again})
        return
    table("", ["table", "rows"], [[name, count] for name, count in rows.items()])
    if again:
        say(f"People who were forgotten, and are again: {again}")
    say(f"Restored as of {manifest.created}. Next: zhiyin --home {settings.home} train")
