import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.core import Candidates, Kind, Query
from zhiyin.portraits.live_posts import LivePosts
from zhiyin.portraits.post_table import PostTable
from zhiyin.reranking.feed_mix import FeedMix


def table(author, item, polarity):
    n = len(author)
    zeros = np.zeros(n, np.int32)
    posts = PostTable(
        np.array(author, np.int64), np.array(item, np.int64), np.ones(n, bool), np.array(polarity, np.float32),
        np.zeros(n, np.int64), zeros, zeros, sparse.csr_array((n, 0), dtype=np.float32), np.empty(0, np.str_),
    )  # fmt: skip
    return LivePosts(posts)


def candidates(*refs):
    kinds, ids = zip(*refs, strict=True)
    scores = -np.arange(len(ids), dtype=np.float32)
    return Candidates(np.array(ids, np.int64), np.array(kinds, np.uint8), scores)


def mixed(table, found, k, **options):
    chosen = FeedMix(FeedMix.Config(**options), table).rerank(Query(), found, k)
    refs = found.refs()
    return [(refs[at].kind.name.lower(), refs[at].number) for at in chosen]


GOODS = [(Kind.ITEM, n) for n in range(20)]


def test_kinds_come_by_turns_whatever_their_scores():
    posts = table(range(9), [-1] * 9, [0] * 9)
    found = candidates(
        *GOODS, *((Kind.POST, n) for n in range(9)), *((Kind.PERSON, n) for n in range(9))
    )
    page = mixed(posts, found, 10)
    kinds = [kind for kind, _ in page]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"item": 5, "post": 4, "person": 1}
    assert set(kinds[:4]) >= {"item", "post"}
    assert [n for kind, n in page if kind == "post"] == [0, 1, 2, 3]


def test_places_are_a_kind_of_their_own():
    query = Query().with_fields({"near_item": np.array([19])})
    found = candidates(*GOODS)
    assert 19 in FeedMix(FeedMix.Config(), table([], [], [])).rerank(query, found, 10)
    assert 19 not in FeedMix(FeedMix.Config(), table([], [], [])).rerank(Query(), found, 10)


def test_nobody_fills_the_page_with_posts():
    posts = table([1, 1, 1, 1, 2], [-1] * 5, [0] * 5)
    found = candidates(*((Kind.POST, n) for n in range(5)))
    assert mixed(posts, found, 5) == [("post", 0), ("post", 1), ("post", 4)]
    assert len(mixed(posts, found, 5, repeats=4)) == 5


@pytest.mark.parametrize(("about", "last"), [(0, 3), (77, 1)])
def test_a_critical_post_of_an_item_shown_takes_the_place_of_the_last_post(about, last):
    posts = table([1, 2, 3, 4], [5, 5, 6, about], [0.9, 0.9, 0.9, -0.9])
    found = candidates(*GOODS[:4], *((Kind.POST, n) for n in range(4)))
    page = mixed(posts, found, 4, goods=0.5, posts=0.5)
    assert [n for kind, n in page if kind == "post"] == [0, last]


def test_a_page_that_has_a_critical_post_stays_as_it_is():
    posts = table([1, 2, 3], [0, 0, 0], [-0.9, 0.9, -0.9])
    found = candidates(*GOODS[:4], *((Kind.POST, n) for n in range(3)))
    page = mixed(posts, found, 4, goods=0.5, posts=0.5)
    assert [n for kind, n in page if kind == "post"] == [0, 1]


refs = st.sets(st.tuples(st.sampled_from(list(Kind)), st.integers(0, 9)), min_size=1).map(list)


@settings(deadline=None, max_examples=25)
@given(
    refs, st.integers(0, 12), st.lists(st.sampled_from([-0.9, 0.0, 0.9]), min_size=8, max_size=8)
)
def test_nothing_comes_twice_and_the_page_is_full_unless_authors_are(found, k, polarity):
    posts = table([0, 1, 2, 3] * 2, [0, 1, 2, 3, 0, 1, 2, 3], polarity)
    page = mixed(posts, candidates(*found), k, repeats=9)
    assert len(set(page)) == len(page) == min(k, len(found))
    assert set(page) <= {(kind.name.lower(), n) for kind, n in found}
