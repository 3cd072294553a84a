"""What is bought together: the formula by hand, and substitutes kept out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.core import NO_TIME
from zhiyin.portraits.sums import DAY_US
from zhiyin.portraits.together import Together


def of(baskets, n_items, **more):
    person = np.concatenate([np.full(len(items), who) for who, items in enumerate(baskets)])
    items = np.concatenate([np.array(items, np.int64) for items in baskets])
    return Together.of(person, items, np.full(items.size, DAY_US), n_items, **more)


def test_the_shrunk_cosine_of_baskets_where_it_is_more_than_chance():
    found = of([[0, 1]] * 3 + [[0, 2]] + [[2, 3]] * 6, 4)
    # 3 / (sqrt(4 · 3) + 10); 0 and 2 share one basket of ten, where 4 · 7 / 10 were to be expected
    assert found.pairs[0, 1] == pytest.approx(3 / (12**0.5 + 10))
    assert found.pairs[0, 2] == 0
    assert found.scores(np.array([0, 2])).nonzero()[0].tolist() == [1, 3]


def test_a_day_is_a_basket_and_without_a_time_there_is_none():
    item = np.array([0, 1, 0, 1])
    person = np.array([0, 0, 1, 1])
    other = np.array([2, 3])
    rest = np.concatenate([person, [5, 6]]), np.concatenate([item, other])
    same = Together.of(*rest, np.array([5, 9, 5, 9, 5, 5]), 4)
    days = Together.of(*rest, np.array([5, 5 + DAY_US, 5, 5 + DAY_US, 5, 5]), 4)
    undated = Together.of(*rest, np.full(6, NO_TIME), 4)
    assert (same.pairs.nnz, days.pairs.nnz, undated.pairs.nnz) == (2, 0, 0)


def test_what_stands_in_for_an_item_is_left_out():
    """0 and 1 are two teas that the same ten people like, but seldom buy at once; 2 is a pot."""
    baskets = [[0, 2]] * 37 + [[1, 2]] * 37 + [[0, 1]] * 3 + [[3]] * 1000  # 3 / 40 at once
    chosen = np.zeros((10, 4), np.float32)
    chosen[:, :2] = 1
    beside = {
        "chosen": sparse.csr_array(chosen),
        "vectors": np.array([[1, 0], [0.8, 0.6], [0, 1], [1, 0]]),
    }
    teas = np.array([0, 0, 1, -1])
    all_of_it = of(baskets, 4)
    assert all_of_it.pairs[0, 1] > 0
    kept = of(baskets, 4, category=teas, **beside)
    assert kept.pairs[0, 1] == kept.pairs[1, 0] == 0
    assert kept.pairs[0, 2] == all_of_it.pairs[0, 2]
    apart = of(baskets, 4, category=np.arange(4), **beside)
    assert apart.pairs[0, 1] > 0, "of two categories, nothing stands in"


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_pairs_are_mutual_and_a_snapshot_holds_them(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 12))
    found = Together.of(
        rng.integers(0, 6, 40), rng.integers(0, n, 40), DAY_US * rng.integers(0, 4, 40), n
    )
    dense = found.pairs.toarray()
    np.testing.assert_allclose(dense, dense.T, rtol=1e-6)
    assert not dense.diagonal().any()
    opened = Together.from_arrays(found.arrays())
    asked = rng.integers(0, n + 3, 3)
    assert (opened.scores(asked) == found.scores(asked)).all()
    known = np.unique(asked[asked < n])
    assert not found.scores(asked)[known].any()
