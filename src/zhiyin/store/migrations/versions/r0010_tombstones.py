"""Who was forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tombstones",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger),
        sa.Column("time_us", sa.BigInteger, nullable=False),
        sa.Column("receipt", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("tombstones_digest", "tombstones", ["digest"])
    op.create_index("tombstones_number", "tombstones", ["number"])


def downgrade() -> None:
    op.drop_table("tombstones")
