import numpy as np

from zhiyin.core import NO_TIME
from zhiyin.core.exchanges import PRIVATE, PUBLIC, TYPES, Exchanges


def some():
    return Exchanges(
        np.array([0, 1, 0]), np.array([1, 0, 2]), np.array(["message", "like", "wave"]),
        np.array([-1, 4, -1]), np.array([10, 20, NO_TIME]), np.array([0.5, np.nan, -1], np.float32),
    )  # fmt: skip


def test_what_is_before_a_time_is_known_to_be():
    assert some().before(20).time_us.tolist() == [10]
    assert some().before(21).time_us.tolist() == [10, 20]
    assert some().before(NO_TIME).one.size == 0


def test_rows_are_chosen_in_all_columns():
    chosen = some().where(np.array([2, 0]))
    assert chosen.type.tolist() == ["wave", "message"]
    assert chosen.two.tolist() == [2, 1]
    assert chosen.mood.tolist() == [-1, 0.5]


def test_nothing_has_the_types_of_something():
    for name in Exchanges.__slots__:
        nothing, something = getattr(Exchanges.empty(), name), getattr(some(), name)
        assert nothing.shape == (0,)
        assert nothing.dtype.kind == something.dtype.kind


def test_private_and_public_are_types_and_never_both():
    assert set(PRIVATE) | set(PUBLIC) <= set(TYPES)
    assert not set(PRIVATE) & set(PUBLIC)
