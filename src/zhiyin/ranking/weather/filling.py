"""Contexts that do not tell the weather, with what a provider says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from zhiyin import registry
from zhiyin.core import Context, Query
from zhiyin.ranking.weather.memory import WeatherMemory
from zhiyin.ranking.weather.provider import WeatherProvider
from zhiyin.settings import Part


class WeatherFiller:
    """Fills in the weather where it is not told and can be known at once; what a context tells itself stays.

    Args:
        part: which provider, ``context.weather`` of the settings.
        home: folder of the shop, that paths start from.
        zone: IANA name of the time zone in which the shop's people live.
    Raises:
        SettingsError: there is no such provider, or an option of it is wrong.

    >>> WeatherFiller(Part(type="none"), Path(), "UTC").filled(Query()).context
    Context(location=None, place=None, weather=None, temperature_c=None, device=None, occasion=None, extra={})
    """

    def __init__(self, part: Part, home: Path, zone: str) -> None:
        self._provider: WeatherProvider | None = None
        self._memory: WeatherMemory | None = None
        if part.type == "none":
            return
        self._provider = provider = registry.build(
            "weather", part.type, part.options, where="context.weather",
            services={"home": home, "zone": zone},
        )  # fmt: skip
        if not provider.is_local:
            self._memory = WeatherMemory(provider.weather)

    def filled(self, query: Query) -> Query:
        """Return a query whose context tells the weather, where it is known by now; nothing is waited for."""
        if self._provider is None or query.context.weather:
            return query
        return replace(query, context=self._with_weather(query.context, query.time))

    def past(self, context: Context, time: datetime) -> Context:
        """Return a context of a past event with its weather, where the provider has it at hand."""
        return context if context.weather or self._memory else self._with_weather(context, time)

    def close(self) -> None:
        """Ask for no more weather."""
        if self._memory is not None:
            self._memory.close()

    def _with_weather(self, context: Context, time: datetime) -> Context:
        where = None if self._provider is None else self._provider.where(context)
        if self._provider is None or where is None:
            return context
        found = (self._memory or self._provider).weather(where, time)
        if found is None:
            return context
        degrees = context.temperature_c
        return replace(
            context,
            weather=found.weather,
            temperature_c=found.temperature_c if degrees is None else degrees,
        )
