"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEQUENCE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def log(name: str, *columns: sa.Column[object] | sa.UniqueConstraint) -> None:
    op.create_table(
        name, sa.Column("id", SEQUENCE, primary_key=True), *columns, sqlite_autoincrement=True
    )


def upgrade() -> None:
    op.create_table(
        "entities",
        sa.Column("kind", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("category", sa.Text),
        sa.Column("brand", sa.Text),
        sa.Column("price_minor", sa.BigInteger),
        sa.Column("currency", sa.Text),
        sa.Column("stock", sa.BigInteger),
        sa.Column("created_us", sa.BigInteger),
        sa.Column("attributes", sa.Text),
        sa.Column("translations", sa.Text),
        sa.UniqueConstraint("kind", "key", name="entities_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("entities_revision", "entities", ["kind", "revision"])
    log(
        "events",
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("item", sa.BigInteger, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("time_us", sa.BigInteger),
        sa.Column("context", sa.Text),
        sa.Column("request_id", sa.Text),
    )
    op.create_index("events_person", "events", ["person", "time_us", "id"])
    log(
        "ties",
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("other", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("strength", sa.Double),
        sa.Column("time_us", sa.BigInteger),
        sa.UniqueConstraint("person", "other", "kind", name="ties_pair"),
    )
    log(
        "interactions",
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("other", sa.BigInteger, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("item", sa.BigInteger),
        sa.Column("value", sa.Double),
        sa.Column("text", sa.Text),
        sa.Column("time_us", sa.BigInteger),
    )
    op.create_table(
        "posts",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("person", sa.BigInteger),
        sa.Column("item", sa.BigInteger),
        sa.Column("kind", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("rating", sa.Double),
        sa.Column("language", sa.Text),
        sa.Column("time_us", sa.BigInteger),
    )
    op.create_index("posts_revision", "posts", ["revision"])
    log(
        "chats",
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger),
        sa.Column("item", sa.BigInteger),
        sa.Column("time_us", sa.BigInteger),
    )
    log(
        "facts",
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("subject", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger),
        sa.Column("span", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("time_us", sa.BigInteger),
    )
    op.create_index("facts_subject", "facts", ["kind", "subject"])
    log(
        "impressions",
        sa.Column("request_id", sa.Text, nullable=False, unique=True),
        sa.Column("person", sa.BigInteger),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("time_us", sa.BigInteger, nullable=False),
        sa.Column("items", sa.Text, nullable=False),
        sa.Column("scores", sa.Text, nullable=False),
        sa.Column("arms", sa.Text, nullable=False),
        sa.Column("propensities", sa.Text),
        sa.Column("context", sa.Text, nullable=False),
    )
    state = op.create_table(
        "state",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.bulk_insert(
        state, [{"key": f"#{name}", "value": "0"} for name in ("0", "1", "2", "revision")]
    )


def downgrade() -> None:
    for name in (
        "state", "impressions", "facts", "chats", "posts", "interactions", "ties", "events",
        "entities",
    ):  # fmt: skip
        op.drop_table(name)
