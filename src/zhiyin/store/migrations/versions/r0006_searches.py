"""What shoppers searched for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "searches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("request_id", sa.Text, nullable=False, unique=True),
        sa.Column("person", sa.BigInteger),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("n_found", sa.BigInteger, nullable=False),
        sa.Column("time_us", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("searches_person", "searches", ["person"])


def downgrade() -> None:
    op.drop_table("searches")
