"""What ``zhiyin evaluate --purchases`` prints: how well each model foretells purchases."""

from __future__ import annotations

from typing import Any

from zhiyin.apps.cli.output import say, table

_NAMES = ["model", "AUC", "GAUC", "95 %", "log-loss", "less than base rate", "Brier", "calibration"]


def show(document: dict[str, Any]) -> None:
    """Print the models, the reliability of the best one, and AUC by length of history."""
    models, data = document["models"], document["data"]
    rows = [
        [
            name,
            round(told["auc"], 3),
            round(told["gauc"], 3),
            "{:.3f} to {:.3f}".format(*told["gauc_interval"][1:]),
            round(told["log_loss"], 5),
            "{:+.1%} [{:+.1%}, {:+.1%}]".format(*told["log_loss_less"]["base rate"]),
            round(told["brier"], 5),
            round(told["ece"], 5),
        ]
        for name, told in models.items()
    ]
    table("Who buys what of the list", _NAMES, rows)
    best = min(models, key=lambda name: models[name]["log_loss"])
    table(
        f"Reliability of {best}",
        ["said", "came true", "candidates"],
        [
            [f"{row['said']:.3%}", f"{row['came_true']:.3%}", int(row["events"])]
            for row in models[best]["reliability"]
        ],
    )
    slices = document["slices"]
    table(
        "AUC by what was known of the person",
        ["model", *slices],
        [[name, *(_rounded(one[name]["auc"]) for one in slices.values())] for name in models],
    )
    say()
    say(
        f"{data['bought']} of {data['candidates']} candidates of {data['people']} people were bought within "
        f"{document['protocol']['days']:g} days."
    )


def _rounded(value: float | None) -> str:
    return "–" if value is None or value != value else f"{value:.3f}"
