from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.evaluation import significance
from zhiyin.evaluation.significance import holm, sign_flip_p


def test_with_few_people_it_is_the_share_of_all_signs():
    # of the 8 ways to sign 1, 1, 1 two are as far from 0; of those of 1, 2, 4 two; 3 - 1 = 2: 4 of 4
    assert sign_flip_p(np.ones(3)) == pytest.approx(2 / 8, abs=0.02)
    assert sign_flip_p(np.array([1.0, 2.0, 4.0])) == pytest.approx(2 / 8, abs=0.02)
    assert sign_flip_p(np.array([3.0, -1.0])) == 1.0
    assert sign_flip_p(np.array([0.1, 0.2, 0.3, -0.4])) == pytest.approx(14 / 16, abs=0.02)


def test_who_was_not_judged_or_is_no_different_changes_nothing():
    values = np.array([1.0, 2.0, -0.5, 3.0])
    padded = np.array([1.0, np.nan, 2.0, 0.0, -0.5, 3.0, np.nan])
    assert sign_flip_p(values) == sign_flip_p(padded)
    assert sign_flip_p(np.zeros(5)) == 1.0
    assert np.isnan(sign_flip_p(np.array([np.nan])))


def test_both_directions_count_and_the_seed_decides():
    values = np.random.default_rng(1).normal(0.1, 1.0, 40)
    assert sign_flip_p(values) == sign_flip_p(-values)
    assert sign_flip_p(values, seed=1) == sign_flip_p(values, seed=1)
    assert sign_flip_p(values, seed=1) != sign_flip_p(values, seed=2)


def test_the_size_of_a_block_changes_nothing(monkeypatch):
    values = np.random.default_rng(1).normal(0.1, 1.0, 64)
    whole = sign_flip_p(values, n=999)
    monkeypatch.setattr(significance, "_CELLS", 64 * 100)
    assert sign_flip_p(values, n=999) == whole


def test_where_nothing_differs_five_in_a_hundred_are_found_at_five_percent():
    rng = np.random.default_rng(2)
    found = sum(
        sign_flip_p(rng.exponential(1.0, 30) - rng.exponential(1.0, 30), n=199, seed=seed) <= 0.05
        for seed in range(1000)
    )
    assert 30 <= found <= 72  # 50 expected, standard deviation 7


def test_a_clear_difference_is_found():
    rng = np.random.default_rng(3)
    values = rng.normal(0.5, 1.0, 200)
    assert sign_flip_p(values) == 1 / 10_000
    assert sign_flip_p(values - values.mean()) > 0.9


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []
    adjusted = holm([0.02, np.nan, 0.04])
    assert adjusted[0::2] == pytest.approx([0.04, 0.04])
    assert np.isnan(adjusted[1])


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_is_the_level_at_which_the_stepwise_procedure_rejects(p):
    adjusted = holm(p)

    def rejected(level):
        out = set()
        for step, i in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
            if p[i] * (len(p) - step) > level:
                break
            out.add(i)
        return out

    for level in {*adjusted, 0.05}:
        if level < 1:
            assert rejected(level) == {i for i, a in enumerate(adjusted) if a <= level}
    for i, j in ((i, j) for i in range(len(p)) for j in range(len(p))):
        assert adjusted[i] >= p[i]
        if p[i] <= p[j]:
            assert adjusted[i] <= adjusted[j]
