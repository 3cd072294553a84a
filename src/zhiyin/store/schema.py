"""The tables, said once for every database."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA = MetaData()

_Sequence = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up by itself only in a column of exactly this type."""


_HAS_SOURCE = text("source IS NOT NULL")
_IS_CAUSED = text("request_id IS NOT NULL")
"""Of most events nobody knows which page caused them: those cost the index nothing."""


def _log(name: str, *columns: Column[object] | Index | UniqueConstraint) -> Table:
    """Return a table whose rows are numbered in the order they came; a number is never used twice."""
    return Table(
        name,
        METADATA,
        Column("id", _Sequence, primary_key=True),
        *columns,
        sqlite_autoincrement=True,
    )


entities = Table(
    "entities",
    METADATA,
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("title", Text),
    Column("description", Text),
    Column("category", Text),
    Column("brand", Text),
    Column("price_minor", BigInteger),
    Column("currency", Text),
    Column("stock", BigInteger),
    Column("created_us", BigInteger),
    Column("attributes", Text),
    Column("translations", Text),
    UniqueConstraint("kind", "key", name="entities_key"),
    Index("entities_revision", "kind", "revision"),
    # Clustered by (kind, number), so the index on the key already holds the number it leads to.
    sqlite_with_rowid=False,
)

events = _log(
    "events",
    Column("event_id", Text, nullable=False, unique=True),
    Column("person", BigInteger, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("value", Double),
    Column("time_us", BigInteger),
    Column("context", Text),
    Column("request_id", Text),
    Index("events_person", "person", "time_us", "id"),
    Index("events_request", "request_id", sqlite_where=_IS_CAUSED, postgresql_where=_IS_CAUSED),
)

ties = _log(
    "ties",
    Column("person", BigInteger, nullable=False),
    Column("other", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("strength", Double),
    Column("time_us", BigInteger),
    UniqueConstraint("person", "other", "kind", name="ties_pair"),
)

interactions = _log(
    "interactions",
    Column("event_id", Text, nullable=False, unique=True),
    Column("person", BigInteger, nullable=False),
    Column("other", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("item", BigInteger),
    Column("value", Double),
    Column("text", Text),
    Column("time_us", BigInteger),
)

posts = Table(
    "posts",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("person", BigInteger),
    Column("item", BigInteger),
    Column("kind", Text),
    Column("text", Text),
    Column("title", Text),
    Column("rating", Double),
    Column("language", Text),
    Column("time_us", BigInteger),
    Index("posts_revision", "revision"),
)

chats = _log(
    "chats",
    Column("event_id", Text, nullable=False, unique=True),
    Column("conversation", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("person", BigInteger),
    Column("item", BigInteger),
    Column("time_us", BigInteger),
)

facts = _log(
    "facts",
    Column("event_id", Text, nullable=False, unique=True),
    Column("kind", SmallInteger, nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("person", BigInteger),
    Column("span", Text),
    Column("source", Text),
    Column("method", Text, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("time_us", BigInteger),
    Column("expires_us", BigInteger),
    Index("facts_subject", "kind", "subject"),
    Index("facts_source", "source", sqlite_where=_HAS_SOURCE, postgresql_where=_HAS_SOURCE),
)

impressions = _log(
    "impressions",
    Column("request_id", Text, nullable=False, unique=True),
    Column("person", BigInteger),
    Column("surface", Text, nullable=False),
    Column("time_us", BigInteger, nullable=False),
    Column("items", Text, nullable=False),
    Column("scores", Text, nullable=False),
    Column("arms", Text, nullable=False),
    Column("propensities", Text),
    Column("context", Text, nullable=False),
    Column("feature_names", Text),
    Column("features", Text),
)

rules = _log(
    "rules",
    Column("rule", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("time_us", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("items", Text, nullable=False),
    Column("surfaces", Text, nullable=False),
    Column("place", BigInteger),
    Column("strength", Double),
    Column("share", Double),
    Column("from_us", BigInteger),
    Column("until_us", BigInteger),
    Column("note", Text, nullable=False),
    Column("query", Text),
    Index("rules_rule", "rule", "id"),
)

searches = _log(
    "searches",
    Column("request_id", Text, nullable=False, unique=True),
    Column("person", BigInteger),
    Column("text", Text, nullable=False),
    Column("n_found", BigInteger, nullable=False),
    Column("time_us", BigInteger, nullable=False),
    Index("searches_person", "person"),
)

keys = _log(
    "keys",
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("created_us", BigInteger, nullable=False),
    Column("expires_us", BigInteger),
    Column("used_day", BigInteger),
    Column("revoked_us", BigInteger),
)

audit = _log(
    "audit",
    Column("time_us", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("outcome", Text, nullable=False),
)

tombstones = _log(
    "tombstones",
    Column("kind", SmallInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("salt", Text, nullable=False),
    Column("number", BigInteger),
    Column("time_us", BigInteger, nullable=False),
    Column("receipt", Text),
    Index("tombstones_digest", "digest"),
    Index("tombstones_number", "number"),
)

documents = _log(
    "documents",
    Column("document", Text, nullable=False),
    Column("language", Text),
    Column("kind", Text),
    Column("title", Text),
    Column("text", Text),
    Column("version", Text),
    Column("valid_from_us", BigInteger),
    Column("valid_to_us", BigInteger),
    Column("source", Text),
    Column("time_us", BigInteger, nullable=False),
    Index("documents_document", "document", "id"),
)

orders = _log(
    "orders",
    Column("order_id", Text, nullable=False),
    Column("person", BigInteger, nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("quantity", BigInteger),
    Column("price_minor", BigInteger),
    Column("currency", Text),
    Column("total_minor", BigInteger),
    Column("time_us", BigInteger),
    Column("paid_us", BigInteger),
    Column("shipped_us", BigInteger),
    Column("delivered_us", BigInteger),
    Column("carrier", Text),
    Column("tracking", Text),
    Column("city", Text),
    Column("coupon", Text),
    UniqueConstraint("person", "order_id", "item", name="orders_line"),
)

returns = _log(
    "returns",
    Column("person", BigInteger, nullable=False),
    Column("order_id", Text, nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("time_us", BigInteger, nullable=False),
    UniqueConstraint("person", "key", name="returns_key"),
    UniqueConstraint("person", "order_id", "item", name="returns_line"),
)

conversations = _log(
    "conversations",
    Column("conversation", Text, nullable=False, unique=True),
    Column("person", BigInteger),
    Column("opened_us", BigInteger, nullable=False),
    Column("updated_us", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("priority", Double, nullable=False),
    Column("n_turns", BigInteger, nullable=False),
    Index("conversations_lane", "lane", "priority", "updated_us"),
)

turns = _log(
    "turns",
    Column("conversation", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("person", BigInteger),
    Column("role", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("time_us", BigInteger, nullable=False),
    UniqueConstraint("conversation", "number", name="turns_number"),
)

state = Table(
    "state",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

vectors = Table(
    "vectors",
    METADATA,
    Column("model", Text, primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

answers = Table(
    "answers",
    METADATA,
    Column("request", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("time_us", BigInteger, nullable=False),
    Column("answer", Text),
    Index("answers_time", "time_us"),
)

_NOT_IN_DUMPS = frozenset({"answers", "audit", "keys", "vectors"})


def lasting_tables(metadata: MetaData) -> list[Table]:
    """Return the tables that hold what was told.

    What is left out can be computed again, is for a day only, or belongs to this installation: a key that was revoked
    must not come back with a dump.
    """
    return [table for table in metadata.sorted_tables if table.name not in _NOT_IN_DUMPS]


def log_tables(metadata: MetaData) -> set[str]:
    """Return the names of the tables whose rows are numbered in the order they came."""
    return {table.name for table in metadata.sorted_tables if "id" in table.primary_key.columns}
