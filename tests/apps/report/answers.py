"""A small answer of an evaluation, of the shape that all tasks share."""

from __future__ import annotations

from typing import Any

HOSTILE = '<script>alert("1")</script>'


def means(ndcg: float) -> dict[str, Any]:
    """Return metrics with intervals that reach 0.01 to either side."""
    metrics = {"recall@5": ndcg + 0.1, "ndcg@5": ndcg}
    ci = {name: [value - 0.01, value + 0.01] for name, value in metrics.items()}
    return {**metrics, "ci": ci}


def model(ndcg: float, **more: Any) -> dict[str, Any]:
    """Return the figures of one model."""
    part = [ndcg + 0.02, ndcg - 0.03, ndcg + 0.05]
    return {
        **means(ndcg),
        "coverage": 0.5,
        "gini": 0.75,
        "fit_s": 1.25,
        "score_s": 0.5,
        "rss_mb": 200.0,
        "params": {},
        "trials": 1,
        "validation": ndcg,
        "against": None,
        "gain": None,
        "control_of": None,
        "slices": {
            "history 0": {"people": 3, "recall@5": None, "ndcg@5": None},
            "history 3-7": {"people": 40, "recall@5": part, "ndcg@5": part},
        },
        **more,
    }


def against(mean: float, p: float) -> dict[str, Any]:
    return {"reference": "item-knn", "ndcg@5": [mean, mean - 0.02, mean + 0.02], "p_holm": p}


def fairness() -> dict[str, Any]:
    """Return gaps by gender, of which the popular lists have less, and eleven brands."""

    def gap(mean: float) -> dict[str, Any]:
        groups = {
            "man": {"people": 31, "utility": [0.21, 0.17, 0.24]},
            "woman": {"people": 33, "utility": [0.21 + mean, 0.2, 0.35]},
        }
        ends = [mean - 0.015, mean + 0.035]
        chance = [0.0175, 0.0025, 0.0425]
        found = {"gap": [mean, *ends], "by_chance": chance, "p_holm": 0.0215}
        return {"groups": groups, "best": "woman", "worst": "man", **found}

    def uneven(mean: float) -> dict[str, Any]:
        ends = [mean - 0.0625, mean + 0.0375]
        return {"disparity": [mean, *ends], "by_chance": [0.055, 0.043, 0.0675], "p": 0.001}

    ratios = {f"b{n:02}": [n / 8, n / 16, n / 4] for n in range(11)}
    return {
        "people": {
            "gender": {
                "suppressed": 1,
                "models": {"pipeline": gap(0.0735), "popularity": gap(0.0615)},
            }
        },
        "providers": {
            "attribute": "brand",
            "suppressed": 17,
            "models": {"pipeline": uneven(0.4785), "popularity": uneven(0.6205)},
            "providers": {
                name: {"takers": 41, "exposure": 0.0315, "merit": 0.0915, "ratio": ratio}
                for name, ratio in ratios.items()
            },
        },
    }


def answer() -> dict[str, Any]:
    """Return an answer in which the pipeline is surely better than the best baseline."""
    gain = {
        "over": "popularity",
        "ndcg@5": [0.0123, 0.008, 0.016],
        "controls": {"friends, shuffled ties": [0.0004, -0.001, 0.002]},
        "p_holm": 0.0034,
        "verdict": "real",
    }
    return {
        "models": {
            "pipeline": model(0.31234, against=against(0.05, 0.001)),
            "popularity": model(0.15, against=against(-0.11, 0.002)),
            "item-knn": model(0.26234, params={"neighbours": 20}),
            "friends, shuffled ties": model(
                0.1504, against=against(-0.1, 0.2), control_of="friends"
            ),
            "friends": model(0.1623, against=against(-0.1, 0.2), gain=gain),
        },
        "cold": {
            "cold items": {"people": 21, "pairs": 30, "models": {"pipeline": means(0.0625)}},
            "cold people": {"people": 4, "pairs": 5, "models": {}},
        },
        "repeats": {"share": 0.25, "people": 50, "pairs": 99, "models": {"repeat": means(0.4375)}},
        "fairness": fairness(),
        "serving": {"pages": 60, "degraded": 2, "p50_ms": 3.25, "p99_ms": 9.5},
        "training": {"seconds": 4.5, "rss_mb": 311.5},
        "data": {"people": 1234, "items": 50, "judged_people": 60, "cut": None},
        "protocol": {"ranking": "all items", "trials": 5, "seed": 0},
        "left_out": {"popularity of the last days": "no event has a time"},
    }
