"""NDCG of graded lists, against numbers worked out by hand."""

import numpy as np
import pytest

from zhiyin.evaluation.graded import graded_ndcg, ndcg_of_order


def test_by_hand():
    query = np.array([0, 0, 0, 1, 1])
    gains = np.array([0.0, 0.5, 1.0, 0.0, 0.0])
    found = graded_ndcg(query, gains, np.array([3.0, 2.0, 1.0, 1.0, 2.0]), 10)
    best = 1 + 0.5 / np.log2(3)
    assert found[0] == pytest.approx((0.5 / np.log2(3) + 0.5) / best)
    assert np.isnan(found[1])
    assert graded_ndcg(query, gains, gains, 10)[0] == 1
    assert graded_ndcg(query, gains, -gains, 1)[0] == 0


def test_ndcg_of_one_order_by_hand() -> None:
    gain = np.array([1.0, 0.5, 0.0])
    assert ndcg_of_order(np.array([0, 1, 2]), gain, 10) == pytest.approx(1)
    best = 1 + 0.5 / np.log2(3)
    assert ndcg_of_order(np.array([1, 0, 2]), gain, 10) == pytest.approx(
        (0.5 + 1 / np.log2(3)) / best
    )
    assert ndcg_of_order(np.array([2]), gain, 10) == 0
    assert np.isnan(ndcg_of_order(np.array([0]), np.zeros(1), 10))
