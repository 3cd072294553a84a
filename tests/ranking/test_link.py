import numpy as np
import pytest
from scipy.special import expit

from zhiyin.ranking.link import Link, Rows, product_loss, slopes

lightgbm = pytest.importorskip("lightgbm")


def drawn(n=200):
    rng = np.random.default_rng(0)
    return rng.normal(0, 2, n), rng.uniform(0.05, 0.95, n), rng.random(n) < 0.4


def test_the_loss_of_one_row_by_hand():
    half = np.zeros(1)
    assert product_loss(half, np.array([0.5]), np.array([True]))[0] == pytest.approx(np.log(4))
    assert product_loss(half, np.array([0.5]), np.array([False]))[0] == pytest.approx(-np.log(0.75))


def test_the_gradient_is_that_of_the_loss():
    z, upstream, label = drawn()
    step = 1e-5
    by_difference = product_loss(z + step, upstream, label) - product_loss(
        z - step, upstream, label
    )
    gradient, _ = slopes(z, upstream, label)
    assert gradient == pytest.approx(by_difference / (2 * step), abs=1e-7)


def test_the_curvature_is_that_of_the_loss_in_expectation_over_the_label():
    z, upstream, _ = drawn()
    step, p = 1e-5, upstream * expit(z)
    expected = np.zeros(z.size)
    for label, weight in ((np.ones(z.size), p), (np.zeros(z.size), 1 - p)):
        above, _ = slopes(z + step, upstream, label)
        below, _ = slopes(z - step, upstream, label)
        expected += weight * (above - below) / (2 * step)
    _, curvature = slopes(z, upstream, np.ones(z.size))
    assert curvature == pytest.approx(expected, abs=1e-7)
    assert (curvature > 0).all()


def test_without_a_link_before_it_is_the_logistic_loss():
    z, _, label = drawn()
    gradient, curvature = slopes(z, np.ones(z.size), label)
    assert gradient == pytest.approx(expit(z) - label)
    assert curvature == pytest.approx(expit(z) * expit(-z))


def going_on(seed, n=20_000):
    """Clicks fall with what makes people go on, so those who clicked are not like the others."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 5)).astype(np.float32)
    click = expit(-1.0 + x[:, 1] - 1.5 * np.abs(x[:, 0]))
    on = expit(-0.5 + x[:, 0] + x[:, 3])
    clicked = rng.random(n) < click
    return x, clicked, clicked & (rng.random(n) < on), click * on


def cross_entropy(told, truth):
    return float(-(truth * np.log(told) + (1 - truth) * np.log1p(-told)).mean())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_that_never_came_to_the_link_mend_what_those_that_did_leave_wrong(seed):
    """A click head that may only rise with the first feature is wrong below 0: the product is mended by the whole space."""
    x, clicked, bought, _ = going_on(seed)
    n, free = len(x), [0] * 5
    learn, ones = np.arange(n) < 0.8 * n, np.ones(n)

    def rows(chosen, upstream, label):
        return Rows(x[chosen], label[chosen], upstream[chosen])

    rising = [1, 0, 0, 0, 0]
    click = Link.fit(rows(learn, ones, clicked), rows(~learn, ones, clicked), rising)
    upstream = click.chance(x)
    whole = Link.fit(rows(learn, upstream, bought), rows(~learn, upstream, bought), free)
    narrow = Link.fit(
        rows(learn & clicked, ones, bought), rows(~learn & clicked, ones, bought), free
    )
    other, *_, truth = going_on(seed + 100)
    before = click.chance(other)
    by_all = cross_entropy(before * whole.chance(other), truth)
    by_clicked = cross_entropy(before * narrow.chance(other), truth)
    nothing_known = cross_entropy(np.full(len(truth), bought.mean()), truth)
    assert by_all < by_clicked - 0.004
    assert by_clicked < nothing_known < cross_entropy(narrow.chance(other), truth)


def test_a_feature_that_may_only_raise_never_lowers():
    rng = np.random.default_rng(0)
    x = rng.random((3000, 2)).astype(np.float32)
    label = rng.random(3000) < 0.2 + 0.4 * x[:, 1] - 0.1 * x[:, 0]
    rows = Rows(x, label, np.ones(3000))
    link = Link.fit(rows, rows, [1, 0])
    asked = np.column_stack([np.linspace(0, 1, 50), np.full(50, 0.5)]).astype(np.float32)
    assert (np.diff(link.chance(asked)) >= 0).all()
    asked[:, [0, 1]] = asked[:, [1, 0]]
    assert link.chance(asked)[-1] > link.chance(asked)[0] + 0.2


def test_the_same_rows_give_the_same_trees():
    x, clicked, *_ = going_on(0, 2000)
    rows = Rows(x, clicked, np.ones(2000))
    assert Link.fit(rows, rows, [0] * 5).text == Link.fit(rows, rows, [0] * 5).text


def test_too_few_rows_or_none_that_differ_give_the_mean():
    rng = np.random.default_rng(0)
    few = Rows(rng.random((100, 2), np.float32), np.arange(100) < 30, np.ones(100))
    same = Rows(np.full((1000, 2), np.nan, np.float32), np.arange(1000) < 300, np.full(1000, 0.6))
    for rows, chance in ((few, 0.3), (same, 0.5)):
        link = Link.fit(rows, rows, [0, 0])
        assert link.n_trees == 0
        assert link.chance(rows.features) == pytest.approx(chance)
