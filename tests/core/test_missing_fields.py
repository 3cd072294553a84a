"""Stages that need what an earlier one did not give are left out; what matters most may be given in brief."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from tests.core.stages import ById, Fixed
from zhiyin.core import Candidates, Page, Pipeline, Query, StagePool, Stages
from zhiyin.errors import MissingField


@pytest.fixture
def pool() -> Iterator[StagePool]:
    pool = StagePool()
    yield pool
    pool.close()


class Raises:
    """Knows what the person turned down and what suits, and never gets as far as saying so."""

    name = "raises"

    def hydrate_query(self, query: Query) -> Mapping[str, np.ndarray]:
        raise RuntimeError("too much")


class InBrief(Raises):
    """Still says what was turned down."""

    name = "in_brief"

    def brief(self, query: Query) -> Mapping[str, np.ndarray]:
        return {"against": np.array([2])}


class Hangs(InBrief):
    """Is late, and says in brief what was turned down."""

    name = "hangs"

    def __init__(self) -> None:
        self.over = threading.Event()

    def hydrate_query(self, query: Query) -> Mapping[str, np.ndarray]:
        self.over.wait(10)
        return {}


class Suiting:
    name = "suiting"

    def retrieve(self, query: Query, limit: int) -> Candidates:
        return Candidates.of(query.fields["suits"], source=self.name)


class Against:
    name = "against"
    is_hard = True

    def keep(self, query: Query, candidates: Candidates) -> np.ndarray:
        return ~candidates.are_items_of(query.fields["against"])


class ByColumn:
    name = "by_column"

    def score(self, query: Query, candidates: Candidates) -> Any:
        return candidates.fields["column"]


def made(pool: StagePool, *hydrators: Any, scorers: Any = ()) -> Page:
    stages = Stages(
        query_hydrators=hydrators,
        sources=[Suiting(), Fixed([1, 2, 3])],
        filters=[Against()],
        scorers=scorers,
    )
    return Pipeline(stages, pool, budget_ms=2_000).run(Query())


def told(page: Page) -> dict[str, tuple[str, str]]:
    return {f"{s.stage}/{s.name}": (s.status, s.note) for s in page.trace if s.status != "ok"}


def test_who_needs_what_is_missing_is_skipped_and_the_trace_says_for_want_of_what(
    pool: StagePool,
) -> None:
    page = made(pool, Raises())
    assert told(page) == {
        "query_hydrators/raises": ("failed", "RuntimeError: too much"),
        "sources/suiting": ("skipped", "needs suits, which query_hydrators/raises did not give"),
        "filters/against": ("skipped", "needs against, which query_hydrators/raises did not give"),
    }
    assert page.items == ()  # a hard filter that cannot know lets nothing pass


def test_what_is_given_in_brief_lets_a_hard_filter_do_its_part(pool: StagePool) -> None:
    page = made(pool, InBrief())
    assert [item.ref.number for item in page.items] == [1, 3]
    assert page.degraded
    assert [(s.stage, s.name, s.status) for s in page.trace] == [
        ("query_hydrators", "in_brief", "failed"),
        ("briefs", "in_brief", "ok"),
        ("sources", "suiting", "skipped"),
        ("sources", "fixed", "ok"),
        ("filters", "against", "ok"),
    ]


def test_a_late_one_is_asked_in_brief_and_has_time_to_answer(pool: StagePool) -> None:
    hangs = Hangs()
    page = made(pool, hangs)
    hangs.over.set()
    assert [item.ref.number for item in page.items] == [1, 3]
    assert [status for status, _ in told(page).values()] == ["late", "skipped"]


def test_a_brief_that_fails_too_shows_nothing(pool: StagePool) -> None:
    class Fails(InBrief):
        def brief(self, query: Query) -> Mapping[str, np.ndarray]:
            raise OSError("no store")

    page = made(pool, Fails())
    assert page.items == ()
    assert told(page)["briefs/in_brief"] == ("failed", "OSError: no store")


def test_who_answers_in_full_is_not_asked_in_brief(pool: StagePool) -> None:
    class Answers(InBrief):
        def hydrate_query(self, query: Query) -> Mapping[str, np.ndarray]:
            return {"against": np.array([3]), "suits": np.array([7])}

    page = made(pool, Answers())
    assert not page.degraded
    assert {item.ref.number for item in page.items} == {1, 2, 7}


def test_a_column_that_nothing_gives_is_a_fault_of_the_pipeline_itself(pool: StagePool) -> None:
    page = Pipeline(Stages(sources=[Fixed([1])], scorers=[ByColumn(), ById()]), pool).run(Query())
    assert told(page) == {
        "scorers/by_column": ("failed", "needs column, which no stage before it gives")
    }
    assert [item.score for item in page.items] == [1.0]


def test_one_line_of_the_log_tells_of_a_fault_and_of_what_was_skipped_for_it(
    pool: StagePool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        made(pool, InBrief(), scorers=[ById()])
    assert [record.getMessage() for record in caplog.records] == [
        "query_hydrators/in_brief is failed: RuntimeError: too much; skipped for it: sources/suiting"
    ]


def test_fields_tell_what_is_missing_and_are_mappings_otherwise() -> None:
    for fields in (Query().fields, Query().with_fields({}).fields, Candidates.of([1]).fields):
        assert fields.get("affinity") is None
        assert "affinity" not in fields
        with pytest.raises(MissingField) as raised:
            fields["affinity"]
        assert isinstance(raised.value, KeyError)
        assert raised.value.field == "affinity"
        assert "zhiyin parts" in str(raised.value)
    column = {"a": np.array([1.0, 2.0])}
    found = Candidates.of([1, 2]).with_fields(column).take(np.array([1]))
    assert found.fields["a"].tolist() == [2.0]
    with pytest.raises(MissingField):
        found.with_scores(found.scores).fields["b"]
