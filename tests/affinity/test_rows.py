from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.affinity.rows import AGAINST, EventStrength, row
from zhiyin.core.history import NO_TIME, History
from zhiyin.core.interactions import Interactions
from zhiyin.errors import SettingsError

TYPES = ["impression", "view", "click", "cart", "purchase", "rating", "review", "dislike", "gift"]
events = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 5),
        st.sampled_from(TYPES),
        st.sampled_from([np.nan, 1, 5]),
    ),
    max_size=30,
)


def interactions(rows):
    person, item = (np.array([r[c] for r in rows], np.int64) for c in (0, 1))
    types = np.array([r[2] for r in rows], np.str_)
    strength = EventStrength().of(types, np.array([r[3] for r in rows], np.float64))
    return Interactions(person, item, strength, np.full(len(rows), NO_TIME))


def test_an_event_against_takes_the_item_out_whenever_it_came():
    nan = np.nan
    for rows in (
        [(0, 0, "purchase", nan), (0, 0, "return", nan)],
        [(0, 0, "rating", 5), (0, 0, "rating", 1)],
    ):
        assert interactions(rows).rows(1, 1).nnz == 0
        assert interactions(rows[::-1]).rows(1, 1).nnz == 0


def test_a_rating_speaks_for_or_against():
    strength = EventStrength()
    types = np.array(["rating", "rating", "rating", "review", "play", "unheard-of"])
    values = np.array([3.0, 2.9, np.nan, 1.0, 1.0, np.nan])
    assert strength.of(types, values).tolist() == [1, AGAINST, 1, AGAINST, 1, 0.25]


@settings(deadline=None, max_examples=25)
@given(events)
def test_serving_and_training_agree(rows):
    matrix = interactions(rows).rows(5, 6)
    assert matrix.data.min(initial=1) > 0
    for person in range(5):
        own = [r for r in rows if r[0] == person][::-1]  # newest first
        history = History(
            np.array([r[1] for r in own], np.int64),
            np.array([r[2] for r in own], np.str_),
            np.array([r[3] for r in own], np.float64),
            np.full(len(own), NO_TIME),
        )
        items, weights = row(history, EventStrength())
        assert items.dtype == np.int64
        assert weights.dtype == np.float32
        trained = matrix[[person]].tocoo()
        assert items.tolist() == trained.col.tolist()
        assert weights.tolist() == trained.data.tolist()


@pytest.mark.parametrize("strength", [0.2, 1.125, -0.5, np.nan])
def test_a_strength_is_whole_eighths(strength):
    with pytest.raises(SettingsError, match=r"wish has strength .* eighths"):
        EventStrength({"wish": strength})
