"""``zhiyin recommend``: one person's list, with reasons."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, listing, print_json, say, table
from zhiyin.apps.numerals import whole_percents
from zhiyin.apps.wording import reason_text
from zhiyin.errors import InvalidRecord

if TYPE_CHECKING:
    from zhiyin.core import Context

NAME = "recommend"
_LEAST_SHARE = 0.005

_User = Annotated[
    str | None,
    typer.Argument(
        metavar="[USER]", help="The user's id; someone unknown gets popular and new items."
    ),
]
_Surface = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Which of the shop's pipelines: home, hot, again …; home, or together for a basket, unless given.",
    ),
]
_Basket = Annotated[
    str, typer.Option(metavar="ITEMS", help="What goes with these ids, between commas.")
]
_Session = Annotated[
    str,
    typer.Option(metavar="ITEMS", help="For somebody who clicked these ids, the last one last."),
]


def command(
    context: typer.Context,
    user: _User = None,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many items.")] = 10,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="The shop's own unless given.")
    ] = None,
    surface: _Surface = None,
    basket: _Basket = "",
    session: _Session = "",
    diversity: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="From 0, what fits best, to 1, what differs most."),
    ] = None,
    said: Annotated[
        str,
        typer.Option(
            "--context",
            metavar="TEXT",
            help="The situation, such as 'weather=rain,temperature_c=4,time=2017-11-02T08:00'.",
        ),
    ] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Also show what each stage did.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print a person's list, with reasons.

    Each reason comes with its share of the item's score.
    """
    from zhiyin.apps.documents import page_document
    from zhiyin.apps.seeds import naming, seeds_of
    from zhiyin.shop import Shop

    surface, seeds = seeds_of(_ids(basket), _ids(session), surface)
    told, time = _situation(said)
    with Shop.open(existing(context.obj)) as shop, naming("--basket" if basket else "--session"):
        page = shop.recommend(
            user,
            n=n,
            surface=surface,
            context=told,
            diversity=diversity,
            time=time,
            seeds=seeds,
            is_preview=True,
        )
        document = page_document(shop, page, language or shop.settings.language)
    if as_json:
        print_json(document)
        return
    show_page(user or basket or session or surface, document)
    if explain:
        show_stages(document)


def _situation(said: str) -> tuple[Context, datetime | None]:
    from zhiyin.apps.situation import situation

    try:
        return situation(said)
    except InvalidRecord as error:
        raise typer.BadParameter(str(error), param_hint="--context") from error


def show_stages(document: dict[str, Any]) -> None:
    """Print what each stage of a page did."""
    names = ["stage", "name", "status", "in", "out", "ms", "note"]
    table("\nStages", names, [[stage[name] for name in names] for stage in document["trace"]])


def show_page(title: str, document: dict[str, Any]) -> None:
    """Print a page for people: each item with what it is because of, in shares of its score."""
    say()
    say(title, style="bold")
    show_items(document["items"])
    if not document["items"]:
        say("Nothing to show.")
    if document["degraded"]:
        say("This page is degraded: some stage did not do its part. See --explain.")


def show_items(items: list[dict[str, Any]]) -> None:
    """Print items for people, each with its reasons."""
    for place, item in enumerate(items, 1):
        name = f"{_short(item['title'], 60)}  [{item['item']}]" if item["title"] else item["item"]
        say(f"{place:3}  {name}")
        told = (r for r in item["reasons"] if r["share"] >= _LEAST_SHARE or r["share"] == 0)
        if reasons := list(told):
            percents = whole_percents([reason["share"] for reason in reasons])
            because = [
                [f"{percent:3}%" if reason["share"] else " " * 4, _because(reason)]
                for percent, reason in zip(percents, reasons, strict=True)
            ]
            listing(because, indent=5, style="dim")


def _ids(told: str) -> list[str]:
    return [one for one in (part.strip() for part in told.split(",")) if one]


def _because(reason: dict[str, Any]) -> str:
    if not reason["evidence"]:
        return str(reason["text"])
    names = [_short(str(one["title"] or one["item"]), 30) for one in reason["evidence"][:2]]
    return reason_text(reason["kind"], names, reason["language"])


def _short(text: str, cells: int) -> str:
    """Return a title cut at a mark or a space, since shop titles are long; a Chinese character fills two cells."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= cells:
        return text
    head = set_cell_size(text, cells)
    cut = max(head.rstrip().rfind(mark) for mark in " ,，–|")
    return head[: cut if cut > len(head) // 2 else len(head)].rstrip(" ,，–|") + "…"
