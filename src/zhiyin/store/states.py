"""Small JSON texts by key: counters, and how far long work came."""

from __future__ import annotations

from sqlalchemy import Connection

from zhiyin.store.engine import insert
from zhiyin.store.schema import state

REMOVED = "portrait.removed."
"""With which the keys begin of what people took out of their portraits; the person's number follows."""


def put_state(connection: Connection, key: str, value_json: str) -> None:
    """Keep a JSON text under a key, in the place of what was there."""
    put = insert(connection, state).values(key=key, value=value_json)
    put = put.on_conflict_do_update(index_elements=["key"], set_={"value": put.excluded.value})
    connection.execute(put)
