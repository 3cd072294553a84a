"""The search judged on the sample shop: its figures by hand, and a floor under the order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from zhiyin.bench.search_sample import Reading, bench_search_sample, summary
from zhiyin.ingest.sample.queries import JudgedQuery
from zhiyin.search.understanding import Understanding

FLOOR = 0.7
"""Share of the gap; it is .79 here."""


def reading(order: list[int], bm25: list[int], **slots: Any) -> Reading:
    grades = np.array([3, 0, 0], np.int8)
    query = JudgedQuery("", "en", frozenset({"cup"}), True, (), "", grades)
    wanted = slots.get("wanted", frozenset())
    return Reading(
        query, Understanding(""), wanted, slots.get("allowed", frozenset()),
        slots.get("said", frozenset()), np.array(order), np.array(bm25),
    )  # fmt: skip


def test_the_gap_lies_between_the_baseline_and_the_best_order() -> None:
    best, second, worst = [0, 1, 2], [1, 0, 2], [1, 2, 0]
    assert summary([reading(best, worst)])["share_of_gap"] == 1
    assert summary([reading(worst, worst)])["share_of_gap"] == 0
    half = summary([reading(second, worst)])
    low = 0.5
    assert half["share_of_gap"] == pytest.approx((1 / np.log2(3) - low) / (1 - low), abs=1e-3)
    assert summary([reading(worst, second)])["share_of_gap"] < 0


def test_slots_are_right_wrong_missing_or_no_mistake() -> None:
    red, cup, big = ("colour", "red", False), ("type", "cup", False), ("size", "big", False)
    told = summary([
        reading([0], [1], wanted=frozenset({red}), said=frozenset({red, cup}), allowed=frozenset({cup})),
        reading([0], [1], wanted=frozenset({red, cup}), said=frozenset({red, big})),
    ])["slots"]  # fmt: skip
    assert told == {"precision": round(2 / 3, 4), "recall": round(2 / 3, 4), "true": 3}


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return bench_search_sample(3, 80, people=60)


def test_the_order_comes_most_of_the_way_from_bm25_to_the_best(told: dict[str, Any]) -> None:
    both = [told["A"], told["B"]]
    assert np.mean([one["share_of_gap"] for one in both]) > FLOOR
    assert min(one["slots"]["precision"] for one in both) > 0.9
    assert min(one["slots"]["recall"] for one in both) > 0.85


def test_judgments_of_other_queries_are_not_met(told: dict[str, Any]) -> None:
    assert abs(told["control_shuffled_judgments"]["share_of_gap"]) < 0.2
    assert told["control_shuffled_judgments"]["ndcg@10"] < told["B"]["bm25"] / 2


def test_parts_of_a_half_add_up(told: dict[str, Any]) -> None:
    parts = told["B by part"]
    assert parts["zh"]["queries"] + parts["en"]["queries"] == told["B"]["queries"]
    mean = np.mean([parts[name]["ndcg@10"] for name in ("zh", "en")])
    assert mean == pytest.approx(told["B"]["ndcg@10"], abs=1e-3)


def test_a_reading_keeps_its_order() -> None:
    one = reading([0, 1], [1, 0])
    assert summary([replace(one, order=one.bm25)])["share_of_gap"] == 0
