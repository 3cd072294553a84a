"""``zhiyin suggest``: how what somebody is typing may go on."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say

NAME = "suggest"


def command(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was typed so far; may be “”.")],
    user: Annotated[
        str | None, typer.Option(metavar="USER", help="Who types; nobody known unless given.")
    ] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=50, help="How many.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Print what a search that is being typed may become.

    TEXT may be Chinese, pinyin, first letters of pinyin, or English. Queries of others are told where at least five people
    asked them.
    """
    from zhiyin.core import Kind
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        person = None if user is None else shop.store.number(Kind.PERSON, user)
        found = shop.searching.aids.suggestions.suggest(text, person=person, n=n)
    if as_json:
        print_json({"suggestions": [one._asdict() for one in found]})
        return
    for one in found:
        say(f"{one.kind:9}  {one.text}")
    if not found:
        say("Nothing to suggest.")
