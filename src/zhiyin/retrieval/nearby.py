"""Candidates that are near: places, and what the weather and the person's plans make of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from pydantic import Field

from zhiyin.core import Candidates, Query
from zhiyin.portraits.places import Places, distances_km, is_bad_weather, location_of
from zhiyin.registry import PartConfig

_MERELY_NEAR = (
    0.5  # score of a place here that nobody asked for, in bad weather if it is under a roof
)


class Here:
    """Finds out where the person is, what the weather is like, and which places are near.

    The query's context goes first, then what the person wrote that still holds, then the attributes of the person, such as
    ``latitude`` and ``longitude``. Fields: ``near_item`` (p,) int64, ``near_score`` (p,) float32 from 0 to 1, ``near_km``
    (p,) float32 and ``near_planned`` (p,) bool, whether the person wants to go to a place of that kind.
    """

    name = "here"

    class Config(PartConfig):
        """Options of `Here`."""

        half_km: float = Field(3.0, gt=0, description="Distance at which a place counts half.")
        most_km: float = Field(50.0, gt=0, description="Farther places are not near.")
        outdoors_in_bad_weather: float = Field(
            0.2, ge=0, le=1, description="What is left of a place outdoors when it rains."
        )

    def __init__(
        self,
        config: Config,
        places: Places,
        attributes: Callable[[Sequence[int]], list[dict[str, Any]]],
        person_facts: Callable[[int], pl.DataFrame],
    ) -> None:
        self._config = config
        self._places = places
        self._attributes = attributes
        self._facts = person_facts

    def hydrate_query(self, query: Query) -> dict[str, np.ndarray]:
        """Return the fields, empty where nobody knows where the person is."""
        table = self._places.table()
        said = self._said(query) if table.item.size else {}
        here = query.context.location or self._home(query) if table.item.size else None
        if here is None:
            floats = np.empty(0, np.float32)
            none, no = np.empty(0, np.int64), np.empty(0, bool)
            return {"near_item": none, "near_score": floats, "near_km": floats, "near_planned": no}
        km = distances_km(table.latitude, table.longitude, here)
        planned = np.isin(table.kind, said.get("intent", [])) & (table.kind != "")
        score = 2.0 ** (-km / self._config.half_km) * np.where(planned, 1.0, _MERELY_NEAR)
        weather = query.context.weather or " ".join(said.get("weather", [])[:1])
        if is_bad_weather(weather):
            score *= np.where(table.is_outdoor, self._config.outdoors_in_bad_weather, 1.0)
        near = np.flatnonzero(km <= self._config.most_km)
        return {
            "near_item": table.item[near],
            "near_score": score[near].astype(np.float32),
            "near_km": km[near].astype(np.float32),
            "near_planned": planned[near],
        }

    def _said(self, query: Query) -> Mapping[str, list[str]]:
        """Return name → values of the person's facts that hold at the query's time, newest first."""
        if query.person is None:
            return {}
        now_us = query.time_us
        facts = self._facts(query.person).filter(
            pl.col("name").is_in(["weather", "intent"])
            & (pl.col("time_us").is_null() | (pl.col("time_us") <= now_us))
            & (pl.col("expires_us").is_null() | (pl.col("expires_us") > now_us))
        )
        said: dict[str, list[str]] = {}
        for name, value in facts.select("name", "value").iter_rows():
            said.setdefault(name, []).append(value)
        return said

    def _home(self, query: Query) -> tuple[float, float] | None:
        if query.person is None:
            return None
        return location_of(self._attributes([query.person])[0])


class Nearby:
    """Proposes places by how near they are, more if the person plans to go to such a place, less outdoors in the rain."""

    name = "nearby"

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return places, the best first; none where nobody knows where the person is."""
        scores = query.fields["near_score"]
        best = np.argsort(-scores, kind="stable")[:limit]
        return Candidates.of(query.fields["near_item"][best], scores[best], source=self.name)
