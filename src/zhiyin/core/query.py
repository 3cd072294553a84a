"""What is asked, by whom, and in what situation."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import numpy as np

from zhiyin.core.fields import Fields
from zhiyin.core.shown import Shown
from zhiyin.core.times import to_us

_NOTHING: Mapping[str, Any] = MappingProxyType(Fields())


def _now() -> datetime:
    return datetime.now(UTC)


def _new_request_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Context:
    """The situation of a request or an event; everything may be absent.

    >>> Context(weather="rain").weather
    'rain'
    """

    location: tuple[float, float] | None = None
    place: str | None = None
    weather: str | None = None
    temperature_c: float | None = None
    device: str | None = None
    occasion: str | None = None
    extra: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query:
    """One request for a page.

    Attributes:
        person: the person's number, None for someone unknown.
        n: how many entities the page should hold.
        seeds: item numbers the page should start from ("more like these").
        fields: what query hydrators found about the person, as `Fields`.
        diversity: from 0, what fits best, to 1, what differs most; None leaves it to the settings.
        text: what is searched for.
        filters: what hits of a search must have, each as ``NAME:VALUE``.
        is_personal: whether what is known of the person may change a search.
        is_preview: whether nobody will see the page; then no side effect takes note of it.
        shown: what earlier pages of the same list showed, and this one must not.
        arms: experiment name to the arm that this person is in.

    >>> Query(n=3).n
    3
    """

    person: int | None = None
    n: int = 10
    surface: str = "home"
    time: datetime = field(default_factory=_now)
    request_id: str = field(default_factory=_new_request_id)
    session_id: str | None = None
    text: str | None = None
    context: Context = field(default_factory=Context)
    seeds: tuple[int, ...] = ()
    diversity: float | None = None
    filters: tuple[str, ...] = ()
    is_personal: bool = True
    is_preview: bool = False
    shown: Shown | None = None
    arms: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, np.ndarray] = field(default_factory=lambda: _NOTHING)

    @property
    def time_us(self) -> int:
        """When it is asked, in microseconds since 1970 UTC."""
        return to_us(self.time)

    def with_fields(self, fields: Mapping[str, np.ndarray]) -> Query:
        """Return a copy that also holds `fields`."""
        return replace(self, fields=MappingProxyType(Fields({**self.fields, **fields})))
