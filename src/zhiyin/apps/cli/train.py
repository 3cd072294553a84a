"""``zhiyin train``: learn from all events and publish a snapshot."""

from __future__ import annotations

import os
import time

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say, table

NAME = "train"
_NICENESS = 10


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Learn from all events and publish a snapshot.

    Parts of the model and their weights are chosen on a held-out part of the events; the tables show what was tried and
    what each part weighs. A server that runs takes the new snapshot up by itself.
    """
    from zhiyin.shop import Shop

    # Who serves beside it comes first.
    os.setpriority(os.PRIO_PROCESS, 0, max(os.getpriority(os.PRIO_PROCESS, 0), _NICENESS))
    with (
        Shop.open(existing(context.obj)) as shop,
        progress_bar("Training", is_shown=not as_json, unit="trials") as tell,
    ):
        started = time.perf_counter()
        manifest = shop.train(tell)
        seconds = round(time.perf_counter() - started, 3)
    if as_json:
        print_json({**manifest, "seconds": seconds})
        return
    facts = manifest["facts"]
    counts = " · ".join(f"{count:,} {name}" for name, count in facts["counts"].items())
    say(f"Snapshot {manifest['version']}: {manifest['model']}, {counts}, {seconds:.1f} s")
    tried = facts["affinity"]
    rows = [[name, *figures] for name, figures in tried["figures"].items()]
    table(
        f"{tried['metric']} ({tried['split']}, {tried['people']} people)",
        ["tried", "mean", "low", "high"],
        rows,
    )
    weights = tried["weights"]
    parts = [name for name in tried["parameters"] if any(name in own for own in weights.values())]
    table(
        "What each part weighs, by the items in a person's history",
        ["part", *(f"{fewest}+" for fewest in weights)],
        [[name, *(own.get(name, 0.0) for own in weights.values())] for name in parts],
    )
