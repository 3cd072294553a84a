"""``zhiyin bench``: models on files, beside baselines and controls; a task is one function of this file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from zhiyin.apps.cli import bench_intents, bench_serve
from zhiyin.apps.cli.figures import (
    show,
    show_contexts,
    show_search,
    show_search_sample,
    show_text,
    show_ties,
)
from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say
from zhiyin.errors import SettingsError

NAME = "bench"

Task = Callable[[Callable[[float, int], None]], dict[str, Any]]
"""Judges models, and tells how far it is."""

app = typer.Typer(
    name=NAME,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Judge models on files, beside baselines and controls.",
)
app.command(bench_intents.NAME)(bench_intents.command)
app.command(bench_serve.NAME)(bench_serve.command)

ListLength = Annotated[
    int, typer.Option("-k", "--k", min=1, max=10_000, help="Length of the lists.")
]
Trials = Annotated[
    int, typer.Option(min=1, help="Parameter sets that each model may try, its defaults first.")
]
Seed = Annotated[
    int,
    typer.Option(
        min=0, help="Of all that is drawn: people, held-out parts, trials, controls, intervals."
    ),
]
JournalFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Keeps finished trials, so that a stopped run goes on."),
]
_Models = Annotated[
    str,
    typer.Option(
        metavar="NAMES", help="As ease,friends; all of the task unless given, and baselines always."
    ),
]
_Train = Annotated[Path, typer.Option(metavar="FILE", help="Table of events to learn from.")]
_Test = Annotated[Path, typer.Option(metavar="FILE", help="Table of events to be foretold.")]


@app.command()
def cf(
    train: _Train,
    test: _Test,
    ties: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Table of ties between people.")
    ] = None,
    k: ListLength = 20,
    models: _Models = "",
    history: Annotated[
        str,
        typer.Option(
            metavar="LENGTHS", help="Also judge with histories cut to so many items, as 0,1,3,8."
        ),
    ] = "",
    trials: Trials = 10,
    seed: Seed = 0,
    journal: JournalFile = None,
    as_json: AsJson = False,
) -> None:
    """Foretell who will take what, among all items.

    The columns of the files are guessed as zhiyin import table guesses them. Parameters are chosen on a held-out part
    of the training file. A model that uses ties stands beside its control with shuffled ties.
    """
    from zhiyin.bench.cf import bench_cf

    _judge(
        lambda tell: bench_cf(
            train,
            test,
            ties=ties,
            k=k,
            models=_names(models),
            history=_lengths(history),
            trials=trials,
            seed=seed,
            journal=journal,
            progress=tell,
        ),
        as_json=as_json,
    )


@app.command()
def sequence(
    sequences: Annotated[
        Path,
        typer.Option(metavar="FILE", help="Table of people, each with a list of items in order."),
    ],
    attributes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="JSON object of items, each with its list of attributes."
        ),
    ] = None,
    k: ListLength = 10,
    models: _Models = "",
    trials: Trials = 10,
    seed: Seed = 0,
    journal: JournalFile = None,
    as_json: AsJson = False,
) -> None:
    """Foretell the next item of a sequence, among all items.

    Of each person the last item is to be found; parameters are chosen by the one before it.
    """
    from zhiyin.bench.sequence import bench_sequence

    _judge(
        lambda tell: bench_sequence(
            sequences,
            attributes=attributes,
            k=k,
            models=_names(models),
            trials=trials,
            seed=seed,
            journal=journal,
            progress=tell,
        ),
        as_json=as_json,
    )


@app.command()
def ratings(
    train: _Train,
    test: _Test,
    models: _Models = "",
    trials: Trials = 10,
    seed: Seed = 0,
    journal: JournalFile = None,
    as_json: AsJson = False,
) -> None:
    """Foretell ratings, and measure by how much they miss.

    The files are tables of events whose values are ratings. Parameters are chosen on a held-out part of the training
    file.
    """
    from zhiyin.bench.ratings import bench_ratings

    _judge(
        lambda tell: bench_ratings(
            train,
            test,
            models=_names(models),
            trials=trials,
            seed=seed,
            journal=journal,
            progress=tell,
        ),
        as_json=as_json,
    )


@app.command()
def ties(
    ties: Annotated[Path, typer.Option(metavar="FILE", help="Table of ties between people.")],
    interactions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Table of what they did with items, or toward one another."
        ),
    ] = None,
    directed: Annotated[
        bool, typer.Option("--directed", help="A tie says nothing of the way back, as trust.")
    ] = False,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Tell hidden ties from pairs that are none and as well connected.

    A tenth of the ties is hidden, and as much again to learn from. The control learns from ties that were shuffled.
    """
    from zhiyin.bench.ties import bench_ties

    document = run(
        lambda tell: bench_ties(ties, interactions, is_directed=directed, seed=seed, progress=tell),
        "Looking",
        as_json=as_json,
        unit="ties",
    )
    if as_json:
        print_json(document)
    else:
        show_ties(document)


@app.command()
def context(
    data: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="Table of people, items and situations, as columns weather and weekday.",
        ),
    ],
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Foretell what people take in which situation, among all items.

    One row of each person with three is hidden. A model with context stands beside the same model without, and beside its
    control with shuffled contexts; items that are new to the person stand apart from those they had in another context.
    """
    from zhiyin.bench.context import bench_context

    document = run(
        lambda tell: bench_context(data, seed=seed, progress=tell),
        "Judging",
        as_json=as_json,
        unit="models",
    )
    if as_json:
        print_json(document)
    else:
        show_contexts(document)


@app.command()
def text(
    task: Annotated[
        Literal["polarity", "aspect", "triplet"],
        typer.Option(help="What is to be told of a text."),
    ],
    train: Annotated[Path, typer.Option(metavar="FILE", help="Labelled texts to learn from.")],
    test: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Labelled texts to judge by; a fifth of the others unless given."
        ),
    ] = None,
    tier: Annotated[
        int, typer.Option(min=0, max=1, help="0 = no model; 1 = with the model in the box too.")
    ] = 0,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Tell what texts think, beside rules, a majority and shuffled labels.

    polarity reads a table of texts with a label each: 0 and 1, positive and negative, or ratings. aspect reads records of
    three lines: a text with $T$ in the aspect's place, the aspect, its polarity. triplet reads texts with the places of
    aspects and opinions behind ####. Vectors of tier 1 are kept in the user's cache folder, so that a second run is quick.
    """
    from zhiyin.bench.text import bench_text

    document = run(
        lambda tell: bench_text(task, train, test, tier=tier, seed=seed, progress=tell),
        "Reading",
        as_json=as_json,
        unit="texts",
    )
    if as_json:
        print_json(document)
    else:
        show_text(document)


@app.command()
def search(
    products: Annotated[
        Path, typer.Option(metavar="FILE", help="Table of product and title, parted by tabs.")
    ],
    judgments: Annotated[
        Path,
        typer.Option(metavar="FILE", help="Table of query, product and relevance, parted by tabs."),
    ],
    embedder: Annotated[
        str, typer.Option(metavar="NAME", help="As lsa, e5 or static; none for words alone.")
    ] = "lsa",
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Find products by queries that people judged, beside BM25 and a random order.

    The judged products of each query are put in order, and the whole catalogue is searched for the best of them. Weights
    are learned from other queries than those they are judged by. Controls learn from shuffled judgments, and from vectors
    shuffled over products.
    """
    from zhiyin.bench.search import bench_search

    document = run(
        lambda tell: bench_search(products, judgments, embedder=embedder, seed=seed, progress=tell),
        "Searching",
        as_json=as_json,
        unit="queries",
    )
    if as_json:
        print_json(document)
    else:
        show_search(document)


@app.command("search-sample")
def search_sample(
    seed: Annotated[int, typer.Option(min=0, help="Of the sample shop and its queries.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Find goods of the sample shop by queries that are judged by what is true of the goods, beside BM25.

    Of 200 queries, a third of them mistyped, parameters may be chosen on half A; half B is for scoring only. The control
    has the judgments shuffled between queries.
    """
    from zhiyin.bench.search_sample import bench_search_sample

    document = run(
        lambda _: bench_search_sample(seed), "Searching", as_json=as_json, unit="queries"
    )
    if as_json:
        print_json(document)
    else:
        show_search_sample(document)


def run(task: Task, text: str, *, as_json: bool, unit: str = "trials") -> dict[str, Any]:
    """Let a task work beside a bar, and return what it answers."""
    with progress_bar(text, is_shown=not as_json, unit=unit) as tell:
        return task(tell)


def answer(document: Mapping[str, Any], *, as_json: bool, first: Iterable[str] = ()) -> None:
    """Print what a task answered, for people with some sentences before the tables."""
    if as_json:
        print_json(document)
        return
    for sentence in first:
        say(sentence)
    show(document)


def _judge(task: Task, *, as_json: bool) -> None:
    answer(run(task, "Trying", as_json=as_json), as_json=as_json)


def _names(said: str) -> list[str]:
    return [name for name in map(str.strip, said.split(",")) if name]


def _lengths(said: str) -> list[int]:
    words = [word.strip() for word in said.split(",")] if said.strip() else []
    for word in words:
        if not (word.isascii() and word.isdigit()):
            raise SettingsError(
                f'"{word}" is no length of a history',
                where="--history",
                expected="whole numbers from 0 with commas between them",
                next_step="write it as --history 0,1,3,8",
            )
    return [int(word) for word in words]
