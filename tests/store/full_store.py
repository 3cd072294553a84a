"""A small store that holds every kind of record, with the values that files and databases get wrong."""

from __future__ import annotations

from datetime import UTC, datetime

from zhiyin.core.conversation import Conversation, Said
from zhiyin.core.entity import Kind
from zhiyin.core.impression import Impression
from zhiyin.core.order import OrderLine
from zhiyin.core.records import Chat, Document, Event, Fact, Interaction, Item, Person, Post, Tie
from zhiyin.core.rule import Rule
from zhiyin.core.searched import Searched
from zhiyin.store.frames import frame
from zhiyin.store.store import Store
from zhiyin.store.tombstones import Tombstone, bury

MAY = datetime(2026, 5, 1, 8, 30, 15, 123456, tzinfo=UTC)
LONG = '长文 a\n"quoted", comma\ttab 😀\\N \\. \r\n' * 3_000

RECORDS = {
    "items": [
        Item("茶/1", title="绿茶 🍵", price_minor=990, currency="CNY", stock=0, created=MAY),
        Item("pot", title="", attributes={"色": ["红", None], "n": 1e-300}),
        Item("cup", translations={"en": {"title": "Tea cup"}}),
    ],
    "users": [Person("an", created=MAY, attributes={"vip": True}), Person("王芳 😀")],
    "events": [
        Event("an", "茶/1", "click", 0.1, MAY, {"place": "家"}, "r1", "e1"),
        Event("an", "pot", "purchase", 1e-300, None, {}, "r1", "e2"),
        Event("王芳 😀", "new", "view", -1.5e308, MAY, event_id="e3"),
        Event("an", "p1", "like", time=MAY, event_id="e4", target="post"),
        Event("bo", "pot", "cart", request_id="r2", event_id="e5"),
    ],
    "ties": [Tie("an", "bo", strength=0.1, time=MAY), Tie("bo", "an", "family")],
    "interactions": [
        Interaction("an", "bo", "gift", "pot", 3.0, "给你", MAY, "m1"),
        Interaction("bo", "an", event_id="m2"),
    ],
    "posts": [
        Post("p1", "an", "茶/1", text=LONG, title="好", rating=4.5, language="zh", time=MAY),
        Post("p2", kind="faq", text="?"),
    ],
    "chats": [Chat("c1", "shopper", "在吗", "an", "pot", MAY, "t1"), Chat("c1", "agent", "在")],
    "facts": [
        Fact("pot", "colour", "红", "item", "an", "红色的", "p1", "rule", 0.1, MAY, MAY),
        Fact("an", "likes", "tea", "person"),
    ],
    "documents": [
        Document("退货？", LONG, "d1", "faq", "zh", "v 1", MAY, None, "a.md"),
        Document("Returns", '"x"', kind="policy"),
    ],
    "orders": [
        OrderLine("订单/1", "an", "茶/1", "delivered", 2, 990, "CNY", 1980, MAY, MAY, MAY, MAY, "顺丰", "SF1", "杭州", "ZY-1"),
        OrderLine("订单/1", "an", "pot", "paid", total_minor=0),
        OrderLine("订单/1", "bo", "pot", "cancelled"),
    ],
}  # fmt: skip


def fill(store: Store) -> None:
    """Tell a store of everything, and delete some of it, so that ids have gaps and a missing end."""
    for kind, records in RECORDS.items():
        store.write(kind, frame(records))
    store.record_impressions(
        [
            Impression("r1", 0, "home", 1, (0, 1, 2), (0.1, 1e-300, 3), {"x": "b"}, (0.5, 1, 0.1)),
            Impression("r2", None, "similar", 2, (1,), (1e16,), context={"天气": "雨"}),
            Impression("r3", None, "home", 2**53 + 1, (), ()),
        ]
    )
    kept = store.rules.add(
        Rule("pin", "id = “茶/1”", ("home",), place=2, valid_from=MAY, set_by="王")
    )
    store.rules.remove(kept.id, "an")
    store.searches.record([Searched("s1", 0, "绿茶", 1, 5), Searched("s2", None, "x '\"", 0, 6)])
    store.orders.open_return("an", "订单/1", "茶/1", "other", "k'1", 7)
    talk = Conversation("k1", "an", MAY, MAY, {"lane": "answer"})
    store.conversations.open(talk)
    store.conversations.append(
        talk, [Said("shopper", "你好 '", MAY), Said("assistant", '"hi"', MAY)]
    )
    store.set_state("note", '{"a":"😀"}')
    store.write("events", frame([Event("an", f"x{n}", event_id=f"x{n}") for n in range(3)]))
    with store._database.writing() as connection:
        bury(connection, [Tombstone(int(Kind.PERSON), "d" * 32, "0" * 32, None, 7, '{"a":"茶"}')])
        connection.exec_driver_sql("DELETE FROM events WHERE event_id IN ('e3', 'x1', 'x2')")
