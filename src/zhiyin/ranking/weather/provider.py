"""What a provider of weather promises, and what it answers."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from zhiyin.core import Context

LONGEST = 40
"""Characters of words for the weather; longer ones are no words."""
_COLDEST, _HOTTEST = -100.0, 70.0


@dataclass(frozen=True, slots=True)
class Weather:
    """The weather at a place in an hour; either may be absent.

    >>> Weather("rain", 4.0).temperature_c
    4.0
    """

    weather: str | None = None
    temperature_c: float | None = None

    @classmethod
    def checked(cls, weather: Any, temperature_c: Any) -> Weather:
        """Return what came from outside, where it can be the weather of a place on Earth.

        Raises:
            ValueError: it cannot be; the message says what was expected.

        >>> Weather.checked(" rain ", None)
        Weather(weather='rain', temperature_c=None)
        """
        words = "" if weather is None else weather
        if not isinstance(words, str) or len(words := words.strip()) > LONGEST:
            raise ValueError(f"weather in words of at most {LONGEST} characters")
        if temperature_c is not None:
            is_number = isinstance(temperature_c, int | float)
            is_number &= not isinstance(temperature_c, bool)
            if not (is_number and _COLDEST <= temperature_c <= _HOTTEST):
                raise ValueError(f"a temperature_c from {_COLDEST:g} to {_HOTTEST:g} degrees")
            temperature_c = float(temperature_c)
        return cls(words or None, temperature_c)


class WeatherProvider(Protocol):
    """Says what the weather is or was.

    Attributes:
        name: as settings name it.
        is_local: whether it answers at once and for nothing, of the past, too. Others are asked in the background.
    """

    name: str
    is_local: bool

    def where(self, context: Context) -> Hashable | None:
        """Return what of a context tells the place, None where nothing does."""

    def weather(self, where: Any, time: datetime) -> Weather | None:
        """Return the weather of the hour in which a time lies, None where it is not known; it may raise.

        Args:
            where: what ``where`` gave.
            time: timezone-aware.
        """


def cell(location: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return a latitude and longitude to a tenth of a degree, some ten kilometres; None off the earth.

    >>> cell((31.23, -0.04)), cell((91.0, 0.0))
    ((31.2, 0.0), None)
    """
    if location is None or not (abs(location[0]) <= 90 and abs(location[1]) <= 180):
        return None
    latitude, longitude = (round(degrees, 1) + 0.0 for degrees in location)
    return latitude, longitude
