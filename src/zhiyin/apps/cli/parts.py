"""``zhiyin parts``: what there is to build pipelines from."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.apps.cli.output import AsJson, listing, print_json, say

NAME = "parts"


def command(
    family: Annotated[
        str, typer.Argument(metavar="FAMILY", help="One family only, such as sources.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List what settings can name, with options and defaults."""
    from zhiyin.shop import FAMILIES, parts

    found = {name: parts(name) for name in ([family] if family else FAMILIES)}
    if as_json:
        print_json([part._asdict() for infos in found.values() for part in infos])
        return
    for name, infos in found.items():
        say(name, style="bold")
        rows = [[part.name, "\n".join([part.summary, *part.options])] for part in infos]
        listing(rows or [["", "none"]], indent=2)
