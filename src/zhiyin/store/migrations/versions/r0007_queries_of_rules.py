"""Which searches a rule of the operator is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rules", sa.Column("query", sa.Text))


def downgrade() -> None:
    op.drop_column("rules", "query")
