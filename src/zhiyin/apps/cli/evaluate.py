"""``zhiyin evaluate``: how good the shop's lists are, by its own events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from zhiyin.apps.cli.bench import JournalFile, ListLength, Seed, Trials, answer, run
from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from zhiyin.settings import Settings

NAME = "evaluate"

_Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Also write a report with pictures."),
]
_Language = Annotated[
    Literal["zh", "en"] | None,
    typer.Option("--lang", help="Of the report; the shop's own unless given."),
]

_Provider = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Exposure against merit by brand, category or another attribute of items.",
    ),
]
_Frontier = Annotated[
    bool,
    typer.Option("--frontier", help="What variety costs: every way to balance lists, instead."),
]
_Purchases = Annotated[
    bool,
    typer.Option("--purchases", help="How well purchases of what is listed are foretold, instead."),
]
_Picture = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Also draw the frontier, as PNG; needs the extra plots."),
]


def command(
    context: typer.Context,
    k: ListLength = 10,
    surface: Annotated[
        str, typer.Option(metavar="NAME", help="Which of the shop's pipelines to judge.")
    ] = "home",
    people: Annotated[
        int, typer.Option(min=1, help="How many people to judge by, at most.")
    ] = 1000,
    trials: Trials = 5,
    seed: Seed = 0,
    provider: _Provider = "brand",
    journal: JournalFile = None,
    html: _Html = None,
    language: _Language = None,
    frontier: _Frontier = False,
    picture: _Picture = None,
    purchases: _Purchases = False,
    as_json: AsJson = False,
) -> None:
    """Judge the shop's lists by its own events, beside baselines.

    The last events are hidden, the shop learns from the others, and its lists are held against what was hidden. The
    shop's data and what it serves stay as they are.
    """
    if sum(map(bool, (purchases, frontier or picture, html))) > 1:
        raise typer.BadParameter("--purchases, --frontier and --html are asked for one at a time")
    if purchases:
        _purchases(existing(context.obj), people, seed, as_json)
        return
    if frontier or picture:
        _frontier(existing(context.obj), surface, k, people, seed, picture, as_json)
        return
    from zhiyin.apps.cli.fairness import show
    from zhiyin.apps.report.file import refuse_unwritable, write_whole
    from zhiyin.apps.report.page import page
    from zhiyin.apps.report.words import Words
    from zhiyin.bench.own_data import evaluate
    from zhiyin.shop import Shop

    settings = existing(context.obj)
    if html:
        refuse_unwritable(html)
    with Shop.open(settings) as shop:
        document = run(
            lambda tell: evaluate(
                shop, surface=surface, k=k, people=people, trials=trials, seed=seed,
                provider=provider, journal=journal, progress=tell,
            ),
            "Evaluating", as_json=as_json,
        )  # fmt: skip
    if html:
        write_whole(html, page(document, language or settings.language))
    named = {**document, "html": html} if html else document
    answer(named, as_json=as_json, first=Words("en").verdict(document))
    if as_json:
        return
    show(document)
    if html:
        say(f"Report: {html}")


def _purchases(settings: Settings, people: int, seed: int, as_json: bool) -> None:
    from zhiyin.apps.cli.purchases import show
    from zhiyin.bench.purchases import purchases
    from zhiyin.shop import Shop

    with Shop.open(settings) as shop:
        document = run(
            lambda tell: purchases(shop, people=people, seed=seed, progress=tell),
            "Evaluating",
            as_json=as_json,
        )
    if as_json:
        print_json(document)
        return
    show(document)


def _frontier(
    settings: Settings,
    surface: str,
    k: int,
    people: int,
    seed: int,
    picture: Path | None,
    as_json: bool,
) -> None:
    from zhiyin.apps.cli.frontier import show
    from zhiyin.apps.report.file import refuse_unwritable
    from zhiyin.apps.report.frontier_picture import draw
    from zhiyin.bench.frontier import frontier
    from zhiyin.shop import Shop

    if picture:
        refuse_unwritable(picture)
    asked: dict[str, Any] = {"surface": surface, "k": k, "people": people, "seed": seed}
    with Shop.open(settings) as shop:
        document = run(
            lambda tell: frontier(shop, **asked, progress=tell), "Evaluating", as_json=as_json
        )
    if picture:
        draw(document, picture)
    if as_json:
        print_json(document)
        return
    show(document)
    if picture:
        say(f"Picture: {picture}")
