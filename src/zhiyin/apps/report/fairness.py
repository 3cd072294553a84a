"""How alike the shop's lists serve its people, and who is shown as much as people take: a section of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhiyin.apps.report.answer import PIPELINE, main_metric, ordered
from zhiyin.apps.report.markup import Markup, join, tag
from zhiyin.apps.report.roles import role
from zhiyin.apps.report.tables import between, data, framed
from zhiyin.apps.report.words import Words, metric_name

_ENDS = 5
"""Providers shown at either end."""


def fairness(document: Mapping[str, Any], said: Words) -> Iterator[Markup]:
    """Yield the section, where the answer has one."""
    if found := document.get("fairness"):
        metric = metric_name(main_metric(document["models"]))
        parts = [*_people(found["people"], metric, said)]
        if providers := found.get("providers"):
            parts += _providers(providers, document["models"], said)
        if parts:
            yield tag("section", tag("h2", said.say("section_fairness")), *parts)


def extremes(providers: Mapping[str, Any]) -> list[str]:
    """Return the names of the providers shown least and most for what people take, least first.

    >>> extremes({"tea": {"ratio": [2, 1, 3]}, "pot": {"ratio": [0.5, 0, 1]}})
    ['pot', 'tea']
    """
    names = sorted(providers, key=lambda name: float(providers[name]["ratio"][0]))
    return names if len(names) <= 2 * _ENDS else [*names[:_ENDS], *names[-_ENDS:]]


def _people(people: Mapping[str, Any], metric: str, said: Words) -> Iterator[Markup]:
    own = {of: told["models"][PIPELINE] for of, told in people.items()}
    gaps = {of: gap for of, gap in own.items() if gap.get("gap")}
    if gaps:
        keys = ("group", "worst", "best", "gap", "chance", "p")
        rows = [
            _row(
                said.named(of),
                said.part(gap["worst"]),
                said.part(gap["best"]),
                between(*gap["gap"]),
                between(*gap["by_chance"]),
                data(gap["p_holm"], ".2g"),
            )
            for of, gap in gaps.items()
        ]
        yield framed(
            said.say("table_gaps", metric=metric), _heads(keys, said), rows, said.say("gaps")
        )
    rows = [
        _row(join([said.named(of), " · ", said.part(name)]), data(one["people"], ",d"), between(*one["utility"]))
        for of, gap in own.items()
        for name, one in gap["groups"].items()
    ]  # fmt: skip
    if rows:
        heads = [*_heads(("group", "people"), said), metric]
        yield framed(said.say("table_groups", metric=metric), heads, rows)


def _providers(
    found: Mapping[str, Any], models: Mapping[str, Mapping[str, Any]], said: Words
) -> Iterator[Markup]:
    told = found["models"]
    rows = [
        _row(
            said.model(name, models[name].get("control_of")),
            between(*told[name]["disparity"]),
            between(*told[name]["by_chance"]),
            class_=role(name, models),
        )
        for name in ordered(models)
        if name in told
    ]
    attribute = said.named(found["attribute"])
    title = said.say("table_disparity", attribute=attribute)
    heads = _heads(("model", "disparity", "chance"), said)
    yield framed(title, heads, rows, said.say("disparity"))
    known = found["providers"]
    rows = [
        _row(
            name,
            data(known[name]["takers"], ",d"),
            data(known[name]["exposure"], ".2%"),
            data(known[name]["merit"], ".2%"),
            between(*known[name]["ratio"], form=".2f"),
        )
        for name in extremes(known)
    ]
    heads = [attribute, *_heads(("takers", "exposure", "merit", "ratio"), said)]
    note = said.say("providers", suppressed=f"{found['suppressed']:,}")
    yield framed(said.say("table_providers"), heads, rows, note)


def _row(head: object, *cells: object, class_: str | None = None) -> Markup:
    return tag(
        "tr", tag("th", head, scope="row"), *(tag("td", cell) for cell in cells), class_=class_
    )


def _heads(keys: Sequence[str], said: Words) -> list[str]:
    return [said.say(f"head_{key}") for key in keys]
