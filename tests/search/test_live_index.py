"""The live index finds items as they are now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiyin.core import Item
from zhiyin.language.embedders.lsa import Lsa
from zhiyin.search.base_index import BaseIndex
from zhiyin.search.evidence import is_no_accident
from zhiyin.search.hits import Hits
from zhiyin.search.live_index import LiveIndex
from zhiyin.search.meaning import Meaning
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

_GOODS = (
    "oak floor",
    "oak table",
    "green tea",
    "iron tea pot",
    "手机壳",
    "棉布 运动鞋",
    "red paint",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "shop.db") as opened:
        yield opened


def _write(store: Store, **titles: str) -> None:
    store.write("items", frame([Item(key, title=title) for key, title in titles.items()]))


def _found(index: LiveIndex, query: str) -> list[int]:
    return index.find(index.understand(query)).numbers.tolist()


def test_finds_the_best_first_and_only_what_may_be(store: Store) -> None:
    _write(store, a="oak floor", b="oak table", c="green tea")
    index = LiveIndex(store)
    assert _found(index, "oak table") == [1, 0]
    hits = index.find(index.understand("oak table"), may=np.array([True, False]))
    assert hits.numbers.tolist() == [0]
    assert index.find(index.understand("oak"), n=1).numbers.size == 1
    assert _found(index, "") == []
    index.close()


def test_a_changed_item_is_found_by_its_new_words_and_not_by_its_old(store: Store) -> None:
    _write(store, a="oak floor", b="green tea")
    index = LiveIndex(store)
    assert _found(index, "oak") == [0]
    _write(store, a="zorblax lamp", c="oak chair")
    index.refresh()
    assert _found(index, "zorblax") == [0]
    assert _found(index, "oak") == [2]
    assert index.words_of(0) == {"zorblax", "lamp"}
    assert [row["id"] for row in index.rows([2, 0, 99])] == ["c", "a"]
    index.rebuild()
    assert _found(index, "zorblax") == [0]
    assert _found(index, "oak") == [2]
    index.close()


def test_many_changes_are_taken_in_beside_the_caller_and_lead_to_a_rebuild(store: Store) -> None:
    index = LiveIndex(store)
    assert _found(index, "oak") == []
    _write(store, **{f"i{n}": f"oak floor {n}" for n in range(300)})
    index.refresh()
    index.close()
    assert len(_found(index, "oak floor")) == 300
    assert len(index._now().segments.parts) == 1
    index.close()


def test_a_new_word_is_not_corrected_away(store: Store) -> None:
    _write(store, a="nickel tap", b="nickel lamp", c="nickel pot")
    index = LiveIndex(store)
    assert index.understand("nickle").text == "nickel"
    _write(store, d="nickle")
    index.refresh()
    assert index.understand("nickle").text == "nickle"
    index.close()


def test_a_chinese_word_of_a_new_item_is_meant_by_its_pinyin(store: Store) -> None:
    _write(store, a="棉布鞋", b="绿茶")
    index = LiveIndex(store)
    assert not index.understand("baowenbei").corrections
    _write(store, c="保温杯 500ml")
    index.refresh()
    assert index.understand("baowenbei").text == "保温杯"
    assert _found(index, "baowenbei") == [2]
    index.close()


def test_one_character_finds_words_with_it_those_that_end_with_it_first(store: Store) -> None:
    _write(
        store,
        pot="茶壶 紫砂",
        set="功夫茶具 一套",
        green="绿茶 明前 新茶礼盒",
        shoe="棉布鞋",
        red="正山小种 红茶",
    )
    index = LiveIndex(store)
    read = index.understand("茶")
    hits = index.find(read)
    assert set(hits.numbers[:2].tolist()) == {2, 4}
    assert set(hits.numbers[2:].tolist()) == {0, 1}
    assert is_no_accident(read, hits.matches)[:2].all()
    assert _found(index, "鞋") == [3]
    index.close()


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.lists(st.sampled_from(_GOODS), min_size=1, max_size=6),
    changes=st.lists(st.tuples(st.integers(0, 8), st.sampled_from(_GOODS)), max_size=6),
    query=st.sampled_from((*_GOODS, "oak", "tea", "手机", "pot floor")),
)
def test_incremental_finds_what_a_rebuilt_one_does(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[str],
    changes: list[tuple[int, str]],
    query: str,
) -> None:
    with Store.open(tmp_path_factory.mktemp("shop") / "shop.db") as store:
        _write(store, **{f"i{n}": title for n, title in enumerate(before)})
        index = LiveIndex(store)
        read = index.understand(query)
        for number, title in changes:
            _write(store, **{f"i{number}": title})
            index.refresh()
        live = index.find(read)
        index.rebuild()
        rebuilt, anew = index.find(read), LiveIndex(store)
        assert set(live.numbers.tolist()) == set(rebuilt.numbers.tolist())
        assert _same(rebuilt, anew.find(read))
        index.close()
        anew.close()


def test_scores_of_what_came_later_are_those_it_would_have_in_the_base(store: Store) -> None:
    _write(store, a="oak floor", b="oak table", c="green tea", d="iron pot")
    index = LiveIndex(store)
    read = index.understand("oak table")
    before = index.find(read)
    store.write("items", frame([Item("b", title="oak table", price_minor=500, currency="CNY")]))
    index.refresh()
    assert len(index._now().segments.parts) == 2
    assert _same(before, index.find(read))
    index.close()


def test_what_a_snapshot_keeps_is_the_same(store: Store) -> None:
    goods = {f"i{n}": title for n, title in enumerate(_GOODS * 3)}
    _write(store, **goods)
    lsa = Lsa(Lsa.Config(dim=4))
    lsa.fit([*_GOODS, "oak tea", "oak pot"])
    meaning = Meaning(store, lambda: lsa)
    made = LiveIndex(store, meaning)
    kept = BaseIndex.of(store, meaning).arrays()
    opened = LiveIndex(store, meaning, kept=kept)
    for query in ("oak flor", "tea pot", "手机", "shoujike"):
        assert made.understand(query) == opened.understand(query)
        assert _same(made.find(made.understand(query)), opened.find(opened.understand(query)))
    _write(store, i0="zorblax")
    opened.refresh()
    assert _found(opened, "zorblax")[0] == 0
    made.close()
    opened.close()


def test_meaning_finds_what_shares_no_word(store: Store) -> None:
    texts = ["sofa couch", "couch settee", "sofa settee", "oak tile", "tile grout", "oak grout"] * 3
    _write(store, a="settee", b="grout", c="tile")
    lsa = Lsa(Lsa.Config(dim=2))
    lsa.fit(texts)
    index = LiveIndex(store, Meaning(store, lambda: lsa))
    assert _found(index, "sofa")[0] == 0
    _write(store, c="settee couch")
    index.refresh()
    index.close()  # waits for what is embedded beside
    assert set(_found(index, "sofa")) >= {0, 2}
    index.close()


def _same(one: Hits, other: Hits) -> bool:
    return (
        one.numbers.tolist() == other.numbers.tolist()
        and np.allclose(one.scores, other.scores, atol=1e-6)
        and np.allclose(one.matches, other.matches, atol=1e-6)
    )
