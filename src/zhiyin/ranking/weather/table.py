"""Weather from a file of the shop's own."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field

from zhiyin.core import Context
from zhiyin.errors import InvalidRecord, SettingsError
from zhiyin.ranking.weather.provider import Weather, cell
from zhiyin.registry import PartConfig

_COLUMNS = ("place", "latitude", "longitude", "time", "weather", "temperature_c")
_EXPECTED = "a CSV file with the columns time, weather or temperature_c, and place or latitude and longitude"


class Table:
    """Weather of places and coordinates by hour or by day, from a CSV file; also good for the past.

    An hour goes before its day, and a place that the file knows before coordinates. Times without an offset are those of the
    shop's zone, in which days end, too.
    """

    name = "table"
    is_local = True

    class Config(PartConfig):
        """Options of ``table``."""

        path: str = Field(description="CSV file, from the home folder on")

    def __init__(self, config: Config, home: Path, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._known: dict[tuple[Hashable, date], Weather] = {}
        when, weather, places = cache(self._when), cache(_weather), cache(_places)
        for line, row in _rows(home / config.path):
            try:
                place, latitude, longitude, time, words, degrees = row
                for where in places(place, latitude, longitude):
                    self._known[where, when(time)] = weather(words, degrees)
            except (ValueError, OverflowError) as error:
                raise InvalidRecord(
                    str(error),
                    where=f"{config.path}:{line}",
                    expected=_EXPECTED,
                    next_step="mend the line, or take it out",
                ) from error
        self._places = {where for where, _ in self._known}

    def where(self, context: Context) -> Hashable | None:
        """Return the place if the file knows it, else the coordinates to a tenth of a degree."""
        place = (context.place or "").strip().casefold()
        if place in self._places:
            return place
        return cell(context.location)

    def weather(self, where: Hashable, time: datetime) -> Weather | None:
        """Return the weather of the hour, else that of the day, None where the file has neither."""
        if where not in self._places:
            return None
        try:
            hour = self._hour(time)
        except OverflowError:
            return None
        return self._known.get((where, hour)) or self._known.get((where, hour.date()))

    def _when(self, time: str) -> date:
        try:
            return date.fromisoformat(time)
        except ValueError:
            return self._hour(datetime.fromisoformat(time))

    def _hour(self, time: datetime) -> datetime:
        local = time.astimezone(self._zone) if time.tzinfo else time
        return local.replace(minute=0, second=0, microsecond=0, tzinfo=None, fold=0)


def _weather(words: str, degrees: str) -> Weather:
    return Weather.checked(words, float(degrees) if degrees else None)


def _places(place: str, latitude: str, longitude: str) -> list[Hashable]:
    places: list[Hashable] = [place.casefold()] if place else []
    if latitude or longitude:
        places.append(cell((float(latitude), float(longitude))))
    if not places or None in places:
        raise ValueError("it names no place on Earth")
    return places


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each line, and its cells in the order of ``_COLUMNS``, empty where it has none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            names = [name.strip() for name in next(reader, [])]
            has = set(names)
            is_placed = "place" in has or {"latitude", "longitude"} <= has
            if not (is_placed and "time" in has and has & {"weather", "temperature_c"}):
                raise ValueError(f"its columns are {', '.join(sorted(has)) or 'none'}")
            places = [names.index(name) if name in has else len(names) for name in _COLUMNS]
            for row in filter(None, reader):
                row = [*row[: len(names)], *[""] * (len(names) + 1 - len(row)), ""]
                yield reader.line_num, [row[place].strip() for place in places]
    except (OSError, ValueError, csv.Error) as error:
        raise SettingsError(
            str(error),
            where="context.weather.options.path",
            expected=_EXPECTED,
            next_step=f"mend or make {path}",
        ) from error
