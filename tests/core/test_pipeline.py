import threading
import time

import numpy as np
import pytest

from tests.core.stages import Because, ById, Drop, EvenFirst, Fixed
from zhiyin.core import Pipeline, Query, StagePool, Stages
from zhiyin.errors import SettingsError


@pytest.fixture
def pool():
    pool = StagePool(calls=2)
    yield pool
    pool.close()


def ids(page):
    return [item.ref.number for item in page.items]


def test_the_stages_run_in_order_and_the_trace_names_each(pool):
    stages = Stages(
        sources=[Fixed(range(6))],
        filters=[Drop([4], is_hard=True)],
        scorers=[ById()],
        rerankers=[EvenFirst()],
        explainers=[Because()],
    )
    page = Pipeline(stages, pool).run(Query(n=2))
    assert ids(page) == [2, 0]
    assert [item.reasons[0].data["id"] for item in page.items] == [2, 0]
    assert [stage.name for stage in page.trace] == [
        "fixed",
        "drop",
        "by_id",
        "even_first",
        "because",
    ]
    assert not page.degraded


def test_a_short_list_is_filled_from_the_reserve_and_never_with_what_a_hard_filter_dropped(pool):
    stages = Stages(
        sources=[Fixed(range(6))],
        filters=[Drop([5], is_hard=True), Drop([0, 2], is_hard=False, name="seen")],
        scorers=[ById()],
        rerankers=[EvenFirst()],
        explainers=[Because()],
    )
    page = Pipeline(stages, pool).run(Query(n=10))
    assert ids(page) == [4, 3, 1, 2, 0]  # even, then left out, then soft-dropped
    assert [item.is_backfill for item in page.items] == [False, True, True, True, True]
    assert [item.reasons[0].kind for item in page.items] == ["because"] * 3 + ["again"] * 2


class Hangs(Fixed):
    def __init__(self, until, name="hangs"):
        super().__init__([90, 91], name)
        self.until = until

    def retrieve(self, query, limit):
        self.until.wait(20)
        return super().retrieve(query, limit)


def test_a_late_source_is_named_and_the_page_is_served_in_time(pool):
    until = threading.Event()
    pipeline = Pipeline(Stages(sources=[Fixed([1, 2]), Hangs(until)]), pool, budget_ms=600)
    started = time.perf_counter()
    page = pipeline.run(Query())
    took = time.perf_counter() - started
    until.set()
    assert ids(page) == [1, 2]
    assert page.degraded
    assert [(s.name, s.status) for s in page.trace] == [("fixed", "ok"), ("hangs", "late")]
    assert took < 10


def test_the_circuit_opens_after_as_many_late_calls_as_lanes_and_closes_when_they_end(pool):
    until = threading.Event()
    pipeline = Pipeline(Stages(sources=[Fixed([1]), Hangs(until)]), pool, budget_ms=300)
    statuses = [pipeline.run(Query()).trace[1].status for _ in range(4)]
    assert statuses == ["late", "late", "open", "open"]
    until.set()
    for _ in range(200):
        page = pipeline.run(Query())
        if not page.degraded:
            break
        time.sleep(0.01)
    assert ids(page) == [1, 90, 91] or ids(page) == [90, 1, 91]


def test_one_hanging_stage_does_not_hold_up_another(pool):
    until = threading.Event()
    hanging = Pipeline(Stages(sources=[Hangs(until)]), pool, budget_ms=200)
    for _ in range(3):
        hanging.run(Query())
    page = Pipeline(Stages(sources=[Fixed([1])]), pool).run(Query())
    until.set()
    assert ids(page) == [1]
    assert not page.degraded


def test_without_a_working_scorer_the_order_of_the_sources_stands(pool):
    class Broken:
        name = "broken"

        def score(self, query, candidates):
            return np.full(len(candidates), np.nan, np.float32)

    page = Pipeline(Stages(sources=[Fixed([7, 3, 5])], scorers=[Broken()]), pool).run(Query())
    assert ids(page) == [7, 3, 5]
    assert page.trace[1].status == "broken"


def test_scores_of_several_scorers_are_added(pool):
    class Opposite(ById):
        name = "opposite"

        def score(self, query, candidates):
            return -2 * super().score(query, candidates)

    page = Pipeline(Stages(sources=[Fixed([1, 2])], scorers=[ById(), Opposite()]), pool).run(
        Query()
    )
    assert [(i.ref.number, i.score) for i in page.items] == [(1, -1.0), (2, -2.0)]


def test_the_trace_says_how_many_came_and_how_many_were_left(pool):
    stages = Stages(
        sources=[Fixed(range(6))],
        filters=[Drop([4, 5], is_hard=True)],
        scorers=[ById()],
        rerankers=[EvenFirst()],
    )
    trace = Pipeline(stages, pool).run(Query(n=2)).trace
    assert [(s.name, s.n_in, s.n_out) for s in trace] == [
        ("fixed", 0, 6),
        ("drop", 6, 4),
        ("by_id", 4, 4),
        ("even_first", 4, 2),
    ]


def test_a_long_page_asks_its_sources_for_more(pool):
    page = Pipeline(Stages(sources=[Fixed(range(400))]), pool, candidates_per_source=50).run(
        Query(n=300)
    )
    assert len(page.items) == 300


def test_two_stages_of_one_kind_need_two_names(pool):
    with pytest.raises(SettingsError, match="different name"):
        Pipeline(Stages(sources=[Fixed([1]), Fixed([2])]), pool)


def test_query_hydrators_give_what_later_stages_read(pool):
    class Knows:
        name = "knows"

        def hydrate_query(self, query):
            return {"favourite": np.array([2])}

    class Likes:
        name = "likes"

        def score(self, query, candidates):
            return np.isin(candidates.ids, query.fields["favourite"]).astype(np.float32)

    stages = Stages(query_hydrators=[Knows()], sources=[Fixed([1, 2, 3])], scorers=[Likes()])
    assert ids(Pipeline(stages, pool).run(Query())) == [2, 1, 3]
