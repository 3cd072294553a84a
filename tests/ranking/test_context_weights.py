import numpy as np
import pytest

from zhiyin.ranking.context import Vocabulary
from zhiyin.ranking.context_lifts import ContextLifts
from zhiyin.ranking.context_weights import field_weights

WORDS = Vocabulary(np.array(["device=a", "device=b", "weather=rain", "weather=sun"]))


def world(seed, n=2000):
    """Items below 10 are taken in the rain, the others in the sun; the device says nothing."""
    rng = np.random.default_rng(seed)
    rain, first = rng.random((2, n)) < 0.5
    item = rng.integers(0, 10, n) + np.where(rain, 0, 10)
    pairs = zip(first, rain, strict=True)
    names = [[f"device={'ab'[int(a)]}", f"weather={'rain' if wet else 'sun'}"] for a, wet in pairs]
    return WORDS.rows(names), item


def weights(n=2000):
    known, asked = world(0), world(1, n)
    lifts = ContextLifts.of(WORDS, *known, 20, shrink=30.0)
    return field_weights(lifts, *asked, known[1])


def test_what_foretells_counts_and_what_does_not_hardly_does():
    of_device, other, of_weather, again = weights().tolist()
    assert of_device == other
    assert of_weather == again
    assert of_weather > 0.5
    assert of_device < 0.3


def test_few_events_teach_nothing():
    assert weights(n=50).tolist() == [1, 1, 1, 1]


def test_weights_scale_scores():
    rows, item = world(0)
    plain = ContextLifts.of(WORDS, rows, item, 20)
    half = ContextLifts(WORDS, plain.counts, weights=np.full(4, 0.5, np.float32))
    names, ids = ["weather=rain"], np.arange(20)
    assert half.scores(names, ids) == pytest.approx(plain.scores(names, ids) / 2)
    assert half.table() == pytest.approx(plain.table() / 2)
