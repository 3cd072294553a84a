"""A person out of every table, in one transaction.

Rows of the person go. The row that gives the person a number stays, with nothing in it, and so do those of the person's
posts: numbers are dense and never given twice, and whoever serves from an older training learns from the changed row
that nobody is there to be shown.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select, union, update

from zhiyin.core.entity import Kind
from zhiyin.core.erasable import Erased, Leaving
from zhiyin.store import schema as tables
from zhiyin.store.audit import note
from zhiyin.store.engine import Database, within
from zhiyin.store.frames import json_text
from zhiyin.store.numbering import Numbering
from zhiyin.store.pseudonymity import hidden, spoken
from zhiyin.store.states import REMOVED
from zhiyin.store.tombstones import (
    CONVERSATION,
    MOMENT,
    Tombstone,
    Tombstones,
    bury,
    digest,
    digests,
    moment,
    salt_of,
)

_PERSON, _POST = int(Kind.PERSON), int(Kind.POST)
_NOBODY: Final = json_text({"social": "hidden"})
_NOTHING: Final = json_text({"visibility": "nobody"})
_ANSWERS: Final = "answers/"
"""With which the keys of kept answers of chat models begin."""
_FACELESS = frozenset({"audit", "documents", "keys", "tombstones"})
"""Tables that name nobody who shops."""


class Erasure:
    """Takes people out of the tables, and knows who was taken out.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.tombstones = Tombstones(database)

    def leaving(self, number: int, key: str, salt: str | None = None) -> tuple[Leaving, str]:
        """Return a person on the way out, and the key of the hash that stands for the id.

        Args:
            number: of the person.
            key: the shop's own id.
            salt: the key of the hash; the store's own unless given.
        """
        p, e = tables.posts.c, tables.entities.c
        with self._database.reading() as connection:
            salt = salt or salt_of(connection)
            own = select(p.number, e.key, p.title, p.text).join(
                tables.entities, and_(e.kind == _POST, e.number == p.number)
            )
            posts = connection.execute(own.where(p.person == number)).all()
            texts = [text for _, _, *told in posts for text in told]
            texts += [_whole(title, text) for _, _, title, text in posts]
            for table in (tables.chats, tables.interactions, tables.searches, tables.turns):
                asked = select(table.c.text).where(table.c.person == number)
                texts += connection.execute(asked).scalars()
            c = tables.chats.c
            talked = select(c.conversation).distinct().where(c.person == number)
            conversations = tuple(connection.execute(talked).scalars())
        said = tuple(dict.fromkeys(text for text in texts if text and text.strip()))
        [pseudonym] = digests(self._database.pseudonyms, salt, Kind.PERSON, [key])
        written = tuple((post, name) for post, name, *_ in posts)
        return Leaving(number, key, pseudonym, written, said, conversations), salt

    def erase(self, person: Leaving, salt: str, time_us: int) -> list[Erased]:
        """Take a person out of every table and keep the tombstones, all of it or nothing.

        Args:
            person: see ``leaving``.
            salt: the key of the hashes.
            time_us: when the person was forgotten.
        Returns: what went, by table.
        Complexity: O(rows of the person); ties, interactions, chats and posts are read whole, since no index leads to them.
        """
        with self._database.writing() as connection:
            told = _to_come(connection, person, time_us)
            done = [Erased(name, act(connection, person)) for name, act in _ACTS.items()]
            last_us = max(told, default=time_us)
            known: list[tuple[int, int | None, str, int]] = [
                (_PERSON, person.number, person.key, time_us)
            ]
            known += [(_POST, number, key, last_us) for number, key in person.posts]
            known += [(CONVERSATION, None, key, last_us) for key in person.conversations]
            known += [(MOMENT, None, moment(person.key, one), time_us) for one in told]
            bury(
                connection,
                [
                    Tombstone(kind, one, salt, number, from_us)
                    for kind, number, key, from_us in known
                    for one in digests(self._database.pseudonyms, salt, kind, [key])
                ],
            )
            note(connection, "forgot", "user")
        return done

    def find(self, salt: str, pseudonym: str) -> tuple[int, str] | None:
        """Return number and id of the person for whom a hash stands, None where there is no such person.

        Complexity: O(people), a microsecond each.
        """
        e, said = tables.entities.c, self._database.pseudonyms
        [wanted] = said.uncover([pseudonym])
        with self._database.reading() as connection:
            people = connection.execute(select(e.number, e.key).where(e.kind == _PERSON))
            named = ((number, said.show(key)) for number, key in people)
            return next((one for one in named if digest(salt, Kind.PERSON, one[1]) == wanted), None)

    def overwrite(self) -> str:
        """Leave nothing of deleted rows in the database's files, as far as this can be done, and say what is left to do."""
        return self._database.overwrite()

    @staticmethod
    def holds() -> tuple[str, ...]:
        """Return the tables that ``erase`` answers for."""
        return (*_ACTS, *sorted(_FACELESS))


def _whole(title: str | None, text: str | None) -> str:
    return "\n".join(part for part in (title, text) if part)


def _rows_of(
    name: str, which: Callable[[Any, Leaving, Connection], ColumnElement[bool]]
) -> Callable[[Connection, Leaving], int]:
    table = tables.METADATA.tables[name]

    def act(connection: Connection, person: Leaving) -> int:
        where = which(table.c, person, connection)
        return int(connection.execute(delete(table).where(where)).rowcount)

    return act


def _own(c: Any, person: Leaving, connection: Connection) -> ColumnElement[bool]:
    return c.person == person.number  # type: ignore[no-any-return]


def _to_come(connection: Connection, person: Leaving, time_us: int) -> list[int]:
    """Return the times after one that something of a person is dated at."""
    asked = [
        select(table.c.time_us).where(which(table.c, person, connection), table.c.time_us > time_us)
        for table, which in _DATED.items()
    ]
    e = tables.entities.c
    own = and_(e.kind == _PERSON, e.number == person.number)
    asked.append(select(e.created_us).where(own, e.created_us > time_us))
    return list(connection.execute(union(*asked)).scalars())


def _either(c: Any, person: Leaving, connection: Connection) -> ColumnElement[bool]:
    return or_(c.person == person.number, c.other == person.number)


def _events(c: Any, person: Leaving, connection: Connection) -> ColumnElement[bool]:
    posts = within(connection, c.item, [number for number, _ in person.posts])
    return or_(c.person == person.number, and_(c.kind == _POST, posts))


def _posts(c: Any, person: Leaving, connection: Connection) -> ColumnElement[bool]:
    return or_(
        c.person == person.number, within(connection, c.number, [n for n, _ in person.posts])
    )


def _chats(c: Any, person: Leaving, connection: Connection) -> ColumnElement[bool]:
    """The person's turns, and the shop's answers to them."""
    own = within(connection, c.conversation, person.conversations)
    return or_(c.person == person.number, and_(c.person.is_(None), own))


def _facts(c: Any, person: Leaving, connection: Connection) -> ColumnElement[bool]:
    sources = [*person.sources, *(key for _, key in person.posts)]
    posts = [number for number, _ in person.posts]
    return or_(
        c.person == person.number,
        and_(c.kind == _PERSON, c.subject == person.number),
        and_(c.kind == _POST, within(connection, c.subject, posts)),
        within(connection, c.source, sources),
    )


def _answered(connection: Connection, person: Leaving) -> int:
    """Answers given again to a request sent again, where they name the person."""
    c, unseal = tables.answers.c, spoken(connection).unseal
    names = {person.key, json.dumps(person.key, ensure_ascii=False)[1:-1]}
    kept = connection.execute(select(c.request, c.answer).where(c.answer.is_not(None))).all()
    gone = [one for one, answer in kept if any(name in unseal(answer) for name in names)]
    return int(
        connection.execute(
            delete(tables.answers).where(within(connection, c.request, gone))
        ).rowcount
    )


def _signed(connection: Connection, person: Leaving) -> int:
    """The person as one who set rules and synonyms, by name."""
    c = tables.rules.c
    put = update(tables.rules).where(c.set_by == person.key).values(set_by=person.pseudonym)
    return int(connection.execute(put).rowcount)


def _kept(connection: Connection, person: Leaving) -> int:
    """What the person took out of the own portrait, and answers of chat models that quote the person's texts."""
    c, told = tables.state.c, "\n".join(person.texts)
    gone = [f"{REMOVED}{person.number}"]
    rows = connection.execute(
        select(c.key, c.value).where(c.key.startswith(_ANSWERS, autoescape=True))
    )
    gone += [key for key, value in rows if any(one in told for one in _strings(json.loads(value)))]
    return int(
        connection.execute(delete(tables.state).where(within(connection, c.key, gone))).rowcount
    )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _emptied(connection: Connection, person: Leaving) -> int:
    """The rows that give numbers: nothing is left in them but that nobody is to be shown."""
    c, numbering = tables.entities.c, Numbering(connection)
    kept = {"kind", "number", "revision", "key", "attributes"}
    blank = {column.name: None for column in tables.entities.columns if column.name not in kept}
    places = [(_PERSON, person.number, _NOBODY)]
    places += [(_POST, number, _NOTHING) for number, _ in person.posts]
    done = 0
    for kind, number, attributes in places:
        put = update(tables.entities).where(c.kind == kind, c.number == number)
        [key] = hidden(connection, Kind(kind), [secrets.token_hex(16)])
        values = {"key": key, "attributes": attributes}
        put = put.values(**blank, **values, revision=numbering.revision)
        done += connection.execute(put).rowcount
    numbering.touch()
    numbering.save()
    return done


_DATED: Mapping[Table, Callable[[Any, Leaving, Connection], ColumnElement[bool]]] = {
    tables.events: _own,
    tables.ties: _either,
    tables.interactions: _either,
    tables.posts: _posts,
    tables.chats: _chats,
    tables.facts: _facts,
}
_ACTS: Mapping[str, Callable[[Connection, Leaving], int]] = {
    "events": _rows_of("events", _events),
    "ties": _rows_of("ties", _either),
    "interactions": _rows_of("interactions", _either),
    "posts": _rows_of("posts", _posts),
    "chats": _rows_of("chats", _chats),
    "facts": _rows_of("facts", _facts),
    "impressions": _rows_of("impressions", _own),
    "searches": _rows_of("searches", _own),
    "orders": _rows_of("orders", _own),
    "returns": _rows_of("returns", _own),
    "turns": _rows_of("turns", _own),
    "conversations": _rows_of("conversations", _own),
    "answers": _answered,
    "rules": _signed,
    "state": _kept,
    "entities": _emptied,
}
