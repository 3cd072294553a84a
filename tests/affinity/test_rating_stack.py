from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from zhiyin.affinity.rating_lags import DAY_US
from zhiyin.affinity.rating_learner import Chosen, tuned
from zhiyin.affinity.rating_stack import LAGS, stack_learner
from zhiyin.affinity.ratings import Ratings
from zhiyin.core.history import NO_TIME
from zhiyin.evaluation.contest import Budget
from zhiyin.evaluation.predictions import rmse

STACK = stack_learner(0)
ONCE = Budget(trials=1)
DAMPED = {"person_damping": 5.0, "item_damping": 5.0}
WITH_LAGS = {"parts": {"biases": DAMPED}, "lags": list(LAGS)}


def moody(mood=0.8, taste=0.0, seed=0, n_people=80, each=50, n_items=60):
    """Ratings of people whose mood changes from week to week, and others of them that are hidden."""
    rng = np.random.default_rng(seed)
    item = np.argsort(rng.random((n_people, n_items)), axis=1)[:, :each].ravel()
    person = np.repeat(np.arange(n_people), each)
    day = rng.random(person.size) * 200
    weeks = rng.normal(size=(n_people, 30))[person, (day // 7).astype(int)]
    tastes = rng.normal(size=(n_people, 1)) @ rng.normal(size=(1, n_items))
    value = 3 + mood * weeks + taste * tastes[person, item] + 0.4 * rng.normal(size=person.size)
    value += 0.5 * rng.normal(size=n_people)[person] + 0.5 * rng.normal(size=n_items)[item]
    known = Ratings.of(person, item, value, n_people, n_items, (day * DAY_US).astype(np.int64))
    is_hidden = rng.random(person.size) < 0.15
    return known.where(~is_hidden), known.where(is_hidden)


def choose(fitted, held, known=None):
    return tuned(STACK, fitted, held, ONCE, known or {})


def error(params, known, hidden):
    predict = STACK.prepare(known)(params)
    return rmse(predict(hidden.person, hidden.item, hidden.time_us), hidden.value)


def test_lags_are_chosen_and_win_where_moods_change_and_not_with_shuffled_times():
    known, hidden = moody()
    chosen = choose(*moody(seed=1))
    assert "person lags" in chosen.params["lags"]
    without = error({"parts": {"biases": DAMPED}, "lags": []}, known, hidden)
    assert error(WITH_LAGS, known, hidden) < 0.95 * without
    mixed = np.random.default_rng(0).permutation(known.time_us)
    assert error(WITH_LAGS, replace(known, time_us=mixed), hidden) > 0.985 * without


def test_factors_are_chosen_where_there_are_tastes_and_the_error_told_is_that_of_the_choice():
    fitted, held = moody(mood=0.0, taste=0.8)
    chosen = choose(fitted, held)
    assert "factors" in chosen.params["parts"]
    predict = STACK.prepare(fitted)(chosen.params)
    predicted = fitted.clipped(predict(held.person, held.item, held.time_us))
    assert rmse(predicted, held.value) == pytest.approx(chosen.rmse)


def test_without_times_there_are_no_lags():
    fitted, held = (replace(one, time_us=np.full(one.item.size, NO_TIME)) for one in moody())
    assert choose(fitted, held).params["lags"] == []


def test_in_noise_the_biases_stay_alone():
    rng = np.random.default_rng(3)
    fitted, held = (replace(one, value=rng.normal(size=one.item.size)) for one in moody())
    plain = {"biases": Chosen({"person_damping": 100.0, "item_damping": 100.0}, 1, 1.0)}
    assert choose(fitted, held, plain).params["parts"] == {"biases": plain["biases"].params}


def test_without_held_out_ratings_the_biases_are_taken():
    known, hidden = moody()
    chosen = choose(known, hidden.where(np.zeros(hidden.item.size, bool)))
    assert list(chosen.params["parts"]) == ["biases"]
    assert np.isnan(chosen.rmse)


def test_what_was_chosen_for_others_is_taken_over_and_their_trials_count():
    fitted, held = moody(n_people=30)
    found = {"biases": Chosen(DAMPED, trials=7, rmse=1.0)}
    chosen = choose(fitted, held, found)
    assert chosen.params["parts"].get("biases", DAMPED) == DAMPED
    assert chosen.trials >= 7 + 1 + 1


def test_in_noise_lags_cost_next_to_nothing():
    """Were a rating among its own features, weights would trust the lags and the error would rise."""
    rng = np.random.default_rng(4)
    known, hidden = (replace(one, value=rng.normal(size=one.item.size)) for one in moody())
    assert error(WITH_LAGS, known, hidden) < 1.02 * error({**WITH_LAGS, "lags": []}, known, hidden)


def test_a_whole_list_at_one_moment_is_predicted_as_its_ratings_one_by_one():
    known, hidden = moody(n_people=20, each=30)
    predict = STACK.prepare(known)(WITH_LAGS)
    person, item = hidden.person[:8], hidden.item[:8]
    now = np.full(8, 150 * DAY_US)
    one_by_one = [
        float(predict(person[at : at + 1], item[at : at + 1], now[at : at + 1])[0])
        for at in range(8)
    ]
    other = predict(np.append(person, 0), np.append(item, 0), np.append(now, DAY_US))
    assert predict(person, item, now) == pytest.approx(one_by_one)
    assert other[:8] == pytest.approx(one_by_one)


def test_it_learns_from_next_to_nothing():
    few = Ratings.of(np.array([0, 0]), np.array([0, 1]), np.array([4.0, 2.0]), 2, 2)
    assert np.isfinite(error(WITH_LAGS, few, few))
    chosen = choose(few.where(few.item == 0), few.where(few.item == 1))
    assert list(chosen.params["parts"]) == ["biases"]
