"""Another query in the place of one that was mistyped or found little."""

from __future__ import annotations

import pytest

from zhiyin.search.aids.did_you_mean import DidYouMean, NearQueries, corrected, did_you_mean
from zhiyin.search.asked_queries import AskedQuery
from zhiyin.search.query.catalogue_terms import CatalogueTerms
from zhiyin.search.query.query_parser import QueryParser
from zhiyin.search.query.spelling import Speller
from zhiyin.search.understanding import Understanding

PARSER = QueryParser(CatalogueTerms(), Speller({"running": 9, "shoes": 9, "跑步鞋": 9}))
NEAR = NearQueries(
    [
        AskedQuery("防晒霜", 40, 20, 0, 30),
        AskedQuery("hiking boots", 30, 9, 0, 12),
        AskedQuery("hiking boats", 30, 4, 0, 50),  # too few people
        AskedQuery("帐篷", 30, 9, 0, 2),
    ]
)


def test_a_corrected_query_keeps_all_that_was_right() -> None:
    read = PARSER.understand("runing shoess under $50")
    assert corrected(read) == "running shoes under $50"
    assert did_you_mean(read, 0, NEAR) == DidYouMean("running shoes under $50", "corrected")


@pytest.mark.parametrize(
    ("said", "n_found", "expected"),
    [
        ("防晒双", 0, DidYouMean("防晒霜", "alternative", 30)),
        ("fangshaishuang", 2, DidYouMean("防晒霜", "alternative", 30)),
        ("hiking bots", 0, DidYouMean("hiking boots", "alternative", 12)),
        ("hiking bots", 5, None),  # enough was found
        ("zhangpeng", 2, None),  # 帐篷 found no more
        ("防晒霜", 0, None),
        ("雨伞", 0, None),
        ("", 0, None),
    ],
)
def test_a_query_that_found_little_is_answered_by_one_like_it(
    said: str, n_found: int, expected: DidYouMean | None
) -> None:
    assert did_you_mean(Understanding(said), n_found, NEAR) == expected


def test_without_a_log_only_slips_are_told() -> None:
    assert did_you_mean(Understanding("防晒双"), 0) is None


def test_the_same_words_in_another_order_are_nothing_else() -> None:
    near = NearQueries([AskedQuery("ab ba", 9, 7, 0, 30), AskedQuery("防晒霜", 9, 7, 0, 30)])
    assert near.to("ba ab") == []
    assert near.to("防曬霜") == []  # the same in traditional characters
    assert did_you_mean(Understanding("BA  ab"), 0, near) is None
