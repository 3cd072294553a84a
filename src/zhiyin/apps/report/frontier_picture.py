"""The front of relevance and variety as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zhiyin.errors import MissingExtra

_AXES = (
    ("distance", "distance between the items of a list"),
    ("coverage", "share of the catalogue that is shown"),
    ("calibration", "distance from the person's own shares of categories (less is closer)"),
)


def draw(document: dict[str, Any], path: Path) -> None:
    """Write NDCG against variety for each way to balance lists, as PNG.

    Args:
        document: as ``zhiyin evaluate --frontier --json`` prints it.
        path: the file.
    Raises:
        MissingExtra: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra(
            "matplotlib is not installed",
            where="--picture",
            expected="the extra plots",
            next_step='pip install "zhiyin[plots]"',
        ) from error
    points = document["points"]
    figure = Figure(figsize=(15, 5), layout="constrained")
    places = figure.subplots(1, len(_AXES), sharey=True)
    for place, (name, label) in zip(places, _AXES, strict=True):
        for way in dict.fromkeys(point["way"] for point in points):
            own = [point for point in points if point["way"] == way]
            x, y = [point[name] for point in own], [point["ndcg"][0] for point in own]
            if way == "score":
                place.axhline(y[0], color="0.8", zorder=0)
            place.plot(x, y, marker="*" if way == "score" else ".", label=way)
        place.set_xlabel(label)
        place.grid(visible=True, color="0.93")
    k, people = document["protocol"]["k"], document["protocol"]["people"]
    places[0].set_ylabel(f"NDCG@{k}")
    places[0].legend(frameon=False)
    figure.suptitle(
        f"What variety costs: {people} people, surface {document['protocol']['surface']}"
    )
    figure.savefig(path, dpi=120)
