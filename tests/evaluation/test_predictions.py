import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import DataError
from zhiyin.evaluation.predictions import (
    auc,
    auc_by_group,
    by_person,
    expected_calibration_error,
    gauc,
    log_loss,
    mae,
    rmse,
)

events_of = st.lists(
    st.tuples(st.sampled_from([-np.inf, -1.0, 0.0, 0.5, 2.0]), st.booleans(), st.integers(0, 3)),
    max_size=30,
)


def columns(events):
    score, label, group = zip(*events, strict=True) if events else ((), (), ())
    return np.array(score, np.float64), np.array(label, np.bool_), np.array(group, np.int64)


def auc_by_pairs(score, label):
    won = [(a > b) + 0.5 * (a == b) for a in score[label] for b in score[~label]]
    return np.mean(won) if won else np.nan


def test_auc_by_hand():
    # Positives 3 and 1, negatives 1 and 0: won 1, 1, 0.5 and 1 of four pairs.
    assert auc(np.array([3.0, 1.0, 1.0, 0.0]), np.array([1, 1, 0, 0])) == 3.5 / 4
    assert auc(np.array([0.1, 0.9]), np.array([True, False])) == 0
    assert auc(np.zeros(5), np.array([1, 0, 0, 1, 0])) == 0.5


def test_one_class_has_no_auc():
    assert np.isnan(auc(np.array([1.0, 2.0]), np.array([1, 1])))
    assert np.isnan(auc(np.array([]), np.array([])))
    assert np.isnan(gauc(np.array([1.0, 2.0]), np.array([1, 0]), np.array([1, 2])))
    assert np.isnan(gauc(np.array([]), np.array([]), np.array([], np.int64)))


def test_a_score_that_is_no_number_is_refused():
    with pytest.raises(DataError, match="a score is NaN"):
        auc(np.array([1.0, np.nan]), np.array([1, 0]))


def test_gauc_weighs_groups_by_events_and_leaves_out_those_of_one_class():
    score = np.array([2.0, 1.0, 0.0, 9.0, 1.0, 2.0])
    label = np.array([1, 0, 0, 1, 1, 0])
    group = np.array([70, 70, 70, 8, -5, -5])  # AUC 1 of three events, none, 0 of two events
    assert gauc(score, label, group) == pytest.approx(3 / 5)


def test_a_shift_of_a_whole_group_changes_auc_and_not_gauc():
    score, label = np.array([1.0, 0.0, 1.0, 0.0]), np.array([1, 0, 1, 0])
    group = np.array([0, 0, 1, 1])
    assert auc(score + 10 * group, label) < auc(score, label) == 1
    assert gauc(score + 10 * group, label, group) == 1


@settings(deadline=None, max_examples=25)
@given(events_of)
def test_auc_of_all_and_of_groups_equals_counting_pairs(events):
    score, label, group = columns(events)
    assert auc(score, label) == pytest.approx(auc_by_pairs(score, label), nan_ok=True)
    areas, sizes = auc_by_group(score, label, group, 5)
    expected = [auc_by_pairs(score[group == g], label[group == g]) for g in range(5)]
    assert areas.tolist() == pytest.approx(expected, nan_ok=True)
    assert sizes.tolist() == [np.sum(group == g) for g in range(5)]
    judged = [g for g in range(5) if not np.isnan(expected[g])]
    if judged:
        mean = np.average([expected[g] for g in judged], weights=[sizes[g] for g in judged])
        assert gauc(score, label, group) == pytest.approx(mean)


def test_log_loss_by_hand():
    assert log_loss(np.array([0.5, 0.25]), np.array([1, 0])) == pytest.approx(
        (np.log(2) - np.log(0.75)) / 2
    )
    assert log_loss(np.array([1.0, 0.0]), np.array([True, False])) == 0
    assert np.isnan(log_loss(np.array([]), np.array([])))


def test_a_certain_mistake_costs_much_but_not_everything():
    for told, happened in ((0.0, 1), (1.0, 0)):
        assert log_loss(np.array([told]), np.array([happened])) == pytest.approx(34.54, abs=0.01)


def test_calibration_error_by_hand():
    told = np.array([0.1, 0.3, 0.8, 0.8])
    label = np.array([0, 1, 1, 1])
    # Two bins: mean 0.2 against 1/2, mean 0.8 against 1; each holds half of the events.
    assert expected_calibration_error(told, label, bins=2) == pytest.approx(0.25)
    assert expected_calibration_error(told, label, bins=1) == pytest.approx(0.25)


def test_a_probability_on_an_edge_belongs_to_the_bin_below():
    told = np.array([0.5, 0.6, 0.0])
    label = np.array([1, 0, 0])
    # {0, 0.5} against 1/2 and {0.6} against 0; with 0.5 in the upper bin it would be 0.1 / 3.
    assert expected_calibration_error(told, label, bins=2) == pytest.approx((0.5 + 0.6) / 3)


def test_calibrated_probabilities_have_no_error_and_certain_mistakes_have_all():
    told = np.repeat([0.0, 0.25, 0.5, 1.0], 4)
    label = np.array([0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1])
    assert expected_calibration_error(told, label) == 0
    assert expected_calibration_error(np.array([0.0, 1.0]), np.array([1, 0])) == 1
    assert np.isnan(expected_calibration_error(np.array([]), np.array([])))


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30),
    st.integers(1, 20),
)
def test_calibration_error_equals_a_loop_over_bins(events, bins):
    told, label = (np.array(column) for column in zip(*events, strict=True))
    error = 0.0
    for b in range(bins):
        inside = (told > b / bins if b else told >= 0) & (told <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(label[inside].mean() - told[inside].mean())
    assert expected_calibration_error(told, label, bins) == pytest.approx(error)


@pytest.mark.parametrize("told", [-0.1, 1.1, np.nan])
@pytest.mark.parametrize("figure", [log_loss, expected_calibration_error])
def test_what_is_no_probability_is_refused(figure, told):
    with pytest.raises(DataError, match="numbers in \\[0, 1\\]"):
        figure(np.array([0.5, told]), np.array([1, 0]))


def test_errors_of_ratings_by_hand():
    predicted, actual = np.array([1, 5, 3], np.int8), np.array([4, 5, 2], np.int8)
    assert rmse(predicted, actual) == pytest.approx(np.sqrt(10 / 3))
    assert mae(predicted, actual) == pytest.approx(4 / 3)
    assert np.isnan(rmse(np.array([]), np.array([])))
    assert np.isnan(mae(np.array([]), np.array([])))


def test_errors_of_unsigned_values_do_not_wrap():
    assert mae(np.array([0], np.uint8), np.array([1], np.uint8)) == 1
    assert rmse(np.array([0], np.uint8), np.array([200], np.uint8)) == 200


def test_sums_by_person_give_the_ratio_back():
    sums, counts = by_person(np.array([1.0, 2.0, 4.0]), np.array([2, 0, 2]), 4)
    assert sums.tolist() == [2, 0, 5, 0]
    assert counts.tolist() == [1, 0, 2, 0]
    sums, counts = by_person(np.array([], np.bool_), np.array([], np.int64), 2)
    assert sums.tolist() == counts.tolist() == [0, 0]
    assert sums.dtype == np.float64
