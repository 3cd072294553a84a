"""Events by the page that caused them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_caused = sa.text("request_id IS NOT NULL")
    op.create_index(
        "events_request",
        "events",
        ["request_id"],
        sqlite_where=is_caused,
        postgresql_where=is_caused,
    )


def downgrade() -> None:
    op.drop_index("events_request", "events")
