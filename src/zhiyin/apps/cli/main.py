"""The command ``zhiyin``: its verbs, and its exit codes (0 ok, 1 failed, 2 usage, 130 stopped by Ctrl+C)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from zhiyin import __version__
from zhiyin.apps.cli import (
    audit,
    bench,
    chat,
    check,
    demo,
    doctor,
    dump,
    evaluate,
    export,
    feed,
    forget,
    importing,
    init,
    insights,
    keys,
    mine,
    network,
    parts,
    portrait,
    pseudonyms,
    recommend,
    restore,
    rollback,
    rules,
    search,
    searches,
    serve,
    suggest,
    synonyms,
    train,
    why,
)
from zhiyin.apps.cli.failing import Verbs
from zhiyin.apps.cli.logs import log_to_stderr

app = typer.Typer(
    cls=Verbs,
    name="zhiyin",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for verb in (
    init, demo, importing, check, mine, train, evaluate, recommend, why, search, suggest, searches, feed, chat, portrait, network, serve, export, forget, dump, restore,
    rollback, audit, parts, doctor,
):  # fmt: skip
    app.command(verb.NAME)(verb.command)
app.add_typer(insights.app)
app.add_typer(keys.app)
app.add_typer(pseudonyms.app)
app.add_typer(rules.app)
app.add_typer(synonyms.app)
app.add_typer(bench.app)


def _version(is_asked: bool) -> None:
    if is_asked:
        sys.stdout.write(f"zhiyin {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(
            envvar="ZHIYIN_HOME", help="Folder of the shop's data.", show_default="zhiyin-home"
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Zhiyin (知音): a shop's data in, a personal list out."""
    context.obj = home
    log_to_stderr()


def run() -> None:
    """Run the command line."""
    app()
