"""Candidates that rise: where the person lives, among people of a kind, and in the whole shop."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Candidates, Query
from zhiyin.portraits.society import Society
from zhiyin.registry import PartConfig

_PLACES = ("city", "region")


class Heat:
    """Finds out what rises for the person's groups, today's events included.

    The context's own ``city`` and ``region`` go before the person's, and its ``place`` where it is the name of a city. A
    group has ten people at least; who is in none, and a shop's unknown visitor, has what rises for everybody.

    Fields: ``hot_item`` (h,) int64 ascending; ``hot_score`` (h,) float32, the mean over the groups of share · rise;
    ``hot_rise`` (h,) float32, how many times what was to be expected, in the group where that is most; ``hot_group`` (h,)
    str, that group.
    """

    name = "heat"

    class Config(PartConfig):
        """Options of `Heat`."""

        by: tuple[Literal["city", "region", "age", "gender", "community"], ...] = Field(
            ("city", "region"),
            description="Kinds of groups that count.",
        )

    def __init__(self, config: Config, society: Society) -> None:
        self._config = config
        self._trend = society.trend

    def hydrate_query(self, query: Query) -> dict[str, np.ndarray]:
        """Return the fields, empty where nothing that was done has a time."""
        now_us = query.time_us
        everybody = self._trend.rise(0, now_us)
        groups = self._groups(query)
        rises = [self._trend.rise(group, now_us) for group in groups]
        score = np.mean([one.share for one in rises or [everybody]], axis=0)
        rise, name = everybody.rise, np.zeros(everybody.item.size, np.int64)
        for group, one in zip(groups, rises, strict=True):
            is_more = one.rise > rise
            rise, name = np.where(is_more, one.rise, rise), np.where(is_more, group, name)
        return {
            "hot_item": everybody.item,
            "hot_score": score.astype(np.float32),
            "hot_rise": rise.astype(np.float32),
            "hot_group": self._trend.groups[name],
        }

    def _groups(self, query: Query) -> list[int]:
        """Return the places of the groups that count, without everybody."""
        told = query.context.extra
        names = [f"{kind}:{told[kind]}" for kind in _PLACES if kind in told]
        if query.context.place and "city" not in told:
            names.append(f"city:{query.context.place}")
        here = [group for group in self._trend.named(names) if group]
        kinds = self._config.by
        if query.person is not None:
            is_told = {self._trend.kind(group) for group in here}
            own = self._trend.of_person(query.person)[1:]
            here += [group for group in own if self._trend.kind(group) not in is_told]
        return [group for group in here if self._trend.kind(group) in kinds]


class Trending:
    """Proposes what is hot for the person's groups; where nothing has a time or that is not to be had, what is popular."""

    name = "trending"

    def __init__(self, popularity: NDArray[np.float32]) -> None:
        self._popularity = popularity

    def retrieve(self, query: Query, limit: int) -> Candidates:
        """Return items, the hottest first."""
        items = query.fields.get("hot_item", np.empty(0, np.int64))
        if items.size:
            scores = query.fields["hot_score"]
        else:
            items = np.flatnonzero(self._popularity)
            scores = self._popularity[items]
        best = np.flatnonzero(scores > 0)
        if best.size > limit:
            best = best[np.argpartition(-scores[best], limit)[:limit]]
        return Candidates.of(items[best], scores[best], source=self.name)
