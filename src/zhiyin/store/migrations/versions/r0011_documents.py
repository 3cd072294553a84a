"""What service answers from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("kind", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("version", sa.Text),
        sa.Column("valid_from_us", sa.BigInteger),
        sa.Column("valid_to_us", sa.BigInteger),
        sa.Column("source", sa.Text),
        sa.Column("time_us", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("documents_document", "documents", ["document", "id"])


def downgrade() -> None:
    op.drop_table("documents")
