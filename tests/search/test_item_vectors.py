"""Who is near, with a graph and without."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from zhiyin.language.embedder import unit_rows
from zhiyin.search.item_vectors import ItemVectors


def _clustered(n: int, rng: np.random.Generator) -> NDArray[np.float32]:
    middles = rng.standard_normal((40, 32))
    return unit_rows(middles[rng.integers(0, 40, n)] + 0.7 * rng.standard_normal((n, 32)))


@pytest.mark.parametrize("share", [1.0, 0.3, 0.05, 0.001])
def test_a_filter_does_not_break_recall(share: float) -> None:
    pytest.importorskip("faiss")
    rng = np.random.default_rng(0)
    vectors = _clustered(8_000, rng)
    graph = ItemVectors(vectors, exact=1_000)
    may = rng.random(8_000) < share if share < 1 else None
    allowed = np.ones(8_000, bool) if may is None else may
    hits = []
    for query in _clustered(50, rng):
        wanted = np.argsort(-np.where(allowed, vectors @ query, -2))[: min(10, allowed.sum())]
        near = np.where(allowed, graph.near(query, may), -2)
        hits.append(np.isin(wanted, np.argsort(-near)[:10]).mean())
    assert np.mean(hits) >= 0.95


def test_a_kept_graph_answers_alike() -> None:
    pytest.importorskip("faiss")
    vectors = _clustered(2_000, np.random.default_rng(1))
    made = ItemVectors(vectors, exact=100)
    opened = ItemVectors(vectors, made.arrays()["graph"], exact=100)
    assert made.near(vectors[0]).tolist() == opened.near(vectors[0]).tolist()
    assert np.count_nonzero(made.near(vectors[0])) <= 300


def test_few_are_all_compared() -> None:
    vectors = _clustered(20, np.random.default_rng(2))
    assert np.allclose(ItemVectors(vectors).near(vectors[3]), vectors @ vectors[3])
