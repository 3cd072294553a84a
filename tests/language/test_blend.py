"""What sources are worth, and the chances that follow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language.sentiment.blend import Blend


def test_chances_by_hand():
    blend = Blend(np.array([1.0, 0.5], np.float32), low=-1.0, high=1.0)
    ((negative, neutral, positive),) = blend.chances(np.array([[0.5, 1.0]]))
    # The sum is 1: as far as the upper bound, and 2 above the lower one.
    assert positive == pytest.approx(0.5)
    assert negative == pytest.approx(1 / (1 + np.exp(2)))
    assert neutral == pytest.approx(1 - positive - negative)


def test_a_source_that_knows_is_worth_something_and_one_that_errs_nothing():
    rng = np.random.default_rng(0)
    labels = rng.choice([-1, 1], 1000)
    margins = np.stack(
        [labels + rng.normal(size=1000), rng.normal(size=1000), -labels + rng.normal(size=1000)],
        axis=1,
    )
    worth = Blend.fitted(margins.astype(np.float32), labels).worth
    assert worth[0] > 1
    assert abs(worth[1]) < 0.3
    assert worth[2] == 0


def test_the_middle_is_where_the_labels_change():
    margins = np.linspace(-3, 3, 600, dtype=np.float32)[:, None]
    blend = Blend.fitted(margins, np.where(margins[:, 0] > 1, 1, -1))
    told = blend.chances(np.array([[0.8], [1.2]], np.float32)).argmax(axis=1) - 1
    assert told.tolist() == [-1, 1]
    assert blend.high - blend.low == pytest.approx(1)


def test_neutral_labels_set_the_band():
    margins = np.linspace(-3, 3, 600, dtype=np.float32)[:, None]
    labels = np.where(margins[:, 0] > 1, 1, np.where(margins[:, 0] < -2, -1, 0))
    blend = Blend.fitted(margins, labels)
    low, high = blend.low / blend.worth[0], blend.high / blend.worth[0]
    assert low == pytest.approx(-2, abs=0.3)
    assert high == pytest.approx(1, abs=0.3)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(-1e6, 1e6, width=32), max_size=8), st.floats(0, 5))
def test_chances_are_chances(margins, width):
    blend = Blend(np.ones(1, np.float32), 0.0, width)
    found = blend.chances(np.array(margins, np.float32)[:, None])
    assert (found >= 0).all()
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)
