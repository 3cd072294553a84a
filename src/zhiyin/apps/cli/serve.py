"""``zhiyin serve``: the HTTP API."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.apps.cli.logs import log_to_stderr
from zhiyin.apps.cli.output import say

NAME = "serve"


def command(
    context: typer.Context,
    host: Annotated[
        str | None,
        typer.Option(help="Address; other than this machine's own needs a key."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that answer, on one port.")
    ] = None,
) -> None:
    """Serve the HTTP API until stopped.

    The API is described at /docs for people and at /openapi.json for programs. Address, port and the number of workers
    come from the settings where they are not given. A snapshot that is trained or rolled back to meanwhile is taken up
    without a restart; SIGTERM ends requests under way, writes what is waiting, and ends with exit code 0.
    """
    from zhiyin.apps.api.server import serve
    from zhiyin.settings import Settings

    settings = Settings.load(context.obj)
    options = {"host": host, "port": port, "workers": workers}
    given = {name: value for name, value in options.items() if value is not None}
    api = settings.api.model_copy(update=given)
    serve(
        settings.model_copy(update={"api": api}),
        lambda url: say(f"Zhiyin serves at {url} (docs: {url}/docs)"),
        log_to_stderr,
    )
