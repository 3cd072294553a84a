"""Vectors of texts, facts that end, and facts found by where they were read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vectors",
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.add_column("facts", sa.Column("expires_us", sa.BigInteger))
    has_source = sa.text("source IS NOT NULL")
    op.create_index(
        "facts_source", "facts", ["source"], sqlite_where=has_source, postgresql_where=has_source
    )


def downgrade() -> None:
    op.drop_index("facts_source", "facts")
    op.drop_column("facts", "expires_us")
    op.drop_table("vectors")
