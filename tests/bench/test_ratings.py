from __future__ import annotations

import json

import numpy as np
import pytest

from zhiyin.bench.rating_summary import rmse_difference
from zhiyin.bench.ratings import bench_ratings
from zhiyin.errors import InvalidRecord, SettingsError

SMALL = 2
TIMES = {"fit_s", "score_s", "rss_mb"}
BASELINES = ["random", "mean", "item mean", "user mean", "biases", "item-knn"]
NAMES = [*BASELINES, "factors", "zhiyin"]
ERRORS = ("rmse", "mae")


def written(path, rows, header="user,item,rating"):
    path.write_text(header + "\n" + "".join(f"{p},{i},{value}\n" for p, i, value in rows))
    return path


def planted(seed=0, shuffled=False):
    """Whole ratings from 1 to 5 of 100 people with one taste, for training and test."""
    rng = np.random.default_rng(seed)
    person, item = np.nonzero(rng.random((100, 40)) < 0.4)
    bias = rng.normal(scale=0.5, size=100)[:, None] + rng.normal(scale=0.5, size=40)
    taste = rng.normal(size=100)[:, None] * rng.normal(size=40)
    value = np.clip(np.round(3 + taste + bias)[person, item], 1, 5)
    if shuffled:
        value = rng.permutation(value)
    mixed = rng.permutation(person.size)
    rows = list(zip(person[mixed], item[mixed], value[mixed], strict=True))
    cut = len(rows) * 4 // 5
    return rows[:cut], rows[cut:]


def bench(folder, train, test, trials=SMALL, **more):
    paths = written(folder / "train.csv", train), written(folder / "test.csv", test)
    return bench_ratings(*paths, trials=trials, **more)


def without_times(report):
    models = {
        name: {key: value for key, value in figures.items() if key not in TIMES}
        for name, figures in report["models"].items()
    }
    return {**report, "models": models}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return bench(tmp_path_factory.mktemp("ratings"), *planted())


def test_errors_by_hand(tmp_path):
    train = [("an", "x", 5), ("an", "y", 3), ("bo", "x", 3), ("bo", "y", 1)]
    told = bench(tmp_path, train, [("an", "x", 4), ("bo", "z", 1)])
    mean, items = told["models"]["mean"], told["models"]["item mean"]
    assert mean["rmse"] == pytest.approx(np.sqrt((1 + 4) / 2), abs=1e-5)
    assert mean["mae"] == 1.5
    assert items["mae"] == 1.0
    assert told["data"]["test_of_new_items"] == 1
    assert (told["data"]["lowest"], told["data"]["highest"]) == (1, 5)


def test_the_report_is_json_of_the_known_shape(report):
    again = json.loads(json.dumps(report, allow_nan=False))
    assert set(again) == {"models", "data", "protocol", "left_out"}
    assert list(again["models"]) == NAMES
    wanted = {"rmse", "mae", "ci", *TIMES, "params", "trials", "validation", "against"}
    wanted |= {"over_biases"}
    reference = min(BASELINES, key=lambda name: again["models"][name]["validation"])
    for name, figures in again["models"].items():
        assert set(figures) == wanted
        assert figures["ci"]["rmse"][0] <= figures["rmse"] <= figures["ci"]["rmse"][1]
        assert figures["ci"]["mae"][0] <= figures["mae"] <= figures["ci"]["mae"][1]
        if name != reference:
            against = figures["against"]
            assert against["reference"] == reference
            for error in ERRORS:
                difference = figures[error] - again["models"][reference][error]
                assert against[error][0] == pytest.approx(difference, abs=1e-5)
    assert again["models"][reference]["against"] is None


def test_what_was_planted_is_found(report):
    models = report["models"]
    for name in ("biases", "item-knn", "factors", "zhiyin"):
        assert models[name]["ci"]["rmse"][1] < models["mean"]["ci"]["rmse"][0]
    assert models["item-knn"]["rmse"] < 0.9 * models["biases"]["rmse"]
    assert models["random"]["rmse"] > models["mean"]["rmse"]


def test_zhiyin_is_below_the_biases_by_more_than_chance_and_validates_best(report):
    models = report["models"]
    assert models["biases"]["over_biases"] is None
    for error in ERRORS:
        difference, _, high = models["zhiyin"]["over_biases"][error]
        assert difference == pytest.approx(
            models["zhiyin"][error] - models["biases"][error], abs=1e-5
        )
        assert high < 0
    assert models["zhiyin"]["validation"] <= models["factors"]["validation"]
    parts = models["zhiyin"]["params"]["parts"]
    for name, params in parts.items():
        assert params == models[name]["params"]


def timed(rows, days):
    return [
        (p, f"{i},{v}", 1_400_000_000 + int(day * 86_400))
        for (p, i, v), day in zip(rows, days, strict=True)
    ]


def test_parameters_are_chosen_by_later_ratings_where_the_test_file_is_later(tmp_path):
    train, test = (part[:400] for part in planted())
    rng = np.random.default_rng(0)
    early, late = rng.random(len(train)) * 100, 100 + rng.random(len(test))
    header = "user,item,rating,timestamp"
    for days, how in ((late, "by time"), (late - 60, "random")):
        paths = [
            written(tmp_path / f"{name}.csv", timed(*part), header)
            for name, part in (("train", (train, early)), ("test", (test, days)))
        ]
        told = bench_ratings(*paths, trials=1, models=["zhiyin"])
        assert how in told["protocol"]["validation"]
        assert list(told["models"]) == [*BASELINES, "zhiyin"]


def test_in_shuffled_ratings_nothing_is_found(tmp_path):
    models = bench(tmp_path, *planted(shuffled=True))["models"]
    for name in NAMES[2:]:
        assert models[name]["rmse"] > 0.99 * models["mean"]["rmse"]


def test_the_same_seed_tells_the_same_and_other_ids_change_nothing(tmp_path, report):
    train, test = planted()
    renamed = [[(f"人{99 - p}", f"sku-{i * 7}", v) for p, i, v in part] for part in (train, test)]
    assert without_times(bench(tmp_path, train, test)) == without_times(report)
    assert without_times(bench(tmp_path, *renamed)) == without_times(report)


def test_other_test_ratings_change_no_parameter(tmp_path, report):
    train, test = planted()
    other = [(f"new{p}", i, 6 - v) for p, i, v in test]
    told = bench(tmp_path, train, other)["models"]
    for name, figures in report["models"].items():
        assert told[name]["params"] == figures["params"]
        assert told[name]["validation"] == figures["validation"]
        assert told[name]["rmse"] != figures["rmse"]


def test_predictions_stay_in_the_range_of_the_training_ratings(tmp_path):
    train = [(p, i, 1 if p < 5 else 2) for p in range(10) for i in range(6)]
    models = bench(tmp_path, train, [(0, 0, 0), (9, 0, 3)])["models"]
    for figures in models.values():
        assert figures["mae"] >= 1


def test_rows_without_a_rating_are_counted_and_left_out(tmp_path, report):
    train, test = planted()
    told = bench(tmp_path, [*train, (0, 0, "")], [*test, (1, 1, "")], models=["biases"])
    assert told["data"]["rows_without_rating"] == 2
    assert told["models"]["biases"]["rmse"] == report["models"]["biases"]["rmse"]


def test_files_without_ratings_and_unknown_models_are_refused(tmp_path):
    plain = written(tmp_path / "plain.csv", [("an", "x", "")])
    rated = written(tmp_path / "rated.csv", [("an", "x", 4)])
    for pair in ((plain, rated), (rated, plain)):
        with pytest.raises(InvalidRecord, match="no row has a rating") as caught:
            bench_ratings(*pair)
        assert caught.value.where == str(plain)
        assert caught.value.expected
        assert caught.value.next_step
    with pytest.raises(SettingsError, match="factors"):
        bench_ratings(rated, rated, models=["factor"])


def test_where_nobody_has_two_ratings_everybody_stays_as_by_default(tmp_path):
    train = [(p, p % 3, p % 5 + 1) for p in range(20)]
    models = bench(tmp_path, train, [(0, 1, 3)], trials=1)["models"]
    assert all(figures["validation"] is None for figures in models.values())
    assert all(figures["rmse"] is not None for figures in models.values())


def test_models_that_are_not_named_are_left_out(tmp_path):
    told = bench(tmp_path, *planted(), trials=1, models=["biases"])
    assert list(told["models"]) == BASELINES


def test_the_difference_of_two_errors_by_hand():
    own, base, count = (np.array(column, float) for column in ([8, 8, 9], [2, 2, 9], [2, 2, 0]))
    assert rmse_difference(own, base, count).as_list() == pytest.approx([1, 1, 1])
    rng = np.random.default_rng(0)
    squares = rng.random((2, 50))
    interval = rmse_difference(*squares, np.ones(50), seed=1)
    assert interval.low < interval.mean < interval.high
    assert interval == rmse_difference(*squares, np.ones(50), seed=1)


def test_where_nothing_validates_the_mean_is_the_reference(tmp_path):
    told = bench(tmp_path, [(0, 0, 3), (1, 1, 4)], [(0, 1, 3)])["models"]
    assert {one["against"]["reference"] for one in told.values() if one["against"]} == {"mean"}
