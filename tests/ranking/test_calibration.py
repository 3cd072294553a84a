import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.special import expit, logit

from zhiyin.evaluation.predictions import log_loss
from zhiyin.ranking.calibration import Calibrator, reliability


def test_isotonic_by_hand():
    score = np.array([0.1, 0.2, 0.3, 0.4])
    label = np.array([False, True, False, True])
    found = Calibrator.isotonic(score, label)
    assert found.values.tolist() == [[0.1, 0.25, 0.4], [0.1, 0.5, 0.9]]
    assert found.of(np.array([0.0, 0.25, 0.325, 1.0])) == pytest.approx([0.1, 0.5, 0.7, 0.9])


def test_platt_finds_the_line_in_log_odds_that_was_planted():
    rng = np.random.default_rng(0)
    score = rng.uniform(0.01, 0.9, 40_000)
    truth = expit(0.5 * logit(score) - 1.0)
    found = Calibrator.platt(score, rng.random(score.size) < truth)
    assert found.values[:, 0] == pytest.approx([0.5, -1.0], abs=0.05)
    assert np.abs(found.of(score) - truth).max() < 0.02


@pytest.mark.parametrize(
    ("bend", "kind"),
    [
        (lambda p: expit(2 * logit(p) + 1), "platt"),
        (lambda p: np.where(p < 0.3, 0.02, 0.4), "isotonic"),
    ],
)
def test_the_kind_that_suits_is_chosen_and_comes_true(bend, kind):
    rng = np.random.default_rng(1)
    score = rng.uniform(0.01, 0.6, 20_000)
    label = rng.random(score.size) < bend(score)
    found = Calibrator.chosen(score, label, np.arange(score.size) >= 10_000)
    assert found.kind == kind
    asked = rng.uniform(0.01, 0.6, 20_000)
    came = rng.random(asked.size) < bend(asked)
    assert reliability(found.of(asked), came)[1] < 0.02 < reliability(asked, came)[1]
    assert log_loss(found.of(asked), came) < log_loss(asked, came)


def test_what_comes_true_already_and_what_never_happened_stay_as_they_are():
    rng = np.random.default_rng(2)
    score = rng.uniform(0.01, 0.6, 4000)
    is_judge = np.arange(4000) >= 2000
    label = rng.random(4000) < score
    assert reliability(Calibrator.chosen(score, label, is_judge).of(score), label)[1] < 0.03
    assert Calibrator.chosen(score, np.zeros(4000, bool), is_judge).kind == "plain"


@given(
    hnp.arrays(np.float64, 30, elements=st.floats(0, 1)),
    hnp.arrays(np.bool_, 30),
    st.sampled_from([Calibrator.platt, Calibrator.isotonic]),
)
def test_a_higher_score_never_has_a_lower_probability(score, label, way):
    found = way(score, label).of(np.linspace(0, 1, 101))
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found) >= -1e-12).all()


def test_reliability_by_hand():
    rows, error = reliability(np.array([0.2, 0.4, 0.1, 0.9]), np.array([0, 1, 0, 1]), bins=2)
    assert [row["said"] for row in rows] == pytest.approx([0.15, 0.65])
    assert [row["came_true"] for row in rows] == [0.0, 1.0]
    assert error == pytest.approx((0.15 * 2 + 0.35 * 2) / 4)
