"""Every registered stage, by enumeration, does what its kind of stage promises, whoever asks."""

from dataclasses import replace

import numpy as np
import pytest

from tests.conftest import plays
from zhiyin import Query, Shop, registry
from zhiyin.core import Briefing, Candidates, Stages, contracts
from zhiyin.settings import PipelineSettings
from zhiyin.surfaces import Surfaces

STAGES = [
    (family, name) for family in Stages.__dataclass_fields__ for name in registry.parts(family)
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with Shop.open(tmp_path_factory.mktemp("contract")) as shop:
        shop.record(
            plays({f"p{i}": " ".join(f"i{(i * k) % 11}" for k in range(5)) for i in range(9)})
        )
        shop.train()
        shop.record(plays({"later": "i1 only-later"}))
        yield shop


@pytest.fixture(params=["known", "unknown", "newer than the training"])
def query(request, shop):
    from zhiyin.core import Kind

    user = {"known": "p3", "unknown": "nobody", "newer than the training": "later"}[request.param]
    return Query(person=shop.store.number(Kind.PERSON, user), n=5)


def part(shop, family, name):
    """Return the part as the shop's own pipeline makes it."""
    made_of = PipelineSettings(
        **{f: [] for f in Stages.__dataclass_fields__} | {family: [{"type": name}]}
    )
    settings = shop.settings.model_copy(update={"pipelines": {"contract": made_of}})
    pipeline = Surfaces(settings, shop._pool).pipeline("contract", shop._serving.services)
    return getattr(pipeline._stages, family)[0]


def prepared(shop, query):
    """Return the query and candidates as they reach a stage, one of them newer than the training."""
    for name in registry.parts("query_hydrators"):
        query = query.with_fields(part(shop, "query_hydrators", name).hydrate_query(query))
    found = Candidates.of([0, 3, 5, 7, 11], source="some")
    signals = part(shop, "hydrators", "signals")
    found = found.with_fields(signals.hydrate(query, found))
    return query, found.with_scores(part(shop, "scorers", "blend").score(query, found))


CHECKS = {
    "query_hydrators": lambda stage, q, c: contracts.columns(stage.hydrate_query(q)),
    "sources": lambda stage, q, c: contracts.retrieved(stage.retrieve(q, 4), 4),
    "hydrators": lambda stage, q, c: contracts.columns(stage.hydrate(q, c), len(c)),
    "filters": lambda stage, q, c: contracts.mask(stage.keep(q, c), len(c)),
    "scorers": lambda stage, q, c: contracts.scores(stage.score(q, c), len(c)),
    "rerankers": lambda stage, q, c: contracts.positions(stage.rerank(q, c, 3), len(c), 3),
    "explainers": lambda stage, q, c: contracts.reasons(stage.explain(q, c), len(c)),
}


@pytest.mark.parametrize(("family", "name"), STAGES)
def test_it_keeps_its_contract(shop, query, family, name):
    if family not in CHECKS:
        pytest.skip("a side effect answers nothing")
    stage = part(shop, family, name)
    query, found = prepared(shop, query)
    CHECKS[family](stage, query, found)
    CHECKS[family](stage, query, found.take(np.empty(0, np.int64)))


@pytest.mark.parametrize("name", registry.parts("query_hydrators"))
def test_what_it_tells_in_brief_it_tells_in_full(shop, query, name):
    stage = part(shop, "query_hydrators", name)
    if not isinstance(stage, Briefing):
        pytest.skip("it has no brief")
    for asked in (query, replace(query, seeds=(3, 1, 3))):
        full, brief = stage.hydrate_query(asked), stage.brief(asked)
        assert brief
        np.testing.assert_equal(brief, {field: full[field] for field in brief})


@pytest.mark.parametrize(("family", "name"), STAGES)
def test_it_answers_the_same_twice(shop, query, family, name):
    if family not in CHECKS:
        pytest.skip("a side effect answers nothing")
    stage = part(shop, family, name)
    query, found = prepared(shop, query)
    first, second = (CHECKS[family](stage, query, found) for _ in range(2))
    if isinstance(first, Candidates):
        first, second = first.ids, second.ids
    np.testing.assert_equal(first, second)
