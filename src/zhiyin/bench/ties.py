"""Held-out ties of a file: who would be tied, beside measures of nearness that are known for long."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.bench.files import TiedPeople, read_tied_people
from zhiyin.core.progress import Progress, untold
from zhiyin.errors import DataError
from zhiyin.evaluation.controls import shuffled_ties
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.evaluation.predictions import auc
from zhiyin.social.graph import Floats, Ints, adamic_adar, adjacency, katz, sizes
from zhiyin.social.links import LinkPredictor, graph_of, hidden, matched, tie_pairs

HIDDEN = 0.1
"""Share of the ties that are to be found."""
BETAS = (0.05, 0.005, 0.0005)
"""What a step costs in Katz's sum; the one is taken that does best on ties held out of the training part."""
PROTOCOL = {
    "hidden": HIDDEN,
    "against": "pairs with one end replaced by somebody of like degree",
}

_LEAST = 50


def bench_ties(
    ties: Path,
    interactions: Path | None = None,
    *,
    is_directed: bool = False,
    seed: int = 0,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Hide a tenth of the ties, and tell them from pairs that are none and as well connected.

    Args:
        ties: table of ties.
        interactions: table of what people did with items, or toward one another.
        is_directed: whether a tie says nothing of the way back, as trust; else it counts for both.
        seed: of what is hidden and drawn.
        progress: told as the work goes on.
    Returns: ``auc`` with ``interval``, ``baselines`` with theirs in ``gain`` (the difference to the best), ``control`` with
        ties shuffled, ``weights`` by feature, ``data`` and ``seconds``.
    Raises:
        InvalidRecord: a file cannot be read.
        DataError: there are too few ties, or too few pairs without one.
    """
    read = read_tied_people(ties, interactions)
    if read.one.size < _LEAST:
        raise DataError(
            f"ties: only {read.one.size}",
            where=str(ties),
            expected=f"{_LEAST} at least",
            next_step="give a larger file",
        )
    started = time.perf_counter()
    rng = np.random.default_rng(seed)
    whole = adjacency(read.one, read.two, read.n_people, is_directed=is_directed)
    asked = _Asked.of(whole, rng, is_symmetric=not is_directed)
    beta = _best_beta(asked.graph, rng, is_symmetric=not is_directed)
    progress(0.2, asked.n_hidden)
    learning = time.perf_counter()
    model = LinkPredictor.learned(asked.graph, read.rows, read.exchanges, seed=seed)
    learn_s = time.perf_counter() - learning
    progress(0.6, asked.n_hidden)
    answer = _judged(asked, model.chances(asked.pairs), _baselines(asked, beta), seed)
    control = _control(read, whole, rng, seed, is_symmetric=not is_directed)
    progress(1.0, asked.n_hidden)
    weights = zip(model.names, model.weights, strict=True)
    return {
        **answer,
        "control": {"auc": control, "what": "all again with ties that were shuffled, degrees kept"},
        "weights": {name: round(float(weight), 3) for name, weight in weights},
        "data": {
            "people": read.n_people,
            "ties": int(whole.nnz if is_directed else whole.nnz // 2),
            "hidden": asked.n_hidden,
            "rejected": read.rejected,
        },
        "protocol": {**PROTOCOL, "beta": beta, "seed": seed},
        "seconds": {"learn": round(learn_s, 2), "all": round(time.perf_counter() - started, 2)},
    }


class _Asked:
    """Hidden ties and as many pairs that are none, and the graph without the hidden ones."""

    def __init__(self, graph: Any, gone: Ints, none: Ints) -> None:
        self.graph = graph
        self.n_hidden = len(gone)
        self.pairs = np.concatenate([gone, none])
        self.labels = np.repeat([True, False], [len(gone), len(none)])

    @classmethod
    def of(cls, whole: Any, rng: np.random.Generator, *, is_symmetric: bool) -> _Asked:
        kept, gone = hidden(tie_pairs(whole, is_symmetric=is_symmetric), HIDDEN, rng)
        graph = graph_of(kept, whole.shape[0], is_symmetric=is_symmetric)
        none = matched(gone, graph, whole, rng)
        if not len(none):
            raise DataError(
                "nearly everybody is tied to everybody",
                where="ties",
                expected="pairs without a tie, to tell the hidden ones from",
                next_step="give a file in which most pairs are none",
            )
        return cls(graph, gone, none)

    def above(self, scores: Floats) -> NDArray[np.float64]:
        """Return for each hidden tie the share of the other pairs that score less, half of those that score the same."""
        none = np.sort(scores[~self.labels])
        mine = scores[self.labels]
        places = np.searchsorted(none, mine, "left") + np.searchsorted(none, mine, "right")
        return np.asarray(places / (2 * none.size))


def _judged(
    asked: _Asked, found: Floats, baselines: dict[str, Floats], seed: int
) -> dict[str, Any]:
    each = {name: auc(scores, asked.labels) for name, scores in baselines.items()}
    best = max(each, key=each.__getitem__)
    interval = bootstrap(asked.above(found), seed=seed)
    gain = bootstrap(asked.above(found) - asked.above(baselines[best]), seed=seed)
    return {
        "auc": round(auc(found, asked.labels), 5),
        "interval": [round(one, 5) for one in interval.as_list()[1:]],
        "baselines": {name: round(one, 5) for name, one in each.items()},
        "gain": {"over": best, "auc": [round(one, 5) for one in gain.as_list()]},
    }


def _best_beta(graph: Any, rng: np.random.Generator, *, is_symmetric: bool) -> float:
    asked = _Asked.of(graph, rng, is_symmetric=is_symmetric)
    return max(BETAS, key=lambda beta: auc(katz(asked.graph, asked.pairs, beta), asked.labels))


def _baselines(asked: _Asked, beta: float) -> dict[str, Floats]:
    graph, (one, two) = asked.graph, asked.pairs.T
    ends = graph.nonzero()
    both = adjacency(ends[0], ends[1], graph.shape[0])
    return {
        "adamic_adar": adamic_adar(both, asked.pairs),
        "katz": katz(graph, asked.pairs, beta),
        "degree": np.log1p(sizes(graph)[one]) + np.log1p(sizes(graph.T.tocsr())[two]),
    }


def _control(
    read: TiedPeople, whole: Any, rng: np.random.Generator, seed: int, *, is_symmetric: bool
) -> float:
    one, two = whole.nonzero()
    one, two = shuffled_ties(one, two, rng=rng, n_people=read.n_people)
    shuffled = adjacency(one, two, read.n_people, is_directed=not is_symmetric)
    asked = _Asked.of(shuffled, rng, is_symmetric=is_symmetric)
    model = LinkPredictor.learned(asked.graph, read.rows, read.exchanges, seed=seed)
    return round(auc(model.chances(asked.pairs), asked.labels), 5)
