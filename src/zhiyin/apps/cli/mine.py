"""``zhiyin mine``: read what people wrote and what the catalogue says since the last time."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say, table

NAME = "mine"


def command(
    context: typer.Context,
    learn: Annotated[
        bool, typer.Option("--learn", help="First learn polarity from the shop's own ratings.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read everything anew, and fit the embedder anew.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read new reviews, posts and items: opinions, facts, vectors.

    Only what changed since the last run is read, and a run that was stopped goes on where it was. Without a model all
    is read by rules and statistics; the settings name an embedder.
    """
    from zhiyin.shop import Shop

    with (
        Shop.open(existing(context.obj)) as shop,
        progress_bar("Mining", is_shown=not as_json, unit="texts") as tell,
    ):
        learned = shop.texts.learn() if learn else {}
        mined = shop.texts.mine(rebuilds=rebuild or bool(learned), progress=tell)
    n = mined.posts + mined.items
    document = {
        **asdict(mined),
        "per_s": round(n / max(mined.seconds, 1e-9), 1),
        **({"learned": learned} if learn else {}),
    }
    if as_json:
        print_json(document)
    else:
        _show(document, learned)


def _show(document: dict[str, Any], learned: dict[str, Any]) -> None:
    for language, told in learned.items():
        kept = "kept" if told["is_kept"] else "not better, so not kept"
        say(
            f"Polarity, {language}: {told['before']:.4f} before, {told['after']:.4f} learned from "
            f"{told['texts']:,} rated texts: {kept}"
        )
    for note in document["notes"]:
        say(note)
    say(
        f"Read {document['posts']:,} posts and {document['items']:,} items in "
        f"{document['seconds']:.1f} s, {document['per_s']:,.0f} a second; "
        f"{sum(document['facts'].values()):,} facts, {document['vectors']:,} vectors"
    )
    most = sorted(document["facts"].items(), key=lambda one: -one[1])
    rows = [[name, n, _examples(document["examples"][name])] for name, n in most]
    if rows:
        table("", ["fact", "found", "such as"], rows)


def _examples(shown: list[dict[str, str]]) -> str:
    said = (f"{one['value']} “{one['span']}”" if one["span"] else one["value"] for one in shown)
    return " · ".join(said)
