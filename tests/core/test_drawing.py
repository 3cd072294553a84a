"""A re-ranker that draws tells its chances, and they reach the page."""

import numpy as np
import pytest

from tests.core.stages import ById, Drop, Fixed
from zhiyin.core import Drawn, Pipeline, Query, StagePool, Stages


@pytest.fixture
def pool():
    pool = StagePool(calls=2)
    yield pool
    pool.close()


class Draws:
    def __init__(self, positions, chances, name="draws"):
        self.name = name
        self.drawn = Drawn(np.array(positions), np.array(chances))

    def draw(self, query, candidates, k):
        return self.drawn

    def rerank(self, query, candidates, k):
        return self.drawn.positions


class Backwards:
    name = "backwards"

    def rerank(self, query, candidates, k):
        return np.arange(len(candidates))[::-1][:k]


def served(pool, *rerankers, n=3, filters=()):
    stages = Stages(
        sources=[Fixed(range(4))], filters=filters, scorers=[ById()], rerankers=rerankers
    )
    return Pipeline(stages, pool).run(Query(n=n))


def told(page):
    return [(item.ref.number, item.propensity) for item in page.items]


def test_the_chances_are_on_the_page(pool):
    page = served(pool, Draws([0, 3, 1], [1.0, 0.25, 0.5]))
    assert told(page) == [(3, 1.0), (0, 0.25), (2, 0.5)]
    assert page.trace[-1].n_out == 3


def test_nothing_is_told_where_nothing_was_drawn(pool):
    assert told(served(pool, Backwards())) == [(0, None), (1, None), (2, None)]


def test_chances_of_stages_multiply_and_follow_their_items(pool):
    first = Draws([0, 3, 1, 2], [1.0, 0.25, 0.5, 1.0], "first")
    second = Draws([0, 1, 2], [1.0, 1.0, 0.5], "second")
    assert told(served(pool, first, Backwards(), second)) == [(1, 1.0), (2, 0.5), (0, 0.125)]


def test_what_fills_the_page_up_is_certain(pool):
    page = served(pool, Draws([1], [0.5]), filters=[Drop([0], is_hard=False)])
    assert told(page) == [(2, 0.5), (3, 1.0), (1, 1.0)]


@pytest.mark.parametrize("chances", [[1.0, 0.0], [1.0, 1.5], [1.0], [1.0, np.nan]])
def test_wrong_chances_are_not_used(pool, chances):
    page = served(pool, Draws([1, 0], chances))
    assert page.degraded
    assert told(page) == [(3, None), (2, None), (1, None)]
