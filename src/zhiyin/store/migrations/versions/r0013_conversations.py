"""Conversations with service, and their turns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", _SEQUENCE, primary_key=True),
        sa.Column("conversation", sa.Text, nullable=False, unique=True),
        sa.Column("person", sa.BigInteger),
        sa.Column("opened_us", sa.BigInteger, nullable=False),
        sa.Column("updated_us", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("priority", sa.Double, nullable=False),
        sa.Column("n_turns", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("conversations_lane", "conversations", ["lane", "priority", "updated_us"])
    op.create_table(
        "turns",
        sa.Column("id", _SEQUENCE, primary_key=True),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("person", sa.BigInteger),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("time_us", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("conversation", "number", name="turns_number"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("turns")
    op.drop_index("conversations_lane", "conversations")
    op.drop_table("conversations")
