"""Related items: by people first, by text where people are wanting."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.portraits import related
from zhiyin.portraits.related import related_items


def test_those_chosen_together_go_first_and_a_cold_item_has_its_text():
    chosen = np.zeros((8, 5), np.float32)
    chosen[:4, [0, 1]] = 1  # four people chose both
    chosen[4:, 2] = 1
    chosen[0, 2] = 1
    near = np.float32(np.sqrt(0.5))
    vectors = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [near, 0, near], [0, 0, 0]], np.float32)
    found = related_items(sparse.csr_array(chosen), vectors, most=3)
    assert found[0].tolist() == [1, 2, 3], "by people, by fewer people, by text"
    assert sorted(found[3].tolist()) == [-1, 0, 2], "nobody chose it: the two its text is near to"
    assert found[4].tolist() == [-1, -1, -1], "neither text nor people"


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_nothing_is_related_to_itself_or_named_twice_whatever_the_blocks(seed, most):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 15))
    chosen = sparse.csr_array((rng.random((6, n)) < 0.3).astype(np.float32))
    vectors = rng.normal(size=(n, 4)).astype(np.float32) * (rng.random((n, 1)) < 0.8)
    found = related_items(chosen, vectors, most)
    assert found.shape == (n, most)
    for item, row in enumerate(found.tolist()):
        known = [one for one in row if one >= 0]
        assert row == known + [-1] * (most - len(known))
        assert item not in known
        assert len(set(known)) == len(known)
    whole, related._CELLS = related._CELLS, 1
    try:
        assert (related_items(chosen, vectors, most) == found).all()
    finally:
        related._CELLS = whole
