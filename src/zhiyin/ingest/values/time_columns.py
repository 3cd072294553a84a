"""How a table's times are read, decided once for each column of a file and said in a note."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from zhiyin.ingest.values.times import day_first, has_slashed_dates, lacks_zone, parsed
from zhiyin.store.frames import TIME, schema

_ORDERS = {True: "day", False: "month"}


class TimeColumns:
    """Reads the times of one file, which comes in pieces.

    Whether the day or the month comes first in dates such as 1/5/2024 is decided by the first piece that has some;
    a later date that contradicts it is left as a text that is no time.

    >>> times = TimeColumns("ties")
    >>> rows = pl.DataFrame({"time": ["1/5/2024", "13/5/2024"]})
    >>> times.settled(rows)["time"].to_list()
    ['2024-05-01T00:00:00.000000Z', '2024-05-13T00:00:00.000000Z']
    >>> list(times.notes(rows))
    ['time: the day comes first in dates such as 13/5/2024']
    """

    def __init__(self, kind: str) -> None:
        self._fields = [name for name, dtype in schema(kind).items() if dtype == TIME]
        self._day_first: dict[str, bool] = {}
        self._noted: set[str] = set()

    def settled(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows in which no date leaves the order of day and month open."""
        for name in self._given(rows):
            if has_slashed_dates(rows[name]):
                if name not in self._day_first:
                    self._day_first[name] = bool(day_first(rows[name]))
                rows = rows.with_columns(_in_one_order(rows[name], self._day_first[name]))
        return rows

    def notes(self, rows: pl.DataFrame) -> Iterator[str]:
        """Yield what was decided about a file's times and is not said yet; `rows` as they were before `settled`."""
        for name in self._given(rows):
            said = rows[name]
            if name in self._day_first and f"{name}/" not in self._noted:
                self._noted.add(f"{name}/")
                order = _ORDERS[self._day_first[name]]
                is_open = day_first(said) is None
                why = ", which no date contradicts" if is_open else ""
                example = said.filter(said.str.contains(r"\d/\d")).to_list()[-1]
                yield f"{name}: the {order} comes first in dates such as {example}{why}"
            if name not in self._noted and lacks_zone(said):
                self._noted.add(name)
                yield f"{name} says no time zone and is taken as UTC"

    def _given(self, rows: pl.DataFrame) -> list[str]:
        return [name for name in self._fields if name in rows.columns]


def _in_one_order(said: pl.Series, is_day_first: bool) -> pl.Series:
    found = parsed(said.str.strip_chars(), day_first=is_day_first)
    plain = found.dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").zip_with(found.is_not_null(), said)
    left = (found.is_null() & said.is_not_null()).arg_true()
    others = said.gather(left)
    contradicts = parsed(others.str.strip_chars(), day_first=not is_day_first).is_not_null()
    told = (others + f" (the {_ORDERS[is_day_first]} first)").zip_with(contradicts, others)
    return plain.scatter(left, told).alias(said.name)
