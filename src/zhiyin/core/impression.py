"""What was shown: one served page, as the event spine remembers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhiyin.core.page import Features


@dataclass(frozen=True, slots=True)
class Impression:
    """A page of items shown to someone; an interaction names the ``request_id`` of the page that caused it.

    Attributes:
        request_id: the request the page answered.
        person: the person's number, None for someone not known.
        surface: where it was shown, such as ``home``.
        time_us: when, in microseconds since 1970 UTC.
        items: item numbers in the order shown, so an item's place in the tuple is its position.
        scores: one for each item, in the same order.
        arms: experiment to the arm this request was in.
        propensities: the probability with which each item was shown there; None where it was not drawn.
        context: what was known of the moment (weather, place …), and under ``asked`` what else it takes to ask again.
        features: what the scorer knew of each item, in the same order; None where it did not tell.

    >>> Impression("r1", None, "home", 0, items=(7, 3), scores=(0.9, 0.4)).items.index(3)
    1
    """

    request_id: str
    person: int | None
    surface: str
    time_us: int
    items: tuple[int, ...]
    scores: tuple[float, ...]
    arms: Mapping[str, str] = field(default_factory=dict)
    propensities: tuple[float, ...] | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    features: Features | None = field(default=None, repr=False, compare=False)
