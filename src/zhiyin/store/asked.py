"""Searches joined with what was done on their pages: which queries enough people asked, and what they chose from them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sqlalchemy import and_, bindparam, case, distinct, exists, func, select

from zhiyin.core.entity import Kind
from zhiyin.store.engine import Database
from zhiyin.store.schema import events, searches


class AskedText(NamedTuple):
    """A query of the log.

    Attributes:
        text: as ``Searched`` has it.
        times: how many searches.
        people: how many distinct people; someone unknown is nobody.
        last_us: of the latest search.
        found: how many items the latest search found.
    """

    text: str
    times: int
    people: int
    last_us: int
    found: int


class SearchFigures(NamedTuple):
    """How often a text was searched for, and what came of it.

    Attributes:
        text: as ``Searched`` has it.
        times: how many searches.
        people: how many distinct people; someone unknown is nobody.
        unfound: searches that found nothing.
        clicked: searches on whose page something was done.
        last_us: of the latest.
    """

    text: str
    times: int
    people: int
    unfound: int
    clicked: int
    last_us: int


Without = Literal["results", "clicks"]


class AskedRead:
    """Reads what was searched for.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        c = searches.c
        self._own = database.prepare(
            select(c.text)
            .where(c.person == bindparam("person"), c.n_found > 0)
            .group_by(c.text)
            .order_by(func.max(c.id).desc())
            .limit(bindparam("limit"))
        )
        self._last = database.prepare(select(func.max(c.id)))

    def revision(self) -> int:
        """Return a number that grows with every search; 0 before the first."""
        return int(self._last.rows()[0][0] or 0)

    def own(self, person: int, limit: int = 20) -> list[str]:
        """Return what a person searched for and found, newest first, each text once."""
        return [text for (text,) in self._own.rows(person=person, limit=limit)]

    def texts(self, min_people: int) -> list[AskedText]:
        """Return what so many people searched for, whose latest search found something.

        Complexity: O(searches).
        """
        c, latest = searches.c, searches.alias("latest")
        people = func.count(distinct(c.person))
        of_text = (
            select(
                c.text, func.count().label("times"), people.label("people"),
                func.max(c.time_us).label("last_us"), func.max(c.id).label("id"),
            )
            .group_by(c.text)
            .having(people >= min_people)
            .subquery()
        )  # fmt: skip
        told = of_text.c
        asked = (
            select(told.text, told.times, told.people, told.last_us, latest.c.n_found)
            .join(latest, latest.c.id == told.id)
            .where(latest.c.n_found > 0)
            .order_by(told.people.desc(), told.text)
        )
        with self._database.reading() as connection:
            return [AskedText(*row) for row in connection.execute(asked)]

    def figures(
        self, min_people: int, *, without: Without | None = None, since_us: int | None = None
    ) -> list[SearchFigures]:
        """Return what was searched for, that of most people first.

        Args:
            min_people: only texts of so many.
            without: ``results`` for searches that found nothing alone, ``clicks`` for texts that found something of which
                nobody chose any.
            since_us: only searches from then on.
        Complexity: O(searches + events on their pages).
        """
        c = searches.c
        done = events.c.request_id == c.request_id
        is_clicked = case((exists().where(done), 1), else_=0)
        times, people = func.count(), func.count(distinct(c.person))
        clicked = func.sum(is_clicked)
        unfound = func.sum(case((c.n_found == 0, 1), else_=0))
        asked = select(c.text, times, people, unfound, clicked, func.max(c.time_us))
        if since_us is not None:
            asked = asked.where(c.time_us >= since_us)
        if without:
            asked = asked.where(c.n_found == 0 if without == "results" else c.n_found > 0)
        asked = asked.group_by(c.text).having(people >= min_people)
        if without == "clicks":
            asked = asked.having(clicked == 0)
        asked = asked.order_by(people.desc(), times.desc(), c.text)
        with self._database.reading() as connection:
            return [SearchFigures(*row) for row in connection.execute(asked)]

    def chosen(self, min_people: int) -> dict[str, dict[int, int]]:
        """Return text → item number → how many distinct people did something with it on a page of that search.

        Args:
            min_people: only texts that so many people searched for.
        Complexity: O(searches + events on their pages).
        """
        c, e = searches.c, events.c
        often = select(c.text).group_by(c.text).having(func.count(distinct(c.person)) >= min_people)
        asked = (
            select(c.text, e.item, func.count(distinct(e.person)))
            .join(events, and_(e.request_id == c.request_id, e.kind == int(Kind.ITEM)))
            .where(c.text.in_(often))
            .group_by(c.text, e.item)
        )
        found: dict[str, dict[int, int]] = {}
        with self._database.reading() as connection:
            for text, item, people in connection.execute(asked):
                found.setdefault(text, {})[item] = people
        return found
