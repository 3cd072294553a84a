"""``zhiyin network``: the shop's people as a network, for who runs the shop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from zhiyin.apps.cli.existing import existing
from zhiyin.apps.cli.output import AsJson, listing, print_json, say

NAME = "network"

_LEAST_EXPOSED = 1000  # an effect of a tenth of a percent has come once


def command(context: typer.Context, as_json: AsJson = False) -> None:
    """Print communities, experts and influence among people.

    Communities stand beside what is found when the ends of ties are shuffled. Influence is how much more often people
    buy what somebody close to them bought in the fortnight before: first against all others, then against people of
    the same leaning, since friends are alike anyway. It takes seconds for some thousand people, and more for more.
    """
    from zhiyin.shop import Shop

    with Shop.open(existing(context.obj)) as shop:
        document = {**shop.people.network(), "influence": shop.people.influence()}
    if as_json:
        print_json(document)
    else:
        _show(document)


def _show(document: Mapping[str, Any]) -> None:
    ties, trust, found = (document[part] for part in ("ties", "trust", "communities"))
    mutual = "" if ties["reciprocity"] is None else f", {ties['reciprocity']:.0%} both ways"
    say()
    say(f"{document['people']:,} people", style="bold")
    say(f"  {ties['declared']:,} ties{mutual}; {ties['against']:,} against somebody")
    say(f"  {trust['people']:,} people trust somebody, {trust['ties']:,} ties of trust")
    say()
    say(f"{found['number']:,} communities of {found['people']:,} people", style="bold")
    say(f"  modularity {found['modularity']:.2f}, by chance {found['by_chance']:.2f}")
    for one in found["largest"]:
        told = [f"{it['facet']} “{it['value']}” × {it['times']:.1f}" for it in one["prefers"]]
        listing([[f"{one['people']:,}", ", ".join(told) or "nothing in particular"]], indent=2)
    say()
    say("Who knows a category", style="bold")
    for one in document["experts"]:
        named = [f"{it['user']} ({it['score']:.2f})" for it in one["people"]]
        if named:
            listing([[one["category"], ", ".join(named)]], indent=2)
    if not document["experts"]:
        say("  Nobody's posts were voted on yet.")
    say()
    say("What seeing somebody buy adds to the chance of buying", style="bold")
    _show_influence(document["influence"])


def _show_influence(told: Mapping[str, Any]) -> None:
    if told["matched"] is None or told["naive"] is None or told["exposed"] < _LEAST_EXPOSED:
        say("  Too few purchases to tell.")
        return
    say(f"  {told['naive']:+.2%} beside all who saw nobody buy it")
    say(
        f"  {told['matched']:+.2%} beside people of the same leaning, "
        f"95% from {told['low']:+.2%} to {told['high']:+.2%}"
    )
    say(
        f"  within {told['window_days']} days, {told['exposed']:,} times somebody saw one, "
        f"{told['share_matched']:.0%} matched"
    )
