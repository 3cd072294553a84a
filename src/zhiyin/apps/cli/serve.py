"""``zhiyin serve``: the HTTP API."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiyin.apps.cli.output import say

NAME = "serve"


def command(
    context: typer.Context,
    host: Annotated[
        str | None,
        typer.Option(help="Address; other than this machine's own needs ZHIYIN_API__KEY."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")
    ] = None,
) -> None:
    """Serve the HTTP API until stopped.

    The API is described at /docs for people and at /openapi.json for programs. Address and port come from the settings
    where they are not given.
    """
    from zhiyin.apps.api.server import serve
    from zhiyin.settings import Settings

    settings = Settings.load(context.obj)
    given = {name: v for name, v in (("host", host), ("port", port)) if v is not None}
    api = settings.api.model_copy(update=given)
    serve(
        settings.model_copy(update={"api": api}),
        lambda url: say(f"Zhiyin serves at {url} (docs: {url}/docs)"),
    )
