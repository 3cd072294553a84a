"""Orders in words, with each number, date and id that the words hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from zhiyin.core.currency import whole_units
from zhiyin.core.order import Order, OrderLine

Title = Callable[[str, str], str]
"""From an item's id and a language to its title."""

STATUS_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "placed": "待付款", "paid": "已付款，待发货", "packed": "已打包，待揽收", "shipped": "已发货，运输中", "delivered": "已签收",
        "cancelled": "已取消", "returning": "退货处理中", "returned": "已退回", "refunded": "已退款",
    },
    "en": {
        "placed": "not paid yet", "paid": "paid, not shipped yet", "packed": "packed, waiting for the carrier",
        "shipped": "shipped, on its way", "delivered": "delivered", "cancelled": "cancelled",
        "returning": "being returned", "returned": "returned", "refunded": "refunded",
    },
}  # fmt: skip
REASON_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "damaged": "商品破损", "wrong_item": "发错商品", "not_as_described": "与描述不符", "size": "尺码不合适",
        "changed_mind": "不想要了", "other": "其他原因",
    },
    "en": {
        "damaged": "it is damaged", "wrong_item": "it is the wrong item", "not_as_described": "it is not as described",
        "size": "it does not fit", "changed_mind": "it is no longer wanted", "other": "another reason",
    },
}  # fmt: skip
_SAID: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "order": "订单 {}", "time": "{} 下单", "total": "合计 {}", "shipped": "{} 发货", "delivered": "{} 签收",
        "tracking": "运单号 {}", "line": "{} ×{}：{}", "join": "，", "end": "。", "lines": "；",
        "return": "将订单 {} 中的“{}”退货，原因：{}",
    },
    "en": {
        "order": "Order {}", "time": "placed on {}", "total": "{} in all", "shipped": "shipped on {}",
        "delivered": "delivered on {}", "tracking": "tracking number {}", "line": "{} × {}: {}", "join": ", ",
        "end": ". ", "lines": "; ", "return": "send back “{1}” of order {0}, because {2}",
    },
}  # fmt: skip


def day_of(time: datetime, zone: tzinfo) -> str:
    """Return the day of a time where the shop's people live, as ``2026-05-01``."""
    return time.astimezone(zone).date().isoformat()


def amount(price_minor: int, currency: str | None, language: str) -> str:
    """Return a price in words.

    >>> amount(12900, "CNY", "zh"), amount(1250, "USD", "en"), amount(500, None, "en")
    ('129 元', '12.50 USD', '5')
    """
    unit = "元" if (currency, language) == ("CNY", "zh") else currency or ""
    value = f"{whole_units(price_minor, currency):.2f}".removesuffix(".00")
    return f"{value} {unit}".strip()


def order_text(
    order: Order, title: Title, language: str, zone: tzinfo
) -> tuple[str, tuple[str, ...]]:
    """Return an order in words, and what of them must not be changed: ids, dates, amounts, numbers of pieces, titles.

    Args:
        order: whose first line tells what the whole order shares.
        title: of its items.
        language: ``zh`` or ``en``.
        zone: in which its days are.
    """
    said, first = _SAID[language], order.lines[0]
    told: list[tuple[str, str | None]] = [("order", order.id), ("time", _day(first.time, zone))]
    total = order.total_minor
    told.append(("total", None if total is None else amount(total, first.currency, language)))
    told += [("shipped", _day(first.shipped, zone)), ("delivered", _day(first.delivered, zone))]
    head = [said[name].format(value) for name, value in told if value is not None]
    values = [value for _, value in told if value is not None]
    if first.tracking is not None:
        carrier = f"{first.carrier} " if first.carrier else ""
        head.append(carrier + said["tracking"].format(first.tracking))
        values += [first.carrier or "", first.tracking]
    lines = [_line_text(line, title(line.item, language), language) for line in order.lines]
    values += [title(line.item, language) for line in order.lines]
    values += [str(line.quantity or 1) for line in order.lines]
    text = said["join"].join(head) + said["end"] + said["lines"].join(lines) + said["end"]
    return text.strip(), tuple(dict.fromkeys(value for value in values if value))


def return_text(order_id: str, title: str, reason: str, language: str) -> str:
    """Return in words that something is to be sent back.

    >>> return_text("o1", "Teapot", "damaged", "en")
    'send back “Teapot” of order o1, because it is damaged'
    """
    return _SAID[language]["return"].format(order_id, title, REASON_WORDS[language][reason])


def order_data(order: Order) -> dict[str, Any]:
    """Return an order for programs; times in ISO 8601."""
    first = order.lines[0]
    times = {name: getattr(first, name) for name in ("time", "paid", "shipped", "delivered")}
    shared = ("currency", "carrier", "tracking", "city", "coupon")
    return {
        "id": order.id,
        "status": order.status,
        "total_minor": order.total_minor,
        **{name: getattr(first, name) for name in shared},
        **{name: None if at is None else at.isoformat() for name, at in times.items()},
        "lines": [
            {name: getattr(line, name) for name in ("item", "status", "quantity", "price_minor")}
            for line in order.lines
        ],
    }


def _line_text(line: OrderLine, title: str, language: str) -> str:
    status = STATUS_WORDS[language][line.status]
    return _SAID[language]["line"].format(title, line.quantity or 1, status)


def _day(time: datetime | None, zone: tzinfo) -> str | None:
    return None if time is None else day_of(time, zone)
