"""Accuracy by group of people, for the few models that matter most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhiyin.apps.report.answer import Models, main_metric, parts
from zhiyin.apps.report.drawing import (
    BELOW,
    WIDTH,
    Scale,
    bottom_axis,
    frame,
    line,
    mark,
    number,
    text_width,
    ticks,
    whisker,
    with_interval,
    words,
)
from zhiyin.apps.report.markup import Markup, join
from zhiyin.apps.report.roles import chosen, role
from zhiyin.apps.report.words import Words, metric_name

_TOP = 36.0
_LINE = 17.0  # of one model in a group

Found = Mapping[str, Sequence[float] | None]
"""Model → mean, low and high; None where the group is too small to tell."""


def groups(models: Models, said: Words) -> Markup | None:
    """Return a block of dots for each group; None where no group is large enough."""
    metric = main_metric(models)
    names = chosen(models)
    shown_parts = parts({name: models[name] for name in names}, "slices")
    found: dict[str, Found] = {
        part: {name: _known(_slices(models, name).get(part, {}).get(metric)) for name in names}
        for part in shown_parts
    }
    known = [one for row in found.values() for one in row.values() if one]
    if not known:
        return None
    left = 24 + max(text_width(said.part(part)) for part in shown_parts)
    values = ticks(min(low for _, low, _ in known), max(high for _, _, high in known))
    scale = Scale(values[0], values[-1], left, WIDTH - 20)
    height = _LINE * len(names) + 16
    bottom = _TOP + height * len(shown_parts)
    axis = said.say("axis_metric", metric=metric_name(metric))
    content = [
        bottom_axis(scale, values, _TOP, bottom, axis, number),
        _legend(names, models, said, left),
    ]
    told: list[str] = []
    for place, (part, row) in enumerate(found.items()):
        y = _TOP + height * place
        count = said.say("people", people=f"{shown_parts[part]['people']:,}")
        middle = y + height / 2
        content += [
            line(0.0, y, WIDTH - 20, y, "between"),
            words(said.part(part), 0.0, middle - 9, class_="name"),
            words(count, 0.0, middle + 9, class_="tick"),
        ]
        if not any(row.values()):
            content.append(words(said.say("too_few"), left + 10, middle, class_="tick"))
            told.append(f"{said.part(part)}: {said.say('too_few')}")
        for order, (name, one) in enumerate(row.items()):
            if one:
                text = f"{said.model(name)} {with_interval(one)}"
                told.append(f"{said.part(part)}: {text}")
                at = y + 8 + _LINE * (order + 0.5)
                content.append(whisker(scale, one, at, role(name, models), text))
    return frame("slices", said.say("chart_slices"), told, bottom + BELOW, content)


def _slices(models: Models, name: str) -> Mapping[str, Any]:
    return models[name].get("slices") or {}


def _known(values: Sequence[float | None] | None) -> Sequence[float] | None:
    known = [value for value in values or () if value is not None]
    return known if len(known) == 3 else None


def _legend(names: Sequence[str], models: Models, said: Words, x: float) -> Markup:
    marks: list[Markup] = []
    for name in names:
        text = said.model(name)
        marks += [mark(role(name, models), x + 7, 12.0, text), words(text, x + 20, 12.0)]
        x += 48 + text_width(text)
    return join(marks)
