"""``zhiyin audit``: who changed how the shop is run."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say, table

NAME = "audit"


def command(
    context: typer.Context,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Of the last so long, such as 7d.", show_default="all"),
    ] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=10_000, help="How many, the newest.")] = 1000,
    as_json: AsJson = False,
) -> None:
    """Print who changed how the shop is run, and when.

    That is: rules, synonyms, keys, pseudonyms, that somebody was forgotten, who read all people, and what was refused. People
    are never named in it.
    """
    from datetime import UTC, datetime

    from zhiyin.apps.key_document import audit_document
    from zhiyin.core.key import duration
    from zhiyin.shop import Shop

    begin = None if since is None else datetime.now(UTC) - duration(since)
    with Shop.open(existing(context.obj)) as shop:
        document = audit_document(shop, begin, n)
    if as_json:
        print_json(document)
    elif not document["audit"]:
        say("Nothing was done.")
    else:
        rows = [
            [one["time"][:19], one["key"], one["action"], one["kind"], one["target"], one["outcome"]]
            for one in document["audit"]
        ]  # fmt: skip
        table("", ["time", "by", "action", "kind", "which", "outcome"], rows)
