"""``zhiyin rules``: what whoever runs the shop wants of some items; a verb is one function of this file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, print_json, say, table
from zhiyin.errors import InvalidRecord

if TYPE_CHECKING:
    from datetime import datetime

    from zhiyin.core.rule import Rule
    from zhiyin.settings import Settings

app = typer.Typer(
    name="rules",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Pin, bury, exclude, boost or expose items, at once.",
)

_Kind = Annotated[
    str,
    typer.Argument(
        metavar="KIND",
        help="pin (needs --place), bury, exclude, boost (--strength) or expose (--share).",
    ),
]
_Where = Annotated[
    str,
    typer.Argument(
        metavar="[WHERE]",
        help="Which items, such as 'category = \"tea\" and price < 50 and age_days < 14'.",
        show_default=False,
    ),
]
_Items = Annotated[
    list[str] | None,
    typer.Option("--item", metavar="ID", help="An item, in the place of WHERE; can be repeated."),
]
_Surfaces = Annotated[
    list[str] | None,
    typer.Option("--surface", metavar="NAME", help="On these pages only; can be repeated."),
]
_Place = Annotated[int | None, typer.Option(help="Of a pin, from 1.")]
_Strength = Annotated[
    float | None,
    typer.Option(help="Of a boost, in ranges of the page's scores: .2 lifts a little, -.2 lowers."),
]
_Share = Annotated[
    float | None, typer.Option(help="Of expose: the part of what is seen, such as .1.")
]
_From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="TIME", help="Holds from then on: 2026-11-25 or 2026-11-25T08:00+08:00."
    ),
]
_Until = Annotated[str | None, typer.Option(metavar="TIME", help="Holds before then.")]
_Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why, for people.")]
_By = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Who says so.", show_default="the name you logged in with"),
]
_Query = Annotated[
    str | None,
    typer.Option(
        metavar="WORDS", help="Only where a search has all these words, such as 'green tea'."
    ),
]
_Id = Annotated[str, typer.Argument(metavar="RULE", help="Its id, as zhiyin rules list tells it.")]


@app.command("list")
def rules_list(
    context: typer.Context,
    changes: Annotated[
        bool, typer.Option("--changes", help="All that was done with rules, by whom and when.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the rules that were not removed."""
    from zhiyin.apps.rule_document import change_document, rule_document
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        rules = [rule_document(shop, rule) for rule in shop.rules.standing()]
        done = [change_document(one) for one in shop.rules.changes()] if changes else []
    if as_json:
        print_json({"changes": done} if changes else {"rules": rules})
    elif changes:
        _show([one["rule"] for one in done], [one["act"] for one in done])
    else:
        _show(rules)
        _warn(rules)


@app.command()
def add(
    context: typer.Context,
    kind: _Kind,
    where: _Where = "",
    item: _Items = None,
    surface: _Surfaces = None,
    query: _Query = None,
    place: _Place = None,
    strength: _Strength = None,
    share: _Share = None,
    since: _From = None,
    until: _Until = None,
    note: _Note = None,
    by: _By = None,
    as_json: AsJson = False,
) -> None:
    """Add a rule; it holds from the next page on."""
    from zhiyin.apps.rule_document import rule_document
    from zhiyin.shop import Shop

    settings = existing(context.obj)
    said = _said(settings, where, item, surface, place, strength, share, since, until, note, query)
    rule = _made(kind, said, by=by or _login())
    with Shop.open(settings) as shop:
        added = shop.rules.add(rule)
        document, meant = rule_document(shop, added), shop.rules.meant(added)
    _tell(document, meant, as_json=as_json)


@app.command()
def change(
    context: typer.Context,
    rule: _Id,
    where: Annotated[str, typer.Option(metavar="WHERE", help="Which items.")] = "",
    item: _Items = None,
    surface: _Surfaces = None,
    query: _Query = None,
    place: _Place = None,
    strength: _Strength = None,
    share: _Share = None,
    since: _From = None,
    until: _Until = None,
    note: _Note = None,
    by: _By = None,
    as_json: AsJson = False,
) -> None:
    """Change a rule in what is given.

    --until "" takes the end away, --from "" the beginning, --query "" the words of searches, and --surface "" means all pages.
    """
    from zhiyin.apps.rule_document import rule_document
    from zhiyin.shop import Shop

    settings = existing(context.obj)
    said = _said(settings, where, item, surface, place, strength, share, since, until, note, query)
    with Shop.open(settings) as shop:
        changed = shop.rules.change(rule, by or _login(), **said)
        document, meant = rule_document(shop, changed), shop.rules.meant(changed)
    _tell(document, meant, as_json=as_json)


@app.command()
def remove(context: typer.Context, rule: _Id, by: _By = None, as_json: AsJson = False) -> None:
    """Remove a rule; it stays in the list of changes."""
    from zhiyin.apps.rule_document import rule_document
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        document = rule_document(shop, shop.rules.remove(rule, by or _login()))
    if as_json:
        print_json(document)
    else:
        say(f"Removed: {document['kind']} {document['where']}")


@app.command()
def preview(
    context: typer.Context,
    kind: _Kind,
    where: _Where = "",
    item: _Items = None,
    place: _Place = None,
    strength: _Strength = None,
    share: _Share = None,
    user: Annotated[
        str | None, typer.Option(metavar="USER", help="Whose page; nobody's unless given.")
    ] = None,
    surface: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Which page.", show_default="home; search with --query or --search"
        ),
    ] = None,
    query: _Query = None,
    search: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What is searched for.", show_default="--query"),
    ] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many places.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Print a page without and with a rule; nothing is stored.

    Also how many items the rule means, with examples. It is taken to hold now.
    """
    from zhiyin.apps.rule_document import preview_document
    from zhiyin.core import Kind, Query
    from zhiyin.core.rule import SEARCH
    from zhiyin.shop import Shop

    settings = existing(context.obj)
    rule = _made(kind, _said(settings, where, item, None, place, strength, share, query=query))
    text = search or query
    page = surface or (SEARCH if text else "home")
    with Shop.open(settings) as shop:
        person = None if user is None else shop.store.number(Kind.PERSON, user)
        tried = shop.rules.preview(rule, Query(person=person, n=n, surface=page, text=text))
        document = preview_document(shop, rule, tried, shop.settings.language)
    if as_json:
        print_json(document)
    else:
        _show_preview(document)


def _made(kind: str, said: Mapping[str, Any], by: str = "") -> Rule:
    from zhiyin.core.rule import Rule

    return Rule(kind, **{"where": "", **said}, set_by=by)


def _said(
    settings: Settings,
    where: str,
    items: Sequence[str] | None,
    surfaces: Sequence[str] | None = None,
    place: int | None = None,
    strength: float | None = None,
    share: float | None = None,
    since: str | None = None,
    until: str | None = None,
    note: str | None = None,
    query: str | None = None,
) -> dict[str, Any]:
    """Return the fields of a rule that were given."""
    from zhiyin.core.rule import of_ids

    if where and items:
        raise typer.BadParameter("WHERE and --item say the same; give one of them")
    figures = {"place": place, "strength": strength, "share": share, "note": note, "query": query}
    said: dict[str, Any] = {name: value for name, value in figures.items() if value is not None}
    if where or items:
        said["where"] = where or of_ids(*(items or ()))
    if surfaces is not None:
        said["surfaces"] = tuple(filter(None, surfaces))
    for name, text in (("valid_from", since), ("valid_until", until)):
        if text is not None:
            said[name] = _time(text, settings.reading.time_zone) if text else None
    return said


def _time(text: str, zone: str) -> datetime:
    """Return a time; one without a zone is of the shop's own."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidRecord(
            f"“{text}” is no time",
            where="--from or --until",
            expected="such as 2026-11-25 or 2026-11-25T08:00+08:00",
            next_step="write it as ISO 8601",
        ) from None
    return time if time.tzinfo else time.replace(tzinfo=ZoneInfo(zone))


def _login() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        raise typer.BadParameter("nobody is logged in", param_hint="--by") from None


def _tell(document: Mapping[str, Any], meant: int, *, as_json: bool) -> None:
    if as_json:
        print_json({**document, "items": meant})
        return
    _show([document])
    say(f"Items that are meant now: {meant:,}")
    _warn([document])


def _show(rules: Sequence[Mapping[str, Any]], acts: Sequence[str] = ()) -> None:
    if not rules:
        say("No rules.")
        return
    rows = []
    for place, rule in enumerate(rules):
        figure = next((rule[n] for n in ("place", "strength", "share") if rule[n] is not None), "")
        kind = f"{rule['kind']} {figure}".strip()
        span = " ".join(
            f"{word} {rule[name]}"
            for word, name in (("from", "valid_from"), ("until", "valid_until"))
            if rule[name]
        )
        who = f"{rule['set_by']}, {rule['set_at'][:16]}"
        if rule["query"]:
            kind = f"{kind} for “{rule['query']}”"
        told = [rule["id"], kind, rule["where"], ", ".join(rule["surfaces"]) or "all", span]
        rows.append([*acts[place : place + 1], *told, who, rule["note"]])
    columns = ["rule", "what", "where", "pages", "when", "set by", "note"]
    table("", [*(["act"] if acts else []), *columns], rows)


def _warn(rules: Sequence[Mapping[str, Any]]) -> None:
    for lacking in sorted({one for rule in rules for one in rule["lacking"]}):
        pipeline, _, part = lacking.partition(": ")
        say(f"{pipeline} does not name {part}, which such a rule needs there.")


def _show_preview(document: Mapping[str, Any]) -> None:
    named = ", ".join(f"{one['title'] or ''} [{one['item']}]" for one in document["examples"])
    say(f"{document['items']:,} items" + (f": {named}" if named else ""))
    before, after = document["before"], document["after"]
    rows = [
        [place + 1, *(_place_of(page, place) for page in (before, after))]
        for place in range(max(len(before), len(after)))
    ]
    table("", ["", "before", "after"], rows)
    _warn([document["rule"]])


def _place_of(page: Sequence[Mapping[str, Any]], place: int) -> str:
    if place >= len(page):
        return ""
    one = page[place]
    mark = " (promoted)" if one["promoted"] else ""
    return f"{str(one['title'] or '')[:40]} [{one['id']}]{mark}".strip()
