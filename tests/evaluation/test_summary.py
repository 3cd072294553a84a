from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from zhiyin.core.interactions import Interactions
from zhiyin.evaluation.contest import Judged, Learner
from zhiyin.evaluation.gains import CONTROL_TOO, FEW, NONE, REAL, UNCONTROLLED
from zhiyin.evaluation.significance import sign_flip_p
from zhiyin.evaluation.summary import means, number, summary
from zhiyin.evaluation.task import Task, TrainingData

N, N_ITEMS, K = 80, 12, 2


def a_task():
    person = np.arange(N)
    plays = Interactions(person, person % 3, np.ones(N, np.float32), np.zeros(N, np.int64))
    hidden = sparse.csr_array((np.ones(N, np.float32), (person, 3 + person % 2)), (N, N_ITEMS))
    return Task.hiding(TrainingData(plays, N, N_ITEMS), hidden, "planted")


TASK = a_task()


def judged(name, ndcg, *, over=None, control_of=None, lists=None, validation=0.5):
    ndcg = np.broadcast_to(np.asarray(ndcg, np.float64), N)
    return Judged(
        Learner(name, lambda data: lambda params: None, over=over, control_of=control_of),
        {"reg": 1.5},
        3,
        validation,
        np.tile(np.array([3, 5]), (N, 1)) if lists is None else lists,
        {},
        {f"recall@{K}": ndcg / 2, f"ndcg@{K}": ndcg},
        0.5,
        0.25,
        100.0,
    )


def told(*entered, reference="base", **other):
    return summary(entered, TASK, K, reference=reference, **other)


def noise(seed, scale=0.02):
    return np.random.default_rng(seed).normal(0, scale, N)


BASE = 0.3 + noise(0, 0.1)


def test_it_holds_means_intervals_exposure_cost_and_choice():
    figures = told(judged("base", BASE))["base"]
    assert figures["ndcg@2"] == pytest.approx(BASE.mean(), rel=1e-5)
    low, high = figures["ci"]["ndcg@2"]
    assert low < figures["ndcg@2"] < high
    assert figures["recall@2"] == pytest.approx(BASE.mean() / 2, rel=1e-5)
    assert (figures["fit_s"], figures["score_s"], figures["rss_mb"]) == (0.5, 0.25, 100)
    assert (figures["params"], figures["trials"]) == ({"reg": 1.5}, 3)
    assert figures["validation"] == 0.5
    assert figures["coverage"] == pytest.approx(2 / 12, rel=1e-5)
    assert figures["entropy_bits"] == 1
    assert figures["novelty_bits"] == pytest.approx(math.log2(N + 1), rel=1e-5)


def test_lists_without_items_do_not_count_as_new_or_old():
    half = np.where(np.arange(N)[:, None] % 2, -1, np.array([3, 5]))
    figures = told(judged("base", BASE, lists=half))["base"]
    assert figures["novelty_bits"] == pytest.approx(math.log2(N + 1), rel=1e-5)


def test_json_can_hold_it_whatever_could_not_be_judged():
    nothing = np.full(N, np.nan)
    some = np.where(np.arange(N) % 2, BASE, np.nan)
    empty = np.full((N, K), -1)
    entered = [
        judged("base", some, validation=math.nan),
        judged("empty", nothing, lists=empty, over="base"),
        judged("empty, shuffled", nothing, lists=empty, over="base", control_of="empty"),
    ]
    document = told(
        *entered,
        slices={"nobody": np.zeros(N, bool), "all": np.ones(N, bool)},
        targets={"part": sparse.csr_array((N, N_ITEMS), dtype=np.float32)},
    )
    text = json.dumps(document, allow_nan=False)
    assert json.loads(text) == document
    assert document["empty"]["ndcg@2"] is None
    assert document["empty"]["novelty_bits"] is None
    assert document["base"]["validation"] is None
    assert document["base"]["ndcg@2"] == pytest.approx(np.nanmean(some), rel=1e-5)
    assert document["empty"]["gain"]["verdict"] == FEW


def test_json_can_hold_a_contest_that_nobody_judged():
    nobody = replace(TASK, people=TASK.people[:0])
    none = {name: np.empty(0) for name in (f"recall@{K}", f"ndcg@{K}")}
    entered = [
        replace(judged(name, BASE), lists=np.empty((0, K), np.int64), figures=none)
        for name in ("base", "other")
    ]
    document = summary(entered, nobody, K, reference="base", slices={"all": np.empty(0, bool)})
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["other"]["against"] == {
        "reference": "base",
        "ndcg@2": [None, None, None],
        "p_holm": None,
    }


def test_a_gain_is_real_where_its_control_has_none():
    own, control = BASE + 0.05 + noise(1), BASE + noise(2)
    gain = told(
        judged("base", BASE),
        judged("social", own, over="base"),
        judged("social, shuffled", control, over="base", control_of="social"),
    )["social"]["gain"]
    assert gain["verdict"] == REAL
    assert gain["over"] == "base"
    mean, low, high = gain["ndcg@2"]
    assert mean == pytest.approx((own - BASE).mean(), rel=1e-5)
    assert 0 < low < mean < high
    [(name, of_control)] = gain["controls"].items()
    assert name == "social, shuffled"
    assert of_control[0] == pytest.approx((control - BASE).mean(), rel=1e-4)


def test_a_gain_that_a_control_has_too_says_so():
    own = BASE + 0.05 + noise(1)
    entered = [
        judged("base", BASE),
        judged("social", own, over="base"),
        judged("a", BASE + noise(2), over="base", control_of="social"),
        judged("b", own + noise(3), over="base", control_of="social"),
    ]
    assert told(*entered[:3])["social"]["gain"]["verdict"] == REAL
    assert told(*entered)["social"]["gain"]["verdict"] == CONTROL_TOO  # one control is enough


@pytest.mark.parametrize("lift", [0.001, 0.0, -0.05])
def test_where_there_is_no_gain_none_is_claimed(lift):
    own = BASE + lift + noise(4) - noise(4).mean()
    entered = [
        judged("base", BASE),
        judged("social", own, over="base"),
        judged("control", BASE - 0.2, over="base", control_of="social"),
    ]
    assert told(*entered)["social"]["gain"]["verdict"] == NONE


def test_a_few_people_prove_nothing():
    few = np.arange(N) < 19
    entered = [
        judged("base", np.where(few, BASE, np.nan)),
        judged("social", np.where(few, BASE + 0.3, np.nan), over="base"),
        judged("control", np.where(few, BASE, np.nan), over="base", control_of="social"),
    ]
    assert told(*entered)["social"]["gain"]["verdict"] == FEW


def test_among_many_gains_of_chance_hardly_one_is_called_real():
    """20 tables of 10 signals that mean nothing: without adjusting, every table would hold a false alarm or two."""
    alarms = 0
    for seed in range(20):
        entered = [judged("base", BASE)]
        for signal in range(10):
            own, control = (BASE + noise(1000 * seed + 10 * signal + part) for part in (0, 1))
            entered.append(judged(f"{signal}", own, over="base"))
            entered.append(judged(f"{signal} c", control, over="base", control_of=f"{signal}"))
        document = told(*entered)
        alarms += any(document[f"{signal}"]["gain"]["verdict"] == REAL for signal in range(10))
    assert alarms <= 2


def test_a_gain_without_a_control_is_not_called_real():
    document = told(judged("base", BASE), judged("social", BASE + 0.05, over="base"))
    assert document["social"]["gain"]["verdict"] == UNCONTROLLED
    assert document["base"]["gain"] is None


def test_a_control_claims_nothing_itself():
    document = told(
        judged("base", BASE), judged("control", BASE + 1, over="base", control_of="social")
    )
    assert document["control"]["gain"] is None
    assert document["control"]["control_of"] == "social"
    alone = told(judged("base", BASE), judged("social", BASE + 1, over="absent"))
    assert alone["social"]["gain"] is None


def test_all_but_the_reference_are_held_against_it_with_adjusted_p_values():
    others = {"a": BASE + 0.004 + noise(1), "b": BASE + 0.003 + noise(2), "c": BASE + noise(3)}
    document = told(judged("base", BASE), *(judged(name, v) for name, v in others.items()))
    assert document["base"]["against"] is None
    for name, values in others.items():
        against = document[name]["against"]
        assert against["reference"] == "base"
        assert against["ndcg@2"][0] == pytest.approx((values - BASE).mean(), rel=1e-4)
        raw = sign_flip_p(values - BASE)
        assert against["p_holm"] >= number(raw)
    lowest = min(others, key=lambda name: sign_flip_p(others[name] - BASE))
    assert document[lowest]["against"]["p_holm"] == pytest.approx(
        3 * sign_flip_p(others[lowest] - BASE), rel=1e-5
    )
    other = told(judged("base", BASE), judged("a", others["a"]), reference="a")
    assert other["a"]["against"] is None
    assert other["base"]["against"]["ndcg@2"][0] < 0


def test_a_small_slice_has_people_and_no_figures():
    slices = {"19": np.arange(N) < 19, "20": np.arange(N) < 20}
    told_slices = told(judged("base", BASE), slices=slices)["base"]["slices"]
    assert told_slices["19"] == {"people": 19, "recall@2": None, "ndcg@2": None}
    mean, low, high = told_slices["20"]["ndcg@2"]
    assert mean == pytest.approx(BASE[:20].mean(), rel=1e-5)
    assert low < mean < high
    assert told_slices["20"]["people"] == 20


def test_the_same_lists_are_judged_by_a_part_of_what_is_relevant():
    even = TASK.relevant.multiply((np.arange(N_ITEMS) == 3)[None, :]).tocsr()
    even.eliminate_zeros()
    rare = TASK.relevant.multiply((np.arange(N) < 10)[:, None]).tocsr()
    rare.eliminate_zeros()
    slices = told(judged("base", BASE), targets={"even": even, "rare": rare})["base"]["slices"]
    assert slices["even"] == {"people": N // 2, "recall@2": [1, 1, 1], "ndcg@2": [1, 1, 1]}
    assert slices["rare"] == {"people": 10, "recall@2": None, "ndcg@2": None}


def test_figures_have_six_digits():
    assert number(1 / 3) == 0.333333
    assert number(math.nan) is number(math.inf) is None
    assert means({"x": np.array([1.0, np.nan])}, 0) == {"x": 1, "ci": {"x": [1, 1]}}
