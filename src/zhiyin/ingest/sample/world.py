"""The fixed side of the simulated shop, and the log of what happens in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample.catalogue import Goods
from zhiyin.ingest.sample.climate import Climate
from zhiyin.ingest.sample.people import People
from zhiyin.ingest.sample.ties import Ties
from zhiyin.ingest.sample.utility import Pieces

CHANNELS = ("list", "search", "friend")
"""How an item came before someone's eyes."""
VIEW, FAVOURITE, CART, PURCHASE = range(4)


@dataclass
class Log:
    """Columns of what happened, one list of arrays per step, joined by :meth:`close`."""

    columns: dict[str, list[NDArray[Any]]] = field(default_factory=dict)

    def add(self, **arrays: NDArray[Any]) -> None:
        """Append arrays of one length to their columns."""
        for name, array in arrays.items():
            self.columns.setdefault(name, []).append(array)

    def close(self) -> dict[str, NDArray[Any]]:
        """Return the joined columns."""
        return {name: np.concatenate(parts) for name, parts in self.columns.items()}


@dataclass(frozen=True)
class Behaviour:
    """All that was logged; each is a dict of equally long arrays.

    Attributes:
        events: person, item, type, minutes, begin, visit, utility, influenced, channel, source, request, quantity,
            step.
        exposures: request, person, item, position, propensity, clicked, minutes.
        shares: user, other, item, minutes, followed.
        sway: step, swayed, source, item, weight: what entered people's influence.
        visits: person, minutes, place, features: one row for each ``visit`` that events name.
        policy: (steps, items) float64, the logging policy's chance to show each item first.
        uniform_click: (steps,) true click rate of the first position had items been shown uniformly.
    """

    events: dict[str, NDArray[Any]]
    exposures: dict[str, NDArray[Any]]
    shares: dict[str, NDArray[Any]]
    sway: dict[str, NDArray[Any]]
    visits: dict[str, NDArray[Any]]
    policy: NDArray[np.float64]
    uniform_click: NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """The fixed side of the simulation."""

    people: People
    goods: Goods
    ties: Ties
    climate: Climate
    pieces: Pieces
