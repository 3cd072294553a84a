"""What events say of their items."""

import numpy as np

from zhiyin.portraits.weights import event_weights

NONE = np.nan


def weights(types, values=None, polarity=None, **options):
    values = np.full(len(types), np.nan) if values is None else np.array(values, float)
    polarity = None if polarity is None else np.array(polarity, float)
    return event_weights(np.array(types), values, polarity, **options).tolist()


def test_the_more_an_event_costs_the_more_it_says():
    types = ["impression", "view", "click", "cart", "favourite", "purchase", "dislike", "redeem"]
    assert weights(types) == [0, 1, 2, 4, 4, 8, -4, 1]


def test_a_rating_speaks_for_or_against():
    assert weights(["rating"] * 4, [5, 3, 2, 1]) == [4, 0, -6, -12]
    assert weights(["rating"], [10], scale=(0, 10)) == [4]
    assert weights(["rating"]) == [1]


def test_what_was_written_goes_before_the_rating():
    assert weights(["review"] * 3, [5, 5, NONE], [-1, NONE, 0.5]) == [-12, 4, 2]


def test_blame_outweighs_the_purchase():
    assert sum(weights(["purchase", "review"], [30, 1])) < 0


def test_only_judgments_have_a_polarity():
    assert weights(["view", "purchase"], [1, 1], [-1, -1]) == [1, 8]


def test_nothing_has_no_weight():
    assert weights([]) == []
