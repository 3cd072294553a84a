"""A learned order gives out the scores of the weights for all shops, and is kept in a snapshot."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.search.hit_order import ORDER, HitOrder, order_of
from zhiyin.search.match import NAMES
from zhiyin.search.packed import packed
from zhiyin.search.relevance import Relevance

COVERED, MAKER = NAMES.index("covered"), NAMES.index("maker")


def hits(*rows: tuple[float, float]) -> np.ndarray:
    table = np.zeros((len(rows), len(NAMES)), np.float32)
    table[:, [COVERED, MAKER]] = np.reshape(rows, (-1, 2))
    return table


def test_the_order_is_the_learned_one_and_the_scale_that_of_the_default():
    shown = hits((1, 0), (0.5, 0.8), (0.2, 0))
    before = Relevance.default().scores(shown)
    after = HitOrder({"maker": 1.0, "covered": 0.1}).scores(shown)
    assert np.argsort(-after).tolist() == [1, 0, 2]
    assert sorted(after.tolist()) == sorted(before.tolist())


@given(st.lists(st.tuples(st.floats(0, 1, width=16), st.floats(0, 1, width=16)), max_size=20))
def test_what_the_learned_order_does_not_tell_apart_stands_as_without(rows):
    shown = hits(*rows)
    before = Relevance.default().scores(shown)
    assert np.array_equal(HitOrder({}).scores(shown), before)
    default = HitOrder.of(Relevance.default()).scores(shown)
    assert np.allclose(default, before, atol=1e-6)


def test_it_is_kept_and_left_out_where_matches_are_told_otherwise():
    order = HitOrder({"maker": 1.0})
    opened = order_of(order.arrays())
    assert isinstance(opened, HitOrder)
    assert opened.scores(hits((0, 1), (1, 0))).argmax() == 0
    assert isinstance(order_of({}), Relevance)
    other = {ORDER: packed({"names": ["another"], "weights": {"another": 1.0}, "trees": ""})}
    assert isinstance(order_of(other), Relevance)


def test_trees_order_too():
    pytest.importorskip("lightgbm")
    import lightgbm

    rng = np.random.default_rng(0)
    x = rng.random((400, len(NAMES) + 1))
    params = {"objective": "regression", "verbose": -1, "num_threads": 1}
    trees = lightgbm.train(params, lightgbm.Dataset(x, x[:, MAKER]), 20).model_to_string()
    order = order_of(HitOrder({}, trees).arrays())
    assert np.argsort(-order.scores(hits((1, 0), (0.2, 0.9), (0.4, 0.6)))).tolist() == [1, 2, 0]
