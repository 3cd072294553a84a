"""The policies that ``feedback_loop.py`` lets make the lists."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from feedback_world import Learned, Policy
from zhiyin.core import Candidates, Query, Reranker
from zhiyin.ingest.sample.feedback_loop import FATIGUE
from zhiyin.reranking.balance import Balance, stretched
from zhiyin.reranking.calibrated import calibrated
from zhiyin.reranking.caps import Caps
from zhiyin.reranking.explore import Explore
from zhiyin.reranking.floors import Floors
from zhiyin.reranking.popularity_correction import PopularityCorrection
from zhiyin.reranking.variants import Variants


class CalibratedPopularity:
    """Head, middle and tail in the shares of the person's own items (Abdollahpouri et al., UMAP 2021)."""

    name = "calibrated_popularity"

    def __init__(self, popularity: NDArray[np.float32], weight: float, pool: int) -> None:
        order = np.argsort(-popularity, kind="stable")
        reached = np.cumsum(popularity[order]) / max(float(popularity.sum()), 1e-9)
        group = np.empty(popularity.size, np.int64)
        group[order] = np.searchsorted((0.2, 0.8), reached)
        self._groups, self._weight, self._pool = np.eye(3)[group], weight, pool

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        own = self._groups[query.fields["recent"]].sum(axis=0)
        n = min(self._pool, len(candidates))
        chosen = calibrated(
            stretched(candidates.scores[:n]), self._groups[candidates.ids[:n]],
            own / max(own.sum(), 1.0), 2 * query.n, diversity=self._weight,
        )  # fmt: skip
        rest = np.delete(np.arange(len(candidates)), chosen)
        return np.concatenate([chosen, rest])[:k]


def of(*makers: Callable[[Learned], Reranker], fatigue: float = FATIGUE) -> Policy:
    return Policy("blend", lambda known: [make(known) for make in makers], fatigue)


def balance(dial: float) -> Callable[[Learned], Reranker]:
    config = Balance.Config(diversity=dial)
    return lambda known: Balance(config, known.catalogue, known.item_likeness)


def caps(known: Learned) -> Reranker:
    return Caps(Caps.Config(), known.catalogue)


def variants(known: Learned) -> Reranker:
    return Variants(Variants.Config(), known.catalogue)


def floors(floor: float) -> Callable[[Learned], Reranker]:
    return lambda known: Floors(Floors.Config(floor=floor), known.catalogue, known.impression_log)


def corrected(strength: float) -> Callable[[Learned], Reranker]:
    config = PopularityCorrection.Config(strength=strength)
    return lambda known: PopularityCorrection(config, known.catalogue, known.impression_log)


def by_popularity(strength: float) -> Callable[[Learned], Reranker]:
    """Return the correction by the popularity of the last training, in the place of what was shown."""

    def make(known: Learned) -> Reranker:
        log = SimpleNamespace(exposure=SimpleNamespace(of_items=lambda n: known.popularity))
        return corrected(strength)(known._replace(impression_log=log))

    return make


def calibrating(weight: float) -> Callable[[Learned], Reranker]:
    return lambda known: CalibratedPopularity(known.popularity, weight, 100)


def explore(share: float, temperature: float = 0.1) -> Callable[[Learned], Reranker]:
    config = Explore.Config(share=share, temperature=temperature)
    return lambda known: Explore(config, known.popularity)


PLAIN = {
    "naive": Policy(),
    "popularity": Policy("popularity"),
    "random": Policy("random"),
    "caps": of(caps),
}

DEVELOPED = {
    **PLAIN,
    **{f"balance {d:g}": of(balance(d)) for d in (0.1, 0.2, 0.3)},
    **{f"calibrated popularity {w:g}": of(calibrating(w)) for w in (0.2, 0.5, 0.8)},
    **{f"correction by popularity {g:g}": of(by_popularity(g)) for g in (0.05, 0.1, 0.15, 0.2)},
    **{f"correction {g:g}": of(corrected(g)) for g in (0.1, 0.2, 0.25, 0.3, 0.35)},
    **{f"explore {s:g}": of(explore(s)) for s in (0.05, 0.1)},
    **{f"explore, temperature {t:g}": of(explore(0.1, t)) for t in (0.02, 0.3)},
    **{f"floors {f:g}": of(floors(f)) for f in (0.25, 0.5)},
    **{
        f"together {g:g} {s:g}": of(corrected(g), variants, caps, floors(0.25), explore(s))
        for g, s in ((0.2, 0.05), (0.25, 0.03), (0.3, 0.03))
    },
}  # fmt: skip

POLICIES = {
    **PLAIN,
    "balance": of(balance(0.2)),
    "calibrated popularity": of(calibrating(0.5)),
    "correction by popularity": of(by_popularity(0.15)),
    "correction": of(corrected(0.3)),
    "explore": of(explore(0.05)),
    "floors": of(floors(0.25)),
    "together": of(corrected(0.3), variants, caps, floors(0.25), explore(0.03)),
    "naive, nobody tires": of(fatigue=0),
    "correction, nobody tires": of(corrected(0.3), fatigue=0),
}
"""Each alone, of a strength that costs no development shop more than 3 % of its clicks; then all together."""
