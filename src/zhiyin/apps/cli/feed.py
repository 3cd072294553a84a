"""``zhiyin feed``: one person's feed of goods, places, posts and people, with reasons."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, listing, print_json, say
from zhiyin.apps.numerals import whole_percents

NAME = "feed"
_LEAST_SHARE = 0.05
_LONGEST = 60


def command(
    context: typer.Context,
    user: Annotated[str, typer.Argument(metavar="USER", help="The user's id.")],
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many entries.")] = 20,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="The shop's own unless given.")
    ] = None,
    weather: Annotated[
        str | None, typer.Option(help="As it is now: in rain places outdoors fall.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print a person's feed: goods, places, posts and people.

    People are counted, and named only where both let themselves be named.
    """
    from zhiyin.apps.feed_document import feed_document
    from zhiyin.core import Context
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        shop.people.ready()
        moment = Context(weather=weather)
        page = shop.recommend(user, n=n, surface="feed", context=moment, is_preview=True)
        document = feed_document(shop, page, language or shop.settings.language)
    if as_json:
        print_json(document)
    else:
        _show(user, document)


def _show(user: str, document: dict[str, Any]) -> None:
    say()
    say(user, style="bold")
    for place, entry in enumerate(document["items"], 1):
        said = str(entry.get("text") or entry.get("title") or entry["id"])
        short = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
        say(f"{place:3}  {entry['kind']:6}  {short}  [{entry['id']}]")
        told = [
            r
            for r in entry["reasons"]
            if r["share"] >= _LEAST_SHARE or r["kind"] in ("critical", "promoted")
        ]
        percents = whole_percents([reason["share"] for reason in told])
        because = [
            [f"{one:3}%", reason["text"]] for one, reason in zip(percents, told, strict=True)
        ]
        listing(because, indent=13, style="dim")
    if not document["items"]:
        say("Nothing to show.")
    if document["degraded"]:
        say("This page is degraded: some stage did not do its part.")
