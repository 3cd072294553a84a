"""Searches that go with another."""

from __future__ import annotations

import pytest

from zhiyin.search.aids.related import AlikeQueries, RelatedQueries
from zhiyin.search.asked_queries import AskedQuery


def asked(text: str, chosen: dict[int, int], people: int = 6) -> AskedQuery:
    return AskedQuery(text, 10, people, 0, 20, chosen)


LOG = [
    asked("sneakers", {1: 3, 2: 4}, people=9),
    asked("trainers", {1: 3, 2: 4}),
    asked("red sneakers", {1: 5}),
    asked("帐篷", {7: 2}),
    asked("secret sneakers", {1: 3, 2: 4}, people=4),
]
RELATED = RelatedQueries(LOG)


def test_choice_and_words_both_count() -> None:
    found = RELATED.to("sneakers")
    assert [one.text for one in found] == ["trainers", "red sneakers"]
    same, narrower = found
    assert same.by_choice == pytest.approx(1)
    assert same.by_words == 0
    assert narrower.by_choice == pytest.approx(0.6)  # 3 of the length 5 of (3, 4)
    assert narrower.by_words == 0.5


def test_a_query_that_nobody_asked_has_only_its_words() -> None:
    assert [one.text for one in RELATED.to("blue sneakers")] == ["sneakers", "red sneakers"]
    assert RELATED.to("雨伞") == []
    assert RELATED.to("") == []


def test_what_too_few_asked_is_never_told_and_a_query_is_not_its_own_relative() -> None:
    for query in ("sneakers", "SNEAKERS", "trainers", "secret sneakers", "the sneakers"):
        told = [one.text for one in RELATED.to(query)]
        assert "secret sneakers" not in told
        assert query.lower() not in told
    assert "sneakers" not in [one.text for one in RELATED.to("the sneaker")]  # the same words


def test_queries_alike_are_pairs_with_two_items() -> None:
    [pair] = RELATED.alike()
    assert pair == AlikeQueries(LOG[0], LOG[1], pytest.approx(1), 2)  # type: ignore[arg-type]


def test_an_empty_log_has_no_relatives() -> None:
    empty = RelatedQueries([])
    assert empty.to("tea") == []
    assert list(empty.alike()) == []


def test_two_of_the_same_words_are_one() -> None:
    log = [
        asked("red sneakers", {1: 5}, people=9),
        asked("sneakers red", {1: 5}),
        asked("sneakers", {1: 5}),
    ]
    related = RelatedQueries(log)
    assert [one.text for one in related.to("sneakers")] == ["red sneakers"]
    assert [one.text for one in related.to("RED  sneakers")] == ["sneakers"]
