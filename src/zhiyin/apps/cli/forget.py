"""``zhiyin forget``: a person out of everything."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say, table

NAME = "forget"


def command(
    context: typer.Context,
    user: Annotated[str, typer.Argument(metavar="USER", help="The shop's own id of the person.")],
    train: Annotated[
        bool, typer.Option("--train", help="Train anew at once: choose models anew, too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person from everything, with a receipt.

    Rows, texts, vectors and snapshots are freed of the person at once; a server that runs takes that up by itself. There
    is no way back. The receipt names the person by a keyed hash only; it is kept in the store, which dumps carry, and in
    the folder forgotten of the home, by which an older dump or backup that is brought back forgets the person again.
    """
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        receipt = shop.forget(user, trains=train)
    if as_json:
        print_json(receipt)
        return
    told = [[one["holder"], one["rows"], one["note"]] for one in receipt["holders"]]
    table("Erased", ["what", "rows", "note"], told)
    if receipt["snapshots_holding"]:
        say(f"Snapshots that still hold the person: {receipt['snapshots_holding']}", style="bold")
    for one in receipt["others"]:
        say(f"Yours to do: {one}.")
    say(f"The receipt names the person as {receipt['person']}.")
