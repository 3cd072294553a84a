"""Charts in the house's colours, with a name for those who do not see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import ui

INK, QUIET, LINE = "#1c2421", "#55605b", "#dfe4e1"
COLOURS = ("#0b6b5d", "#b45309", "#2f5fa8", "#8a3b76", "#5f6b12", "#55605b")
GOOD, BAD, NEITHER = "#1a6b35", "#b3261e", "#9aa5a0"
_TEXT = {"color": QUIET, "fontSize": 12}
_LEGEND = {"type": "scroll", "top": 0, "left": 0, "textStyle": _TEXT, "itemWidth": 16}
_GRID = {"left": 8, "right": 16, "top": 40, "bottom": 8, "containLabel": True}


def chart(options: Mapping[str, Any], says: str, *, tall: bool = False) -> ui.echart:
    """Show a chart.

    Args:
        options: of ECharts.
        says: what it shows, in a sentence; its numbers stand in a table beside it.
        tall: whether it needs room for many rows.
    """
    shown = ui.echart({"animation": False, "color": list(COLOURS), "textStyle": {"fontFamily": "inherit"}, **options})  # fmt: skip
    shown.classes("zy-chart zy-chart-tall" if tall else "zy-chart").props('role="img"')
    shown._props["aria-label"] = says
    return shown


def over_time(
    days: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    *,
    log: bool = False,
    ends: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Return the options of lines over days, weeks or months.

    Args:
        days: from left to right.
        series: name → a value for each; None leaves a gap.
        log: whether each step up is a multiple, so that rare things are seen beside frequent ones; zeros are gaps then.
        ends: of the axis, where they are known.
    """
    values = _values(log=log) | (dict(zip(("min", "max"), ends, strict=True)) if ends else {})
    return {
        "grid": _GRID,
        "tooltip": {"trigger": "axis"},
        "legend": _LEGEND,
        "xAxis": {"type": "category", "data": list(days), "axisLabel": _TEXT, "axisLine": _line()},
        "yAxis": values,
        "series": [
            {
                "name": name,
                "type": "line",
                "data": [value or None for value in values] if log else list(values),
                "showSymbol": len(days) < 32,
                "symbolSize": 5,
                "lineStyle": {"width": 2},
            }
            for name, values in series.items()
        ],
    }


def bars_and_rate(
    days: Sequence[str], bars: tuple[str, Sequence[float]], rate: tuple[str, Sequence[float | None]]
) -> dict[str, Any]:
    """Return the options of bars over days, with a rate in percent as a line on an axis of its own."""
    percents = [None if one is None else round(100 * one, 2) for one in rate[1]]
    percent_axis = {**_values(), "splitLine": {"show": False}, "axisLabel": {**_TEXT, "formatter": "{value}%"}}  # fmt: skip
    return {
        "grid": _GRID,
        "tooltip": {"trigger": "axis"},
        "legend": _LEGEND,
        "xAxis": {"type": "category", "data": list(days), "axisLabel": _TEXT, "axisLine": _line()},
        "yAxis": [_values(), percent_axis],
        "series": [
            {"name": bars[0], "type": "bar", "data": list(bars[1]), "itemStyle": {"color": "#9fcfc5"}},
            {
                "name": rate[0], "type": "line", "yAxisIndex": 1, "data": percents,
                "symbolSize": 5, "lineStyle": {"width": 2, "color": COLOURS[1]},
                "itemStyle": {"color": COLOURS[1]},
            },
        ],
    }  # fmt: skip


def heat(
    columns: Sequence[str],
    rows: Sequence[str],
    cells: Sequence[tuple[int, int, float]],
    ends: tuple[str, str],
) -> dict[str, Any]:
    """Return the options of a field of cells from -100, all complaints, to 100, all praise.

    Args:
        columns: from left to right.
        rows: from top to bottom.
        cells: column, row and value; where there is none the field stays empty.
        ends: what -100 and 100 are called.
    """
    return {
        "grid": {**_GRID, "top": 8, "bottom": 48},
        "tooltip": {"position": "top"},
        "xAxis": {"type": "category", "data": list(columns), "axisLabel": {**_TEXT, "interval": 0, "rotate": 40}, "axisLine": _line()},
        "yAxis": {"type": "category", "data": list(rows), "inverse": True, "axisLabel": _TEXT, "axisLine": _line()},
        "visualMap": {
            "min": -100, "max": 100, "orient": "horizontal", "left": "center", "bottom": 0, "itemHeight": 120,
            "itemWidth": 12, "textStyle": _TEXT, "text": [ends[1], ends[0]], "inRange": {"color": ["#b3261e", "#f0c9c5", "#f5f7f6", "#b9dcc3", "#1a6b35"]},
        },
        "series": [
            {
                "type": "heatmap",
                "data": [list(one) for one in cells],
                "label": {"show": True, "fontSize": 11},
                "itemStyle": {"borderColor": "#fff", "borderWidth": 2},
            }
        ],
    }  # fmt: skip


def _values(*, log: bool = False) -> dict[str, Any]:
    return {
        "type": "log" if log else "value",
        "axisLabel": _TEXT,
        "splitLine": {"lineStyle": {"color": LINE}},
        "axisLine": {"show": False},
    }


def _line() -> dict[str, Any]:
    return {"lineStyle": {"color": LINE}}
