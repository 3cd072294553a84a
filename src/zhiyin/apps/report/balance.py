"""Accuracy against coverage: which model is right by showing everybody the same."""

from __future__ import annotations

from zhiyin.apps.report.answer import Models, main_metric, ordered
from zhiyin.apps.report.drawing import (
    BELOW,
    WIDTH,
    Scale,
    bottom_axis,
    frame,
    line,
    mark,
    number,
    shortened,
    text_width,
    ticks,
    words,
)
from zhiyin.apps.report.labels import placed
from zhiyin.apps.report.markup import Markup, tag
from zhiyin.apps.report.roles import role, shown
from zhiyin.apps.report.words import Words, metric_name

_WIDEST_NAME = 240.0
_FIRST = {"own": 0, "best": 1}
"""Whose names are placed first, and whose marks lie on top."""


def balance(models: Models, said: Words) -> Markup | None:
    """Return each model by coverage and accuracy; None where coverage is not known."""
    metric = main_metric(models)
    rows = [
        (name, models[name]["coverage"], models[name][metric])
        for name in ordered(models)
        if models[name].get("coverage") is not None and models[name].get(metric) is not None
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: _FIRST.get(role(row[0], models), len(_FIRST)))
    left, top, bottom = 66.0, 12.0, 372.0
    across = ticks(0.0, max(x for _, x, _ in rows), 5)
    upward = ticks(0.0, max(y for _, _, y in rows), 5)
    x, y = Scale(across[0], across[-1], left, WIDTH - 40), Scale(upward[0], upward[-1], bottom, top)
    axis = said.say("axis_coverage")
    content = [bottom_axis(x, across, top, bottom, axis, _percent)]
    for value in upward:
        content.append(line(left, y(value), WIDTH - 40, y(value), "axis" if value == 0 else "grid"))
        content.append(words(number(value), left - 8, y(value), anchor="end", class_="tick"))
    side = (top + bottom) / 2
    turned = words(metric_name(metric), 12, side, anchor="middle", class_="label")
    content.append(tag("g", turned, transform=f"rotate(-90 12 {side:.1f})"))
    names = [shown(name, models, said) for name, _, _ in rows]
    texts = [shortened(name.text, _WIDEST_NAME) for name in names]
    points = [(x(share), y(value)) for _, share, value in rows]
    told = [
        f"{name.text}: {share:.1%}, {value:.4f}"
        for name, (_, share, value) in zip(names, rows, strict=True)
    ]
    box = (left, top, WIDTH - 4, bottom)
    for name, text, point, at in zip(
        names, texts, points, placed(points, [text_width(text) for text in texts], box), strict=True
    ):
        if at.is_far:
            content.append(line(*point, *at.nearest(*point), "leader"))
        content.append(words(text, at.x, at.y, class_=f"{name.role}-name name"))
    marks = [
        mark(name.role, *point, one) for name, point, one in zip(names, points, told, strict=True)
    ]
    content += reversed(marks)
    return frame("balance", said.say("chart_balance"), told, bottom + BELOW, content)


def _percent(share: float) -> str:
    return f"{100 * share:.4g}%"
