"""Conversations with service and their turns: appended to by one writer at a time, whichever process that is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select, update

from zhiyin.core.conversation import AGENT, Conversation, Said
from zhiyin.core.entity import Kind
from zhiyin.core.times import from_us, to_us
from zhiyin.errors import Conflict, UnknownEntity
from zhiyin.store.engine import Database, insert
from zhiyin.store.frames import json_text
from zhiyin.store.numbering import known_numbers
from zhiyin.store.schema import chats, conversations, entities, turns

_Row = tuple[Any, ...]


class Conversations:
    """Keeps conversations.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        c, t = conversations.c, turns.c
        self._one = database.prepare(_asked().where(c.conversation == bindparam("conversation")))
        self._turns = database.prepare(
            select(t.number, t.role, t.text, t.told, t.time_us)
            .where(t.conversation == bindparam("conversation"))
            .order_by(t.number)
        )

    def open(self, conversation: Conversation) -> None:
        """Keep a new conversation; one with somebody the store does not know is one with nobody in particular.

        Raises:
            Conflict: there is one with that id.
        """
        user = conversation.user
        with self._database.writing() as connection:
            person = None
            if user is not None:
                person = known_numbers(connection, Kind.PERSON, [user]).get(user)
            row = {
                "conversation": conversation.id,
                "person": person,
                "opened_us": to_us(conversation.opened),
                "updated_us": to_us(conversation.updated),
                "state": json_text(dict(conversation.state)),
                "lane": conversation.lane,
                "priority": conversation.priority,
                "n_turns": 0,
            }
            new = insert(connection, conversations).on_conflict_do_nothing()
            if not connection.execute(new.values(row)).rowcount:
                raise _conflict("there is a conversation with this id")

    def one(self, conversation: str) -> Conversation | None:
        """Return a conversation as it stands, None where there is none with that id."""
        rows = self._one.rows(conversation=conversation)
        return self._noun(rows[0]) if rows else None

    def append(self, conversation: Conversation, said: Sequence[Said]) -> None:
        """Add turns to a conversation, and keep how it stands after them; all of it or nothing.

        Args:
            conversation: as it stands then, but with ``n_turns`` as it was read.
            said: what to add.
        Raises:
            UnknownEntity: there is none with that id any more.
            Conflict: another writer added a turn since it was read.
        """
        c = conversations.c
        is_it = c.conversation == conversation.id
        values = {
            "updated_us": to_us(conversation.updated),
            "state": json_text(dict(conversation.state)),
            "lane": conversation.lane,
            "priority": conversation.priority,
            "n_turns": conversation.n_turns + len(said),
        }
        with self._database.writing() as connection:
            found = connection.execute(select(c.person, c.n_turns).where(is_it)).first()
            if found is None:
                raise no_conversation()
            if found.n_turns != conversation.n_turns:
                raise _conflict("something else was said meanwhile")
            connection.execute(update(conversations).where(is_it).values(**values))
            rows = [
                {
                    "conversation": conversation.id, "number": number, "person": found.person, "role": one.role,
                    "text": one.text, "told": json_text(dict(one.told)), "time_us": to_us(one.time),
                }
                for number, one in enumerate(said, conversation.n_turns)
            ]  # fmt: skip
            if rows:
                connection.execute(insert(connection, turns), rows)

    def turns(self, conversation: str) -> list[Said]:
        """Return what was said, in order; nothing where there is no such conversation."""
        return [
            Said(role, text, from_us(time_us), json.loads(told), number)
            for number, role, text, told, time_us in self._turns.rows(conversation=conversation)
        ]

    def newest(self, limit: int) -> list[tuple[Conversation, list[Said]]]:
        """Return the conversations in which something was said last, the oldest of them first, each with its turns."""
        c, t = conversations.c, turns.c
        asked = _asked().order_by(c.updated_us.desc(), c.id.desc()).limit(limit)
        with self._database.frozen() as connection:
            found = [self._noun(tuple(row)) for row in connection.execute(asked)]
            oldest = min((to_us(one.updated) for one in found), default=0)
            its = select(t.conversation, t.number, t.role, t.text, t.told, t.time_us).join(
                conversations, c.conversation == t.conversation
            )
            said: dict[str, list[Said]] = {one.id: [] for one in found}
            for key, number, role, text, told, time_us in connection.execute(
                its.where(c.updated_us >= oldest).order_by(t.conversation, t.number)
            ):
                if key in said:
                    said[key].append(Said(role, text, from_us(time_us), json.loads(told), number))
        return [(one, said[one.id]) for one in reversed(found)]

    def marks(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return the last id and the number of turns that people of the shop said, and of those of imported conversations.

        They change with each that is kept or erased.
        """
        t, i = turns.c, chats.c
        with self._database.reading() as connection:
            own = select(func.max(t.id), func.count()).where(t.role == AGENT)
            its = select(func.max(i.id), func.count()).select_from(chats)
            (first, n), (other, m) = (connection.execute(one).one() for one in (own, its))
        return (first or 0, n), (other or 0, m)

    def listed(self, lane: str, limit: int = 100) -> list[Conversation]:
        """Return the conversations of a lane, the most urgent first, of equal ones that which waits longest."""
        c = conversations.c
        asked = _asked().where(c.lane == lane).order_by(c.priority.desc(), c.updated_us, c.id)
        with self._database.reading() as connection:
            return [self._noun(tuple(row)) for row in connection.execute(asked.limit(limit))]

    def _noun(self, row: _Row) -> Conversation:
        key, user, opened, updated, state, lane, priority, n_turns = row
        shown = None if user is None else self._database.pseudonyms.show(user)
        return Conversation(
            key, shown, from_us(opened), from_us(updated), json.loads(state), lane, priority, n_turns
        )  # fmt: skip


def no_conversation() -> UnknownEntity:
    """Return the error of a conversation that there is not, or that is somebody else's."""
    return UnknownEntity(
        "there is no such conversation",
        where="conversations",
        expected="the id of one of this user",
        next_step="open one: POST /v1/conversations",
    )


def _asked() -> Select[Any]:
    c = conversations.c
    is_person = and_(entities.c.kind == int(Kind.PERSON), entities.c.number == c.person)
    return select(
        c.conversation, entities.c.key, c.opened_us, c.updated_us, c.state, c.lane, c.priority, c.n_turns
    ).select_from(conversations.outerjoin(entities, is_person))  # fmt: skip


def _conflict(what: str) -> Conflict:
    return Conflict(
        what,
        where="conversations",
        expected="one writer at a time",
        next_step="read the conversation again, then say it again",
    )
