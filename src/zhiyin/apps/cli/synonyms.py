"""``zhiyin synonyms``: words that stand for one another in searches; a verb is one function of this file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say, table

if TYPE_CHECKING:
    from zhiyin.core.synonym import Synonym

app = typer.Typer(
    name="synonyms",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Let words stand for one another in searches.",
)

_Words = Annotated[
    str,
    typer.Argument(
        metavar="WORDS",
        help="'sneakers = trainers' for both ways, 'keyboard -> input device' for one.",
    ),
]
_By = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Who says so.", show_default="the name you logged in with"),
]


@app.command("list")
def synonyms_list(
    context: typer.Context,
    changes: Annotated[
        bool, typer.Option("--changes", help="All that was done with synonyms, by whom and when.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the synonyms that were not removed."""
    from zhiyin.apps.synonym_document import change_document, synonym_document
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        standing = [synonym_document(one) for one in shop.searching.aids.synonyms.standing()]
        done = (
            [change_document(one) for one in shop.searching.aids.synonyms.changes()]
            if changes
            else []
        )
    if as_json:
        print_json({"changes": done} if changes else {"synonyms": standing})
    elif changes:
        _show([one["synonym"] for one in done], [one["act"] for one in done])
    else:
        _show(standing)


@app.command()
def add(
    context: typer.Context,
    words: _Words,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why, for people.")] = "",
    by: _By = None,
    as_json: AsJson = False,
) -> None:
    """Add a synonym; a query with one of its words finds what the others find as well."""
    from zhiyin.apps.synonym_document import synonym_document
    from zhiyin.shop import Shop

    synonym = _read(words, set_by=by or _login(), note=note)
    with Shop.open(existing(context.obj)) as shop:
        known = {one.id for one in shop.searching.aids.synonyms.standing()}
        document = synonym_document(shop.searching.aids.synonyms.add(synonym))
    if as_json:
        print_json(document)
        return
    if document["id"] in known:
        say("It stands already:")
    _show([document])


@app.command()
def remove(
    context: typer.Context,
    synonym: Annotated[
        str, typer.Argument(metavar="SYNONYM", help="Its id, as zhiyin synonyms list tells it.")
    ],
    by: _By = None,
    as_json: AsJson = False,
) -> None:
    """Remove a synonym; it stays in the list of changes."""
    from zhiyin.apps.synonym_document import synonym_document
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        document = synonym_document(shop.searching.aids.synonyms.remove(synonym, by or _login()))
    if as_json:
        print_json(document)
    else:
        say(f"Removed: {document['text']}")


@app.command()
def preview(
    context: typer.Context,
    words: _Words,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A search to try it on.")],
    n: Annotated[int, typer.Option("-n", min=1, max=100, help="How many places.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Print what a query finds without and with a synonym; nothing is stored."""
    from zhiyin.apps.synonym_document import preview_document
    from zhiyin.shop import Shop

    synonym = _read(words)
    with Shop.open(existing(context.obj)) as shop:
        tried = shop.searching.aids.synonyms.preview(synonym, query, n=n)
        document = preview_document(shop, tried, shop.settings.language)
    if as_json:
        print_json(document)
        return
    say("Also asked as: " + (", ".join(document["alternatives"]) or "nothing else"))
    pages = document["before"], document["after"]
    rows = [
        [place + 1, *(_place_of(page, place) for page in pages)]
        for place in range(max(map(len, pages)))
    ]
    table("", ["", "before", "after"], rows)


@app.command()
def proposed(
    context: typer.Context,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Print words that may be synonyms: from searches for them the same items are chosen.

    Only searches of at least five people count, and nothing is applied by itself.
    """
    from zhiyin.apps.synonym_document import proposal_document
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        found = [proposal_document(one) for one in shop.searching.aids.synonyms.proposed(n=n)]
    if as_json:
        print_json({"proposed": found})
    elif not found:
        say("No proposals.")
    else:
        rows = [
            [" = ".join(one["words"]), " | ".join(one["queries"]), one["likeness"], one["items"], one["people"]]
            for one in found
        ]  # fmt: skip
        table("", ["words", "seen in", "likeness", "items", "people"], rows)


def _read(words: str, *, set_by: str = "", note: str = "") -> Synonym:
    from zhiyin.core.synonym import Synonym

    return Synonym.read(words, set_by=set_by, note=note)


def _login() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        raise typer.BadParameter("nobody is logged in", param_hint="--by") from None


def _show(synonyms: Sequence[Mapping[str, Any]], acts: Sequence[str] = ()) -> None:
    if not synonyms:
        say("No synonyms.")
        return
    rows = [
        [*acts[place : place + 1], one["id"], one["text"], f"{one['set_by']}, {one['set_at'][:16]}", one["note"]]
        for place, one in enumerate(synonyms)
    ]  # fmt: skip
    table("", [*(["act"] if acts else []), "synonym", "words", "set by", "note"], rows)


def _place_of(page: Sequence[Mapping[str, Any]], place: int) -> str:
    if place >= len(page):
        return ""
    return f"{str(page[place]['title'] or '')[:40]} [{page[place]['item']}]".strip()
