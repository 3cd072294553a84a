"""What is read out of texts: which texts are new, and facts that are written anew when their text is read anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
from sqlalchemy import and_, bindparam, delete, or_, select

from zhiyin.core.entity import Kind
from zhiyin.store import schema as tables
from zhiyin.store.batches import checked
from zhiyin.store.columns import table_frame
from zhiyin.store.engine import Database, within
from zhiyin.store.pseudonymity import shown_people
from zhiyin.store.states import put_state
from zhiyin.store.streams import columns_of
from zhiyin.store.writes import write

GIVEN = "given"
"""The method of facts that the shop told itself; those are never removed here."""


class MinedFacts:
    """Reads texts in the order in which they changed, and keeps what was found in them.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        c = tables.facts.c
        asked = (
            select(c.name, c.value, c.span, c.source, c.method, c.confidence, c.time_us, c.expires_us)
            .where(c.kind == bindparam("kind"), c.subject == bindparam("subject"))
            .order_by(c.time_us.desc().nulls_last(), c.id.desc())
        )  # fmt: skip
        self._facts, self._schema = database.prepare(asked), columns_of(asked)
        self._none = pl.DataFrame(schema=self._schema)

    def posts(self, after: tuple[int, int], limit: int) -> pl.DataFrame:
        """Return the posts that changed after a place, in the order of (revision, number).

        Args:
            after: revision and number of the last one that was read; (-1, -1) for all.
            limit: how many, at most.
        Returns: columns number, revision, id, person, user, item, item_id, category, kind, text, title, rating, time_us.
        """
        p, own = tables.posts.c, tables.entities.alias("own")
        author, item = tables.entities.alias("author"), tables.entities.alias("item")
        revision, number = after
        asked = (
            select(
                p.number, p.revision, own.c.key.label("id"), p.person, author.c.key.label("user"),
                p.item, item.c.key.label("item_id"), item.c.category.label("category"), p.kind,
                p.text, p.title, p.rating, p.time_us,
            )
            .join(own, and_(own.c.kind == int(Kind.POST), own.c.number == p.number))
            .outerjoin(author, and_(author.c.kind == int(Kind.PERSON), author.c.number == p.person))
            .outerjoin(item, and_(item.c.kind == int(Kind.ITEM), item.c.number == p.item))
            .where(or_(p.revision > revision, and_(p.revision == revision, p.number > number)))
            .order_by(p.revision, p.number)
            .limit(limit)
        )  # fmt: skip
        with self._database.reading() as connection:
            found = table_frame(connection.execute(asked).all(), columns_of(asked))
        return shown_people(self._database.pseudonyms, found, "user")

    def replace(self, sources: Sequence[str], facts: pl.DataFrame, state: Mapping[str, str]) -> int:
        """Write the facts of texts in the place of those read in them before, and how far the reading came.

        Args:
            sources: the texts that were read, as the facts' ``source`` names them.
            facts: columns of ``frames.schema("facts")``.
            state: JSON texts to keep by key in the same transaction.
        Returns: how many facts there are of these texts now.
        """
        c = tables.facts.c
        with self._database.writing() as connection:
            is_mined = and_(within(connection, c.source, list(sources)), c.method != GIVEN)
            connection.execute(delete(tables.facts).where(is_mined))
            rows = checked("facts", facts, self._database.pseudonyms)
            accepted = {} if rows.is_empty() else write(connection, "facts", rows).accepted
            for key, value_json in state.items():
                put_state(connection, key, value_json)
        return accepted.get("facts", 0)

    def of(self, kind: Kind, number: int) -> pl.DataFrame:
        """Return the facts of an entity, also those that hold no longer.

        Args:
            kind: of the entity.
            number: of the entity.
        Returns: columns name, value, span, source, method, confidence, time_us, expires_us, newest first.
        """
        rows = self._facts.rows(kind=int(kind), subject=number)
        return table_frame(rows, self._schema) if rows else self._none.clone()
