"""How to read what a benchmark answers: its metric, the order of its models, who beats whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Models = Mapping[str, Mapping[str, Any]]

PIPELINE = "pipeline"
"""Name of what the shop serves."""
POPULARITY = "popularity"
SURE = 0.05
"""A difference is called sure when its adjusted p-value is below."""


def main_metric(models: Models) -> str:
    """Return the metric by which models are compared; empty where there are no figures.

    >>> main_metric({"a": {"recall@5": 0.3, "ndcg@5": 0.2, "ci": {"recall@5": [0, 1], "ndcg@5": [0, 1]}}})
    'ndcg@5'
    """
    for figures in models.values():
        for key, value in (figures.get("against") or {}).items():
            if isinstance(value, list):
                return str(key)
    known = metrics(models)
    return next((name for name in known if name.startswith("ndcg@")), "".join(known[:1]))


def metrics(models: Models) -> list[str]:
    """Return the metrics that have intervals, in the order in which models bring them up."""
    return list(
        dict.fromkeys(name for figures in models.values() for name in figures.get("ci", ()))
    )


def ordered(models: Models) -> list[str]:
    """Return the names as given, but each control after the model that it repeats.

    >>> ordered({"b, shuffled": {"control_of": "b"}, "a": {}, "b": {}})
    ['a', 'b', 'b, shuffled']
    """
    controls: dict[str, list[str]] = {}
    for name, figures in models.items():
        of = figures.get("control_of")
        if of is not None and of in models:
            controls.setdefault(of, []).append(name)
    inside = {name for names in controls.values() for name in names}
    tops = [name for name in models if name not in inside]
    return [shown for name in tops for shown in (name, *controls.get(name, ()))]


def references(models: Models) -> list[str]:
    """Return the names of the models to which others are compared."""
    return sorted({row["against"]["reference"] for row in models.values() if row.get("against")})


def parts(models: Models, key: str) -> dict[str, Mapping[str, Any]]:
    """Return part of the people → its figures by one of the models that have it, for how many people it holds.

    Args:
        models: name → figures.
        key: ``slices`` or ``history``.

    >>> parts({"a": {"slices": {"history 0": {"people": 3}}}, "b": {}}, "slices")
    {'history 0': {'people': 3}}
    """
    return {part: found for row in models.values() for part, found in (row.get(key) or {}).items()}


def further(document: Mapping[str, Any]) -> dict[str, Models]:
    """Return the figures of further tasks, ``repeats`` and each cold group, where controls are known as controls."""
    models = document["models"]
    groups = dict(document.get("cold") or {})
    if document.get("repeats"):
        groups["repeats"] = document["repeats"]
    return {
        task: {
            name: {"control_of": models.get(name, {}).get("control_of"), **figures}
            for name, figures in (group.get("models") or {}).items()
        }
        for task, group in groups.items()
    }


def destroyed(name: str, of: str) -> str:
    """Return what a control destroyed, which is its name without that of its model.

    >>> destroyed("friends, shuffled ties", "friends")
    'shuffled ties'
    """
    return name.removeprefix(f"{of}, ")


def interval(figures: Mapping[str, Any], metric: str) -> tuple[float, float, float] | None:
    """Return mean, low and high of a metric, None where one of them is missing."""
    mean = figures.get(metric)
    low, high = figures.get("ci", {}).get(metric) or (None, None)
    return None if mean is None or low is None or high is None else (mean, low, high)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the shop serves beside the best baseline, in one metric.

    Attributes:
        other: name of the best baseline.
        own_mean: of the pipeline.
        other_mean: of the baseline.
        difference: mean, low and high of own minus other, paired by person.
        p: adjusted for the number of comparisons.

    >>> Comparison("popularity", 0.3, 0.2, (0.1, 0.05, 0.15), p=0.001).is_sure
    True
    """

    other: str
    own_mean: float
    other_mean: float
    difference: tuple[float, float, float]
    p: float

    @property
    def is_sure(self) -> bool:
        """Chance alone would seldom make such a difference."""
        return self.p < SURE


def comparison(models: Models) -> Comparison | None:
    """Return how the pipeline stands to the best baseline, the reference; None where the answer does not say."""
    metric = main_metric(models)
    own = models.get(PIPELINE, {})
    against = own.get("against")
    if not against or None in against[metric]:
        return None
    other = against["reference"]
    mean, low, high = against[metric]
    means = own[metric], models[other][metric]
    return Comparison(other, *means, (mean, low, high), against["p_holm"])
