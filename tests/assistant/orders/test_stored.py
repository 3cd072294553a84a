"""Orders in the shop's own store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.assistant.orders.contract import LINES, NOON, OrderProviderContract
from zhiyin.assistant.orders.provider import OrderProvider, order_provider
from zhiyin.core.order import OrderLine
from zhiyin.errors import SettingsError, UnknownPart
from zhiyin.settings.section import Part
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "shop.db") as store:
        store.write("orders", frame(LINES))
        yield store


class TestStored(OrderProviderContract):
    @pytest.fixture
    def provider(self, store: Store) -> OrderProvider:
        return order_provider(Part(type="stored"), store)


def test_what_the_shop_tells_again_moves_a_line_and_erases_nothing(store: Store) -> None:
    store.orders.open_return("an", "o 1/茶", "tea", "size", "k", 1)
    assert store.write("orders", frame(LINES)).accepted == {}
    assert store.orders.one("an", "o 1/茶").line("tea").status == "returning"
    later = NOON + timedelta(days=3)
    store.write("orders", frame([OrderLine("o2", "an", "pot", "delivered", delivered=later)]))
    store.write("orders", frame([OrderLine("o 1/茶", "an", "tea", "refunded")]))
    assert store.orders.one("an", "o 1/茶").line("tea").status == "refunded"
    line = store.orders.one("an", "o2").line("pot")
    assert (line.status, line.delivered, line.time) == ("delivered", later, LINES[2].time)


def test_an_id_that_two_people_have_is_two_orders(store: Store) -> None:
    store.write("orders", frame([OrderLine("o2", "bo", "cup", "paid")]))
    assert [line.item for line in store.orders.one("an", "o2").lines] == ["pot"]
    assert [line.item for line in store.orders.one("bo", "o2").lines] == ["cup"]


def test_settings_name_a_provider(store: Store) -> None:
    with pytest.raises(UnknownPart, match="htpp"):
        order_provider(Part(type="htpp"), store)
    for url in ("http://shop.example", "https://u:p@shop.example", "ftp://x", "https://x?y=1", "x"):
        with pytest.raises(SettingsError, match="base_url"):
            order_provider(Part(type="http", options={"base_url": url}), store)
