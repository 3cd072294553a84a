"""Which part a model plays in a report, and by which name and mark it is shown."""

from __future__ import annotations

from typing import NamedTuple

from zhiyin.apps.report.answer import PIPELINE, POPULARITY, Models, comparison
from zhiyin.apps.report.words import Words


class Shown(NamedTuple):
    """A model as pictures and tables show it: its text, how far it is indented, and its part.

    >>> Shown("ease", 0.0, "other").role
    'other'
    """

    text: str
    indent: float
    role: str


def shown(name: str, models: Models, said: Words) -> Shown:
    """Return how a model is shown; a control stands indented under its model."""
    of = models[name].get("control_of")
    known = of if of in models else None
    return Shown(said.model(name, known), 16.0 if known else 0.0, role(name, models))


def role(name: str, models: Models) -> str:
    """Return the part of a model: own, best (of the baselines), control, popular or other."""
    if name == PIPELINE:
        return "own"
    found = comparison(models)
    if found and name == found.other:
        return "best"
    if models[name].get("control_of"):
        return "control"
    return "popular" if name == POPULARITY else "other"


def chosen(models: Models) -> list[str]:
    """Return the few models that are shown where there is no room for all."""
    found = comparison(models)
    wanted = [PIPELINE, *([found.other] if found else []), POPULARITY]
    return [name for name in dict.fromkeys(wanted) if name in models]
