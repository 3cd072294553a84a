"""What is wrong with what is stored, as far as the store itself can see."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from zhiyin.core.entity import Kind
from zhiyin.store import schema as tables
from zhiyin.store.engine import Database


def numbers_out_of_range(database: Database, kind: Kind, given: int) -> Iterator[str]:
    """Yield a sentence for each table that holds a number of a kind that was never given.

    Args:
        database: where.
        kind: of entity.
        given: how many numbers were given so far.
    """
    entity, event = tables.entities.c, tables.events.c
    asked = {"entities": select(func.max(entity.number)).where(entity.kind == int(kind))}
    if kind is Kind.PERSON:
        asked["events"] = select(func.max(event.person))
    else:
        asked["events"] = select(func.max(event.item)).where(event.kind == int(kind))
    with database.reading() as connection:
        for name, statement in asked.items():
            top = connection.execute(statement).scalar()
            if top is not None and top >= given:
                yield f"{name}: {kind.name.lower()} {top} was never given (count {given})"
