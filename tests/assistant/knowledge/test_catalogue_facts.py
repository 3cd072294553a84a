"""What is known of an item comes with where it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhiyin.assistant.knowledge.catalogue_facts import CatalogueFacts, ItemFact
from zhiyin.core.records import Fact, Item
from zhiyin.errors import UnknownEntity
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

JUNE, JULY = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
OPINIONS = [
    {
        "aspect": "taste", "negative": 0, "neutral": 0, "positive": 2,
        "examples": [{"polarity": "positive", "span": "so fresh", "source": "post:r1"}],
    }
]  # fmt: skip


def test_fields_facts_and_opinions(tmp_path: Path) -> None:
    item = Item(
        "tea", title="绿茶", price_minor=990, currency="CNY", stock=0, attributes={"origin": "杭州", "x": None},
        translations={"en": {"title": "Green tea"}},
    )  # fmt: skip
    facts = [
        Fact("tea", "scene", "gift", span="a lovely gift", source="post:r1", method="rule"),
        Fact("tea", "scene", "gift", span="gave it away", source="post:r2", method="rule"),
        Fact("tea", "sale", "June", expires=JULY),
        Fact("tea", "opinion.taste", "positive", source="post:r1", method="rule"),
    ]
    with Store.open(tmp_path / "shop.db") as store:
        store.write("items", frame([item]))
        store.write("facts", frame(facts))
        known = CatalogueFacts(store, lambda item: OPINIONS)
        found = known.of("tea", "en", JUNE)
        assert found[:4] == [
            ItemFact("title", "Green tea", "item:tea#translations.en.title"),
            ItemFact("price_minor", 990, "item:tea#price_minor"),
            ItemFact("currency", "CNY", "item:tea#currency"),
            ItemFact("stock", 0, "item:tea#stock"),
        ]
        assert ItemFact("attribute.origin", "杭州", "item:tea#attributes.origin") in found
        scene = next(one for one in found if one.name == "fact.scene")
        assert (scene.value, scene.count) == ("gift", 2)
        assert (scene.source, scene.span) in {
            ("post:r1", "a lovely gift"),
            ("post:r2", "gave it away"),
        }
        assert found[-1] == ItemFact("opinion.taste", "positive", "post:r1", "so fresh", 2)
        assert "fact.opinion.taste" not in {one.name for one in found}
        assert "fact.sale" in {one.name for one in found}
        assert "fact.sale" not in {one.name for one in known.of("tea", "en", JULY)}
        assert known.of("tea", "zh", JUNE)[0].value == "绿茶"
        with pytest.raises(UnknownEntity, match="no item has the id pot"):
            known.of("pot")
