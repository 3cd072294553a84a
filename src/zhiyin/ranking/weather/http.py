"""Weather from an endpoint."""

from __future__ import annotations

import json
import time as clock
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, field_validator

from zhiyin.core import Context
from zhiyin.errors import DataError
from zhiyin.ranking.weather.provider import Weather, cell
from zhiyin.registry import PartConfig

_MOST_BYTES = 10_000
_FORM = (
    "https://… with {latitude} and {longitude}, and {time} where it knows other hours than this one"
)


class Http:
    """Asks an endpoint for the weather at coordinates, in the background; redirects are not followed.

    The answer is a JSON object such as ``{"weather": "rain", "temperature_c": 4.0}``; either may be absent or null. Only
    numbers enter the URL: degrees to a tenth, and the hour as ``2025-11-11T20:00Z``.
    """

    name = "http"
    is_local = False

    class Config(PartConfig):
        """Options of ``http``."""

        url: str = Field(description=f"URL of the endpoint: {_FORM}")
        timeout_s: float = Field(2.0, gt=0, le=60, description="seconds that an answer may take")

        @field_validator("url")
        @classmethod
        def _is_safe(cls, url: str) -> str:
            bare = url
            for name in ("latitude", "longitude", "time"):
                bare = bare.replace(f"{{{name}}}", "0")
            has_both = "{latitude}" in url and "{longitude}" in url
            if not (has_both and bare.isascii() and bare.isprintable() and " " not in bare):
                raise ValueError(_FORM)
            if {*bare} & {"{", "}"} or not _is_safe(urlsplit(url)):
                raise ValueError(f"{_FORM}; without https only this machine, and no user")
            _ = urlsplit(url).port  # refuses one that is no number
            return url

    def __init__(self, config: Config) -> None:
        self._url, self._timeout_s = config.url, config.timeout_s

    def where(self, context: Context) -> tuple[float, float] | None:
        """Return the coordinates to a tenth of a degree."""
        return cell(context.location)

    def weather(self, where: tuple[float, float], time: datetime) -> Weather | None:
        """Return what the endpoint answers; None of another hour than this one where the URL has no ``{time}``.

        Raises:
            DataError: it answers something else than the weather, too much or too slowly.
            OSError: it cannot be reached, or does not answer in time.
            HTTPException: it does not speak HTTP.
        """
        since = datetime.now(UTC) - time
        if "{time}" not in self._url and not timedelta(0) <= since < timedelta(hours=1):
            return None
        hour = time.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")
        url = self._url.replace("{latitude}", f"{where[0]:.1f}")
        url = url.replace("{longitude}", f"{where[1]:.1f}").replace("{time}", hour)
        try:
            said = json.loads(self._received(urlsplit(url)))
            if not isinstance(said, dict):
                raise ValueError("a JSON object")
            return Weather.checked(said.get("weather"), said.get("temperature_c"))
        except (ValueError, RecursionError) as error:
            raise self._wrong("the answer is not the weather", str(error)) from error

    def _received(self, url: SplitResult) -> bytes:
        made = HTTPSConnection if url.scheme == "https" else HTTPConnection
        connection = made(url.hostname or "", url.port, timeout=self._timeout_s)
        until = clock.monotonic() + self._timeout_s
        try:
            path = f"{url.path or '/'}?{url.query}" if url.query else url.path or "/"
            connection.request("GET", path, headers={"Accept": "application/json"})
            with connection.getresponse() as response:
                return self._read(response, until)
        finally:
            connection.close()

    def _read(self, response: HTTPResponse, until: float) -> bytes:
        if response.status != 200:
            raise self._wrong(f"the endpoint answers {response.status}", "200")
        received = b""
        while piece := response.read1(_MOST_BYTES):
            received += piece
            if len(received) > _MOST_BYTES:
                raise self._wrong("the answer is too long", f"at most {_MOST_BYTES:,} bytes")
            if clock.monotonic() > until:
                raise self._wrong("the answer is too slow", f"{self._timeout_s:g} s at most")
        return received

    def _wrong(self, what: str, expected: str) -> DataError:
        host = urlsplit(self._url).netloc
        return DataError(what, where=host, expected=expected, next_step="see context.weather")


def _is_safe(url: SplitResult) -> bool:
    """Whether a URL is of https or of this machine, names no user, and has a host that does not vary."""
    host = url.hostname or ""
    if not host or "{" in url.netloc or "@" in url.netloc:
        return False
    if url.scheme == "https":
        return True
    try:
        is_here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_here = False
    return url.scheme == "http" and is_here
