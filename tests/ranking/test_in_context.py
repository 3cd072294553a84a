from datetime import UTC, datetime

import numpy as np
import pytest

from zhiyin.affinity.training import train
from zhiyin.core import NO_TIME, Candidates, Context, Kind, Query
from zhiyin.core.interactions import Interactions
from zhiyin.ranking.context import Vocabulary
from zhiyin.ranking.context_lifts import ContextLifts
from zhiyin.ranking.context_tuning import learn_context
from zhiyin.ranking.event_contexts import EventContexts
from zhiyin.ranking.in_context import ContextModel, InContext
from zhiyin.ranking.tuning import choose_weights

WORDS = Vocabulary(np.array(["weather=rain", "weather=sun"]))
MODEL = ContextModel(
    ContextLifts(WORDS, np.array([[3, 0], [0, 3]], np.float32), shrink=1.0), 0.5, "UTC"
)
N_PEOPLE, N_ITEMS = 150, 24


def column(model, context, found):
    part = InContext(model)
    return part.hydrate(Query(context=context), found)["in_context"]


def test_the_situation_speaks_for_items_by_its_weight():
    found = Candidates.of([0, 1, 7])
    given = column(MODEL, Context(weather="rain"), found)
    np.testing.assert_allclose(given, [0.280, -0.693, 0], atol=1e-3)
    assert given.dtype == np.float32
    assert column(MODEL, Context(), found).tolist() == [0, 0, 0]
    assert column(None, Context(weather="rain"), found).tolist() == [0, 0, 0]


def test_people_and_posts_get_nothing():
    found = Candidates.of([0, 1], kind=Kind.POST)
    assert column(MODEL, Context(weather="rain"), found).tolist() == [0, 0]


def test_a_snapshot_gives_the_same_model():
    again = ContextModel.from_arrays(MODEL.arrays())
    now, both = datetime.now(UTC), np.array([0, 1])
    rain = Context(weather="rain")
    np.testing.assert_array_equal(again.scores(rain, now, both), MODEL.scores(rain, now, both))
    assert (again.weight, again.zone) == (MODEL.weight, MODEL.zone)


def world(is_told, seed=0):
    """Two tastes of twelve items; half of each are for the rain. What is logged is the weather, or a coin's."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(N_PEOPLE), 10)
    rain = rng.random(person.size) < 0.5
    item = person % 2 * 12 + rain * 6 + rng.integers(0, 6, person.size)
    logged = rain if is_told else rng.random(person.size) < 0.5
    rows = WORDS.rows([["weather=rain"] if wet else ["weather=sun"] for wet in logged])
    none = np.full(person.size, NO_TIME)
    events = Interactions(person, item, np.ones(person.size, np.float32), none)
    return events, EventContexts(person, item, none, WORDS, rows, "UTC")


@pytest.mark.parametrize("is_told", [True, False])
def test_context_weighs_something_only_where_it_pays(is_told):
    events, contexts = world(is_told)
    training = train(events, n_people=N_PEOPLE, n_items=N_ITEMS, k=5)
    model, told = learn_context(training, choose_weights(training)[0], contexts, N_ITEMS)
    assert (model.weight > 0) == is_told
    assert told["events"] > 100
    if is_told:
        mean, low, _ = told["gain"]
        assert 0.03 < low < mean
        rain = model.scores(Context(weather="rain"), datetime.now(UTC), np.arange(N_ITEMS))
        assert rain[6:12].min() > rain[:6].max()


def test_what_is_held_out_is_not_counted_while_the_weight_is_chosen():
    """Situations are marks drawn at random: they foretell an item only to who has counted the very event that is asked."""
    events, _ = world(is_told=False)
    marks = [f"mark={mark}" for mark in range(400)]
    words = Vocabulary(np.array(sorted(marks)))
    rng = np.random.default_rng(1)
    rows = words.rows([[f"mark={rng.integers(400)}"] for _ in range(events.person.size)])
    leaky = EventContexts(events.person, events.item, events.time_us, words, rows, "UTC")
    training = train(events, n_people=N_PEOPLE, n_items=N_ITEMS, k=5)
    model, _ = learn_context(training, choose_weights(training)[0], leaky, N_ITEMS)
    assert model.weight == 0
