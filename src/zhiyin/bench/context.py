"""What people take in which situation: models with context beside the same without, by full ranking."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.bench.context_files import Situations, read_situations
from zhiyin.bench.context_models import SEEN, UNSEEN, Entrant, Fold, entrants, folds
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.evaluation.intervals import bootstrap, bootstrap_statistic, paired_difference

K = 10
SHUFFLED = "contexts shuffled"
CONTROLLED = ("popularity in context", "bilinear + iᵀW₃c", "habits in context")
"""Models that are repeated with shuffled contexts."""

PROTOCOL = {
    "split": "one row of each person with three or more is to be found, drawn by the seed",
    UNSEEN: "the person never had the item; the items they had are left out of the list",
    SEEN: "the person has it in another row; all items compete",
    "ranking": f"NDCG@{K} over all items; of equal scores the item that more people have",
    "validation": "further rows of the same people, hidden from what is known; parameters are chosen for each table",
    "control": "the contexts of all rows dealt out at random, and everything chosen and fitted anew",
    "interval": "95 %, bootstrap over people",
}
_LEAST = 30

Ndcg = dict[str, NDArray[np.float64]]


def bench_context(data: Path, *, seed: int = 0, progress: Progress = untold) -> dict[str, Any]:
    """Hide a row of each person, and find its item from the person and the situation.

    Args:
        data: table of people, items and situations, see ``read_situations``.
        seed: of the rows that are hidden, what is drawn, and the intervals.
        progress: told as models are judged.
    Returns: ``tables``: table → ``people`` and ``models``: name → ``ndcg@10`` with ``interval``, ``params`` and, with context,
        ``over``: the same model without, its ``ratio`` and ``difference`` as [mean, low, high]; ``data``, ``protocol`` and
        ``seconds``.
    Raises:
        InvalidRecord: the file cannot be read.
        DataError: there are too few people with three rows.
    """
    started = time.perf_counter()
    given = read_situations(data)
    test, validation = folds(given, seed, max(entrant.folds for entrant in entrants()))
    if test.asked.size < _LEAST:
        raise DataError(
            f"only {test.asked.size} people have three rows or more",
            where=str(data),
            expected=f"{_LEAST} at least",
            next_step="give a larger file",
        )
    shuffled = given.shuffled(np.random.default_rng(seed))
    entered = [(one, given) for one in entrants()]
    entered += [(_controlled(one), shuffled) for one in entrants() if one.name in CONTROLLED]
    found: dict[str, tuple[Entrant, Ndcg, dict[str, dict[str, Any]]]] = {}
    for place, (one, source) in enumerate(entered, 1):
        chosen, judged = _judged(one, _on(source, test), [_on(source, f) for f in validation])
        found[one.name] = (one, judged, chosen)
        progress(place / len(entered), place)
    tables = {table: _table(table, found, seed) for table in (SEEN, UNSEEN)}
    return {
        "tables": tables,
        "data": _described(given, test),
        "protocol": {**PROTOCOL, "seed": seed},
        "seconds": {"all": round(time.perf_counter() - started, 1)},
    }


def _on(given: Situations, fold: Fold) -> Fold:
    return fold if fold.given is given else Fold(given, fold.known, fold.asked, fold.seed)


def _controlled(one: Entrant) -> Entrant:
    return replace(one, name=f"{one.name}, {SHUFFLED}")


def _judged(
    one: Entrant, test: Fold, validation: list[Fold]
) -> tuple[dict[str, dict[str, Any]], Ndcg]:
    """Return for each table the parameters that do best on validation, and NDCG of each person of the test rows."""
    tried = []
    choices = list(one.choices())
    for params in choices if len(choices) > 1 else ():
        scores = [(fold, one.scores(fold, params)) for fold in validation[: one.folds]]
        values = {
            table: np.concatenate([fold.ndcg(table, found, K) for fold, found in scores])
            for table in (SEEN, UNSEEN)
        }
        tried.append({t: float(v.mean()) if v.size else 0.0 for t, v in values.items()})
    best = {
        table: choices[max(range(len(tried)), key=lambda at: tried[at][table]) if tried else 0]
        for table in (SEEN, UNSEEN)
    }
    scored = {str(params): one.scores(test, params) for params in best.values()}
    return best, {table: test.ndcg(table, scored[str(best[table])], K) for table in best}


def _table(
    table: str, found: dict[str, tuple[Entrant, Ndcg, dict[str, dict[str, Any]]]], seed: int
) -> dict[str, Any]:
    models: dict[str, Any] = {}
    for name, (one, judged, chosen) in found.items():
        values = judged[table]
        mean, low, high = _rounded(bootstrap(values, seed=seed).as_list())
        models[name] = {f"ndcg@{K}": mean, "interval": [low, high], "params": dict(chosen[table])}
        if one.over is not None:
            plain = found[one.over][1][table]
            models[name] |= {
                "over": one.over,
                "ratio": _ratio(values, plain, seed),
                "difference": _rounded(paired_difference(values, plain, seed=seed).as_list()),
            }
    return {"people": int(values.size), "models": models}


def _ratio(values: NDArray[np.float64], plain: NDArray[np.float64], seed: int) -> list[float]:
    sums = np.stack([values, plain], axis=1)
    found = bootstrap_statistic(
        sums, lambda each: each[:, 0] / np.maximum(each[:, 1], 1e-9), seed=seed
    )
    return _rounded(found.as_list())


def _rounded(figures: list[float]) -> list[float]:
    return [round(one, 5) for one in figures]


def _described(given: Situations, test: Fold) -> dict[str, Any]:
    return {
        "rows": len(given.situations),
        "people": given.n_people,
        "items": given.n_items,
        "judged_people": int(test.asked.size),
        "contexts": list(given.columns),
        "left_out": given.left_out,
        "rejected_rows": given.rejected,
    }
