"""``zhiyin serve``: the HTTP API, and the pages beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhiyin.apps.cli.existing import nowhere
from zhiyin.apps.cli.logs import log_to_stderr
from zhiyin.apps.cli.output import say

if TYPE_CHECKING:
    from zhiyin.settings import ApiSettings

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
    ui_port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port of the pages beside several workers."),
    ] = None,
    shops: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Serve every shop right under DIR, at /shops/NAME."),
    ] = None,
) -> None:
    """Serve the HTTP API, console and storefront until stopped.

    The API is described at /docs and /openapi.json; console and storefront need the extra web. What is not given comes
    from the settings. A snapshot that is trained or rolled back to meanwhile is taken up
    without a restart; SIGTERM ends requests under way, writes what is waiting, and ends with exit code 0.

    With --shops each folder right under DIR that holds a shop is served, with its own keys and settings; address, port and
    workers then come from DIR/zhiyin.toml.
    """
    from zhiyin.apps.api.server import serve, serve_shops
    from zhiyin.apps.api.shop_folders import common_settings, is_home
    from zhiyin.errors import SettingsError
    from zhiyin.settings import Settings

    options = {"host": host, "port": port, "workers": workers, "ui_port": ui_port}
    given = {name: value for name, value in options.items() if value is not None}
    if shops is not None:
        source = context.find_root().get_parameter_source("home")
        if source is not None and source.name == "COMMANDLINE":
            raise SettingsError(
                "one shop and a folder of shops are named",
                where="--home and --shops",
                expected="one of them",
                next_step="zhiyin --home HOME serve for one shop, zhiyin serve --shops DIR for all of a folder",
            )
        api = common_settings(shops).model_copy(update=given)
        told = "Zhiyin serves at {0}/shops/NAME (docs: {0}/shops/NAME/docs)"
        serve_shops(shops, api, lambda url: say(told.format(url)), _logging(api))
        return
    settings = Settings.load(context.obj)
    if not settings.store.url and not is_home(settings.home):
        raise nowhere(settings.home)
    api = settings.api.model_copy(update=given)
    serve(
        settings.model_copy(update={"api": api}),
        lambda url: say(f"Zhiyin serves at {url} ({_places(url)})"),
        _logging(api),
    )


def _places(url: str) -> str:
    from zhiyin.apps.web.beside import PLACES, has_pages

    shown = ("/docs", *(PLACES if has_pages() else ()))
    return ", ".join(f"{place[1:]}: {url}{place}" for place in shown)


def _logging(api: ApiSettings) -> Callable[[], None]:
    """Let this process log as the settings say, and return what lets another do so."""
    begin = partial(log_to_stderr, api.log, requests=api.access_log)
    begin()
    return begin
