"""What most people praise about an item is a reason to find it; what one says is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import plays
from zhiyin import Shop
from zhiyin.core import Fact, Item
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.praise import praised, praised_of
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "shop.db") as opened:
        shoes = [Item(key, title="running shoes 跑鞋") for key in "ab"]
        opened.write("items", frame([*shoes, Item("c", title="oak floor")]))
        yield opened


def _say(store: Store, item: str, aspect: str, span: str, *, likes: int, dislikes: int = 0) -> None:
    values = ["positive"] * likes + ["negative"] * dislikes
    facts = [
        Fact(item, f"opinion.{aspect}", value, subject_kind="item", span=span, source=f"post:{place}")
        for place, value in enumerate(values)
    ]  # fmt: skip
    store.write("facts", frame(facts))


def _scores(index: LiveIndex, query: str) -> dict[int, float]:
    hits = index.find(index.understand(query))
    return dict(zip(hits.numbers.tolist(), hits.scores.tolist(), strict=True))


@pytest.mark.parametrize(
    ("aspect", "span", "query"),
    [
        ("comfort", "so comfortable", "comfortable shoes"),
        ("comfort", "不闷，透气", "不闷 透气 跑鞋"),
    ],
)
def test_of_two_equal_items_the_praised_one_comes_first(
    store: Store, aspect: str, span: str, query: str
) -> None:
    _say(store, "b", aspect, span, likes=4)
    index = LiveIndex(store)
    assert list(_scores(index, query)) == [1, 0]
    index.close()


@pytest.mark.parametrize(("likes", "dislikes"), [(1, 0), (3, 0), (6, 4), (0, 9)])
def test_few_texts_or_many_against_do_not_decide(store: Store, likes: int, dislikes: int) -> None:
    _say(store, "b", "comfort", "so comfortable", likes=likes, dislikes=dislikes)
    assert praised(store) == {}
    index = LiveIndex(store)
    first, second = _scores(index, "comfortable shoes").values()
    assert first == second
    index.close()


def test_words_are_those_of_two_texts_and_say_something_of_the_goods(store: Store) -> None:
    _say(store, "a", "comfort", "非常舒服", likes=4)
    _say(store, "a", "service", "客服热情", likes=9)
    found = praised(store)[0]
    assert set(found) >= {"舒服"}
    assert not {"客服", "热情"} & set(found)
    store.write("facts", frame([Fact("a", "opinion.comfort", "positive", subject_kind="item", span="柔软", source="post:77")]))  # fmt: skip
    assert "柔软" not in praised(store)[0]


def test_praise_is_read_anew_with_a_changed_item(store: Store) -> None:
    index = LiveIndex(store)
    assert set(_scores(index, "comfortable shoes")) == {0, 1}
    _say(store, "b", "comfort", "so comfortable", likes=4)
    store.write("items", frame([Item("b", price_minor=5, currency="CNY")]))
    index.refresh()
    assert list(_scores(index, "comfortable shoes")) == [1, 0]
    assert praised_of(store, [0, 1]) == praised(store)
    index.close()


def test_an_answer_says_that_it_is_praise(tmp_path: Path) -> None:
    with Shop.open(tmp_path) as shop:
        shop.store.write("items", frame([Item(key, title="running shoes") for key in "ab"]))
        _say(shop.store, "b", "comfort", "so comfortable", likes=4)
        shop.record(plays({f"p{n}": "a b" for n in range(12)}))
        shop.train()
        first, second = shop.search("comfortable shoes").page.items
        assert [one.ref.number for one in (first, second)] == [1, 0]
        assert first.reasons[0].data["fields"] == {"title": ["shoes"], "opinions": ["comfortable"]}
        assert second.reasons[0].data["words"] == ["shoes"]
