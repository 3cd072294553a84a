"""A shop of nine items, for the tests of what is read from texts."""

from datetime import datetime, timedelta, timezone

from zhiyin.core.records import Item
from zhiyin.language.facts.gazetteer import Gazetteer

MORNING = datetime(2024, 5, 1, 9, tzinfo=timezone(timedelta(hours=8)))
"""A Wednesday."""

ITEMS = (
    Item("truck", "《流浪地球》运载车 合金模型", category="电影周边", brand="星际工坊"),
    Item("shirt", "流浪地球 主题T恤", category="服装", attributes={"film": "流浪地球"}),
    Item("ai-book", "人工智能入门", category="图书", brand="青页社"),
    Item("three-body", "三体", category="图书/科幻", attributes={"author": "刘慈欣"}),
    Item(
        "mate",
        "华为 Mate 60 手机",
        category="数码",
        brand="华为",
        translations={"en": {"title": "Huawei Mate 60", "brand": "Huawei"}},
    ),
    Item("pegasus", "Nike Pegasus 40 跑鞋", category="鞋", brand="Nike/耐克"),
    Item(
        "iphone",
        "苹果 iPhone 15",
        category="数码",
        brand="苹果",
        translations={"en": {"title": "Apple iPhone 15", "brand": "Apple"}},
    ),
    Item("ferry-kit", "Star Ferry model kit", category="toys", attributes={"film": "Star Ferry"}),
    Item("chili", "老干妈风味豆豉油辣椒", category="调味", brand="老干妈"),
)
SHOP = Gazetteer.of_items(ITEMS, places=["中山公园", "Hyde Park"])


def said(findings):
    """Return findings as ``name value``."""
    return [f"{finding.name} {finding.value}" for finding in findings]
