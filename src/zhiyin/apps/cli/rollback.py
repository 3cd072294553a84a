"""``zhiyin rollback``: serve from an earlier snapshot again."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say

NAME = "rollback"


def command(
    context: typer.Context,
    version: Annotated[
        int | None,
        typer.Argument(
            metavar="VERSION", min=1, help="Which snapshot; the one before unless given."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Serve from an earlier snapshot again.

    The snapshot is read whole first. A server that runs takes it up by itself; nothing is deleted, so a later version
    can be named to go forward again.
    """
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        current = shop.snapshots.rollback(version)
        shop.store.audit.add("rolled back", "snapshot", target=str(current))
        versions = shop.snapshots.versions()
    if as_json:
        print_json({"version": current, "versions": versions})
    else:
        say(f"Snapshot {current} is served from now on; there are {', '.join(map(str, versions))}.")
