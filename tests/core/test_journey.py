"""The way of one candidate through a run: hand-checkable numbers, and why it is not there."""

import numpy as np
import pytest

from tests.core.stages import Because, ById, Drop, EvenFirst, Fixed
from zhiyin.core import Kind, Pipeline, Query, Ref, StagePool, Stages
from zhiyin.core.journey import Check, Journey, Judgement, Move, Proposal
from zhiyin.core.recording import Recording
from zhiyin.core.shown import Shown


class Halves(ById):
    name = "halves"

    def parts(self, query, candidates):
        half = self.score(query, candidates) / 2
        return {"one": half, "other": half}


class Backwards:
    name = "backwards"

    def rerank(self, query, candidates, k):
        return np.arange(len(candidates))[::-1][:k]


STAGES = Stages(
    sources=[Fixed(range(6)), Fixed([9, 4], name="other")],
    filters=[Drop([5], is_hard=True), Drop([4], is_hard=False, name="seen")],
    scorers=[Halves()],
    rerankers=[EvenFirst()],
    explainers=[Because()],
)


@pytest.fixture
def follow():
    pool = StagePool()

    def run(stages, number, **asked):
        query, recording = Query(**asked), Recording()
        page = Pipeline(stages, pool).run(query, recording)
        return Journey.of_run(recording, query, page, Ref(Kind.ITEM, number))

    yield run
    pool.close()


def test_every_stage_s_numbers_are_told(follow):
    journey = follow(STAGES, 2, n=2)
    assert journey.proposals == (Proposal("fixed", 3, 6, -2.0), Proposal("other", None, 2, None))
    assert journey.checks == (Check("drop", True, True), Check("seen", False, True))
    assert journey.judgements == (Judgement("halves", 2.0, {"one": 1.0, "other": 1.0}),)
    # judged are 9 3 2 1 0, and 4 in reserve
    assert (journey.score, journey.rank, journey.of) == (2.0, 3, 5)
    assert journey.moves == (Move("even_first", 3, 1, 5),)
    assert journey.place == 1
    assert journey.shown.reasons[0].data["id"] == 2
    assert journey.verdict(2) == ("shown", None, {"place": 1})


@pytest.mark.parametrize(
    ("number", "n", "verdict"),
    [
        (7, 2, ("not_proposed", None, {})),
        (5, 2, ("filtered", "drop", {})),
        (4, 2, ("held_back", "seen", {})),
        (9, 2, ("left_out", "even_first", {"before": 1})),
        (0, 1, ("outscored", None, {"rank": 5, "of": 5})),
    ],
)
def test_what_is_not_shown_is_told_where_it_was_lost(follow, number, n, verdict):
    assert follow(STAGES, number, n=n).verdict(n) == verdict


def test_what_a_soft_filter_dropped_and_a_short_page_shows_is_shown(follow):
    journey = follow(STAGES, 4, n=6)
    assert journey.shown.is_backfill
    assert journey.verdict(6).kind == "shown"
    assert journey.rank is None


def test_a_move_off_the_page_names_the_re_ranker_and_one_back_again_does_not(follow):
    class Keeps(Backwards):
        name = "keeps"

        def rerank(self, query, candidates, k):
            return np.arange(k)

    moved = Stages(sources=[Fixed(range(6))], scorers=[ById()], rerankers=[Backwards(), Keeps()])
    assert follow(moved, 5, n=2).verdict(2) == ("moved", "backwards", {"before": 1, "after": 6})
    Twice = type("Twice", (Backwards,), {"name": "twice"})
    back = Stages(sources=[Fixed(range(6))], scorers=[ById()], rerankers=[Backwards(), Twice()])
    assert follow(back, 5, n=2).verdict(2).kind == "shown"


def test_what_an_earlier_page_showed_is_said_to_be_shown(follow):
    shown = Shown.of([Ref(Kind.ITEM, 3)])
    assert follow(STAGES, 3, n=2, shown=shown).verdict(2).kind == "shown_before"


def test_a_hard_filter_that_fails_is_named(follow):
    class Fails(Drop):
        def keep(self, query, candidates):
            raise ValueError

    stages = Stages(sources=[Fixed([1])], filters=[Fails([], is_hard=True, name="fails")])
    journey = follow(stages, 1)
    assert journey.checks == (Check("fails", True, None),)
    assert journey.verdict(10) == ("filter_failed", "fails", {})


def test_a_recording_changes_nothing_and_is_made_anew_for_every_run():
    pool, recording = StagePool(), Recording()
    pipeline = Pipeline(STAGES, pool)
    plain = pipeline.run(Query(n=3)).items
    assert pipeline.run(Query(n=3), recording).items == plain
    once = len(recording.answers)
    pipeline.run(Query(n=3), recording)
    pool.close()
    assert len(recording.answers) == once == 7
