"""``zhiyin searches``: what people search for, and what they look for in vain."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say, table

NAME = "searches"


def command(
    context: typer.Context,
    without: Annotated[
        Literal["results", "clicks"] | None,
        typer.Option(help="Only searches that found nothing, or of whose hits nobody chose any."),
    ] = None,
    days: Annotated[
        float | None,
        typer.Option(min=0, metavar="DAYS", help="Of the last so many days; all unless given."),
    ] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Print what people search for, those of most people first.

    Searches of fewer than five people, and what holds personal data, are not told.
    """
    from zhiyin.apps.searches_document import searches_document
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        found = shop.searching.aids.searches(without=without, days=days, n=n)
    told = [searches_document(one) for one in found]
    if as_json:
        print_json({"searches": told})
    elif not told:
        say("No searches of five people and more.")
    else:
        names = ("people", "times", "unfound", "clicked")
        rows = [[one["text"], *(one[name] for name in names), one["last"][:16]] for one in told]
        table("", ["search", "people", "times", "found nothing", "with a click", "last"], rows)
