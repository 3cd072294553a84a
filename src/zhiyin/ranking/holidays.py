"""What day it is in a country: public holidays, and the days of great sales."""

from __future__ import annotations

import zoneinfo
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

SALES = {"CN": {(6, 18): "618", (11, 11): "11.11", (12, 12): "12.12"}}
"""Country → (month, day) → name of the sale."""


def holiday(day: date, country: str) -> str:
    """Return the English name of a public holiday or a sale on a day, empty where there is none.

    A day off in the place of another is called ``Day off``.

    Args:
        day: in the country's own time.
        country: ISO 3166 code of two letters; of one that is not known there are no holidays.

    >>> holiday(date(2025, 1, 29), "CN"), holiday(date(2025, 6, 18), "CN"), holiday(date(2025, 6, 18), "US")
    ('Chinese New Year (Spring Festival)', '618', '')
    """
    sale = SALES.get(country, {}).get((day.month, day.day), "")
    name = str(_calendar(country).get(day) or "") if country else ""
    return name.split(" (observed)")[0].split(" (substituted")[0] or sale


@cache
def country_of(zone: str) -> str:
    """Return the ISO code of the country that an IANA time zone belongs to, empty where that is not known.

    >>> country_of("Asia/Shanghai"), country_of("UTC")
    ('CN', '')
    """
    for folder in zoneinfo.TZPATH:
        table = Path(folder, "zone.tab")
        if table.is_file():
            rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()]
            return next((row[0] for row in rows if len(row) > 2 and row[2] == zone), "")
    return ""


@cache
def _calendar(country: str) -> Any:
    import holidays  # half a second

    try:
        return holidays.country_holidays(country, language="en_US")
    except NotImplementedError:
        return {}
