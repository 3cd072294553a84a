"""Ranges of whole days, as the shop's people live them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from zhiyin.core.times import from_us, to_us

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, one after the other.

    Attributes:
        first: of them.
        n: how many.
        zone: where they end at midnight.

    >>> days = Days(date(2026, 5, 1), 2, ZoneInfo("Asia/Shanghai"))
    >>> str(days.last), days.until_us - days.from_us == 2 * 86_400_000_000, str(days.before.first)
    ('2026-05-02', True, '2026-04-29')
    """

    first: date
    n: int
    zone: ZoneInfo

    @classmethod
    def up_to(cls, last: date, n: int, zone: ZoneInfo) -> Days:
        """Return so many days of which the last is known."""
        return cls(last - (n - 1) * _ONE, n, zone)

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + (self.n - 1) * _ONE

    @property
    def before(self) -> Days:
        """As many days right before."""
        return Days(self.first - self.n * _ONE, self.n, self.zone)

    @property
    def from_us(self) -> int:
        """When the first day begins, microseconds since 1970."""
        return self._midnight(self.first)

    @property
    def until_us(self) -> int:
        """When the last day is over, microseconds since 1970."""
        return self._midnight(self.last + _ONE)

    def listed(self) -> list[date]:
        """Return each of the days."""
        return [self.first + place * _ONE for place in range(self.n)]

    def _midnight(self, day: date) -> int:
        return to_us(datetime.combine(day, time(), self.zone))


def day_of(time_us: int, zone: ZoneInfo) -> date:
    """Return the day on which something happened."""
    return from_us(time_us).astimezone(zone).date()


def day(zone: ZoneInfo) -> pl.Expr:
    """Return the day of each row's ``time_us``."""
    utc = pl.from_epoch("time_us", "us").dt.replace_time_zone("UTC")
    return utc.dt.convert_time_zone(zone.key).dt.date()
