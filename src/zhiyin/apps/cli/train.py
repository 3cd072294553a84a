"""``zhiyin train``: learn from all events and publish a snapshot."""

from __future__ import annotations

import time

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say, spinner, table

NAME = "train"


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Learn from all events and publish a snapshot.

    The model is chosen on a held-out part of the events; the table shows what was tried. A server that runs takes the
    new snapshot up by itself.
    """
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop, spinner("Training", is_shown=not as_json):
        started = time.perf_counter()
        manifest = shop.train()
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
