"""A small shop with documents and orders, and a way to talk with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from zhiyin.assistant.assistant import Turn
from zhiyin.core.order import OrderLine
from zhiyin.core.records import Document, Event, Item, Person, Post
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)


def _line(order: str, user: str, item: str, status: str, days: int, **told: Any) -> OrderLine:
    placed = NOON - timedelta(days=days)
    is_sent = status in ("shipped", "delivered")
    return OrderLine(
        order, user, item, status, 1, 9900, "CNY", time=placed, paid=placed,
        shipped=placed + timedelta(days=1) if is_sent else None,
        delivered=placed + timedelta(days=2) if status == "delivered" else None,
        carrier="顺丰速运" if is_sent else None, tracking=f"SF{order[1:]}00" if is_sent else None, **told,
    )  # fmt: skip


def fill(shop: Shop) -> None:
    """Tell a shop of three people, four items, five orders, and what it has written."""
    write = shop.store.write
    items = [
        Item("kettle", title="Steel Kettle", category="kitchen", brand="Lu", price_minor=9900, currency="CNY", stock=3,
             attributes={"material": "steel"}, translations={"zh": {"title": "不锈钢水壶"}}),
        Item("teapot", title="Clay Teapot", category="kitchen", brand="Yi", price_minor=19900, currency="CNY", stock=0,
             attributes={"material": "clay"}, translations={"zh": {"title": "紫砂茶壶"}}),
        Item("shoes", title="Trail Shoes", category="sport", brand="Go", price_minor=29900, currency="CNY", stock=8,
             translations={"zh": {"title": "越野跑鞋"}}),
    ]  # fmt: skip
    write("items", frame(items))
    write("users", frame([Person("an"), Person("bo"), Person("cy")]))
    write("events", frame([Event("an", "kettle", "view", time=NOON), Event("bo", "shoes", time=NOON)]))  # fmt: skip
    orders = [
        _line("o100001", "an", "kettle", "delivered", 4),
        _line("o100002", "an", "shoes", "shipped", 2),
        _line("o100003", "an", "teapot", "delivered", 5),
        _line("o200001", "bo", "teapot", "shipped", 1),
    ]
    write("orders", frame(orders))
    said = [
        Document("When will my order ship?", "Within 48 hours of payment.", "ship-en", language="en"),
        Document("多久发货？", "付款后48小时内发货。", "ship-zh", language="zh"),
        Document("Who pays for return shipping?", "We do when the goods are faulty; otherwise you do.", "fee-en", language="en"),
        Document("退货运费谁出？", "质量问题由我们承担；个人原因由买家承担。", "fee-zh", language="zh"),
        Document("Within how many days can I return something?", "Within 7 days of delivery.", "days-en", language="en"),
        Document("几天内可以退货？", "签收后7天内可以退货。", "days-zh", language="zh"),
        Document("Can I get an invoice?", "Yes, within 30 days of receipt.", "invoice-en", language="en"),
        Document("可以开发票吗？", "可以，签收后30天内申请电子发票。", "invoice-zh", language="zh"),
    ]  # fmt: skip
    write("documents", frame(said))


class Talker:
    """Talks as one person, a minute a turn."""

    def __init__(self, shop: Shop, user: str | None, conversation: str = "") -> None:
        self.shop, self.user, self.time = shop, user, NOON
        self.id = conversation or shop.conversations.open(user, NOON).id

    def __call__(self, text: str) -> Turn:
        """Say something and return the answer."""
        self.time += timedelta(minutes=1)
        return self.shop.conversations.say(self.id, text, self.user, self.time)


def settings_in(home: Path) -> Path:
    """Return a home whose questions are compared by their words alone."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "zhiyin.toml").write_text("[assistant]\ndense = false\n", encoding="utf-8")
    return home


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A shop that a test may change."""
    with Shop.open(settings_in(tmp_path / "home")) as shop:
        fill(shop)
        yield shop


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop for tests that only look."""
    with Shop.open(settings_in(tmp_path_factory.mktemp("kept") / "home")) as shop:
        fill(shop)
        yield shop


def review(shop: Shop, text: str) -> None:
    """Let somebody write about an item."""
    shop.store.write("posts", frame([Post("p1", "bo", "kettle", text=text, time=NOON)]))
