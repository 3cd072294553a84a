"""The situation of a request as one text: ``weather=rain,temperature_c=4,time=2017-11-02T08:00``."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

from zhiyin.core import Context
from zhiyin.errors import InvalidRecord

_WORDS = ("place", "weather", "device", "occasion")
_NUMBERS = ("temperature_c", "latitude", "longitude")
_EXPECTED = (
    "name=value pairs between commas, such as weather=rain,temperature_c=4,time=2017-11-02T08:00"
)
_MOST, _LONGEST = 20, 100


def situation(text: str) -> tuple[Context, datetime | None]:
    """Return the context that a text tells of, and when it is; a time without a zone is UTC.

    Known names are place, weather, device, occasion, temperature_c, latitude, longitude and time; others are kept as the
    shop's own.

    Raises:
        InvalidRecord: a pair has no name or value, a name comes twice, or a value is not what its name asks for.

    >>> context, time = situation("weather=rain,temperature_c=4,time=2017-11-02T08:00")
    >>> context.weather, context.temperature_c, time.isoformat()
    ('rain', 4.0, '2017-11-02T08:00:00+00:00')
    """
    told: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        name, is_pair, value = (part.strip() for part in pair.partition("="))
        if not (name and is_pair and value) or len(pair) > _LONGEST:
            raise _wrong(f'"{pair[:_LONGEST]}" is no pair')
        if name in told:
            raise _wrong(f"{name} is told twice")
        told[name] = value
    if len(told) > _MOST:
        raise _wrong(f"there are {len(told)} pairs, and at most {_MOST} are taken")
    time = _moment(told.pop("time")) if "time" in told else None
    numbers = {name: _number(name, told.pop(name)) for name in _NUMBERS if name in told}
    words: dict[str, Any] = {name: told.pop(name) for name in _WORDS if name in told}
    extra = {name: _plain(value) for name, value in told.items()}
    return Context(
        location=_location(numbers),
        temperature_c=numbers.get("temperature_c"),
        extra=extra,
        **words,
    ), time


def _location(numbers: dict[str, float]) -> tuple[float, float] | None:
    at = numbers.get("latitude"), numbers.get("longitude")
    if at == (None, None):
        return None
    latitude, longitude = at
    if latitude is None or longitude is None:
        raise _wrong("latitude and longitude belong together")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise _wrong(f"{latitude}, {longitude} is no place on Earth")
    return latitude, longitude


def _number(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _wrong(f'{name} is "{value}", which is no number')
    return number


def _plain(value: str) -> str | float:
    try:
        number = float(value)
    except ValueError:
        return value
    return number if math.isfinite(number) else value


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise _wrong(f'time is "{value}", which is no ISO 8601 time') from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not 1970 <= moment.year <= 2999:
        raise _wrong(f'time is "{value}", which lies outside the years 1970 to 2999')
    return moment


def _wrong(what: str) -> InvalidRecord:
    return InvalidRecord(what, where="context", expected=_EXPECTED, next_step="mend the text")
