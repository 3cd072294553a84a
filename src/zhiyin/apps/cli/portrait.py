"""``zhiyin portrait``: what the shop knows of a person, in sentences, each of which can be removed, or of an item."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.item_portrait import show_item
from zhiyin.apps.cli.output import AsJson, print_json, say
from zhiyin.apps.item_wording import worded_item
from zhiyin.apps.portrait_wording import GROUPS, phrase, receipts, worded

NAME = "portrait"
_CELLS = 36


def command(
    context: typer.Context,
    user: Annotated[str | None, typer.Argument(metavar="USER", help="The user's id.")] = None,
    item: Annotated[
        str | None, typer.Option(metavar="ITEM", help="The id of an item, in place of a user's.")
    ] = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="The shop's own unless given.")
    ] = None,
    reword: Annotated[
        bool,
        typer.Option(
            "--reword",
            help="Let the chat model of [reading] say it in other words, where these are true.",
        ),
    ] = False,
    remove: Annotated[
        str | None,
        typer.Option(metavar="STATEMENT", help="The id of what is never to be said again."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print what is known of a person, or of an item.

    Each sentence of a person comes with its id, by which it can be removed for good.
    """
    from zhiyin.shop import Shop

    if (user is None) == (item is None):
        raise typer.BadParameter("name a user, or an item by --item", param_hint="USER")
    if item is not None and (reword or remove):
        raise typer.BadParameter("--reword and --remove are for users", param_hint="--item")
    with Shop.open(existing(context.obj)) as shop:
        spoken = language or shop.settings.language
        if item is not None:
            document = worded_item(shop.items.portrait(item, language=spoken), spoken)
        elif remove is not None:
            shop.people.remove(str(user), remove)
            document = {"user": user, "removed": remove}
        else:
            document = worded(shop.people.portrait(str(user), language=spoken), spoken)
            if reword:
                document = shop.rewriter.reworded(document, spoken)
    if as_json:
        print_json(document)
    elif item is not None:
        show_item(document)
    elif remove is not None:
        say(phrase("removed", spoken, user=str(user)))
    else:
        _show(document, spoken)


def _show(document: dict[str, Any], language: str) -> None:
    from rich.cells import cell_len, set_cell_size

    say()
    say(phrase("head", language, user=document["user"]), style="bold")
    for heading, kinds in GROUPS:
        told = [one for one in document["statements"] if one["kind"] in kinds]
        if told:
            say()
            say(heading[language], style="bold")
        for one in told:
            say(f"  {one['text']}")
            because = [
                name if cell_len(name) <= _CELLS else set_cell_size(name, _CELLS).rstrip() + "…"
                for name in receipts(one)
            ]
            say(f"    {'  '.join([one['id'], ' · '.join(because)]).rstrip()}", style="dim")
    if not document["statements"]:
        say(phrase("empty", language))
