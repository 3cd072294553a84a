"""People who do more in an hour than people can."""

from __future__ import annotations

from datetime import datetime

import polars as pl

_MOST_PAIRS = 1_000_000
ROBOT_EVENTS = 1_000
# A basket, or a day's export, has all its events at one time.
ROBOT_SECONDS = 100
_MOST_TOLD = 3
_PAIR = ("user", "hour")


class Robots:
    """Counts the events of each person and hour over a whole import.

    Found are persons with 1,000 events in an hour at 100 different seconds. Times that are kept to the minute or the
    day have no such hours.

    Memory is bounded: of more than a million pairs of person and hour, the half with the most events is kept. So a
    robot may be missed, or counted too low, where a file holds its hour in pieces far apart, with many millions of
    rows of others between them; in a file in order of time, or of person, none is.

    >>> from datetime import timedelta
    >>> start = datetime(2024, 5, 1, 8)
    >>> robots = Robots()
    >>> robots.add(pl.DataFrame({"user": "r2", "time": [start + timedelta(seconds=n) for n in range(2000)]}))
    >>> [(user, hour.hour, events) for user, hour, events in robots.found]
    [('r2', 8, 2000)]
    """

    def __init__(self) -> None:
        self._counts: list[pl.DataFrame] = []
        self._pairs = 0

    def add(self, rows: pl.DataFrame) -> None:
        """Count the events of a chunk.

        Args:
            rows: (n, columns) with ``user``, String, and ``time``, Datetime or null.
        """
        time = pl.col("time")
        seconds = time.dt.minute().cast(pl.UInt16) * 60 + time.dt.second()
        timed = rows.lazy().filter(time.is_not_null())
        counts = (
            timed.group_by("user", time.dt.truncate("1h").alias("hour"))
            .agg(pl.len().alias("events"), seconds.unique().head(ROBOT_SECONDS).alias("seconds"))
            .collect()
        )
        self._counts.append(counts)
        self._pairs += counts.height
        if self._pairs > _MOST_PAIRS:
            kept = self._summed()
            if kept.height > _MOST_PAIRS // 2:
                kept = kept.top_k(_MOST_PAIRS // 2, by="events")
            self._counts, self._pairs = [kept], kept.height

    @property
    def found(self) -> list[tuple[str, datetime, int]]:
        """Who, in the hour that starts when, with how many events: the most events first."""
        if not self._counts:
            return []
        is_robot = (pl.col("events") >= ROBOT_EVENTS) & (
            pl.col("seconds").list.len() >= ROBOT_SECONDS
        )
        found = (
            self._summed().filter(is_robot).sort("events", *_PAIR, descending=[True, False, False])
        )
        return found.select(*_PAIR, "events").rows()

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell whoever imports: the most active ones, and how many more there are."""
        found = self.found
        told = [
            f"{user} has {events:,} events in the hour from {hour:%Y-%m-%d %H:%M} UTC, like a robot; they are stored"
            for user, hour, events in found[:_MOST_TOLD]
        ]
        if more := found[_MOST_TOLD:]:
            told.append(f"{len(more):,} more hours of persons are like a robot's")
        return tuple(told)

    def _summed(self) -> pl.DataFrame:
        return (
            pl.concat(self._counts)
            .lazy()
            .group_by(_PAIR)
            .agg(
                pl.col("events").sum(),
                pl.col("seconds").explode().unique().head(ROBOT_SECONDS),
            )
            .collect()
        )
