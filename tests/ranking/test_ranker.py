from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from zhiyin.affinity.blend import Blend as AffinityBlend
from zhiyin.affinity.rows import EventStrength
from zhiyin.affinity.training import train
from zhiyin.core import Candidates, Query
from zhiyin.core.history import History
from zhiyin.core.interactions import Interactions
from zhiyin.ranking import ranker as ranking
from zhiyin.ranking import ranker_training
from zhiyin.ranking.blend import Blend, BlendWeights
from zhiyin.ranking.booster import families, names_of
from zhiyin.ranking.features.family import DAY_US
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.features.item_counts import ItemCounts
from zhiyin.ranking.ranker import Ranker, RankerModel
from zhiyin.ranking.ranker_training import learn_booster, learn_ranker
from zhiyin.ranking.ranking_lists import Moment
from zhiyin.ranking.signals import popularity_signal
from zhiyin.ranking.tuning import choose_weights
from zhiyin.retrieval.kept_tastes import KeptTastes
from zhiyin.retrieval.taste import Taste

pytest.importorskip("lightgbm")

PEOPLE, ITEMS, DAYS = 500, 60, 40


def shop(has_rule):
    """Events of people at random; with a rule, seven of ten are with what was listed two to five days before."""
    rng = np.random.default_rng(0)
    person = np.repeat(np.arange(PEOPLE), 14)
    day = rng.random(person.size) * DAYS
    item = rng.integers(0, ITEMS, person.size)
    listed = np.arange(ITEMS) * DAYS / ITEMS
    if has_rule:
        young = np.searchsorted(listed, day - rng.uniform(2, 5, person.size)) % ITEMS
        item = np.where(rng.random(person.size) < 0.7, young, item)
        item = np.where(listed[item] < day, item, 0)
    strength = np.ones(person.size, np.float32)
    events = Interactions(person, item, strength, DAY_US + (day * DAY_US).astype(np.int64))
    codes = np.zeros(ITEMS, np.int64)
    created = (listed * DAY_US).astype(np.int64)
    return events, ItemColumns(codes, codes, codes, np.full(ITEMS, np.nan), created)


@pytest.fixture(scope="module")
def learned():
    events, columns = shop(has_rule=True)
    training = train(events, n_people=PEOPLE, n_items=ITEMS, k=5)
    weights, _ = choose_weights(training)
    model, told = learn_ranker(training, weights, columns, events)
    return events, columns, training, weights, model, told


def test_a_rule_that_the_blend_does_not_know_is_learned(learned):
    *_, model, told = learned
    assert told["gain"][1] > 0
    assert told["trees"] >= 10
    again = RankerModel.from_arrays(model.arrays())
    rows = np.random.default_rng(0).random((9, model.booster.n_features), dtype=np.float32)
    assert model.booster.scores(rows).tolist() == again.booster.scores(rows).tolist()


def test_the_same_data_give_the_same_trees(learned):
    events, columns, training, weights, model, _ = learned
    assert learn_ranker(training, weights, columns, events)[0].text == model.text


def test_where_there_is_nothing_to_learn_the_blend_serves_and_the_manifest_says_why(monkeypatch):
    events, columns = shop(has_rule=False)
    training = train(events, n_people=PEOPLE, n_items=ITEMS, k=5)
    weights = BlendWeights(0.1, 0.0)
    booster, told = learn_booster(training, weights, columns, events)
    assert booster is None
    assert told["why"] == "no gain over the blend that is sure at the latest moment"
    other = replace(training, held_out=replace(training.held_out, split="per_person_random"))
    assert learn_booster(other, weights, columns, events) == (
        None,
        {"why": "too few events have times"},
    )
    alone = replace(training, held_out_scores=None)
    assert "too few people" in learn_booster(alone, weights, columns, events)[1]["why"]
    monkeypatch.setattr(ranker_training, "is_installed", lambda: False)
    assert "zhiyin[rank]" in learn_booster(training, weights, columns, events)[1]["why"]


def asked(events, model, person, now_us):
    """Return a query as `Taste` makes it."""

    def history(who, limit):
        own = np.flatnonzero(events.person == who)
        own = own[np.argsort(-events.time_us[own], kind="stable")][:limit]
        kinds = np.full(own.size, "purchase")
        return History(events.item[own], kinds, np.full(own.size, np.nan), events.time_us[own])

    nobody = np.empty(0, np.int64)
    taste = Taste(
        Taste.Config(),
        history,
        lambda _: nobody,
        lambda *_: nobody,
        model,
        EventStrength(),
        KeptTastes(),
    )
    query = Query(person=person, n=5, time=datetime.fromtimestamp(now_us / 1e6, UTC))
    return query.with_fields(taste.hydrate_query(query))


def candidates(ids, query, popular, fresh):
    fields = {
        "affinity": query.fields["affinity"][ids],
        "popularity": popular[ids],
        "freshness": fresh[ids],
    }
    found = Candidates.of(ids.tolist(), np.zeros(ids.size).tolist(), source="all")
    return found.with_fields(fields)


def test_pages_are_ranked_by_the_features_that_training_saw(learned):
    _, columns, training, weights, trained, _ = learned
    held = training.held_out
    model = AffinityBlend(
        {name: part.model for name, part in training.held_out_parts.items()},
        training.model.fewest,
        training.model.weights,
    )
    assert list(model.parts) == list(training.model.parts)
    popularity = training.held_out_popularity
    moment = Moment(
        held, training.held_out_scores, popularity, weights, model, training.held_out_parts, columns
    )
    lists = moment.lists(families(list(model.parts)), held.people[:20])
    visible = held.data.interactions
    now_us = int(visible.time_us.max()) + 1
    counts = ItemCounts.of(visible, ITEMS, now_us)
    ranker = Ranker(Ranker.Config(), weights, model, RankerModel(trained.text, columns, counts))
    names = names_of(families(list(model.parts)))
    for row, person in enumerate(lists.people.tolist()):
        query = asked(visible, model, person, now_us)
        n = np.count_nonzero(lists.ids[row] >= 0)  # some have seen so much that their list is short
        ids = lists.ids[row, :n]
        listed = candidates(ids, query, popularity_signal(popularity), np.zeros(ITEMS))
        served = ranker._features(ranker._model, query, listed, lists.blend[row, :n])
        for place, name in enumerate(names):
            own, seen = served[:, place], lists.features[row, :n, place]
            assert own.tolist() == pytest.approx(seen.tolist(), rel=1e-4, abs=1e-5, nan_ok=True), (
                name
            )


def test_scores_are_those_of_the_blend_in_another_order(learned, monkeypatch):
    events, _, training, weights, model, _ = learned
    now_us = int(events.time_us.max()) + 1
    query = asked(events, training.model, 3, now_us)
    rng = np.random.default_rng(0)
    found = candidates(
        np.arange(ITEMS), query, rng.random(ITEMS).astype(np.float32), rng.random(ITEMS)
    )
    blend = Blend(weights).score(query, found)
    assert (
        Ranker(Ranker.Config(), weights, training.model, None).score(query, found).tolist()
        == blend.tolist()
    )
    ranked = Ranker(Ranker.Config(), weights, training.model, model).score(query, found)
    assert ranked.dtype == np.float32
    assert sorted(ranked.tolist()) == pytest.approx(sorted(blend.tolist()))
    assert ranked.tolist() != blend.tolist()
    had = query.fields["had"]
    assert had.size
    assert ranked[had].tolist() == blend[had].tolist()
    unknown = query.with_fields({**query.fields, "event_items": np.empty(0, np.int64)})
    assert (
        Ranker(Ranker.Config(), weights, training.model, model).score(unknown, found).tolist()
        == blend.tolist()
    )
    monkeypatch.setattr(ranking, "is_installed", lambda: False)
    assert (
        Ranker(Ranker.Config(), weights, training.model, model).score(query, found).tolist()
        == blend.tolist()
    )


def test_shares_of_families_sum_to_the_score(learned):
    *_, training, _, model, _ = learned
    known = families(list(training.model.parts))
    rows = np.random.default_rng(0).random((9, model.booster.n_features), dtype=np.float32)
    shares = model.booster.contributions(rows, known)
    assert shares.shape == (9, len(known) + 1)
    assert shares.sum(axis=1).tolist() == pytest.approx(model.booster.scores(rows).tolist())
