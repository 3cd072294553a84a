"""``zhiyin demo``: the sample shop, from nothing to a served list."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from zhiyin.apps.cli.output import progress_bar, say
from zhiyin.apps.cli.recommend import show_page

if TYPE_CHECKING:
    from zhiyin.shop import Shop

NAME = "demo"
_HOME = Path("zhiyin-demo")
_SAMPLE = "sample"


def command(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Stop after the lists.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Which sample shop.")] = 7,
    language: Annotated[Literal["zh", "en"], typer.Option(help="Of titles and reasons.")] = "en",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the API; 0: a free one.")] = 8000,
) -> None:
    """Make a synthetic sample shop, show lists, and serve it.

    Shows the lists of three shoppers with reasons: one known well, one hardly, one not at all. The shop's folder is
    zhiyin-demo unless --home names another; running it again uses what is there.
    """
    from zhiyin.apps.api.server import serve
    from zhiyin.apps.web.beside import has_pages
    from zhiyin.settings import Settings
    from zhiyin.shop import Shop

    settings = Settings.load(context.obj or _HOME, language=language)
    with Shop.open(settings) as shop:
        _fill(shop, seed)
        user = _show_lists(shop, language)
    if once:
        return
    api = settings.api.model_copy(update={"port": port})
    serve(
        settings.model_copy(update={"api": api}),
        lambda url: say(
            f"\nZhiyin serves the sample shop at {url}\n"
            + (
                f"  console   {url}/console\n  shop      {url}/shop/as?user={user}\n"
                if has_pages()
                else ""
            )
            + f"  a list    {url}/v1/recommend?user={user}&n=10\n"
            f"  the docs  {url}/docs\nStop with Ctrl+C."
        ),
    )


def _fill(shop: Shop, seed: int) -> None:
    from zhiyin.core import Kind
    from zhiyin.errors import Conflict

    held = json.loads(shop.store.get_state(_SAMPLE) or "null")
    if (held is None and shop.store.count(Kind.PERSON)) or (held and held["seed"] != seed):
        raise Conflict(
            "this folder holds another shop",
            where=str(shop.settings.home),
            expected=f"an empty folder, or the sample shop of seed {seed}",
            next_step="name another: zhiyin --home DIR demo",
        )
    if held is None or shop.version is None:
        shop.store.set_state(_SAMPLE, json.dumps({"seed": seed}))
        with progress_bar("Making the sample shop (synthetic)", is_shown=True) as tell:
            report = shop.ingest("sample", options={"seed": seed}, progress=tell)
        counts = " · ".join(f"{count:,} {kind}" for kind, count in report.accepted.items())
        say(f"Sample shop, synthetic, seed {seed}: {counts} ({report.seconds:.1f} s)")
        with progress_bar("Training", is_shown=True, unit="trials") as tell:
            manifest = shop.train(tell)
        parts = manifest["facts"]["affinity"]["weights"]
        used = sorted({name for own in parts.values() for name in own})
        say(f"Trained: a blend of {', '.join(used)}; snapshot {manifest['version']}")


def _show_lists(shop: Shop, language: str) -> str:
    """Show the lists of someone with a long history, someone with a short one, and someone unknown; return the first."""
    import polars as pl

    from zhiyin.apps.documents import page_document
    from zhiyin.core import Kind

    events = pl.concat(shop.store.events())
    counts = events.group_by("person").len().sort("len", "person")
    long, short = counts.row(int(0.9 * counts.height)), counts.row(int(0.1 * counts.height))
    # The sample's year is over, so its lists are asked for as of its last event.
    last: int = events["time_us"].max()  # type: ignore[assignment]
    time = datetime.fromtimestamp(last / 1e6, UTC)
    users = shop.store.keys(Kind.PERSON, [long[0], short[0]])
    for user, (_, n_events) in zip(users, (long, short), strict=True):
        document = page_document(
            shop, shop.recommend(user, n=5, time=time, is_preview=True), language
        )
        show_page(f"{user}, {n_events} events", document)
    document = page_document(shop, shop.recommend(None, n=5, time=time, is_preview=True), language)
    show_page("someone new", document)
    return users[0]
