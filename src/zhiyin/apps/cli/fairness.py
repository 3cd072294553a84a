"""What ``zhiyin evaluate`` prints of fairness: gaps of groups of people, exposure against merit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhiyin.apps.cli.figures import figure
from zhiyin.apps.cli.output import say, table
from zhiyin.apps.report.answer import PIPELINE, POPULARITY, main_metric
from zhiyin.apps.report.fairness import extremes


def show(document: Mapping[str, Any]) -> None:
    """Print a table of gaps and one of providers, as far as there are figures."""
    found = document.get("fairness") or {"people": {}}
    rows = [
        [
            of,
            gap["worst"],
            gap["best"],
            _with_ends(gap["gap"]),
            figure(gap["by_chance"][0]),
            figure(gap["p_holm"]),
            figure(told["models"][POPULARITY]["gap"][0]),
        ]
        for of, told in found["people"].items()
        if (gap := told["models"][PIPELINE]).get("gap")
    ]
    if rows:
        say()
        say(f"{main_metric(document['models'])} by group of people, {PIPELINE}")
        heads = ["", "worst", "best", "gap [95 %]", "by chance", "p", POPULARITY]
        table("", heads, rows)
        say(
            "By chance: people shuffled over the groups; p after Holm. Groups below 30 people are not told."
        )
    if providers := found.get("providers"):
        _show_providers(providers)


def _show_providers(found: Mapping[str, Any]) -> None:
    say()
    say(f"Exposure against merit by {found['attribute']}; 0 = all are shown as people take")
    rows = [
        [name, _with_ends(one["disparity"]), figure(one["by_chance"][0])]
        for name, one in found["models"].items()
    ]
    table("", ["", "disparity [95 %]", "by chance"], rows)
    known = found["providers"]
    told = [
        [
            name,
            known[name]["takers"],
            f"{known[name]['exposure']:.2%}",
            f"{known[name]['merit']:.2%}",
            _with_ends(known[name]["ratio"], ".2f"),
        ]
        for name in extremes(known)
    ]
    heads = [found["attribute"], "takers", "exposure", "merit", "exposure by merit [95 %]"]
    table("", heads, told)
    say(f"{PIPELINE.capitalize()}; {found['suppressed']:,} with fewer than 30 takers are not told.")


def _with_ends(found: Sequence[float], form: str = "") -> str:
    mean, low, high = (format(one, form) if form else figure(one) for one in found)
    return f"{mean} [{low}, {high}]"
