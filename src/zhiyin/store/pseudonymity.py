"""Whether a store holds people's ids or pseudonyms of them, and with which key these were made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import polars as pl
from sqlalchemy import Connection, select

from zhiyin.core.entity import Kind
from zhiyin.errors import Conflict, StoreError
from zhiyin.privacy.pseudonyms import PLAIN, Keyed, Pseudonyms
from zhiyin.privacy.secret import Secret
from zhiyin.store.engine import Database
from zhiyin.store.schema import state
from zhiyin.store.states import put_state

MARK = "pseudonyms"
"""Under which key of its state a store keeps what its key is known by."""
_WHERE = "privacy.pseudonyms"
_RESTORE = "restore it with privacy.pseudonyms = false, set true again, and: zhiyin pseudonyms on"


def spoken(connection: Connection) -> Pseudonyms:
    """Return the pseudonyms that a connection reads and writes."""
    told: Pseudonyms = connection.get_execution_options().get("pseudonyms", PLAIN)
    return told


def hidden(connection: Connection, kind: Kind, keys: Sequence[str]) -> list[str]:
    """Return ids as the store keeps them: a person's as a pseudonym."""
    if kind != Kind.PERSON:
        return list(keys)
    hide = spoken(connection).hide
    return [hide(key) for key in keys]


def shown(connection: Connection, kind: Kind, kept: Iterable[str]) -> list[str]:
    """Return the shop's own ids of what the store keeps.

    Raises:
        StoreError: a pseudonym was changed, or made with another key.
    """
    if kind != Kind.PERSON:
        return list(kept)
    show = spoken(connection).show
    return [show(one) for one in kept]


def mark(connection: Connection) -> str | None:
    """Return what the store's key is known by, None where people's ids are kept as they are."""
    text = connection.execute(select(state.c.value).where(state.c.key == MARK)).scalar()
    return None if text is None else str(json.loads(text))


def put_mark(connection: Connection, pseudonyms: Pseudonyms) -> None:
    """Keep what the store's key is known by."""
    if pseudonyms.check is None:
        connection.execute(state.delete().where(state.c.key == MARK))
    else:
        put_state(connection, MARK, json.dumps(pseudonyms.check))


def pseudonyms_of(database: Database, secret: Secret | None) -> Pseudonyms:
    """Return the pseudonyms of a store; one that nobody was ever told to takes up those that are wanted.

    Args:
        database: whose tables are of this version.
        secret: None where people's ids are to be kept as they are.
    Raises:
        SettingsError: there is no key.
        StoreError: the store was made with another key, or holds ids where pseudonyms are wanted, or the other way round.
    """
    with database.reading() as connection:
        found, is_new = mark(connection), not _has_people(connection)
    if secret is not None and found is None and is_new:
        return _taken_up(database, secret)
    wanted = PLAIN if secret is None else Keyed(secret.read() if found else secret.made())
    refuse(found, wanted.check, database.where)
    return wanted


def examine(connection: Connection, secret: Secret | None, where: str) -> None:
    """Refuse what opening the store would refuse, and make nothing.

    Raises:
        SettingsError: there is no key.
        StoreError: see ``refuse``.
    """
    found = mark(connection)
    if secret is None:
        refuse(found, None, where)
    elif found is not None:
        refuse(found, Keyed(secret.read()).check, where)
    elif _has_people(connection):
        refuse(None, "", where)


def _taken_up(database: Database, secret: Secret) -> Pseudonyms:
    wanted = Keyed(secret.made())
    with database.writing() as connection:
        found = mark(connection)
        if found is None and not _has_people(connection):
            put_mark(connection, wanted)
            return wanted
    refuse(found, wanted.check, database.where)  # another process was first
    return wanted


def refuse(found: str | None, wanted: str | None, where: str, held: str = "store") -> None:
    """Refuse a store, or what is to become one, that is not as it is wanted.

    Args:
        found: its mark.
        wanted: the mark it should have; None where people's ids are to be kept as they are.
        where: it is.
        held: ``store`` or ``dump``.
    Raises:
        StoreError: it was made with another key, or holds ids where pseudonyms are wanted, or the other way round.
    """
    if found == wanted:
        return
    if found is None:
        what = f"{_WHERE} is on, and the {held} holds people's ids as they are"
        expected = f"a {held} of pseudonyms"
        step = _RESTORE if held == "dump" else "stop whoever serves, then: zhiyin pseudonyms on"
    elif wanted is None:
        what = f"the {held} holds people's ids as pseudonyms, and {_WHERE} is off"
        expected = "privacy.pseudonyms = true, and the key"
        step = "set it"
        step += "" if held == "dump" else "; or stop whoever serves, then: zhiyin pseudonyms off"
    else:
        what = f"the {held}'s pseudonyms were made with another key"
        expected = "the key they were made with"
        step = "give that one: ZHIYIN_PRIVACY__KEY or privacy.key_file; what it hides is lost without it"
    raise StoreError(what, where=where, expected=expected, next_step=step)


def refuse_others(found: str | None, connection: Connection) -> None:
    """Refuse to write where the store was turned over since this process opened it.

    Args:
        found: the text of the state's row `MARK`.
        connection: that wants to write.
    Raises:
        Conflict: it was.
    """
    if (None if found is None else json.loads(found)) != spoken(connection).check:
        raise Conflict(
            "the store's pseudonyms are others than when this process opened it",
            where=_WHERE,
            expected="one kind of ids in all processes",
            next_step="start this process anew",
        )


def _has_people(connection: Connection) -> bool:
    counter = select(state.c.value).where(state.c.key == f"#{int(Kind.PERSON)}")
    return connection.execute(counter).scalar() != "0"


def shown_people(pseudonyms: Pseudonyms, rows: pl.DataFrame, *names: str) -> pl.DataFrame:
    """Return rows with the shop's own ids in columns that hold people as they are kept; null stays.

    Raises:
        StoreError: a pseudonym was changed, or made with another key.
    """
    if pseudonyms is PLAIN:
        return rows
    show = pseudonyms.show
    return rows.with_columns(
        pl.Series(name, [one if one is None else show(one) for one in rows[name].to_list()], pl.String)
        for name in names
    )  # fmt: skip
