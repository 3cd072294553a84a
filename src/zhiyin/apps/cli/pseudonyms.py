"""``zhiyin pseudonyms``: people's ids hidden in all that is kept, or shown again; a verb is one function of this file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say

if TYPE_CHECKING:
    from zhiyin.pseudonymising import TurnedOver

app = typer.Typer(
    name="pseudonyms",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Hide people's ids in all that is kept.",
)


@app.command()
def on(context: typer.Context, as_json: AsJson = False) -> None:
    """Turn a shop over to pseudonyms, as its settings say.

    Stop whoever serves first. All of it is done or nothing; run it again if it was stopped. Whoever loses the key loses
    all ids for good: keep a copy of it elsewhere. Dumps and backups from before still hold ids.
    """
    from zhiyin.pseudonymising import Pseudonymising

    with progress_bar("Hiding", is_shown=not as_json) as tell:
        done = Pseudonymising(existing(context.obj)).on(tell)
    _say(done, as_json=as_json)


@app.command()
def off(context: typer.Context, as_json: AsJson = False) -> None:
    """Turn a shop back to its own ids, as its settings say."""
    from zhiyin.pseudonymising import Pseudonymising

    with progress_bar("Showing", is_shown=not as_json) as tell:
        done = Pseudonymising(existing(context.obj)).off(tell)
    _say(done, as_json=as_json)


@app.command()
def rotate(
    context: typer.Context,
    to: Annotated[
        Path, typer.Option(metavar="FILE", help="File of the new key, made where there is none.")
    ],
    as_json: AsJson = False,
) -> None:
    """Hide people's ids with a new key, the shop's from then on."""
    from zhiyin.pseudonymising import Pseudonymising

    with progress_bar("Rotating", is_shown=not as_json) as tell:
        done = Pseudonymising(existing(context.obj)).rotate(to, tell)
    _say(done, as_json=as_json)
    if not as_json:
        say(
            f"The key is in {to} now: name it as privacy.key_file, or put it where the old one was."
        )


@app.command()
def rejected(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of the quarantine.")],
) -> None:
    """Print refused rows of an import as they were."""
    from zhiyin.pseudonymising import Pseudonymising

    for line in Pseudonymising(existing(context.obj)).rejected(file):
        typer.echo(line)


def _say(done: TurnedOver, *, as_json: bool) -> None:
    if as_json:
        print_json({"people": done.people, "left": done.left})
        return
    say(
        f"People turned over: {done.people:,}"
        if done.people
        else "The database was turned over before."
    )
    say("Dumps, exports and backups from before are as they were.")
    if done.left:
        say(done.left)
