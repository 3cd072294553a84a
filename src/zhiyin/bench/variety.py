"""How relevant and how varied lists are, which are on the front of both, and where the front bends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.bench.pools import Pools
from zhiyin.bench.served import OpenShop
from zhiyin.core import Kind
from zhiyin.evaluation.aspects_covered import alpha_ndcg, subtopic_recall
from zhiyin.evaluation.beyond_accuracy import (
    calibration_kl,
    coverage,
    exposure,
    gini,
    intra_list_distance,
)
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.evaluation.metrics import ndcg

GAINS = ("distance", "coverage", "gini")
LOSS = 0.02
"""Share of NDCG that the knee may cost, with 95 % certainty."""


@dataclass(frozen=True, slots=True, eq=False)
class Variety:
    """Judges lists of the people of some pools.

    Attributes:
        relevant: (m, n_items) CSR.
        described: (n_items, n_values) CSR of what items are, which distance is told by.
        told_by: that in words.
        history: (m, n_items) CSR of what people had.
        categories: (n_items, n) CSR of 1 for an item's category.
        chooses: (m,) bool, the half of the people by whom the knee is chosen; figures are of the others.
        seed: of intervals.
        plain: what gains are told against, the first lists that were judged.
    """

    relevant: Any
    described: Any
    told_by: str
    history: Any
    categories: Any
    chooses: NDArray[np.bool_]
    seed: int
    plain: dict[str, Any]

    @classmethod
    def of(cls, shop: OpenShop, pools: Pools, seed: int) -> Self:
        """Make it for some pools."""
        n_items = pools.tasks.new.data.n_items
        attributes = pools.tasks.new.data.side.get("attributes")
        told_by = "brand, categories and attributes"
        if attributes is None:
            attributes, told_by = _tags(shop, n_items), "what people said of items"
        chooses = np.random.default_rng(seed).random(pools.people.size) < 0.5
        data = pools.tasks.new.data
        codes = shop.catalogue.category(np.arange(n_items))
        known = np.flatnonzero(codes >= 0)
        entries = (np.ones(known.size, np.float32), (known, codes[known]))
        categories = sparse.csr_array(entries, shape=(n_items, int(codes.max(initial=0)) + 1))
        relevant, history = pools.tasks.new.relevant[pools.people], data.rows[pools.people]
        return cls(relevant, attributes, told_by, history, categories, chooses, seed, {})

    def point(self, way: str, dial: float, lists: NDArray[np.int64]) -> dict[str, Any]:
        """Return the figures of (m, k) lists: those of the half that reports, and apart those of the half that chooses."""
        gains = ndcg(lists, self.relevant)
        first = self.plain.setdefault("gains", gains)
        choosing, told = (
            {**self._figures(lists, gains, half), "cost": self._cost(gains - first, first, half)}
            for half in (self.chooses, ~self.chooses)
        )
        return {"way": way, "dial": dial, **told, "choosing": choosing}

    def _cost(
        self, lost: NDArray[np.float64], whole: NDArray[np.float64], half: NDArray[np.bool_]
    ) -> list[float]:
        """Return the change of NDCG over what it was, with its interval over people."""
        change = bootstrap(lost[half], seed=self.seed).as_list()
        return [value / max(float(whole[half].mean()), 1e-9) for value in change]

    def _figures(
        self, lists: NDArray[np.int64], gains: NDArray[np.float64], half: NDArray[np.bool_]
    ) -> dict[str, Any]:
        shown = exposure(lists[half], self.described.shape[0])
        strays = calibration_kl(lists[half], self.history[half], self.categories)
        by_category = (lists[half], self.relevant[half], self.categories)
        return {
            "ndcg": bootstrap(gains[half], seed=self.seed).as_list(),
            "distance": _mean(intra_list_distance(lists[half], self.described)),
            "calibration": _mean(strays),
            "alpha_ndcg": _mean(alpha_ndcg(*by_category)),
            "subtopic_recall": _mean(subtopic_recall(*by_category)),
            "coverage": coverage(shown),
            "gini": gini(shown),
        }


def _mean(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else 0.0


def knee(plain: dict[str, Any], points: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the point with the most variety that loses no more than may be lost, and its gains.

    It is chosen by the half that chooses: the lower end of the interval of what is lost must be within the limit. Variety
    is the lesser of two gains: of distance within lists, and of coverage by two thirds. Its figures are of the other half.
    """

    def gain(point: dict[str, Any], name: str) -> float:
        return float(point["choosing"][name] / max(plain["choosing"][name], 1e-9)) - 1

    affordable = [p for p in points if p["choosing"]["cost"][1] >= -LOSS]
    best = max(affordable, key=lambda p: min(gain(p, "distance"), gain(p, "coverage") / 1.5))
    told = {name: best[name] / max(plain[name], 1e-9) - 1 for name in GAINS}
    return {"way": best["way"], "dial": best["dial"], "gain": told, "ndcg": best["cost"]}


def on_front(points: Sequence[dict[str, Any]]) -> list[bool]:
    """Return for each point whether none has more NDCG and as much distance, or more distance and as much NDCG."""
    pairs = np.array([(p["ndcg"][0], p["distance"]) for p in points])
    as_good = np.all(pairs[None] >= pairs[:, None], axis=2)
    better = np.any(pairs[None] > pairs[:, None], axis=2)
    return [not beaten for beaten in np.any(as_good & better, axis=1).tolist()]


def _tags(shop: OpenShop, n_items: int) -> Any:
    """Return (n_items, n) CSR of how often people said what of items; for judging, since it tells who had to do with what."""
    parts = [chunk.filter(pl.col("kind") == int(Kind.ITEM)) for chunk in shop.store.facts()]
    said = [part.select("subject", said=pl.col("name") + "=" + pl.col("value")) for part in parts]
    if not said:
        return sparse.csr_array((n_items, 1), dtype=np.float32)
    counts = pl.concat(said).group_by("subject", "said", maintain_order=True).len("count")
    place = counts["said"].rank("dense").to_numpy().astype(np.int64) - 1
    inside = counts["subject"].to_numpy() < n_items
    entries = (
        counts["count"].to_numpy()[inside].astype(np.float32),
        (counts["subject"].to_numpy()[inside], place[inside]),
    )
    return sparse.csr_array(entries, shape=(n_items, int(place.max(initial=0)) + 1))
