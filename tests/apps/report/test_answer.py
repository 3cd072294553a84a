"""Who is compared with whom, and when a difference is called sure."""

from __future__ import annotations

import pytest

from tests.apps.report.answers import answer, model
from zhiyin.apps.report.answer import comparison, main_metric, ordered, parts, references


def test_the_pipeline_is_compared_with_the_reference() -> None:
    found = comparison(answer()["models"])
    assert found is not None
    assert (found.other, found.own_mean, found.other_mean) == ("item-knn", 0.31234, 0.26234)
    assert found.difference == (0.05, pytest.approx(0.03), pytest.approx(0.07))
    assert found.is_sure


@pytest.mark.parametrize(("p", "is_sure"), [(0.04, True), (0.05, False)])
def test_a_difference_is_sure_below_five_in_a_hundred(p: float, is_sure: bool) -> None:
    models = answer()["models"]
    models["pipeline"]["against"]["p_holm"] = p
    found = comparison(models)
    assert found is not None
    assert found.is_sure is is_sure


def test_without_a_pipeline_nothing_is_claimed() -> None:
    models = answer()["models"]
    del models["pipeline"]
    assert comparison(models) is None
    assert comparison({"pipeline": model(0.3)}) is None


def test_a_control_stands_after_its_model() -> None:
    assert ordered(answer()["models"]) == [
        "pipeline", "popularity", "item-knn", "friends", "friends, shuffled ties",
    ]  # fmt: skip


def test_parts_are_those_of_any_model_and_references_those_compared_to() -> None:
    models = answer()["models"]
    del models["pipeline"]["slices"]
    models["friends"]["slices"]["rare items"] = {"people": 7, "ndcg@5": None}
    assert [*parts(models, "slices")] == ["history 0", "history 3-7", "rare items"]
    assert parts(models, "slices")["rare items"]["people"] == 7
    assert parts(models, "history") == {}
    assert references(models) == ["item-knn"]
    assert references({"a": model(0.2)}) == []


def test_the_metric_is_that_of_the_comparison() -> None:
    beside = {"reference": "mean", "rmse": [0.1, 0.0, 0.2], "p_holm": 1.0}
    ratings = {"mae": 0.7, "rmse": 0.9, "ci": {"mae": [0.6, 0.8], "rmse": [0.8, 1.0]}}
    assert main_metric({"mean": ratings, "x": {**ratings, "against": beside}}) == "rmse"
    assert main_metric({"mean": ratings}) == "mae"
    assert main_metric({}) == ""
