"""Relevance and diversity are different losses (X7), and training for both gives lists that hold more kinds."""

import numpy as np
import pytest
from scipy import optimize

from zhiyin.reranking.joint import JointRanker, Lists, diversity_loss, relevance_loss

TERMS = ("kl", "entropy")


def two(gains=(3.0, 1.0), target=(0.5, 0.5)):
    """One request with two candidates, each of a category of its own."""
    starts, categories = np.array([0, 2]), np.array([0, 1])
    return Lists(np.eye(2), starts, np.array(gains), categories, np.array([target]))


def many(seed=0, requests=40, each=12, groups=4):
    """Requests whose best candidates are mostly of one category; features: what fits, and how rare its category is."""
    rng = np.random.default_rng(seed)
    n = requests * each
    category = rng.choice(groups, n, p=[0.7, 0.1, 0.1, 0.1])
    fit = rng.normal(size=n) + 1.5 * (category == 0)
    gains = (rng.random(n) < 1 / (1 + np.exp(3 - 2 * fit))) * 1.0
    features = np.column_stack([fit, category != 0])
    targets = np.full((requests, groups), 1 / groups)
    return Lists(features, np.arange(0, n + 1, each), gains, category, targets)


def test_a_loss_of_relevance_twice_has_the_optimum_of_one():
    lists = two()
    loss, gradient = relevance_loss(lists, np.zeros(2))
    assert loss == pytest.approx(4 * np.log(2))
    assert gradient.tolist() == [-1, 1]
    for alpha, beta in ((0.1, 0.9), (0.5, 0.5), (0.9, 0.1)):

        def both(scores, alpha=alpha, beta=beta):
            value, slope = relevance_loss(lists, scores)
            return (alpha + beta) * value, (alpha + beta) * slope

        found = optimize.minimize(both, np.zeros(2), jac=True).x
        assert lists.shares(found) == pytest.approx([0.75, 0.25], abs=1e-4)


@pytest.mark.parametrize(
    ("shares", "kl", "entropy"),
    [((1, 0), 0.6931, 0.0), ((0.75, 0.25), 0.1308, 0.5623), ((0.5, 0.5), 0.0, 0.6931)],
)
def test_diversity_looks_at_the_categories_of_the_list(shares, kl, entropy):
    scores = np.log(np.maximum(shares, 1e-12))
    assert diversity_loss(two(), scores)[0] == pytest.approx(kl, abs=1e-4)
    assert -diversity_loss(two(), scores, "entropy")[0] == pytest.approx(entropy, abs=1e-4)


def test_who_wants_one_thing_is_not_given_everything():
    lists = two(target=(0.9, 0.1))
    found = optimize.minimize(lambda s: diversity_loss(lists, s), np.zeros(2), jac=True).x
    assert lists.shares(found) == pytest.approx([0.896, 0.104], abs=1e-3)


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("loss", ["relevance", "diversity"])
def test_gradients_are_those_of_the_numbers(loss, term):
    lists = many(1, requests=5)
    lists.category[::7] = -1

    def value(scores):
        return relevance_loss(lists, scores) if loss == "relevance" else diversity_loss(lists, scores, term)  # fmt: skip

    scores = np.random.default_rng(2).normal(size=lists.category.size)
    told = value(scores)[1]
    step = 1e-6
    for row in range(0, scores.size, 11):
        up, down = scores.copy(), scores.copy()
        up[row] += step
        down[row] -= step
        assert told[row] == pytest.approx((value(up)[0] - value(down)[0]) / (2 * step), abs=1e-6)


@pytest.mark.parametrize("term", TERMS)
def test_more_weight_on_diversity_gives_lists_of_more_kinds(term):
    lists = many()
    entropies, losses = [], []
    for alpha in (0.0, 0.1, 0.3, 0.6):
        ranker = JointRanker.fit(lists, alpha=alpha, term=term)
        scores = lists.features @ ranker.weights
        entropies.append(-diversity_loss(lists, scores, "entropy")[0])
        losses.append(relevance_loss(lists, scores)[0])
    assert np.all(np.diff(entropies) > 0.01)
    assert np.all(np.diff(losses) > 0)


def test_who_asks_for_nothing_is_left_to_relevance():
    lists = many()
    lists.targets[:] = 0
    assert diversity_loss(lists, lists.gains)[0] == 0
    assert not diversity_loss(lists, lists.gains)[1].any()
