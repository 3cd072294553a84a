import numpy as np

from zhiyin.core import Candidates, Query
from zhiyin.retrieval.alike import best
from zhiyin.retrieval.popular import Popular


def test_the_best_are_the_highest_positive_scores_outside_the_row():
    scores = np.array([0.1, 0.9, -0.2, 0.5, 0.0, 0.7], np.float32)
    found = best(scores, np.array([1, 99]), limit=2)
    assert sorted(found.ids.tolist()) == [3, 5]
    assert best(scores, np.array([], np.int64), limit=50).ids.tolist() == [0, 1, 3, 5]
    assert scores[1] == np.float32(0.9)


def test_the_best_are_those_of_a_sort_whatever_the_size_and_the_ties():
    rng = np.random.default_rng(0)
    for n in (3, 20, 39, 40, 41, 1000):
        for levels in (3, 10**6):
            scores = (rng.integers(-levels, levels, n) / levels).astype(np.float32)
            order = np.lexsort((np.arange(n), -scores))[:20]
            expected = order[scores[order] > 0]
            found = best(scores, np.array([], np.int64), limit=20)
            assert sorted(found.ids.tolist()) == sorted(expected.tolist())


def test_popular_items_come_in_order_and_equals_by_number():
    source = Popular(np.array([2, 0, 5, 2], np.float32))
    assert source.retrieve(Query(), 10).ids.tolist() == [2, 0, 3]
    assert source.retrieve(Query(), 1).ids.tolist() == [2]


def test_seen_and_disliked_look_at_items_only():
    from zhiyin.core import Kind
    from zhiyin.retrieval.disliked import Disliked
    from zhiyin.retrieval.seen import Seen

    query = Query().with_fields({"had": np.array([4]), "against": np.array([5])})
    items, posts = Candidates.of([4, 5, 6]), Candidates.of([4, 5, 6], kind=Kind.POST)
    assert Seen().keep(query, items).tolist() == [False, True, True]
    assert Disliked().keep(query, items).tolist() == [True, False, True]
    assert Seen().keep(query, posts).all()
    assert Disliked().is_hard
    assert not Seen().is_hard
