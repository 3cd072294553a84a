"""What a scorer knew of the items of a page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("impressions", sa.Column("feature_names", sa.Text))
    op.add_column("impressions", sa.Column("features", sa.Text))


def downgrade() -> None:
    op.drop_column("impressions", "features")
    op.drop_column("impressions", "feature_names")
    op.execute("DELETE FROM state WHERE key LIKE 'features of pages %'")
