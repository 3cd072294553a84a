"""Orders, and what is sent back of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", _SEQUENCE, primary_key=True),
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("item", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("quantity", sa.BigInteger),
        sa.Column("price_minor", sa.BigInteger),
        sa.Column("currency", sa.Text),
        sa.Column("total_minor", sa.BigInteger),
        sa.Column("time_us", sa.BigInteger),
        sa.Column("paid_us", sa.BigInteger),
        sa.Column("shipped_us", sa.BigInteger),
        sa.Column("delivered_us", sa.BigInteger),
        sa.Column("carrier", sa.Text),
        sa.Column("tracking", sa.Text),
        sa.Column("city", sa.Text),
        sa.Column("coupon", sa.Text),
        sa.UniqueConstraint("person", "order_id", "item", name="orders_line"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "returns",
        sa.Column("id", _SEQUENCE, primary_key=True),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("item", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("time_us", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("person", "key", name="returns_key"),
        sa.UniqueConstraint("person", "order_id", "item", name="returns_line"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("returns")
    op.drop_table("orders")
