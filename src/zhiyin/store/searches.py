"""What shoppers searched for: kept for suggestions, and to tell what a shop lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import polars as pl
from sqlalchemy import delete, distinct, func, select

from zhiyin.core.searched import Searched
from zhiyin.store.engine import Database, execute_rows, insert, within
from zhiyin.store.schema import searches
from zhiyin.store.tombstones import gone_people

_SCHEMA = {
    "request_id": pl.String, "person": pl.Int64, "text": pl.String, "n_found": pl.Int64, "time_us": pl.Int64,
}  # fmt: skip


class SearchCount(NamedTuple):
    """A text that was searched for.

    Attributes:
        text: as ``Searched`` has it.
        times: how many searches.
        people: how many people there are among those who searched; someone unknown is nobody.
        last_us: of the latest.
    """

    text: str
    times: int
    people: int
    last_us: int


class Searches:
    """Keeps searches.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, made: Sequence[Searched]) -> int:
        """Store searches; a request stored before is left as it was, and those of who was forgotten meanwhile are not kept.

        Returns: how many were new.
        """
        with self._database.writing() as connection:
            gone = gone_people(connection, [one.person for one in made])
            kept = [one for one in made if one.person not in gone]
            batch = pl.DataFrame(kept, schema=_SCHEMA, orient="row")
            new = insert(connection, searches).inline().on_conflict_do_nothing()
            return execute_rows(connection, new, batch)

    def counts(
        self, *, min_people: int = 0, since_us: int | None = None, n: int | None = None
    ) -> list[SearchCount]:
        """Return the texts that found something, those of most people first.

        Args:
            min_people: only texts that at least so many people searched for.
            since_us: only searches from then on.
            n: how many texts at most.
        Complexity: O(searches).
        """
        return self._counted(searches.c.n_found > 0, min_people, since_us, n)

    def zero_results(self, n: int = 100, *, since_us: int | None = None) -> list[SearchCount]:
        """Return at most n texts that found nothing, those of most people first.

        Complexity: O(searches).
        """
        return self._counted(searches.c.n_found == 0, 0, since_us, n)

    def texts(self, request_ids: Iterable[str]) -> dict[str, str]:
        """Return request → what was searched for, of those requests that were searches."""
        c = searches.c
        with self._database.reading() as connection:
            asked = select(c.request_id, c.text).where(
                within(connection, c.request_id, request_ids)
            )
            return {row.request_id: row.text for row in connection.execute(asked)}

    def erase(self, person: int) -> int:
        """Delete the searches of a person, and return how many there were."""
        with self._database.writing() as connection:
            done = connection.execute(delete(searches).where(searches.c.person == person))
            return done.rowcount

    def _counted(
        self, which: object, min_people: int, since_us: int | None, n: int | None
    ) -> list[SearchCount]:
        c = searches.c
        people = func.count(distinct(c.person))
        often = func.count()
        asked = select(c.text, often, people, func.max(c.time_us)).where(which)  # type: ignore[arg-type]
        if since_us is not None:
            asked = asked.where(c.time_us >= since_us)
        asked = asked.group_by(c.text).having(people >= min_people)
        asked = asked.order_by(people.desc(), often.desc(), c.text).limit(n)
        with self._database.reading() as connection:
            return [SearchCount(*row) for row in connection.execute(asked)]
