"""``zhiyin insights``: what a shop can learn of its own service; a verb is one function of this file."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say, table

app = typer.Typer(
    name="insights",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Tell what service could not answer.",
)


@app.callback()
def _insights() -> None:
    """Tell what service could not answer."""


@app.command()
def gaps(
    context: typer.Context,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many.")] = 20,
    approve: Annotated[
        str | None,
        typer.Option(metavar="GAP", help="Store the answer to this one as an entry of the FAQ."),
    ] = None,
    answer: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="What to answer, with --approve; the draft unless given."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print questions without an answer, those asked most first, with drafts from what people replied.

    Personal data that can be told by its form is left out; read a draft before you approve it.
    """
    from zhiyin.apps.conversation_document import gap_document
    from zhiyin.shop import Shop

    if answer is not None and approve is None:
        raise typer.BadParameter("goes with --approve", param_hint="--answer")
    with Shop.open(existing(context.obj)) as shop:
        if approve is not None:
            told = shop.conversations.gaps.approve(approve, answer)
            document = {"id": told.id, "title": told.title, "text": told.text, "language": told.language}  # fmt: skip
            print_json(document) if as_json else say(f"Answered from now on: {told.title}")
            return
        found = [gap_document(one) for one in shop.conversations.gaps.found(n)]
    if as_json:
        print_json({"gaps": found})
    elif not found:
        say("No gaps.")
    else:
        names = ("id", "n", "example", "nearest", "draft", "n_unsolved")
        rows = [[one[name] if one[name] is not None else "" for name in names] for one in found]
        table("", ["gap", "asked", "for example", "nearest document", "draft", "not solved"], rows)
