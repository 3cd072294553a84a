"""Queries of the sample shop: what they say, and how every item answers them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import polars as pl
import pytest

from zhiyin.ingest.sample import SampleShop
from zhiyin.ingest.sample.queries import GRADES, JudgedQuery, make_queries

N = 60


@pytest.fixture(scope="module")
def items(shop: SampleShop) -> pl.DataFrame:
    return shop.frames["items"]


@pytest.fixture(scope="module")
def made(items: pl.DataFrame) -> list[JudgedQuery]:
    return make_queries(5, items, N)


def meets(row: dict[str, Any], query: JudgedQuery) -> list[bool]:
    own = {**json.loads(row["attributes"]), "brand": row["brand"]}
    found = []
    for name, value, is_unwanted in query.wishes:
        if name == "price":
            low, high = value
            found.append((low or 0) <= row["price_minor"] <= (high or 10**9))
        else:
            found.append((own.get(name) == value) != is_unwanted)
    return found


def test_grades_by_hand(items: pl.DataFrame, made: list[JudgedQuery]) -> None:
    rows = items.rows(named=True)
    for query in made[:20]:
        categories = {
            row["category"] for row in rows if json.loads(row["attributes"])["type"] in query.types
        }
        for row, grade in zip(rows, query.grades.tolist(), strict=True):
            met = meets(row, query)
            if json.loads(row["attributes"])["type"] in query.types:
                assert grade == (3 if all(met) else 2 if any(met) else 1)
            else:
                assert grade == 0 or (grade == 1 and row["category"] in categories)


def test_half_is_chinese_a_third_is_mistyped_and_something_answers_each_query(
    made: list[JudgedQuery],
) -> None:
    assert [one.language for one in made] == ["zh", "en"] * (N // 2)
    assert {one.grades.max() for one in made} == {GRADES}
    assert all(one.wishes for one in made)
    errors = [place for place, one in enumerate(made) if one.error]
    assert errors
    assert all(place // 2 % 3 == 0 for place in errors)
    assert len(errors) > N // 4


def test_a_name_that_is_whole_means_one_kind_and_a_short_one_what_ends_so(
    made: list[JudgedQuery],
) -> None:
    assert all(len(one.types) == 1 for one in made if one.is_whole)
    for one in made:
        if one.language == "en" and one.is_whole and not one.error:
            assert next(iter(one.types)) in one.text


def test_what_is_asked_for_stands_in_the_text(made: list[JudgedQuery]) -> None:
    for one in made:
        for wish in one.wishes:
            if wish.name == "price":
                assert all(str(end // 100) in one.text for end in wish.value if end)
            elif wish.name in ("colour", "material") and one.language == "en":
                assert str(wish.value) in one.text


def test_the_same_seed_gives_the_same_queries_and_another_gives_others(
    items: pl.DataFrame, made: list[JudgedQuery]
) -> None:
    again = make_queries(5, items, N)
    assert [one.text for one in again] == [one.text for one in made]
    assert all(np.array_equal(a.grades, b.grades) for a, b in zip(again, made, strict=True))
    assert [one.text for one in make_queries(6, items, N)] != [one.text for one in made]
