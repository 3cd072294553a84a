import numpy as np

from zhiyin.core import NO_TIME
from zhiyin.ranking.signals import freshness_signal, popularity_signal

DAY = 86_400_000_000


def test_popularity_is_logarithmic_and_ends_at_one():
    signal = popularity_signal(np.array([0, 1, 3], np.float32))
    np.testing.assert_allclose(signal, [0, 0.5, 1])
    assert popularity_signal(np.zeros(2, np.float32)).tolist() == [0, 0]


def test_freshness_halves_and_is_nothing_where_the_time_is_not_known_or_not_yet():
    created = np.array([100 * DAY, 86 * DAY, NO_TIME, 101 * DAY])
    np.testing.assert_allclose(freshness_signal(created, 100 * DAY, 14), [1, 0.5, 0, 0])
