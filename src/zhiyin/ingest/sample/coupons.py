"""The year's coupons: which item, from when to when, how much off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.ingest.sample.catalogue import Goods
from zhiyin.ingest.sample.climate import DAY_MINUTES, SALES, STEP_DAYS, STEPS, day_of
from zhiyin.ingest.sample.seeds import generator


@dataclass(frozen=True)
class Coupons:
    """One row a coupon; steps are inclusive, and no item has two coupons at once."""

    item: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    percent: NDArray[np.int64]

    def code(self, row: int) -> str:
        """Return a coupon's code, such as ``ZY0042-15``."""
        return f"ZY{row:04d}-{self.percent[row]}"


def make_coupons(seed: int, goods: Goods) -> Coupons:
    """Draw coupons at random over items, so their effect can be measured; half of them at the sales."""
    rng = generator(seed, "coupons")
    live = np.flatnonzero((goods.created < 0) & (goods.stock > 0))
    sale_steps = [day_of(*first) // STEP_DAYS for first, _ in SALES]
    rows = []
    for item in rng.permutation(live)[: len(live) * 2 // 3]:
        start = (
            int(rng.choice(sale_steps)) if rng.random() < 0.5 else int(rng.integers(2, STEPS - 6))
        )
        rows.append((item, start, min(start + int(rng.integers(2, 7)), STEPS - 1)))
    item, first, last = np.array(rows).T
    percent = rng.choice([10, 15, 20, 30], len(rows))
    order = np.argsort(first, kind="stable")
    return Coupons(item[order], first[order], last[order], percent[order])


def step_bounds(step: int) -> tuple[float, float]:
    """Return the minutes at which a step begins and ends."""
    return step * STEP_DAYS * DAY_MINUTES, (step + 1) * STEP_DAYS * DAY_MINUTES
