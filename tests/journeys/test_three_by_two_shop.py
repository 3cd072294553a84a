"""A shop of three people and two items, computed by hand."""

import numpy as np
import pytest

from tests.conftest import plays
from zhiyin import Event
from zhiyin.affinity.ease import ease

X = np.array([[1, 1], [0, 1], [1, 0]], np.float32)


@pytest.mark.parametrize(
    ("reg", "off_diagonal", "scores"),
    [
        (1e-4, 1 / 2, [[1 / 2, 1 / 2], [1 / 2, 0], [0, 1 / 2]]),
        (1.0, 1 / 3, [[1 / 3, 1 / 3], [1 / 3, 0], [0, 1 / 3]]),
    ],
)
def test_weights_and_scores(reg, off_diagonal, scores):
    weights = ease(X.T @ X, reg)
    np.testing.assert_allclose(weights, [[0, off_diagonal], [off_diagonal, 0]], atol=1e-4)
    np.testing.assert_allclose(X @ weights, scores, atol=1e-4)


def test_lists(shop):
    shop.record(plays({"1": "one two", "2": "two", "3": "one"}))
    shop.train()

    def listed(user):
        page = shop.recommend(user)
        return [(shop.catalogue.key(i.ref.number), i.is_backfill) for i in page.items]

    assert listed("2")[0] == ("one", False)
    assert listed("3")[0] == ("two", False)
    # The first person has both: the page is filled with what they had, and says so.
    assert sorted(listed("1")) == [("one", True), ("two", True)]
    for item in shop.recommend("1").items:
        assert item.reasons[0].kind == "again"
        assert sum(reason.share for reason in item.reasons) == pytest.approx(1, abs=1e-4)


def test_a_newcomer_gets_the_item_with_good_reviews_first(shop):
    shop.record(plays({"1": "one two", "2": "two", "3": "one"}))
    shop.record([Event("4", "one", "review", 5.0), Event("5", "two", "review", 1.0)])
    shop.train()
    page = shop.recommend("newcomer")
    assert [shop.catalogue.key(item.ref.number) for item in page.items] == ["one", "two"]
