"""``zhiyin search``: what a text asks for, with reasons."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say
from zhiyin.apps.cli.recommend import show_items, show_stages
from zhiyin.apps.comparison_wording import comparison_texts
from zhiyin.apps.search_wording import aids_texts, relaxed_text, understood_text

NAME = "search"
_NOTHING = {
    "en": ("Nothing found.", "Nothing found. Popular:"),
    "zh": ("没有找到。", "没有找到。近期热门："),
}


def command(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What is searched for, as a shopper types it.")],
    user: Annotated[
        str | None, typer.Option(metavar="USER", help="Who searches: hits come in their order.")
    ] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many items.")] = 10,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--filter",
            metavar="NAME:VALUE",
            help="Only items with it, such as brand:Sony or price:10-20; can be repeated.",
        ),
    ] = None,
    personal: Annotated[
        bool, typer.Option("--personal/--no-personal", help="Whether the user's taste counts.")
    ] = True,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="The shop's own unless given.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also show what each stage did.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print what a text asks for, with reasons, and narrow it.

    Prices, values and what is not wanted are read from the text, and held to.
    """
    from zhiyin.apps.search_aids_document import search_aids_document
    from zhiyin.apps.search_document import search_document
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        spoken = language or shop.settings.language
        answer = shop.search(
            text, user, n=n, personal=personal, is_preview=True, filters=only or ()
        )
        document = search_document(shop, answer, spoken, user)
        if as_json:
            print_json(document)
            return
        _show(document, spoken)
        if document["understanding"]["intent"] != "support":
            aids = search_aids_document(shop, text, spoken, only or ())
            for line in aids_texts(aids, spoken):
                say(line, style="dim")
            for line in comparison_texts(aids["comparison"], spoken):
                say(line)
    if explain:
        show_stages(document)


def _show(document: dict[str, Any], language: str) -> None:
    say()
    say(document["query"], style="bold")
    for line in (understood_text(document, language), relaxed_text(document["relaxed"], language)):
        if line:
            say(line, style="dim")
    if document["understanding"]["intent"] == "support":
        return
    show_items(document["items"])
    if not document["items"]:
        say(_NOTHING[language][bool(document["instead"])])
        show_items(document["instead"])
    if document["degraded"]:
        say("This page is degraded: some stage did not do its part. See --explain.")
