import numpy as np
import pytest

from zhiyin.core import NO_TIME
from zhiyin.core.interactions import Interactions
from zhiyin.social.graph import adjacency
from zhiyin.social.influence import influence

WINDOW = 3


def adopted(person, item, time):
    return Interactions(person, item, np.ones(person.size, np.float32), time.astype(np.int64))


def simulated(seed=0, *, pull, n=1500, items=60, days=30):
    """People tied to their like take up what they lean to, and, the day after they first see it, with chance ``pull``."""
    rng = np.random.default_rng(seed)
    taste = rng.normal(size=(n, 4))
    taste /= np.linalg.norm(taste, axis=1, keepdims=True)
    wish = rng.normal(size=(items, 4))
    wish /= np.linalg.norm(wish, axis=1, keepdims=True)
    graph = adjacency(*np.nonzero(rng.random((n, n)) < 0.03 * (taste @ taste.T > 0.7)), n)
    each_day = 0.006 * np.exp(3 * (taste @ wish.T - 1))
    taken, seen = np.full((n, items), days), np.full((n, items), days)
    for day in range(days):
        sees = (graph @ (taken < day)) > 0
        seen[sees & (seen == days)] = day
        chance = each_day + pull * (seen == day)
        taken[(taken == days) & (rng.random((n, items)) < chance)] = day
    person, item = np.nonzero(taken < days)
    return adopted(person, item, taken[person, item]), graph, taste.astype(np.float32)


def test_where_people_are_only_alike_there_is_no_influence():
    found = influence(*simulated(pull=0), window_us=WINDOW)
    assert found.naive > 0.002
    assert found.matched.low < 0 < found.matched.high
    assert abs(found.matched.mean) < found.naive / 3
    assert found.share_matched > 0.95


@pytest.mark.parametrize("pull", [0.05, 0.2])
def test_real_influence_is_recovered(pull):
    found = influence(*simulated(1, pull=pull), window_us=WINDOW)
    assert found.matched.low > 0
    assert found.matched.mean == pytest.approx(pull, rel=0.15)
    assert found.exposed > 1000


def stars(seed=0):
    """40 people see 0, whose items half of them take up a day later, and 40 others see 1, who moves nobody."""
    rng = np.random.default_rng(seed)
    n, items = 400, 40
    graph = adjacency(np.arange(2, 82), np.repeat([0, 1], 40), n, is_directed=True)
    rows = []
    for item in range(items):
        star = item % 2
        rows.append((star, item, 10))
        rows += [(person, item, 12) for person in range(2, 42) if not star and rng.random() < 0.5]
        rows += [(person, item, rng.integers(0, 30)) for person in rng.choice(np.arange(82, n), 9)]
    portraits = rng.normal(size=(n, 8)).astype(np.float32)
    portraits /= np.linalg.norm(portraits, axis=1, keepdims=True)
    return adopted(*np.array(rows).T), graph, portraits


def test_each_person_s_own_influence():
    case = stars()
    moves = influence(*case, window_us=WINDOW, of=0)
    assert moves.matched.mean == pytest.approx(0.5, abs=0.06)
    assert moves.naive == pytest.approx(0.5, abs=0.06)
    assert moves.exposed == 40 * 20
    stays = influence(*case, window_us=WINDOW, of=1)
    assert abs(stays.matched.mean) < 0.03
    both = influence(*case, window_us=WINDOW)
    assert both.exposed == moves.exposed + stays.exposed
    one = influence(*case, window_us=WINDOW, of=0, on=5)
    assert one.exposed == 20
    assert 0.2 < one.matched.low < one.matched.mean < one.matched.high < 0.9


def test_what_is_too_soon_too_late_or_without_a_time_does_not_count():
    adoptions, graph, portraits = stars()
    late = adopted(adoptions.person, adoptions.item, adoptions.time_us)
    late.time_us[adoptions.time_us == 12] = 10 + WINDOW + 1
    assert influence(late, graph, portraits, window_us=WINDOW, of=0).matched.mean < 0.03
    early = adopted(adoptions.person, adoptions.item, adoptions.time_us)
    early.time_us[adoptions.time_us == 12] = 10
    found = influence(early, graph, portraits, window_us=WINDOW, of=0)
    assert found.exposed < 40 * 20 * 0.6
    assert found.matched.mean < 0.03
    early.time_us[:] = NO_TIME
    nothing = influence(early, graph, portraits, window_us=WINDOW)
    assert nothing.exposed == 0
    assert np.isnan([nothing.naive, nothing.matched.mean]).all()


def test_the_seed_decides():
    case = stars()
    assert influence(*case, window_us=WINDOW, seed=3) == influence(*case, window_us=WINDOW, seed=3)


def test_only_what_was_first_seen_since_then_is_asked_about():
    told, graph, portraits = stars()
    later = adopted(told.person, told.item, told.time_us + np.where(told.item < 20, 0, 100))
    asked = {"window_us": WINDOW, "of": 0}
    assert influence(later, graph, portraits, since_us=100, **asked).exposed == 40 * 10
    assert influence(later, graph, portraits, since_us=10, **asked).exposed == 40 * 20
    assert influence(later, graph, portraits, since_us=111, **asked).exposed == 0
