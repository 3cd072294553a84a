"""``zhiyin why``: why an item is on a page, or where it was lost."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say, table

NAME = "why"


def command(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[REQUEST] ITEM",
            help="The request_id of a page that was shown, and an item's id; the item alone for a new page.",
        ),
    ],
    user: Annotated[
        str | None, typer.Option(metavar="USER", help="Whose new page; nobody's unless given.")
    ] = None,
    surface: Annotated[
        str, typer.Option(metavar="NAME", help="Of the new page: home, hot, feed …")
    ] = "home",
    query: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the new page is to be searched for.")
    ] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How long the new page is.")] = 10,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="The shop's own unless given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say why an item is on a page, or where it was lost.

    With the numbers of every stage. A page that was shown is made again from what the person had done by then; where it
    differs by now, that is said.
    """
    from zhiyin.apps.why_document import why_document
    from zhiyin.core import Kind, Query
    from zhiyin.shop import Shop

    if len(words) > 2:
        raise typer.BadParameter("a request and an item, or an item alone, are expected")
    if len(words) == 2 and (user or query):
        raise typer.BadParameter("a page that was shown has its own user and query")
    with Shop.open(existing(context.obj)) as shop:
        if len(words) == 2:
            told = shop.explaining.of_page(*words)
        else:
            person = None if user is None else shop.store.number(Kind.PERSON, user)
            asked = Query(person, n, surface if query is None else "search", text=query)
            told = shop.explaining.of(asked, words[0])
        document = why_document(shop, told, language or shop.settings.language)
    if as_json:
        print_json(document)
    else:
        _show(document)


def _show(told: dict[str, Any]) -> None:
    now, shown = told["now"], told["shown"]
    say()
    name = f"{told['title']}  [{told['item']}]" if told["title"] else told["item"]
    say(name, style="bold")
    say(told["verdict"]["text"])
    for step in told["steps"]:
        say(f"  {step}", style="dim")
    if shown is not None:
        did = ", ".join(one["type"] for one in shown["outcomes"]) or "nothing"
        rows = [
            [
                shown["place"],
                shown["of"],
                _figure(shown["score"]),
                _figure(shown["propensity"]),
                did,
            ]
        ]
        table("\nAs it was shown", ["place", "of", "score", "propensity", "what came of it"], rows)
    parts = [
        [one["name"], name, _figure(part)]
        for one in now["scorers"]
        for name, part in (one["parts"] or {"score": one["score"]}).items()
    ]
    if parts:
        table("\nScore", ["scorer", "part", "score"], parts)


def _figure(number: float | None) -> float | str:
    return "" if number is None else round(number, 4)
