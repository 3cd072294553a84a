"""``zhiyin bench intents``: what messages ask for, and what asks for nothing that is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhiyin.apps.cli.figures import figure, show_text
from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say

NAME = "intents"


def command(
    train: Annotated[
        Path, typer.Option(metavar="FILE", help="Table of text and intent to learn from.")
    ],
    test: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Table to judge by; a fifth of the other unless given, whole template families.",
        ),
    ] = None,
    oos: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Table of texts that ask for none of the intents."),
    ] = None,
    validation: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Table to choose the threshold by; texts left out of the training table unless given.",
        ),
    ] = None,
    tier: Annotated[
        int | None,
        typer.Option(
            min=0, max=1, help="0 = no model; 1 = with the model in the box, if there is one."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of what is held out and shuffled.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Tell intents, and texts that ask for none of them, beside a linear machine, a majority and shuffled labels.

    Accuracy and macro-F1 are of all texts of the test, with nothing rejected; the threshold is to reject 5 % of them. No
    text that is out of scope is learned from. Vectors are kept in the user's cache folder, so that a second run is quick.
    """
    from zhiyin.bench.intents import bench_intents

    with progress_bar("Learning", is_shown=not as_json, unit="texts") as tell:
        document = bench_intents(
            train, test, oos=oos, validation=validation, tier=tier, seed=seed, progress=tell
        )
    if as_json:
        print_json(document)
        return
    show_text(document)
    say(f"In scope and rejected: {figure(document['in_scope_rejected'])}")
    if "oos_recall" in document:
        recall, auroc = figure(document["oos_recall"]), figure(document["oos_auroc"])
        say(f"Out of scope: {recall} found, AUROC {auroc}")
