"""Items that are places: where they are, what kind of place, and whether one is under a roof there."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Kind
from zhiyin.language.facts.places import TOWN, places_in
from zhiyin.store.store import Store

_LATITUDES, _LONGITUDES = ("latitude", "lat"), ("longitude", "lon", "lng")
OUTDOOR = frozenset(
    ("amusement_park", "beach", "camp_site", "farm", "forest", "lake", "mountain", "park", "playground", "ski_resort", "zoo")
)  # fmt: skip
"""Kinds of places where one mostly is outdoors."""

_BAD = ("rain", "snow", "storm", "smog", "hail", "shower", "雨", "雪", "霾", "雹")
_RADIUS_KM = 6371.0088


def is_bad_weather(weather: str) -> bool:
    """Return whether words for the weather, in Chinese or English, say that one had better stay under a roof.

    >>> is_bad_weather("小雨"), is_bad_weather("fair"), is_bad_weather("")
    (True, False, False)
    """
    return any(word in weather.lower() for word in _BAD)


def location_of(attributes: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees where attributes tell them, in two fields or as ``location``.

    >>> location_of({"location": "31.2, 121.4"}), location_of({"lat": 31.2, "lon": 521})
    ((31.2, 121.4), None)
    """
    said = attributes.get("location")
    if isinstance(said, str):
        said = said.split(",")
    if isinstance(said, Mapping):
        return location_of({name: value for name, value in said.items() if name != "location"})
    if not (isinstance(said, list | tuple) and len(said) == 2):
        said = [_first(attributes, names) for names in (_LATITUDES, _LONGITUDES)]
    try:
        latitude, longitude = (float(degrees) for degrees in said)
    except (TypeError, ValueError):
        return None
    is_on_earth = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if is_on_earth else None


def distances_km(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64], here: tuple[float, float]
) -> NDArray[np.float64]:
    """Return (n,) kilometres between points and here, over a round earth.

    References: Sinnott, Virtues of the haversine, Sky and Telescope 1984.
    """
    north, east = (np.radians(degrees) for degrees in (latitude, longitude))
    up, along = (math.radians(degrees) for degrees in here)
    half = np.sin((north - up) / 2) ** 2
    half += np.cos(north) * math.cos(up) * np.sin((east - along) / 2) ** 2
    return np.asarray(2 * _RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1))))


@dataclass(frozen=True, slots=True, eq=False)
class PlaceTable:
    """Items with coordinates, one array a column.

    Attributes:
        item: (p,) int64 ascending numbers.
        latitude: (p,) float64 degrees.
        longitude: (p,) float64 degrees.
        kind: (p,) str such as ``park``, empty where not known.
        is_outdoor: (p,) bool.
    """

    item: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    kind: NDArray[np.str_]
    is_outdoor: NDArray[np.bool_]


class Places:
    """The shop's places, kept up to date with the store: `table` first reads what changed.

    A place's kind is its attribute ``place``, or what its category or title says. It is outdoors where its attribute
    ``outdoor`` says so, or where its kind mostly is.

    >>> import tempfile
    >>> from zhiyin.core import Item
    >>> from zhiyin.store.frames import frame
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     park = Item("p", title="世纪公园门票", attributes={"lat": 31.2, "lon": 121.5})
    ...     _ = store.write("items", frame([park, Item("cup")]))
    ...     table = Places(store).table()
    >>> table.item.tolist(), table.kind.tolist(), table.is_outdoor.tolist()
    ([0], ['park'], [True])
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._revision = -1
        self._rows: dict[int, tuple[float, float, str, bool]] = {}
        self._table = _table({})

    def table(self) -> PlaceTable:
        """Return the places as they are now."""
        if self._store.revision() == self._revision:
            return self._table
        with self._lock:
            revision = self._store.revision()
            changed = self._store.entities_since(Kind.ITEM, self._revision)
            columns = ("number", "title", "category", "attributes")
            for number, title, category, said in changed.select(columns).iter_rows():
                attributes = json.loads(said or "{}")
                self._rows.pop(number, None)
                if (at := location_of(attributes)) is not None:
                    self._rows[number] = (*at, *_nature(attributes, category, title))
            self._table, self._revision = _table(self._rows), revision
            return self._table


def _table(rows: Mapping[int, tuple[float, float, str, bool]]) -> PlaceTable:
    numbers = sorted(rows)
    found = [rows[number] for number in numbers]
    return PlaceTable(
        np.array(numbers, np.int64),
        np.array([row[0] for row in found], np.float64),
        np.array([row[1] for row in found], np.float64),
        np.array([row[2] for row in found], np.str_),
        np.array([row[3] for row in found], bool),
    )


def _nature(
    attributes: Mapping[str, Any], category: str | None, title: str | None
) -> tuple[str, bool]:
    """Return the kind of a place, and whether it is outdoors."""
    kind = str(attributes.get("place") or "")
    if not kind:
        kind = next((kind for text in (category, title) for kind in _kinds(text or "")), "")
    outdoor = attributes.get("outdoor")
    return kind, bool(kind in OUTDOOR if outdoor is None else outdoor)


def _kinds(text: str) -> list[str]:
    return [found.value for found in places_in(text, text.lower()) if found.value != TOWN]


def _first(attributes: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((attributes[name] for name in names if name in attributes), None)
