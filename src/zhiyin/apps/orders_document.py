"""Orders as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from zhiyin.apps.iso_times import iso

if TYPE_CHECKING:
    from zhiyin.core.order import Order, OrderLine

_TIMES = ("time", "paid", "shipped", "delivered")


def orders_document(user: str, orders: Sequence[Order]) -> dict[str, Any]:
    """Return a person's orders, each with its lines."""
    return {
        "user": user,
        "orders": [
            {
                "order_id": one.id,
                "status": one.status,
                "total_minor": one.total_minor,
                "currency": one.lines[0].currency,
                "time": _line(one.lines[0])["time"],
                "lines": [_line(line) for line in one.lines],
            }
            for one in orders
        ],
    }


def _line(line: OrderLine) -> dict[str, Any]:
    told = {name: value for name, value in asdict(line).items() if name not in ("user", "order_id")}
    return told | {name: told[name] and iso(told[name]) for name in _TIMES}
