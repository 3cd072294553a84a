from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin import Query
from zhiyin.core import Candidates, Item, Kind
from zhiyin.reranking.caps import Caps, capped
from zhiyin.store.catalogue import Catalogue
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


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


@pytest.fixture
def catalogue(tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        items = [Item(f"{n}", attributes={"author": "x" if n < 3 else f"{n}"}) for n in range(6)]
        store.write("items", frame(items))
        yield Catalogue(store)


def test_authors_have_a_cap_where_it_is_asked_for(catalogue):
    def chosen(**options):
        part = Caps(Caps.Config(**options), catalogue)
        return part.rerank(Query(n=4), Candidates.of(range(6)), 4).tolist()

    assert chosen() == [0, 1, 2, 3]
    assert chosen(author=0.25) == [0, 3, 4, 5]


def test_a_post_is_not_taken_for_the_item_of_its_number(catalogue):
    part = Caps(Caps.Config(author=0.25), catalogue)
    posts = Candidates.of(range(6), kind=Kind.POST)
    assert part.rerank(Query(n=4), posts, 4).tolist() == [0, 1, 2, 3]


def test_before_other_re_rankers_the_page_is_capped_and_nothing_is_lost(catalogue):
    part = Caps(Caps.Config(author=0.25), catalogue)
    assert part.rerank(Query(n=4), Candidates.of(range(6)), 6).tolist() == [0, 3, 4, 5, 1, 2]
    assert part.rerank(Query(n=9), Candidates.of(range(6)), 6).tolist() == [0, 1, 3, 4, 5, 2]
