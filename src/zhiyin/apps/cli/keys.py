"""``zhiyin keys``: who may ask the API; a verb is one function of this file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say, table

if TYPE_CHECKING:
    from zhiyin.core.key import Key

app = typer.Typer(
    name="keys",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Make, replace and revoke the keys of the API.",
)

_Name = Annotated[str, typer.Argument(metavar="NAME", help="Who uses it, such as shop-front.")]


@app.command("list")
def keys_list(context: typer.Context, as_json: AsJson = False) -> None:
    """List all keys, those that ended too; their secrets are nowhere kept."""
    from zhiyin.apps.key_document import key_document
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        keys = [key_document(one) for one in shop.store.api_keys.listed()]
    if as_json:
        print_json({"keys": keys})
    elif not keys:
        say("No keys: the API answers to this machine only, and to everybody on it.")
    else:
        _show(keys)


@app.command()
def add(
    context: typer.Context,
    name: _Name,
    scope: Annotated[
        list[str],
        typer.Option(
            metavar="SCOPE",
            help="ingest, serve, operate or admin, which is all of them; may be given more than once.",
        ),
    ],
    expires: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="It ends after so long, such as 90d.", show_default="never"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print its secret, this once."""
    from zhiyin.core.key import duration
    from zhiyin.shop import Shop

    lasts = None if expires is None else duration(expires)
    with Shop.open(existing(context.obj)) as shop:
        _tell(*shop.store.api_keys.add(name, scope, lasts), as_json=as_json)


@app.command()
def rotate(
    context: typer.Context,
    name: _Name,
    grace: Annotated[
        str, typer.Option(metavar="TIME", help="So long the old secret still opens.")
    ] = "24h",
    as_json: AsJson = False,
) -> None:
    """Make a new secret for a key and print it, this once."""
    from zhiyin.core.key import duration
    from zhiyin.shop import Shop

    lasts = duration(grace)
    with Shop.open(existing(context.obj)) as shop:
        _tell(*shop.store.api_keys.rotate(name, lasts), as_json=as_json)


@app.command()
def revoke(context: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Take a key back; a server that runs refuses it within a second."""
    from zhiyin.apps.key_document import key_document
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        revoked = [key_document(one) for one in shop.store.api_keys.revoke(name)]
    if as_json:
        print_json({"keys": revoked})
    else:
        say(f"Revoked: {name}")


def _tell(key: Key, secret: str, *, as_json: bool) -> None:
    from zhiyin.apps.key_document import key_document

    if as_json:
        print_json({**key_document(key), "secret": secret})
        return
    say(secret)
    say(f"This is the secret of {key.name}; it is told only now.")


def _show(keys: Sequence[Mapping[str, Any]]) -> None:
    rows = [
        [one["name"], ", ".join(one["scopes"]), one["created"][:10], _end(one), one["used"] or "never"]
        for one in keys
    ]  # fmt: skip
    table("", ["key", "scopes", "made", "ends", "last used"], rows)


def _end(key: Mapping[str, Any]) -> str:
    if key["revoked"]:
        return f"revoked {key['revoked'][:10]}"
    if key["expires"] is None:
        return "never"
    said = str(key["expires"])[:16]
    return said if key["holds"] else f"ended {said}"
