from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from zhiyin.evaluation.predictions import auc, log_loss
from zhiyin.ranking.calibration import reliability
from zhiyin.ranking.chain import PLACE, Chain, Shown, placed, utility
from zhiyin.ranking.impression_lists import LoggedLists

pytest.importorskip("lightgbm")

NAMES = ("affinity", "price", "annoying")
VALUES = {"click": 1.0, "cart": 3.0, "purchase": 7.0, "hide": -3.0}


def truth(features, position):
    """The probabilities of a shop in which dear things are clicked and not bought, and looks fade with the place."""
    affinity, price, annoying = features.T.astype(np.float64)
    look = 0.85**position
    click = look * expit(-1.5 + 2 * affinity + price)
    cart = click * expit(-0.5 + affinity - 2 * price)
    return {
        "click": click,
        "cart": cart,
        "purchase": cart * expit(0.3 - price),
        "hide": look * expit(-4 + 3 * annoying),
    }


def log(seed, pages=4000, width=10):
    rng = np.random.default_rng(seed)
    n = pages * width
    position = np.tile(np.arange(width), pages)
    features = rng.random((n, 3)).astype(np.float32)
    known = truth(features, position)
    click = rng.random(n) < known["click"]
    cart = click & (rng.random(n) < known["cart"] / known["click"])
    outcomes = {
        "click": click,
        "cart": cart,
        "purchase": cart & (rng.random(n) < known["purchase"] / known["cart"]),
        "hide": rng.random(n) < known["hide"],
        "report": np.arange(n) == 5,
    }
    nothing = np.zeros(n, np.int64)
    return LoggedLists(
        NAMES, features, np.full(pages, width), nothing, position, np.full(n, np.nan), nothing,
        ("home",), np.arange(pages), np.arange(pages), outcomes,
    )  # fmt: skip


@pytest.fixture(scope="module")
def learned():
    return Chain.fit(Shown.of(log(0)))


@pytest.fixture(scope="module")
def later(learned):
    lists = log(1)
    found = learned.probabilities(placed(lists.features, lists.position))
    return lists, found, truth(lists.features, lists.position)


def test_a_page_is_parted_by_time_and_what_was_not_looked_at_is_left_out():
    lists = log(0, pages=10, width=2)
    features = lists.features.copy()
    features[3] = np.nan
    shown = Shown.of(replace(lists, features=features))
    assert shown.part.tolist() == [0] * 13 + [1] * 2 + [2] * 2 + [3] * 2
    assert shown.names[-1] == PLACE
    assert shown.features[:4, -1].tolist() == [0, 1, 0, 0]


def test_whoever_bought_had_come_all_the_way():
    yes, no = np.array([True]), np.array([False])
    shown = Shown((), np.zeros((1, 0), np.float32), {"purchase": yes, "click": no}, np.zeros(1))
    assert [shown.reached(step).item() for step in ("click", "cart", "purchase")] == [True] * 3
    shown = replace(shown, outcomes={"cart": yes})
    assert [shown.reached(step).item() for step in ("click", "cart", "purchase")] == [
        True, True, False,
    ]  # fmt: skip


@pytest.mark.slow
def test_probabilities_come_close_to_the_truth_and_come_true(later):
    lists, found, known = later
    for action, probability in found.items():
        label = lists.outcomes[action]
        base = log_loss(np.full(label.size, label.mean()), label)
        lost = log_loss(probability, label) - log_loss(known[action], label)
        assert lost < 0.15 * (base - log_loss(known[action], label)), action
        assert reliability(probability, label)[1] < 0.01, action
        assert abs(probability - known[action]).mean() < 0.03, action


def test_a_later_step_is_never_the_likelier_one(later):
    _, found, _ = later
    assert (found["purchase"] <= found["cart"]).all()
    assert (found["cart"] <= found["click"]).all()
    assert found["purchase"].max() > 0.05


def test_what_hardly_ever_happened_has_no_head_and_the_manifest_says_so(learned):
    assert set(learned.links) == {"click", "cart", "purchase", "hide"}
    assert learned.told["report"] == {"positive": 1, "why": "fewer than 100 to learn from"}
    assert learned.told["return"]["positive"] == 0
    assert not Chain.fit(Shown.of(log(0, pages=20))).links


def test_a_step_that_is_seldom_leaves_its_chain_without_a_hole():
    lists = log(0, pages=600)
    rare = {**lists.outcomes, "cart": np.zeros(6000, bool), "purchase": lists.outcomes["cart"]}
    chain = Chain.fit(Shown.of(replace(lists, outcomes=rare)))
    assert {"click", "purchase"} <= set(chain.links)


def test_a_negative_value_lowers_what_is_likely_to_be_hidden(learned):
    asked = np.random.default_rng(0).random((400, 3), dtype=np.float32)
    asked[:200, 2], asked[200:, 2] = 0.05, 0.95
    asked[200:, :2] = asked[:200, :2]  # alike but for what annoys
    found = learned.probabilities(placed(asked, 0))
    calm, annoying = utility(found, VALUES).reshape(2, 200)
    assert (calm > annoying).mean() > 0.9
    assert calm.mean() > annoying.mean() + 0.5
    calm, annoying = utility(found, {**VALUES, "hide": 0.0}).reshape(2, 200)
    assert calm.mean() == pytest.approx(annoying.mean(), abs=0.1)


def test_values_decide_the_order(learned):
    asked = np.array([[0.6, 0.95, 0.1], [0.5, 0.05, 0.1]], np.float32)  # one to look at, one to buy
    found = learned.probabilities(placed(asked, 0))
    assert np.argmax(utility(found, {"click": 1.0})) == 0
    assert np.argmax(utility(found, {"purchase": 1.0})) == 1


def test_a_place_is_learned_and_one_for_all_leaves_the_order_to_the_items(learned):
    asked = np.random.default_rng(0).random((50, 3), dtype=np.float32)
    first, last = (learned.probabilities(placed(asked, place))["click"] for place in (0, 9))
    assert (first > last).all()
    assert first.mean() > 2.5 * last.mean()


def test_more_affinity_never_lowers_a_step(learned):
    asked = np.full((60, 3), 0.5, np.float32)
    asked[:, 0] = np.linspace(0, 1, 60)
    for action in ("click", "cart", "purchase"):
        assert (np.diff(learned.probabilities(placed(asked, 0))[action]) >= -1e-12).all()


def test_shuffled_labels_say_no_more_than_the_base_rate():
    lists = log(0, pages=1500)
    order = np.random.default_rng(0).permutation(15_000)
    shuffled = {action: done[order] for action, done in lists.outcomes.items()}
    chain = Chain.fit(Shown.of(replace(lists, outcomes=shuffled)))
    other = log(1, pages=1500)
    found = chain.probabilities(placed(other.features, other.position))["click"]
    label = other.outcomes["click"]
    assert auc(found, label) == pytest.approx(0.5, abs=0.03)
    assert log_loss(found, label) > log_loss(np.full(label.size, label.mean()), label) - 0.001


def test_a_snapshot_gives_the_same_probabilities(learned):
    again = Chain.from_arrays(learned.arrays())
    asked = placed(np.random.default_rng(0).random((20, 3), dtype=np.float32), 0)
    for action, probability in learned.probabilities(asked).items():
        assert again.probabilities(asked)[action].tolist() == probability.tolist()
    assert again.told == learned.told


def test_the_sum_by_hand():
    found = {"click": np.array([0.5, 0.1]), "hide": np.array([0.1, 0.0]), "other": np.ones(2)}
    assert utility(found, VALUES) == pytest.approx([0.2, 0.1])
