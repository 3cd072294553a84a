"""The pictures of a report; those in which each model has a row are drawn here: accuracy and cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhiyin.apps.report.answer import Models, interval, main_metric, ordered
from zhiyin.apps.report.balance import balance
from zhiyin.apps.report.drawing import (
    BELOW,
    LETTER,
    WIDTH,
    Scale,
    bottom_axis,
    frame,
    line,
    number,
    shortened,
    text_width,
    ticks,
    whisker,
    with_interval,
    words,
)
from zhiyin.apps.report.groups import groups
from zhiyin.apps.report.markup import Markup, tag
from zhiyin.apps.report.roles import Shown, shown
from zhiyin.apps.report.words import Words, metric_name

_ROW = 27.0
_WIDEST_NAME = 260.0
_PANELS = ("fit_s", "score_s", "rss_mb")


def accuracy(models: Models, said: Words) -> Markup:
    """Return a dot with its interval for each model."""
    metric = main_metric(models)
    rows = [(name, found) for name in ordered(models) if (found := interval(models[name], metric))]
    names = [shown(name, models, said) for name, _ in rows]
    left, right = _left(names), 190.0
    values = ticks(min(low for _, (_, low, _) in rows), max(high for _, (_, _, high) in rows))
    scale = Scale(values[0], values[-1], left, WIDTH - right)
    bottom = 8 + _ROW * len(rows)
    axis = said.say("axis_metric", metric=metric_name(metric))
    content = [bottom_axis(scale, values, 4, bottom, axis, number)]
    told = []
    for place, (name, (_, found)) in enumerate(zip(names, rows, strict=True)):
        y = 4 + _ROW * (place + 0.5)
        text = with_interval(found)
        told.append(f"{name.text} {text}")
        content += [
            _row_name(name, y, left),
            whisker(scale, found, y, name.role, told[-1]),
            words(text, WIDTH, y, anchor="end", class_=f"value {name.role}-name"),
        ]
    return frame("accuracy", said.say("chart_accuracy"), told, bottom + BELOW, content)


def cost(models: Models, said: Words) -> Markup | None:
    """Return bars of seconds and memory for each model; None where nothing was measured."""
    panels = [key for key in _PANELS if any(row.get(key) is not None for row in models.values())]
    if not panels:
        return None
    rows = [(name, shown(name, models, said)) for name in ordered(models)]
    left, value_room, gap = _left([name for _, name in rows]), 62.0, 14.0
    width = (WIDTH - left) / len(panels)
    top = 30.0
    content, told = [], []
    for place, (name, label) in enumerate(rows):
        y = top + _ROW * (place + 0.5)
        content.append(_row_name(label, y, left))
        facts = [
            f"{said.say(f'cost_{key}')} {_amount(models[name].get(key), key)}" for key in panels
        ]
        told.append(f"{label.text}: {', '.join(facts)}")
    for panel, key in enumerate(panels):
        begin = left + width * panel
        highest = max(row.get(key) or 0.0 for row in models.values()) or 1.0
        scale = Scale(0.0, highest, begin, begin + width - value_room - gap)
        content.append(words(said.say(f"cost_{key}"), begin, 12, class_="label"))
        bottom = top + _ROW * len(rows)
        content.append(line(begin, top - 4, begin, bottom, "axis"))
        for place, (name, label) in enumerate(rows):
            amount, y = models[name].get(key), top + _ROW * (place + 0.5)
            end = scale(amount or 0.0)
            if amount:
                content.append(
                    tag("rect", x=begin, y=y - 6, width=max(end - begin, 1.0), height=12.0,
                        class_=f"bar {label.role}")
                )  # fmt: skip
            content.append(words(_amount(amount, key), end + 6, y, class_="value"))
    return frame("cost", said.say("chart_cost"), told, top + _ROW * len(rows) + 8, content)


def _amount(value: float | None, key: str) -> str:
    if value is None:
        return "—"
    return f"{value:,.0f}" if key == "rss_mb" or value >= 100 else f"{value:.2f}"


def _left(names: Sequence[Shown]) -> float:
    widest = max(name.indent + text_width(name.text) for name in names)
    return 20 + min(widest, _WIDEST_NAME)


def _row_name(name: Shown, y: float, left: float) -> Markup:
    text = shortened(name.text, left - name.indent - 12)
    full = tag("title", name.text) if text != name.text else ""
    return tag(
        "text", text, full, x=name.indent, y=y + LETTER * 0.35, class_=f"{name.role}-name name"
    )


def pictures(document: Mapping[str, Any], said: Words) -> Iterator[tuple[str, Markup]]:
    """Yield the name and the picture of each that the figures allow."""
    models: Models = document["models"]
    made = {"accuracy": accuracy, "slices": groups, "balance": balance, "cost": cost}
    for name, draw in made.items():
        if (picture := draw(models, said)) is not None:
            yield name, picture
