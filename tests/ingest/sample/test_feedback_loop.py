"""What comes back from a shown list is what the truth says, and what a policy does to the shop is seen."""

from __future__ import annotations

import copy
import json
from dataclasses import fields, replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import DataError
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.ingest.sample import Answers, FeedbackLoop, SampleShop, make, simulate
from zhiyin.ingest.sample.behaviour import CART_BAR, CHOICE_NOISE, PURCHASE_WEIGHT
from zhiyin.ingest.sample.climate import STEP_DAYS, STEPS, moment
from zhiyin.ingest.sample.lists import EXAMINE, SLATE, VIEW_BAR, sigmoid
from zhiyin.ingest.sample.tasks import numbers
from zhiyin.ingest.sample.trajectory import by_clicks, by_utility, uniform
from zhiyin.ingest.sample.utility import INFLUENCE_DECAY
from zhiyin.store.frames import schema

ITEMS = 96


@pytest.fixture(scope="module")
def small() -> SampleShop:
    return make(1, people=200, products=ITEMS)


def same_list(loop: FeedbackLoop, items: list[int]) -> np.ndarray:
    return np.tile(np.array(items), (len(loop.visitors().person), 1))


def live_items(loop: FeedbackLoop, k: int, start: int = 0) -> list[int]:
    return np.flatnonzero(loop.live)[start : start + k].tolist()


def equal(one: Answers, two: Answers) -> bool:
    return all(
        np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        for a, b in ((getattr(one, f.name), getattr(two, f.name)) for f in fields(Answers))
    )


def test_a_chance_by_hand(small: SampleShop) -> None:
    loop, pieces = FeedbackLoop(small, 1), small.truth.pieces
    who = loop.visitors()
    items = live_items(loop, 4)
    state, position = small.truth.state_at(STEPS), 3
    item = items[position]
    row = int(np.argmax(state.influence[who.person, item]))
    person, sway = who.person[row], state.influence[who.person[row], item]
    assert sway > 0.01
    utility = float(pieces.taste[person] @ pieces.item_factors[item]) + pieces.item_bias[item]
    utility += float(who.features[row] @ pieces.wants[item]) * pieces.context_response[person]
    utility += 2.4 * sway / (1 + sway)
    utility += pieces.need(state.last_purchase[[person]], STEPS)[0, item]
    expected = 1 / (1 + 0.22 * position) / (1 + np.exp(2.9 - utility))
    assert loop.click_chance(same_list(loop, items))[row, position] == pytest.approx(expected, 1e-4)


def test_lower_places_are_clicked_less_by_the_examination_ratio(small: SampleShop) -> None:
    loop = FeedbackLoop(small, 1)
    items = live_items(loop, SLATE)
    first, last = same_list(loop, items), same_list(loop, items[1:] + items[:1])
    ratio = loop.click_chance(last)[:, -1] / loop.click_chance(first)[:, 0]
    assert np.allclose(ratio, 1 / (1 + 0.22 * 9))
    loop = FeedbackLoop(small, 1, fatigue=0, leaving=0)
    simulate(loop, uniform, 100)
    got = loop.answers()
    clicks = np.bincount(got.position[got.clicked], minlength=SLATE)

    def misfit(share: np.ndarray) -> float:
        wanted = clicks.sum() * share / share.sum()
        return float(((clicks - wanted) ** 2 / wanted).sum())

    assert misfit(EXAMINE) < 27.9  # chi-square, 9 degrees of freedom, 0.1 %
    assert misfit(np.ones(SLATE)) > 100
    assert misfit(1 / (1 + np.arange(SLATE))) > 100


def test_clicks_and_carts_come_as_often_as_the_truth_says(small: SampleShop) -> None:
    loop = FeedbackLoop(small, 4)
    clicks, carts, chances, steeper, wanted = [], [], [], [], []
    for _ in range(80):
        slates = uniform(loop)[0]
        chance, utility = loop.click_chance(slates), loop.utility()
        row = np.repeat(np.arange(len(slates)), SLATE)
        got = loop.show(slates)
        chances.append(chance.ravel())
        steeper.append((chance / EXAMINE / (1 + np.arange(SLATE))).ravel())
        clicks.append(got.clicked)
        carts.append(got.carted[got.clicked])
        wanted.append(sigmoid((utility[row, got.item][got.clicked] - CART_BAR) / CHOICE_NOISE))

    def surprise(seen: list[np.ndarray], chance: list[np.ndarray]) -> float:
        p = np.concatenate(chance)
        return abs(np.concatenate(seen).sum() - p.sum()) / np.sqrt((p * (1 - p)).sum())

    assert surprise(clicks, chances) < 3
    assert surprise(clicks, steeper) > 10
    assert surprise(carts, wanted) < 3


def test_the_seed_decides_who_comes_and_what_they_do(small: SampleShop) -> None:
    loops = [FeedbackLoop(small, seed) for seed in (1, 1, 2)]
    for loop in loops:
        simulate(loop, by_clicks, 5)
    assert equal(loops[0].answers(), loops[1].answers())
    assert loops[0].events().equals(loops[1].events())
    assert not np.array_equal(loops[0].answers().person, loops[2].answers().person)


def test_the_state_after_some_rounds_is_that_of_a_replay(small: SampleShop) -> None:
    loop, again = FeedbackLoop(small, 3), FeedbackLoop(small, 3)
    shown = []
    for _ in range(6):
        shown.append(by_utility(loop)[0])
        loop.show(shown[-1])
    for slates in shown:
        again.show(slates)
    assert equal(loop.answers(), again.answers())
    assert np.array_equal(loop.tiredness, again.tiredness)
    assert np.array_equal(loop.utility(), again.utility())


def test_purchases_move_the_state_as_in_the_year(small: SampleShop) -> None:
    loop, truth = FeedbackLoop(small, 3), small.truth
    state = truth.state_at(STEPS)
    influence, last = state.influence.copy(), state.last_purchase.copy()
    ties = small.frames["ties"]
    user, other = numbers(ties["user"]), numbers(ties["other"])
    for _ in range(4):
        loop.loyalty[:] = 4  # so that people come several times in the next round
        got = loop.show(by_utility(loop)[0])
        lasting = got.purchased & (truth.pieces.repeat_days[got.item] == 0)
        once = got.person[lasting] * ITEMS + got.item[lasting]
        assert len(np.unique(once)) == len(once) > 0
        influence *= INFLUENCE_DECAY
        for row in np.flatnonzero(got.purchased):
            buyer, item = got.person[row], got.item[row]
            day = (got.minutes[row] + got.delay[row]) // 1440
            last[buyer, item] = max(last[buyer, item], day)
            for tie in np.flatnonzero(other == buyer):
                heard = truth.tie_strength[tie] * truth.susceptibility[user[tie]]
                influence[user[tie], item] += PURCHASE_WEIGHT * heard
    assert loop.answers().purchased.sum() > 20
    assert np.array_equal(loop.state.last_purchase, last)
    assert np.allclose(loop.state.influence, influence, atol=1e-4)


def test_tiredness_by_hand(small: SampleShop) -> None:
    loop = FeedbackLoop(small, 1)
    item = live_items(loop, 1)[0]
    slates = np.full((len(loop.visitors().person), 3), -1)
    slates[:, 2] = item
    got = loop.show(slates)
    in_vain = np.bincount(got.person[~got.clicked], minlength=200)
    opened = np.unique(got.person[got.clicked])
    in_vain[opened] = 0
    assert len(opened) > 0
    assert np.allclose(loop.tiredness[:, item], in_vain / 1.44)
    assert not np.delete(loop.tiredness, item, axis=1).any()
    for _ in range(6):
        loop.show(same_list(loop, [-1]))
    assert np.allclose(loop.tiredness[:, item], in_vain / 1.44 / 2)
    person = int(np.argmax(in_vain))
    fresh = copy.deepcopy(loop)
    fresh.tiredness[:] = 0
    for one in (loop, fresh):
        one.loyalty[:] = 1
        one.loyalty[person] = 40
        one.show(same_list(one, [-1]))
    row = int(np.flatnonzero(loop.visitors().person == person)[0])
    loss = fresh.utility()[row, item] - loop.utility()[row, item]
    tired = loop.tiredness[person, item]
    assert loss == pytest.approx(2 * tired / (2 + tired), abs=1e-5)


def test_the_same_list_tires_and_rest_restores(small: SampleShop) -> None:
    kept, never = (FeedbackLoop(small, 1, fatigue=f, leaving=0) for f in (2, 0))
    items = live_items(kept, SLATE, start=20)
    paths = [simulate(loop, lambda it: (same_list(it, items), None), 30) for loop in (kept, never)]
    assert np.array_equal(paths[0].visits, paths[1].visits)
    rates = [path.expected_click_rate for path in paths]
    assert rates[0][0] == rates[1][0]
    assert rates[0][-10:].mean() < 0.93 * rates[1][-10:].mean()
    for loop in (kept, never):  # half a year of rest
        simulate(loop, lambda it: (same_list(it, [-1]), None), 36)
    assert np.array_equal(kept.visitors().person, never.visitors().person)
    rested, fresh = (loop.expected_clicks(same_list(loop, items)).mean() for loop in (kept, never))
    assert rested > 0.98 * fresh


def test_who_finds_nothing_comes_back_less(small: SampleShop) -> None:
    nothing, good = FeedbackLoop(small, 1), FeedbackLoop(small, 1)
    stay = FeedbackLoop(small, 1, leaving=0)
    empty = [simulate(loop, lambda it: (same_list(it, [-1]), None), 30) for loop in (nothing, stay)]
    full = simulate(good, by_utility, 30)
    assert empty[0].visits[0] == empty[1].visits[0] == full.visits[0]
    assert empty[0].visits[-10:].sum() < 0.7 * empty[1].visits[-10:].sum()
    assert full.visits[-10:].sum() > 0.9 * empty[1].visits[-10:].sum()
    one = FeedbackLoop(small, 1)
    came = np.unique(one.visitors().person)
    one.show(same_list(one, [-1]))
    assert np.allclose(one.loyalty[came], 0.85)
    assert np.isclose(one.loyalty, 1).sum() == 200 - len(came)


@pytest.mark.parametrize("size", ["small", "shop"])
def test_the_rich_get_richer(size: str, request: pytest.FixtureRequest) -> None:
    fixed: SampleShop = request.getfixturevalue(size)
    popular, random = (simulate(FeedbackLoop(fixed, 1), way, 40) for way in (by_clicks, uniform))
    assert popular.gini[-5:].mean() > popular.gini[:5].mean() + 0.15
    assert abs(random.gini[-5:].mean() - random.gini[:5].mean()) < 0.1
    assert popular.gini[-5:].mean() > random.gini[-5:].mean() + 0.3
    assert popular.coverage[-5:].mean() < 0.5 < 0.9 < random.coverage.mean()


@pytest.mark.parametrize("seed", [1, 2])
def test_knowing_the_truth_beats_popularity_beats_chance(small: SampleShop, seed: int) -> None:
    oracle, popular, random = (
        simulate(FeedbackLoop(small, seed), policy, 30)
        for policy in (by_utility, by_clicks, uniform)
    )
    for name in ("click_rate", "expected_click_rate"):
        best, middle, least = (getattr(p, name).mean() for p in (oracle, popular, random))
        assert best > 1.5 * middle > 1.5 * 1.3 * least
    assert oracle.purchases.sum() > popular.purchases.sum() > random.purchases.sum()


def test_a_trajectory_counts_what_was_shown(small: SampleShop) -> None:
    loop = FeedbackLoop(small, 1)
    path, got = simulate(loop, uniform, 3), loop.answers()
    assert np.array_equal(path.exposure.sum(axis=1), path.shown)
    assert np.array_equal(path.shown, 10 * path.visits)
    assert path.clicks.sum() == got.clicked.sum()
    assert path.purchases.sum() == got.purchased.sum()
    assert path.exposure.shape == (3, loop.live.sum())
    whole = replace(path, exposure=np.array([[3, 3, 3, 3], [0, 0, 0, 12]]))
    assert whole.gini.tolist() == pytest.approx([0, 0.75])
    assert whole.coverage.tolist() == [1, 0.25]


def test_inverse_propensities_tell_the_value_of_another_policy(small: SampleShop) -> None:
    loop, pieces = FeedbackLoop(small, 1), small.truth.pieces
    n = loop.live.sum()
    static = pieces.taste @ pieces.item_factors.T + pieces.item_bias
    best = np.argsort(-np.where(loop.live, static, -np.inf), axis=1)[:, :SLATE]
    true, reweighted, naive = [], [], []
    for _ in range(100):
        target = best[loop.visitors().person]
        true.append(loop.expected_clicks(target))
        slates, propensity = uniform(loop)
        assert np.allclose(propensity[:, 0], 1 / n)
        clicked = loop.show(slates, propensity).clicked.reshape(slates.shape)
        reweighted.append((n * (clicked & (slates == target))).sum(axis=1))  # each place: 1 / n
        naive.append(clicked.sum(axis=1))
    value = np.concatenate(true).mean()
    told, wrong = bootstrap(np.concatenate(reweighted)), bootstrap(np.concatenate(naive))
    assert told.low < value < told.high
    assert told.high - told.low < value / 2
    assert not wrong.low < value < wrong.high


def test_events_can_be_learned_from_beside_those_of_the_year(small: SampleShop) -> None:
    loop = FeedbackLoop(small, 1)
    assert loop.events().height == loop.impressions().height == 0
    simulate(loop, by_utility, 5)
    events, shown, got = loop.events(), loop.impressions(), loop.answers()
    assert dict(events.schema) == schema("events")
    both = pl.concat([small.frames["events"], events])
    assert both["event_id"].is_unique().all()
    assert events["time"].is_sorted()
    assert (events["time"] >= moment(STEPS * STEP_DAYS * 1440)).all()
    assert not events["request_id"].is_in(small.frames["events"]["request_id"].implode()).any()
    counts = dict(events["type"].value_counts().iter_rows())
    told = (got.clicked, got.favourited, got.carted, got.purchased)
    assert [counts[k] for k in ("view", "favourite", "cart", "purchase")] == [a.sum() for a in told]
    assert not (got.purchased & ~got.carted).any()
    assert not ((got.carted | got.favourited) & ~got.clicked).any()
    key = ["request_id", "user", "item"]
    views = events.filter(pl.col("type") == "view").select(key)
    assert set(views.rows()) == set(shown.filter("clicked").select(key).rows())
    assert shown.select(key).is_unique().all()
    for row in events.filter(pl.col("type") == "purchase").iter_rows(named=True):
        context = json.loads(row["context"])
        assert context["order_id"].endswith(row["request_id"][1:])
        assert context["quantity"] >= 1
    first = moment(float(loop.visitors().minutes[0]))  # in China's time
    weekday = (first.weekday() + (first.hour >= 16)) % 7
    assert loop.visitors().contexts[0]["weekday"] == weekday


def test_an_empty_place_brings_nothing(small: SampleShop) -> None:
    loop = FeedbackLoop(small, 1)
    slates = same_list(loop, [*live_items(loop, 2), -1, -1])
    slates[0] = [-1, slates[0, 0], -1, slates[0, 1]]
    assert (loop.click_chance(slates)[slates < 0] == 0).all()
    got = loop.show(slates)
    assert len(got.item) == 2 * len(slates)
    assert got.position[:2].tolist() == [1, 3]
    assert np.isnan(got.propensity).all()
    loop.loyalty[:] = 0
    loop.show(same_list(loop, [-1] * SLATE))
    assert len(loop.answers().item) == len(got.item)
    assert len(loop.visitors().person) == 0
    path = simulate(loop, uniform, 2)  # nobody comes, and that is no error
    assert path.visits.tolist() == path.shown.tolist() == [0, 0]
    assert path.click_rate.tolist() == [0, 0]


def test_lists_that_cannot_be_shown_are_refused(small: SampleShop) -> None:
    loop = FeedbackLoop(small, 1)
    gone = int(np.flatnonzero(~loop.live)[0])
    items = live_items(loop, 11)
    for bad, why in (
        (same_list(loop, [items[0], gone]), "out of stock"),
        (same_list(loop, [items[0], items[1], items[0]]), "twice"),
        (same_list(loop, [ITEMS]), "there is not"),
        (same_list(loop, [-2]), "there is not"),
        (same_list(loop, items), "of shape"),
        (same_list(loop, items[:2])[1:], "of shape"),
        (same_list(loop, items[:2]) * 1.0, "of float64"),
    ):
        with pytest.raises(DataError, match=why):
            loop.show(bad)
        with pytest.raises(DataError, match=why):
            loop.expected_clicks(bad)
    with pytest.raises(DataError, match="propensities"):
        loop.show(same_list(loop, items[:2]), np.ones((2, 2)))
    assert loop.round == 0
    with pytest.raises(DataError, match="not that of seed"):
        FeedbackLoop(replace(small, seed=2), 1)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(1, SLATE))
def test_places_do_not_disturb_one_another_and_no_list_beats_the_oracle(
    small: SampleShop, seed: int, k: int
) -> None:
    loop, rng = FeedbackLoop(small, 5), np.random.default_rng(seed)
    live = np.flatnonzero(loop.live)
    slates = np.array([rng.choice(live, k, replace=False) for _ in loop.visitors().person])
    chance = loop.click_chance(slates)
    assert ((chance > 0) & (chance < 1)).all()
    assert np.allclose(chance, EXAMINE[:k] * sigmoid(
        np.take_along_axis(loop.utility(), slates, 1) - VIEW_BAR))  # fmt: skip
    hole = rng.random(slates.shape) < 0.4
    assert np.array_equal(loop.click_chance(np.where(hole, -1, slates)), np.where(hole, 0, chance))
    best = loop.expected_clicks(by_utility(loop)[0][:, :k])
    assert (best >= loop.expected_clicks(slates) - 1e-9).all()
