"""Whatever stages do, the pipeline never loses, invents or repeats a candidate."""

from functools import partial

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.stages import Drop, Fixed
from zhiyin.core import Candidates, Pipeline, Query, Reason, StagePool, Stages

POOL = StagePool(calls=4)


def _raise(error, *_):
    raise error


RAISES = st.sampled_from([ValueError("rogue"), KeyError("x"), SystemExit(3), MemoryError()])
GARBAGE = st.one_of(
    st.none(),
    st.text(max_size=3),
    st.lists(st.integers(), max_size=5),
    st.lists(st.floats(), max_size=8).map(np.array),
    st.lists(st.floats(width=32), max_size=8).map(lambda v: np.array(v, np.float32)),
    st.lists(st.booleans(), max_size=8).map(np.array),
    st.lists(st.integers(-20, 20), max_size=8).map(lambda v: np.array(v, np.int64)),
    st.just({"x": np.zeros(2)}),
    st.just({3: "y"}),
    st.just(Candidates.of([999] * 1)),
)
ANSWERS = st.one_of(GARBAGE.map(lambda v: lambda *_: v), RAISES.map(lambda e: partial(_raise, e)))
HONEST = st.sampled_from(
    [
        lambda query, found, *k: np.arange(len(found))[::-1][: k[0] if k else None],
        lambda query, found, *_: -found.ids.astype(np.float32),
        lambda query, found, *_: found.ids % 2 == 0,
        lambda query, found, *_: {"column": np.zeros(len(found))},
        lambda query, found, *_: [(Reason("r"),)] * len(found),
    ]
)


class Rogue:
    """Answers every question with the same strange thing."""

    is_hard = False

    def __init__(self, name, answer):
        self.name = name
        for verb in ("hydrate", "keep", "score", "rerank", "explain", "record", "hydrate_query"):
            setattr(self, verb, answer)


@st.composite
def rogues(draw):
    answers = draw(st.lists(st.one_of(ANSWERS, HONEST), max_size=3))
    return [Rogue(f"rogue{i}", answer) for i, answer in enumerate(answers)]


class RogueSource:
    name = "rogue_source"

    def __init__(self, answer):
        self.retrieve = answer


@given(
    ids=st.lists(st.integers(0, 30), unique=True, max_size=20),
    other=st.lists(st.integers(0, 30), unique=True, max_size=20),
    dropped=st.lists(st.integers(0, 30), max_size=5),
    seen=st.lists(st.integers(0, 30), max_size=5),
    n=st.integers(1, 12),
    source=ANSWERS,
    kinds=st.fixed_dictionaries(
        {
            kind: rogues()
            for kind in (
                "query_hydrators",
                "hydrators",
                "filters",
                "scorers",
                "rerankers",
                "explainers",
                "side_effects",
            )
        }
    ),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_stage_can_lose_invent_or_repeat_a_candidate(
    ids, other, dropped, seen, n, source, kinds
):
    honest = [Drop(dropped, is_hard=True), Drop(seen, is_hard=False, name="seen")]
    stages = Stages(
        sources=[Fixed(ids), Fixed(other, "other"), RogueSource(source)],
        **{**kinds, "filters": [*honest, *kinds["filters"]]},
    )
    page = Pipeline(stages, POOL, budget_ms=5_000).run(Query(n=n))
    shown = [item.ref.number for item in page.items]
    may_show = (set(ids) | set(other) | {999}) - set(dropped)
    assert len(shown) == len(set(shown))
    assert set(shown) <= may_show
    assert len(shown) in {min(n, len(may_show)), min(n, len(may_show - {999}))}
    names = {stage.name for stage in page.trace}
    assert {s.name for kind in kinds.values() for s in kind} <= names
    assert any(s.name == "rogue_source" for s in page.trace)


def test_an_answer_of_the_wrong_kind_is_broken_and_one_that_raises_failed():
    stages = Stages(
        sources=[Fixed([1, 2])],
        scorers=[
            Rogue("wrong", lambda *_: "high"),
            Rogue("raises", partial(_raise, ValueError("no"))),
        ],
    )
    page = Pipeline(stages, POOL).run(Query())
    assert [(s.name, s.status, s.note) for s in page.trace[1:]] == [
        ("wrong", "broken", "answered a str. Expected float32 (2,)."),
        ("raises", "failed", "ValueError: no"),
    ]


def test_a_hard_filter_that_fails_lets_nothing_pass():
    rogue = Rogue("consent", partial(_raise, ValueError("no")))
    rogue.is_hard = True
    page = Pipeline(Stages(sources=[Fixed([1, 2])], filters=[rogue]), POOL).run(Query())
    assert page.items == ()
    assert page.degraded
