"""``zhiyin bench serve``: the live service under load."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhiyin.apps.cli.output import AsJson, print_json, progress_bar, say, table

NAME = "serve"


def command(
    of: Annotated[
        Path | None,
        typer.Option(metavar="HOME", help="A trained shop, of which a copy is driven."),
    ] = None,
    data: Annotated[
        Path,
        typer.Option(
            metavar="FOLDER", envvar="ZHIYIN_DATA", help="Public data sets, with hetrec_lastfm."
        ),
    ] = Path("../shared/data"),
    store: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="An empty database, which is filled and driven, such as postgresql:///bench.",
        ),
    ] = "",
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes of the server.")] = 2,
    seconds: Annotated[float, typer.Option(min=0.5, help="How long each run takes.")] = 8.0,
    seed: Annotated[int, typer.Option(min=0, help="Of who asks and what is done.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Drive a server of this machine: pages, events, what crosses workers, and snapshots that change meanwhile.

    The server is the command's own, over a temporary home made of the public data set, or of a copy of a shop. The same
    load on a route that does nothing says what a request costs by itself.
    """
    from zhiyin.bench.serve import bench_serve

    with progress_bar("Driving", is_shown=not as_json, unit="requests") as tell:
        told = bench_serve(
            home=of,
            data=data,
            store=store,
            workers=workers,
            seconds=seconds,
            seed=seed,
            progress=tell,
        )
    if as_json:
        print_json(told)
        return
    rows = [
        [name, *told[key].values()]
        for name, key in (
            ("pages, one client", "one_client"),
            (f"pages, {told['setting']['clients']} clients", "recommend"),
            ("a route that does nothing", "noop"),
        )
    ]
    table("Requests", ["", "p50 ms", "p99 ms", "a second", "errors"], rows)
    say(f"Events stored: {told['events_per_s']:,} a second")
    say(f"From an event to another worker's list: {told['event_to_list_p95_ms']} ms (p95)")
    training, swap = told["training"], told["swap"]
    say(f"p99 beside a training: {training['p99_ms']} ms, before {training['p99_ms_before']} ms")
    say(
        f"{swap['swaps']} changes of the snapshot: {swap['failed']} of {swap['requests']:,} requests failed, "
        f"p99 {swap['p99_ms_during']} ms, else {swap['p99_ms_before']} ms"
    )
