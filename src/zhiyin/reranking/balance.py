"""The balance of a list: what fits, and not too much of the same."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.core import Candidates, Query
from zhiyin.portraits.item_likeness import ItemLikeness
from zhiyin.registry import PartConfig
from zhiyin.reranking.calibrated import calibrated
from zhiyin.reranking.dpp import greedy_dpp
from zhiyin.reranking.mmr import mmr
from zhiyin.reranking.xquad import xquad
from zhiyin.store.catalogue import Catalogue

Method = Literal["mmr", "dpp", "xquad", "calibrated"]
_SHARPEST = (
    1e-3  # a squared dial below it counts as it for dpp, where 0 would ask for numbers without end
)


class Balance:
    """Orders the best candidates so that the list is good and varied, by the dial ``Query.diversity`` from 0 to 1.

    At 0 the order of scores stays. Scores are stretched to 0..1 over the candidates that are looked at, less what their
    popularity takes away; those beyond twice the page follow by score. Two items are as alike as they are chosen by the same
    people and as the same is said of them, half and half. A person's target is the categories of the items that speak for
    something. Sharpness of dpp and what popularity takes away go by the square of the dial, so that its first third costs
    little.
    """

    name = "balance"

    class Config(PartConfig):
        """Options of `Balance`."""

        method: Method = Field("dpp", description="How: mmr, dpp, xquad or calibrated.")
        diversity: float = Field(
            0.0, ge=0, le=1, description="The dial where a request names none; 0 keeps the order."
        )
        novelty: float = Field(
            3.0,
            ge=0,
            description="What the most popular item loses at dial 1, in scores of 0 to 1.",
        )
        pool: int = Field(100, ge=2, description="How many of the best candidates are looked at.")

    def __init__(self, config: Config, catalogue: Catalogue, item_likeness: ItemLikeness) -> None:
        self._config = config
        self._catalogue = catalogue
        self._likeness = item_likeness

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return k positions: twice the page in balance, then the rest by score."""
        dial = self._config.diversity if query.diversity is None else query.diversity
        pool = min(self._config.pool, len(candidates))
        chosen = np.arange(0)
        if dial > 0 and pool > 1:
            best = candidates.take(np.arange(pool))
            chosen = self._chosen(query, best, min(2 * query.n, pool), dial)
        return np.concatenate([chosen, np.delete(np.arange(len(candidates)), chosen)])[:k]

    def _chosen(self, query: Query, best: Candidates, k: int, dial: float) -> NDArray[np.int64]:
        popular = best.fields.get("popularity", np.zeros(len(best), np.float32))
        relevance = stretched(stretched(best.scores) - self._config.novelty * dial**2 * popular)
        if self._config.method == "mmr":
            return mmr(relevance, self._likeness.vectors(best.ids), k, relevance_weight=1 - dial)
        if self._config.method == "dpp":
            share = max(dial**2, _SHARPEST)
            sharpness = (1 - share) / (2 * share)
            quality = np.exp(sharpness * (relevance.astype(np.float64) - 1))
            return greedy_dpp(quality, self._likeness.vectors(best.ids), k)
        own = self._catalogue.category(query.fields.get("recent", np.empty(0, np.int64)))
        codes = self._catalogue.category(best.ids)
        known, place = np.unique(np.concatenate([codes, own]), return_inverse=True)
        shares = np.eye(known.size, dtype=np.float32)[place] * (known >= 0)
        covers, target = shares[: codes.size], shares[codes.size :].sum(axis=0)
        target /= max(float(target.sum()), 1.0)
        chosen = xquad if self._config.method == "xquad" else calibrated
        return chosen(relevance, covers, target, k, diversity=dial)


def stretched(scores: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Return (n,) float32 scores from 0, the lowest, to 1, the highest; all 1 where they are equal.

    >>> stretched(np.array([3.0, 2.0, 1.0])).tolist()
    [1.0, 0.5, 0.0]
    """
    low, high = float(scores.min(initial=np.inf)), float(scores.max(initial=-np.inf))
    if not high > low:
        return np.ones(scores.size, np.float32)
    return ((scores - low) / (high - low)).astype(np.float32)
