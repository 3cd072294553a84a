"""A scorer that tells what it knew: the page carries the features of its own items, in their order."""

import numpy as np
import pytest

from tests.core.stages import ById, Drop, EvenFirst, Fixed
from zhiyin.core import Pipeline, Query, StagePool, Stages
from zhiyin.core.page import Features
from zhiyin.core.stages import Judged


@pytest.fixture
def pool():
    pool = StagePool(calls=2)
    yield pool
    pool.close()


class Knows:
    """Prefers higher numbers, and tells each number and its square."""

    name = "knows"

    def __init__(self, spoilt=lambda values: values):
        self.spoilt = spoilt

    def score(self, query, candidates):
        return self.judge(query, candidates).scores

    def judge(self, query, candidates):
        ids = candidates.ids.astype(np.float32)
        return Judged(ids, Features(("number", "square"), self.spoilt(np.stack([ids, ids**2], 1))))


def served(pool, *scorers, n=3, seen=None, **stages):
    class Records:
        name = "records"

        def record(self, query, page):
            seen.append(page)

    effects = [] if seen is None else [Records()]
    made = Stages(sources=[Fixed(range(6))], scorers=scorers, side_effects=effects, **stages)
    return Pipeline(made, pool).run(Query(n=n))


def test_rows_follow_their_items_through_filters_rerankers_and_backfill(pool):
    seen = []
    stages = {"filters": [Drop([5], is_hard=True), Drop([4], is_hard=False, name="soft")]}
    page = served(pool, Knows(), n=5, seen=seen, rerankers=[EvenFirst()], **stages)
    assert [item.ref.number for item in page.items] == [2, 0, 3, 1, 4]
    assert page.features.names == ("number", "square")
    assert page.features.values.tolist() == [[2, 4], [0, 0], [3, 9], [1, 1], [4, 16]]
    assert seen[0].features.values.tolist() == page.features.values.tolist()


def test_the_first_that_tells_is_heard_and_scores_of_all_are_added(pool):
    page = served(pool, ById(), Knows())
    assert [item.score for item in page.items] == [10, 8, 6]
    assert page.features.values[:, 0].tolist() == [5, 4, 3]


def test_a_page_without_such_a_scorer_has_no_features(pool):
    assert served(pool, ById()).features is None


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda values: values[1:],
        lambda values: values[:, :1],
        lambda values: values.astype(np.float64),
        lambda values: values.tolist(),
    ],
)
def test_features_of_another_shape_or_type_are_not_used(pool, spoilt):
    page = served(pool, Knows(spoilt))
    assert page.degraded
    assert page.features is None
    assert page.trace[1].status == "broken"
