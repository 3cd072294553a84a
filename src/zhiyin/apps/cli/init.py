"""``zhiyin init``: make a shop's home folder with an annotated settings file."""

from __future__ import annotations

import typer

from zhiyin.apps.cli.output import AsJson, print_json, say

NAME = "init"


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Make a shop's folder, its settings file and its database.

    The settings file holds every key with its default and what it is for. What is there already is kept.
    """
    from zhiyin.settings import Settings, annotated
    from zhiyin.shop import Shop

    settings = Settings.load(context.obj)
    path = settings.home / "zhiyin.toml"
    is_new = not path.exists()
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_new:
        path.write_text(annotated(), encoding="utf-8")
    with Shop.open(settings):
        pass
    if as_json:
        print_json({"home": settings.home, "settings": path, "created": is_new})
    else:
        say(f"{'Made' if is_new else 'Kept'} {path}")
        say("Next: zhiyin import table FILE --kind events, then zhiyin train")
