from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.reranking.caps import capped


def test_a_full_group_is_passed_over():
    groups = np.array([1, 1, 1, 2, -1, 1])
    assert capped(((groups, 2),), 6, 4).tolist() == [0, 1, 3, 4]


def test_both_groups_count():
    category, brand = np.array([0, 0, 1, 1]), np.array([5, 6, 5, 7])
    assert capped(((category, 1), (brand, 1)), 4, 4).tolist() == [0, 3]


@given(
    groups=st.lists(st.integers(-1, 4), max_size=40),
    cap=st.integers(1, 5),
    k=st.integers(0, 20),
)
def test_no_group_is_over_its_cap_and_order_is_kept(groups, cap, k):
    numbers = np.array(groups, np.int64)
    chosen = capped(((numbers, cap),), len(groups), k)
    assert len(chosen) <= k
    assert (np.diff(chosen) > 0).all()
    counts = Counter(g for g in numbers[chosen].tolist() if g >= 0)
    assert all(count <= cap for count in counts.values())
    if len(chosen) < k:  # whatever is left out belongs to a full group
        left = set(range(len(groups))) - set(chosen.tolist())
        assert all(counts[groups[position]] == cap for position in left)
