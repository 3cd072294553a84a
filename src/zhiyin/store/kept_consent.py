"""What a person said of being seen outlasts a later import that does not speak of it."""

from __future__ import annotations

import json

import polars as pl
from sqlalchemy import Connection, select

from zhiyin.core import Kind
from zhiyin.store.engine import within
from zhiyin.store.frames import json_text
from zhiyin.store.schema import entities

_SAID = "social"


def with_consent_kept(connection: Connection, users: pl.DataFrame) -> pl.DataFrame:
    """Return users to be stored, with the ``social`` that is stored where their new attributes do not speak of it.

    Attributes are replaced as a whole, and a shop that sends its people again every night would un-hide who hid.

    Args:
        connection: to the store.
        users: ``number`` and ``attributes``, JSON text or null, beside other columns.
    Complexity: a look-up for each person whose attributes do not speak of it.
    """
    if "attributes" not in users.columns:
        return users
    told = users.select("number", "attributes").drop_nulls().iter_rows()
    silent = [number for number, text in told if _SAID not in json.loads(text)]
    c = entities.c
    asked = select(c.number, c.attributes).where(
        c.kind == int(Kind.PERSON),
        within(connection, c.number, silent),
        c.attributes.contains(_SAID),
    )
    stored = {number: json.loads(text) for number, text in connection.execute(asked)}
    kept = {number: told[_SAID] for number, told in stored.items() if _SAID in told}
    if not kept:
        return users
    attributes = [
        json_text({_SAID: kept[number], **json.loads(text)}) if text and number in kept else text
        for number, text in users.select("number", "attributes").iter_rows()
    ]
    return users.with_columns(attributes=pl.Series(attributes, dtype=pl.String))
