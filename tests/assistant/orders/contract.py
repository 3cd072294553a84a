"""What every provider of orders must do, and the orders it is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from zhiyin.assistant.orders.provider import OrderProvider
from zhiyin.core.order import OrderLine
from zhiyin.errors import Conflict, NotFound

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
TOLD = {
    "quantity": 2, "price_minor": 990, "currency": "CNY", "carrier": "顺丰", "tracking": "SF1", "city": "杭州",
}  # fmt: skip
LINES = [
    OrderLine("o 1/茶", "an", "tea", "delivered", time=NOON, delivered=NOON, **TOLD),
    OrderLine("o 1/茶", "an", "pot", "delivered", time=NOON, delivered=NOON, **TOLD),
    OrderLine("o2", "an", "pot", "shipped", time=NOON + timedelta(days=1)),
    OrderLine("o3", "bo", "tea", "delivered", time=NOON, delivered=NOON),
]


class OrderProviderContract:
    """A test class inherits it and gives the fixture ``provider``, which holds ``LINES``."""

    def test_orders_are_ones_own_newest_first(self, provider: OrderProvider) -> None:
        assert [order.id for order in provider.orders("an")] == ["o2", "o 1/茶"]
        assert [order.id for order in provider.orders("an", 1)] == ["o2"]
        assert [order.id for order in provider.orders("bo")] == ["o3"]
        assert provider.orders("nobody") == []

    def test_an_order_is_told_as_it_is(self, provider: OrderProvider) -> None:
        order = provider.order("an", "o 1/茶")
        assert order is not None
        assert (order.id, order.user, order.status, order.total_minor) == (
            "o 1/茶",
            "an",
            "delivered",
            3960,
        )
        assert {line.item: line for line in order.lines} == {line.item: line for line in LINES[:2]}

    @pytest.mark.parametrize(
        "order_id", ["o3", "o4", "", ".", "..", "o3?user=bo", "x\0", "\ud800", "' OR 1=1 --"]
    )
    def test_anothers_order_is_like_one_that_is_not_there(
        self, provider: OrderProvider, order_id: str
    ) -> None:
        assert provider.order("an", order_id) is None
        with pytest.raises(NotFound) as refused:
            provider.open_return("an", order_id, "tea", "size", "k")
        with pytest.raises(NotFound) as missing:
            provider.open_return("an", "no such", "tea", "size", "k")
        assert str(refused.value) == str(missing.value)
        assert [line.status for line in provider.orders("bo")[0].lines] == ["delivered"]

    def test_a_return_is_opened_once(self, provider: OrderProvider) -> None:
        made = provider.open_return("an", "o 1/茶", "tea", "size", "k1")
        assert (made.order_id, made.item, made.reason, made.status) == (
            "o 1/茶",
            "tea",
            "size",
            "open",
        )
        assert provider.open_return("an", "o 1/茶", "tea", "size", "k1") == made
        assert provider.open_return("an", "o 1/茶", "tea", "damaged", "k2") == made
        order = provider.order("an", "o 1/茶")
        assert order is not None
        assert {line.item: line.status for line in order.lines} == {
            "tea": "returning",
            "pot": "delivered",
        }
        other = provider.open_return("an", "o 1/茶", "pot", "size", "k3")
        assert other.id != made.id

    def test_what_is_not_there_or_not_delivered_is_not_returned(
        self, provider: OrderProvider
    ) -> None:
        with pytest.raises(NotFound):
            provider.open_return("an", "o2", "tea", "size", "k1")
        with pytest.raises(NotFound):
            provider.open_return("nobody", "o2", "pot", "size", "k1")
        with pytest.raises(Conflict):
            provider.open_return("an", "o2", "pot", "size", "k1")
        provider.open_return("an", "o 1/茶", "tea", "size", "k1")
        with pytest.raises(Conflict):
            provider.open_return("an", "o 1/茶", "pot", "size", "k1")
