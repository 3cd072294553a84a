"""Who is compared with whom, and when a difference is called sure."""

from __future__ import annotations

import pytest

from tests.apps.report.answers import against, answer, model
from zhiyin.apps.report.answer import comparison, main_metric, ordered


def test_the_pipeline_is_compared_with_the_reference() -> None:
    found = comparison(answer()["models"])
    assert found is not None
    assert (found.other, found.own_mean, found.other_mean) == ("item-knn", 0.31234, 0.26234)
    assert found.difference == (0.05, pytest.approx(0.03), pytest.approx(0.07))
    assert found.is_sure


@pytest.mark.parametrize(("p", "is_sure"), [(0.04, True), (0.05, False), (None, True)])
def test_a_difference_is_sure_below_five_in_a_hundred(p: float | None, is_sure: bool) -> None:
    models = answer()["models"]
    models["pipeline"]["against"]["p_holm"] = p
    found = comparison(models)
    assert found is not None
    assert found.is_sure is is_sure


def test_where_the_pipeline_is_the_reference_the_best_validated_rival_is_taken() -> None:
    others = {"a": (0.2, 0.9), "b": (0.4, 0.1), "a, shuffled": (0.3, 1.0)}
    models = {"pipeline": model(0.3)}
    for name, (ndcg, validation) in others.items():
        beside = {**against(0.1, 0.01), "reference": "pipeline"}
        models[name] = model(ndcg, validation=validation, against=beside)
    models["a, shuffled"]["control_of"] = "a"
    found = comparison(models)
    assert found is not None
    assert found.other == "a"
    assert found.difference == pytest.approx((-0.1, -0.12, -0.08))


def test_without_a_pipeline_nothing_is_claimed() -> None:
    models = answer()["models"]
    del models["pipeline"]
    assert comparison(models) is None
    assert comparison({"pipeline": model(0.3)}) is None


def test_a_control_stands_after_its_model() -> None:
    assert ordered(answer()["models"]) == [
        "pipeline", "popularity", "item-knn", "friends", "friends, shuffled ties",
    ]  # fmt: skip


def test_the_metric_is_that_of_the_comparison() -> None:
    beside = {"reference": "mean", "rmse": [0.1, 0.0, 0.2], "p_holm": 1.0}
    ratings = {"mae": 0.7, "rmse": 0.9, "ci": {"mae": [0.6, 0.8], "rmse": [0.8, 1.0]}}
    assert main_metric({"mean": ratings, "x": {**ratings, "against": beside}}) == "rmse"
    assert main_metric({"mean": ratings}) == "mae"
    assert main_metric({}) == ""
