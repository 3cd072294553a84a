import numpy as np
import pytest
from scipy import sparse

from zhiyin.ranking.bilinear import Bilinear, Fitting, LowRank, fit_bilinear

PERSON = np.array([[1.0, 0.0]])
ITEMS = np.eye(2)
SITUATION, NO_SITUATION = np.ones((1, 1)), np.zeros((1, 1))
IDENTITY = LowRank(np.eye(2), np.eye(2))
FIVE = LowRank(np.array([[5.0], [0.0]]), np.ones((1, 1)))  # uᵀW₂c = 5
FOR_THE_SECOND = LowRank(np.array([[0.0], [2.0]]), np.ones((1, 1)))  # iᵀW₃c = (0, 2)


def test_the_founding_form_without_a_situation():
    assert Bilinear(IDENTITY, FIVE).scores(PERSON, ITEMS, NO_SITUATION).tolist() == [[1, 0]]


def test_in_the_founding_form_a_situation_lifts_all_items_alike():
    assert Bilinear(IDENTITY, FIVE).scores(PERSON, ITEMS, SITUATION).tolist() == [[6, 5]]


def test_with_a_term_of_items_and_situations_the_order_flips():
    model = Bilinear(IDENTITY, FIVE, FOR_THE_SECOND)
    assert model.scores(PERSON, ITEMS, SITUATION).tolist() == [[6, 7]]
    assert model.scores(PERSON, ITEMS, NO_SITUATION).tolist() == [[1, 0]]


def test_no_situation_ever_changes_the_order_of_the_founding_form():
    rng = np.random.default_rng(0)
    w1, w2 = (LowRank(rng.normal(size=(6, 3)), rng.normal(size=(4, 3))) for _ in range(2))
    users, items = rng.normal(size=(50, 6)), rng.normal(size=(9, 4))
    base = Bilinear(w1, w2, bias=0.3)
    orders = [
        np.argsort(base.scores(users, items, rng.normal(size=(50, 4)) * scale), axis=1)
        for scale in (0, 1, 10)
    ]
    np.testing.assert_array_equal(orders[0], orders[1])
    np.testing.assert_array_equal(orders[0], orders[2])


def rainy_world(seed=0, n=3000):
    """People take one of two items by taste, and in the rain item 4 as often."""
    rng = np.random.default_rng(seed)
    person, rain = rng.integers(0, 20, n), rng.random(n) < 0.5
    item = person % 2 * 2 + rng.integers(0, 2, n)
    item = np.where(rain & (rng.random(n) < 0.6), 4, item)
    return person, item, sparse.csr_array(np.stack([rain, ~rain], 1).astype(np.float32))


def fitted(how, seed=0):
    person, item, contexts = rainy_world()
    return fit_bilinear(person, item, contexts, n_people=20, n_items=5, how=how, seed=seed)


@pytest.mark.parametrize("negatives", [4096, 3])
def test_the_fitted_model_knows_taste_and_rain(negatives):
    model = fitted(Fitting(rank=4, context_rank=2, epochs=10, negatives=negatives))
    users, items = sparse.eye_array(20, format="csr")[[0, 0, 1]], sparse.eye_array(5, format="csr")
    rain, sun, other = model.scores(users, items, np.array([[1, 0], [0, 1], [0, 1]], np.float32))
    assert rain.argmax() == 4
    assert set(np.argsort(-sun)[:2]) == {0, 1}
    assert set(np.argsort(-other)[:2]) == {2, 3}


def test_without_a_rank_for_situations_they_do_not_matter():
    model = fitted(Fitting(rank=4, context_rank=0, epochs=2))
    users, items = sparse.eye_array(20, format="csr")[[0, 0]], sparse.eye_array(5, format="csr")
    rain, sun = model.scores(users, items, np.eye(2, dtype=np.float32))
    assert model.item_context is None
    np.testing.assert_array_equal(rain, sun)


def test_a_seed_gives_the_same_factors():
    how = Fitting(rank=4, context_rank=2, epochs=2, negatives=3)
    one, two, other = fitted(how), fitted(how), fitted(how, seed=1)
    np.testing.assert_array_equal(one.user_item.left, two.user_item.left)
    assert one.user_item.left.dtype == np.float32
    assert not np.array_equal(one.user_item.left, other.user_item.left)
