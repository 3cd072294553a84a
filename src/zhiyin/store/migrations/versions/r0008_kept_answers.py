"""Answers that are given again to a request sent again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("request", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("time_us", sa.BigInteger, nullable=False),
        sa.Column("answer", sa.Text),
    )
    op.create_index("answers_time", "answers", ["time_us"])


def downgrade() -> None:
    op.drop_table("answers")
