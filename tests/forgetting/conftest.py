"""A small shop in which everybody left something of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from zhiyin.core.conversation import Conversation, Said
from zhiyin.core.entity import Kind
from zhiyin.core.impression import Impression
from zhiyin.core.order import OrderLine
from zhiyin.core.records import Chat, Event, Fact, Interaction, Item, Person, Post, Tie
from zhiyin.core.searched import Searched
from zhiyin.language.vectors import digest
from zhiyin.shop import Shop
from zhiyin.store.frames import frame

WHO = "zhang-wei-4711"
"""An id that is found in no byte by accident."""
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
REVIEW = "Quibble: this lacquered teapot dribbles, says Zhang."


def fill(shop: Shop, *, leaves_out: str = "") -> None:
    """Tell a shop of twelve people; of one only the id, where that is wished."""
    people = [WHO, *(f"u{n}" for n in range(11))]
    store = shop.store
    store.write("items", frame([Item(f"i{n}", title=f"Thing {n}") for n in range(12)]))
    store.write("users", frame([Person(one) for one in people]))
    told: dict[str, list[object]] = {
        name: [] for name in ("events", "ties", "interactions", "posts", "chats", "facts", "orders")
    }
    for n, one in enumerate(people):
        if one == leaves_out:
            continue
        other = people[(n + 1) % len(people)]
        at = NOON + timedelta(hours=n)
        for k in range(6):
            item = f"i{(2 * k + n % 2) % 12}"
            told["events"].append(Event(one, item, "purchase", time=at, event_id=f"e-{one}-{k}"))
        if other != leaves_out:
            told["ties"] += [Tie(one, other, "friend"), Tie(other, one, "friend")]
            told["interactions"].append(
                Interaction(one, other, "gift", "i1", text=f"from {one}", time=at, event_id=f"m-{one}")
            )  # fmt: skip
        text = REVIEW if one == WHO else f"Fine thing number {n}"
        told["posts"].append(Post(f"p-{one}", one, f"i{n}", text=text, rating=4.0, time=at))
        told["chats"] += [
            Chat(f"c-{one}", "shopper", f"hello from {one}", one, time=at, event_id=f"t-{one}"),
            Chat(f"c-{one}", "agent", f"dear {one}", time=at, event_id=f"a-{one}"),
        ]
        told["orders"].append(OrderLine(f"o-{one}", one, "i1", "delivered", time=at, delivered=at))
        told["facts"] += [
            Fact(
                f"i{n}", "opinion.spout", "negative", "item", one, text[:9], f"post:p-{one}", "rule"
            ),
            Fact(one, "likes", "tea", "person", one),
        ]
        if other != leaves_out:
            liked = Event(other, f"p-{one}", "like", time=at, target="post", event_id=f"l-{one}")
            told["events"].append(liked)
    for kind, records in told.items():
        store.write(kind, frame(records))
    for one in (WHO, "u1"):
        if store.orders.one(one, f"o-{one}"):
            store.orders.open_return(one, f"o-{one}", "i1", "size", f"key-{one}", 1)
    for one in people:
        is_new = store.conversations.one(f"k-{one}") is None
        if is_new and store.number(Kind.PERSON, one) is not None and one != leaves_out:
            talk = Conversation(f"k-{one}", one, NOON, NOON, {"orders": [f"o-{one}"]})
            store.conversations.open(talk)
            store.conversations.append(talk, [Said("shopper", f"where is my thing, {one}", NOON)])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    (home / "zhiyin.local.toml").write_text("[pipelines.home]\nbudget_ms = 5000\n")
    return home


@pytest.fixture
def full(home: Path) -> Iterator[Shop]:
    """A trained shop that also showed pages, searched, embedded and refused rows."""
    with Shop.open(home) as shop:
        fill(shop)
        number = 0
        assert shop.store.number(Kind.PERSON, WHO) == number
        shop.store.record_impressions(
            [Impression("r1", number, "home", 1, (0, 1), (0.2, 0.1)), Impression("r2", None, "home", 2, (), ())]
        )  # fmt: skip
        shop.store.searches.record([Searched("s1", number, "lacquered teapot", 1, 5)])
        shop.store.set_state(f"portrait.removed.{number}", '["x"]')
        shop.store.set_state("answers/m/relations.en@1/0", '{"who": "Zhang", "is": ""}')
        shop.store.set_state("answers/m/relations.en@1/1", '{"who": "Mary"}')
        digests = [digest(REVIEW, "passage"), digest("Thing 1", "passage")]
        shop.store.keep_vectors("m", digests, np.ones((2, 3), np.float32))
        folder = home / "quarantine"
        folder.mkdir()
        rows = [f'{{"line": 1, "row": "{WHO},i1"}}', '{"line": 2, "row": "u1,i1"}']
        (folder / "x.jsonl").write_text("\n".join(rows) + "\n")
        shop.train()
        shop.train()
        yield shop
