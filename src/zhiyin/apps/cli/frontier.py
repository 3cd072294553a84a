"""What ``zhiyin evaluate --frontier`` prints: relevance and variety of every way to balance a list."""

from __future__ import annotations

from typing import Any

from zhiyin.apps.cli.output import say, table

_COLUMNS = {
    "distance": "distance",
    "α-NDCG": "alpha_ndcg",
    "S-recall": "subtopic_recall",
    "coverage": "coverage",
    "calibration": "calibration",
    "Gini": "gini",
}
"""Head → figure of a point."""
_NAMES = ["way", "dial", "NDCG", "95 %", *_COLUMNS, "front"]


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def show(document: dict[str, Any]) -> None:
    """Print the points, the knee, and the trained rankers beside re-ranking."""
    rows = [
        [
            point["way"],
            point["dial"],
            _short(point["ndcg"][0]),
            "-".join(map(_short, point["ndcg"][1:])),
            *(_short(point[name]) for name in _COLUMNS.values()),
            "*" if point["on_front"] else "",
        ]
        for point in document["points"]
    ]
    table("Relevance and variety", _NAMES, rows)
    knee = document["knee"]
    gain, cost = knee["gain"], knee["ndcg"]
    say()
    say(
        f"Knee: {knee['way']} at {knee['dial']:g}: distance {gain['distance']:+.1%}, coverage "
        f"{gain['coverage']:+.1%}, NDCG {cost[0]:+.1%} [{cost[1]:+.1%}, {cost[2]:+.1%}]"
    )
    above = sum(one["is_on_or_above"] for one in document["joint"])
    say(
        f"Rankers trained for both: {above} of {len(document['joint'])} on or above what "
        "re-ranking gives at the same calibration"
    )
    say(f"Distance by {document['protocol']['distance']}. Calibration: less is closer.")
