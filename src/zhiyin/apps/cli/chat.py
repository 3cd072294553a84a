"""``zhiyin chat``: a conversation with the shop's assistant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from zhiyin.shop import Shop

NAME = "chat"


def command(
    context: typer.Context,
    user: Annotated[
        str | None, typer.Option(metavar="USER", help="Who speaks; nobody known unless given.")
    ] = None,
    said: Annotated[
        list[str] | None,
        typer.Option(
            "--say", metavar="TEXT", help="Say this and stop; can be repeated, turn by turn."
        ),
    ] = None,
    time: Annotated[
        datetime | None,
        typer.Option(
            metavar="TIME",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"],
            help="As of when, in UTC; now unless given.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Talk with the shop's assistant.

    It answers from the shop's documents, orders and goods, and says where; what changes something it asks about first, and
    it hands over to a person when it should.
    """
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        opened = shop.conversations.open(user, time and time.replace(tzinfo=UTC))
        told = [
            _told(shop, opened.id, text, user, time, shows=not as_json)
            for text in (_given(said) if said or as_json else _typed())
        ]
        if as_json:
            print_json({"conversation": opened.id, "turns": told})


def _told(
    shop: Shop,
    conversation: str,
    text: str,
    user: str | None,
    time: datetime | None,
    *,
    shows: bool,
) -> dict[str, Any]:
    from zhiyin.apps.conversation_document import handover_document, turn_document

    now = time and time.replace(tzinfo=UTC)
    turn = shop.conversations.say(conversation, text, user, now)
    document = turn_document(turn)
    if turn.lane == "human":
        summary = shop.conversations.summary(shop.conversations.one(conversation))
        document["handover"] = None if summary is None else handover_document(summary)
    if shows:
        _show(document)
    return {"said": text, **document}


def _show(turn: dict[str, Any]) -> None:
    say(turn["text"], style="bold")
    notes = [turn["lane"], *dict.fromkeys(one["title"] for one in turn["citations"])]
    say("  " + " · ".join(notes), style="dim")


def _given(said: Sequence[str] | None) -> Iterator[str]:
    yield from said or ()


def _typed() -> Iterator[str]:
    """Yield what is typed, line by line, until there is no more."""
    from rich.console import Console

    console = Console()
    while True:
        try:
            text = console.input("> ")
        except EOFError:
            return
        if text.strip():
            yield text
