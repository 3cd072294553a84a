"""What everybody is shown loses; what nobody is shown loses nothing."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin import Query
from zhiyin.core import Candidates, Kind
from zhiyin.core.impression import Impression
from zhiyin.reranking.popularity_correction import PopularityCorrection
from zhiyin.store.exposure import Exposure


@pytest.fixture
def log():
    return SimpleNamespace(exposure=Exposure())


def show(log, *items):
    log.exposure.add(Impression("r", None, "home", 0, items, tuple(0.0 for _ in items)))


def part(log, strength, pool=300, n_items=4):
    config = PopularityCorrection.Config(strength=strength, pool=pool)
    return PopularityCorrection(config, range(n_items), log)


def order(part, scores=(3.0, 2.0, 1.0, 0.0), kind=Kind.ITEM):
    found = Candidates.of(range(len(scores)), scores, kind=kind)
    return part.rerank(Query(n=2), found, len(found)).tolist()


def test_by_hand(log):
    show(log, 0)
    show(log, 0)  # of four items one was seen twice: 2 / (1 + 2 / 4), and log(1 + 4 / 3) is .847
    assert order(part(log, 0.39)) == [0, 1, 2, 3]  # 1 - .330 against 2 / 3
    assert order(part(log, 0.40)) == [1, 0, 2, 3]  # 1 - .339


def test_off_and_before_anything_was_shown_the_order_stays(log):
    assert order(part(log, 5.0)) == [0, 1, 2, 3]
    show(log, 0, 1)
    assert order(part(log, 0.0)) == [0, 1, 2, 3]


def test_beyond_the_pool_the_order_stays(log):
    show(log, 0)
    assert order(part(log, 5.0, pool=2)) == [1, 0, 2, 3]


def test_a_post_is_not_taken_for_the_item_of_its_number(log):
    show(log, 0)
    assert order(part(log, 5.0), kind=Kind.POST) == [0, 1, 2, 3]


def test_items_come_by_turns(log):
    correcting, first = part(log, 2.0), []
    for _ in range(40):
        chosen = order(correcting, scores=(1.0, 0.95, 0.9, 0.85))[:1]
        show(log, *chosen)
        first += chosen
    assert set(first) == {0, 1, 2, 3}
    assert first.count(0) == max(first.count(n) for n in range(4))


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(0, 12), st.floats(0, 9))
def test_nothing_is_lost(shown, n, strength):
    log = SimpleNamespace(exposure=Exposure())
    for item in shown:
        show(log, item)
    scores = np.linspace(1, 0, n).tolist()
    assert sorted(order(part(log, strength), scores)) == list(range(n))
