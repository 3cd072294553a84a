"""Linear heads against what can be worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.language.linear import fit_linear, fit_softmax

PAIR = np.array([[1.0], [-1.0]], np.float32)
SIGNS = np.array([1.0, -1.0])


def problem(seed, n=40, dim=5):
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(n, dim)).astype(np.float32)
    return features, np.where(features[:, 0] + rng.normal(size=n) > 0, 1.0, -1.0)


def sigmoid(margin):
    return 1 / (1 + np.exp(-margin))


@pytest.mark.parametrize("made", [np.asarray, sparse.csr_array])
def test_two_rows_against_the_closed_optimum(made):
    # 2 (1 - w)^2 + 4/2 w^2 is least at w = 1/2.
    weights, bias = fit_linear(made(PAIR), SIGNS, reg=4.0, loss="squared_hinge")
    assert weights[0] == pytest.approx(0.5, abs=1e-4)
    assert bias == pytest.approx(0, abs=1e-4)
    # 2 log(1 + exp(-w)) + reg/2 w^2 is least at w = 1 where reg = 2 / (1 + e).
    weights, bias = fit_linear(made(PAIR), SIGNS, reg=2 / (1 + np.e))
    assert weights[0] == pytest.approx(1, abs=1e-4)
    assert bias == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize("made", [np.asarray, sparse.csr_array])
def test_where_features_say_nothing_the_bias_is_the_log_odds(made):
    nothing = made(np.zeros((4, 3), np.float32))
    weights, bias = fit_linear(nothing, np.array([1.0, 1, 1, -1]), reg=1.0)
    assert weights.tolist() == [0, 0, 0]
    assert bias == pytest.approx(np.log(3), abs=1e-3)
    _, biases = fit_softmax(nothing, np.array([0, 1, 1, 1]), 2, reg=1.0)
    assert biases[1] - biases[0] == pytest.approx(np.log(3), abs=1e-3)


def test_a_row_s_weight_is_how_often_it_is_there():
    features, labels = problem(0, n=6)
    often = np.array([3, 1, 1, 2, 1, 1])
    weighted = fit_linear(features, labels, reg=0.5, weights=often)
    repeated = fit_linear(features.repeat(often, axis=0), labels.repeat(often), reg=0.5)
    np.testing.assert_allclose(weighted[0], repeated[0], atol=1e-3)
    assert weighted[1] == pytest.approx(repeated[1], abs=1e-3)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([0.1, 1.0, 30.0]))
def test_the_slope_at_the_optimum_is_nothing(seed, reg):
    features, labels = problem(seed)
    weights, bias = fit_linear(features, labels, reg=reg)
    pull = -labels * sigmoid(-labels * (features @ weights + bias))
    np.testing.assert_allclose(features.T @ pull + reg * weights, 0, atol=0.02)
    assert pull.sum() == pytest.approx(0, abs=0.02)

    weights, bias = fit_linear(features, labels, reg=reg, loss="squared_hinge")
    pull = -2 * labels * np.maximum(1 - labels * (features @ weights + bias), 0)
    np.testing.assert_allclose(features.T @ pull + reg * weights, 0, atol=0.02)

    classes = np.digitize(features[:, 0], [-0.5, 0.5])
    weights, biases = fit_softmax(features, classes, 3, reg=reg)
    scores = np.exp(features @ weights + biases)
    off = scores / scores.sum(axis=1, keepdims=True) - np.eye(3)[classes]
    np.testing.assert_allclose(features.T @ off + reg * weights, 0, atol=0.02)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_columns_in_which_there_is_nothing_change_nothing(seed):
    features, labels = problem(seed)
    wide = np.zeros((len(features), 40), np.float32)
    used = [3, 4, 17, 30, 39]
    wide[:, used] = features
    narrow, narrow_bias = fit_linear(features, labels, reg=1.0)
    weights, bias = fit_linear(sparse.csr_array(wide), labels, reg=1.0)
    np.testing.assert_allclose(weights[used], narrow, atol=1e-3)
    assert np.count_nonzero(weights) == np.count_nonzero(weights[used])
    assert bias == pytest.approx(narrow_bias, abs=1e-3)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_softmax_of_two_classes_is_the_logistic_head(seed):
    features, labels = problem(seed)
    # Two weights of half the size cost half: twice the ridge makes them the same problem.
    weights, biases = fit_softmax(sparse.csr_array(features), (labels > 0).astype(int), 2, reg=2.0)
    logistic, bias = fit_linear(features, labels, reg=1.0)
    np.testing.assert_allclose(weights[:, 1] - weights[:, 0], logistic, atol=5e-3)
    assert biases[1] - biases[0] == pytest.approx(bias, abs=5e-3)


def test_one_class_alone_stays_finite():
    features, _ = problem(0)
    weights, bias = fit_linear(features, np.ones(len(features)), reg=1.0)
    assert np.isfinite(weights).all()
    assert 0 < bias < np.inf
