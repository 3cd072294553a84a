"""Synonyms of a store: an effect on the next search, and none on a preview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhiyin.core import Item
from zhiyin.core.synonym import Synonym
from zhiyin.search.aids.live_synonyms import LiveSynonyms
from zhiyin.search.aids.related import RelatedQueries
from zhiyin.search.asked_queries import AskedQuery
from zhiyin.search.constraints import SURE
from zhiyin.search.live_index import LiveIndex
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

LOG = [AskedQuery(text, 9, 6, 0, 9, {0: 2, 1: 2}) for text in ("trainers", "sneakers")]


@pytest.fixture
def synonyms(tmp_path: Path) -> Iterator[LiveSynonyms]:
    with Store.open(tmp_path / "a.db") as store:
        store.write(
            "items",
            frame([
                Item("s", title="White sneakers"), Item("t", title="White trainers"),
                Item("k", title="厨房 马铃薯 刀"), Item("x", title="土豆 收纳箱"),
            ]),
        )  # fmt: skip
        index = LiveIndex(store)
        yield LiveSynonyms(store, lambda: index, lambda: RelatedQueries(LOG))


def found(synonyms: LiveSynonyms, text: str) -> list[int]:
    index = synonyms._index()
    return synonyms.find(index.understand(text)).numbers.tolist()


def test_a_synonym_holds_from_the_next_search_until_it_is_removed(synonyms: LiveSynonyms) -> None:
    assert 2 not in found(synonyms, "土豆")
    added = synonyms.add(Synonym.read("土豆 -> 马铃薯", set_by="li"))
    assert found(synonyms, "土豆")[:2] == [3, 2]
    assert 3 not in found(synonyms, "马铃薯")  # one way alone
    synonyms.remove(added.id, "an")
    assert 2 not in found(synonyms, "土豆")


def test_what_was_typed_still_finds_what_it_found_with_the_same_scores(
    synonyms: LiveSynonyms,
) -> None:
    index = synonyms._index()
    read = index.understand("white sneakers")
    before = index.find(read)
    synonyms.add(Synonym.read("sneakers = trainers", set_by="li"))
    after = synonyms.find(read)
    best = dict(zip(after.numbers.tolist(), after.scores.tolist(), strict=True))
    for number, score in zip(before.numbers.tolist(), before.scores.tolist(), strict=True):
        assert best[number] >= score
    assert best[0] == pytest.approx(float(before.scores[0]))  # not the sum of both ways


def test_a_preview_stores_nothing(synonyms: LiveSynonyms) -> None:
    tried = synonyms.preview(Synonym.read("土豆 = 马铃薯"), "土豆", n=5)
    assert 2 not in tried.before.numbers
    assert tried.after.numbers.tolist()[:2] == [3, 2]
    assert tried.alternatives == ("马铃薯",)
    assert synonyms.standing() == []
    assert synonyms.changes() == []


def test_what_stands_already_is_not_proposed(synonyms: LiveSynonyms) -> None:
    assert [set(one.words) for one in synonyms.proposed()] == [{"trainers", "sneakers"}]
    synonyms.add(Synonym.read("sneakers = trainers", set_by="li"))
    assert synonyms.proposed() == []


def test_only_what_is_searched_for_is_said_otherwise(synonyms: LiveSynonyms) -> None:
    synonyms.add(Synonym.read("sneakers = trainers", set_by="li"))
    read = synonyms._index().understand("white sneakers under $50 without trainers")
    _, other = synonyms.now().readings(read, synonyms._index().understand)
    assert other.text == "white trainers"
    assert (other.price, other.exclusions) == (read.price, read.exclusions)


def test_a_word_that_only_a_synonym_knows_is_no_typing_error(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        titles = ["Portable speaker"] * 4 + ["Cushioned running shoes"]
        store.write("items", frame([Item(f"i{n}", title=one) for n, one in enumerate(titles)]))
        index = LiveIndex(store)
        synonyms = LiveSynonyms(store, lambda: index, lambda: RelatedQueries([]))
        assert index.understand("sneaker").corrections[0].meant == "speaker"
        assert 4 not in found(synonyms, "sneaker")
        synonyms.add(Synonym.read("sneaker = running shoes", set_by="li"))
        assert found(synonyms, "sneaker") == [4]
        assert found(synonyms, "running shoes") == [4]


def test_a_synonym_that_stands_is_not_kept_again(synonyms: LiveSynonyms) -> None:
    first = synonyms.add(Synonym.read("sneakers = trainers", set_by="li"))
    assert synonyms.add(Synonym.read("Trainers = sneakers", set_by="an")) == first
    assert synonyms.add(Synonym.read("sneakers = trainers = joggers", set_by="an")) != first
    assert synonyms.add(Synonym.read("sneakers -> trainers", set_by="an")) != first
    assert len(synonyms.changes()) == 3
    synonyms.remove(first.id, "li")
    assert synonyms.add(Synonym.read("sneakers = trainers", set_by="li")).id != first.id


@pytest.fixture
def cups(tmp_path: Path) -> Iterator[LiveSynonyms]:
    with Store.open(tmp_path / "a.db") as store:
        items = [
            Item(f"{colour}{n}", title="Tea cup", brand="华为", attributes={"colour": colour})
            for colour in ("red", "blue")
            for n in range(4)
        ]
        store.write("items", frame([*items, Item("v", title="Zornish tea cup")]))
        index = LiveIndex(store)
        yield LiveSynonyms(store, lambda: index, lambda: RelatedQueries([]))


def asked_values(synonyms: LiveSynonyms, text: str) -> list[tuple[str, str, int, int, bool]]:
    read = synonyms.informed(synonyms._index().understand(text))
    return [(s.name, s.value, s.start, s.end, s.confidence >= SURE) for s in read.slots]


def test_a_word_that_stands_for_a_value_asks_for_it(cups: LiveSynonyms) -> None:
    before = asked_values(cups, "ochre cup")
    assert ("colour", "red", 0, 5, True) not in before
    cups.add(Synonym.read("ochre = red", set_by="li"))
    cups.add(Synonym.read("hw -> 华为", set_by="li"))
    assert ("colour", "red", 0, 5, True) in asked_values(cups, "ochre cup")
    assert ("brand", "华为", 4, 6, True) in asked_values(cups, "cup hw")
    assert set(found(cups, "ochre cup")[:4]) == {0, 1, 2, 3}
    read = cups._index().understand("cup without ochre")
    assert cups.informed(read) == read  # what is not wanted is not asked for


def test_a_word_that_titles_have_only_wishes_for_the_value(cups: LiveSynonyms) -> None:
    cups.add(Synonym.read("zornish = blue", set_by="li"))
    assert ("colour", "blue", 0, 7, False) in asked_values(cups, "zornish cup")
    assert 8 in found(cups, "zornish cup")
