"""Sums of impacts are BM25."""

from __future__ import annotations

import math

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.search.impacts import Impacts


def test_scores_by_hand() -> None:
    table = Impacts.of([{"oak": 1, "floor": 1}, {"oak": 2}, {"tile": 1}], k1=1.0, b=0.0)
    idf = math.log1p((3 - 2 + 0.5) / (2 + 0.5))
    assert table.scores(["oak"]).tolist() == pytest.approx([idf, idf * 4 / 3, 0])
    assert table.scores(["oak", "xyz"]).tolist() == table.scores(["oak"]).tolist()
    assert table.scores([]).tolist() == [0, 0, 0]


_DOCUMENT = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3), min_size=1, max_size=5)


@given(
    st.lists(_DOCUMENT, min_size=1, max_size=8), st.lists(st.sampled_from("abcdefg"), max_size=4)
)
def test_scores_are_those_of_the_formula(
    documents: list[dict[str, float]], query: list[str]
) -> None:
    k1, b = 0.9, 0.4
    table = Impacts.of(documents, k1=k1, b=b)
    mean = sum(sum(one.values()) for one in documents) / len(documents)
    for row, one in enumerate(documents):
        wanted = 0.0
        for term in query:
            df = sum(term in other for other in documents)
            idf = math.log1p((len(documents) - df + 0.5) / (df + 0.5))
            tf = one.get(term, 0)
            wanted += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * sum(one.values()) / mean))
        assert table.scores(query)[row] == pytest.approx(wanted, abs=1e-5)


@given(st.lists(_DOCUMENT, min_size=1, max_size=8), st.sampled_from("abcdef"))
def test_scores_are_those_of_another_implementation(
    documents: list[dict[str, float]], term: str
) -> None:
    other = bm25s.BM25(k1=1.5, b=0.5, method="lucene")
    other.index([[t for t in one for _ in range(int(one[t]))] for one in documents], show_progress=False)  # fmt: skip
    known = any(term in one for one in documents)
    wanted = other.get_scores([term]) if known else np.zeros(len(documents))
    own = Impacts.of(documents, k1=1.5, b=0.5).scores([term])
    ratio = 2.5  # bm25s leaves k1 + 1 out, which changes no order
    assert own == pytest.approx(wanted * ratio, abs=1e-5)


@given(st.lists(_DOCUMENT, min_size=1, max_size=8), st.lists(st.sampled_from("abcdef"), max_size=4))
def test_a_sum_of_queries_has_the_sum_of_scores(
    documents: list[dict[str, float]], query: list[str]
) -> None:
    table = Impacts.of(documents)
    apart = np.sum([table.scores([term]) for term in query], axis=0) if query else 0.0
    assert np.allclose(table.scores(query), apart, atol=1e-5)


def test_a_kept_table_is_the_same() -> None:
    table = Impacts.of([{"oak": 1, "棉": 2}, {"oak": 2}])
    opened = Impacts.from_arrays(table.arrays())
    assert opened.terms == table.terms
    assert opened.scores(["oak", "棉"]).tolist() == table.scores(["oak", "棉"]).tolist()
    assert opened.rarity("oak") == table.rarity("oak")


def test_documents_of_later_have_the_rarities_of_the_first() -> None:
    first = Impacts.of([{"oak": 1, "floor": 1}, {"oak": 2}, {"tile": 1}])
    later = Impacts.of([{"oak": 2}], like=first)
    assert later.scores(["oak"])[0] == pytest.approx(first.scores(["oak"])[1])
