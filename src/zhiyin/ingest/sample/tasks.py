"""What can be measured on a sample shop: held-out splits anyone can score on, and how to report the score.

Every task has a floor (a naive rule) and a ceiling (an oracle that reads the truth); a model's score is best told
as the share of the gap between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from zhiyin.errors import DataError
from zhiyin.evaluation.metrics import ndcg, recall, top_k
from zhiyin.evaluation.predictions import auc_by_group
from zhiyin.ingest.sample.climate import DAY_MINUTES, DAYS, moment
from zhiyin.ingest.sample.shop import SampleShop

HELD_OUT_DAYS = 30
CUTOFF = moment((DAYS - HELD_OUT_DAYS) * DAY_MINUTES)
"""Where training ends: the last 30 days are held out."""
POSITIVE_TYPES = ("favourite", "cart", "purchase")


def share_of_gap(value: float, floor: float, ceiling: float) -> float:
    """Return how much of the way from floor to ceiling a value has come; below 0 is worse than naive.

    Raises:
        DataError: when the ceiling is not above the floor.

    >>> share_of_gap(0.15, 0.1, 0.2)
    0.5
    """
    if ceiling <= floor:
        raise DataError(
            f"there is no gap between floor {floor:.4f} and ceiling {ceiling:.4f}",
            where="share_of_gap", expected="a ceiling above the floor",
            next_step="make a bigger sample shop",
        )  # fmt: skip
    return round((value - floor) / (ceiling - floor), 6)


def numbers(ids: pl.Series) -> NDArray[np.int64]:
    """Return the row each id of the sample shop stands for: ``u00012`` is 12.

    >>> numbers(pl.Series(["u00012"])).tolist()
    [12]
    """
    return ids.str.slice(1).cast(pl.Int64).to_numpy()


class RankingScore(NamedTuple):
    """Mean over people of NDCG@k and Recall@k."""

    ndcg: float
    recall: float


def rank_score(
    scores: NDArray[np.floating], relevant: NDArray[np.bool_], k: int = 10
) -> RankingScore:
    """Score rankings by full ranking, as `zhiyin.evaluation.metrics` does; -inf is never shown.

    Args:
        scores: (m, items), higher is better.
        relevant: (m, items) bool, at least one in every row.
        k: list length.
    """
    top, truth = top_k(scores.astype(np.float32), k), sparse.csr_array(relevant)
    return RankingScore(
        round(float(ndcg(top, truth).mean()), 6), round(float(recall(top, truth).mean()), 6)
    )


@dataclass(frozen=True)
class HomeTask:
    """Which items will each person newly like in the last 30 days?

    Attributes:
        train: events before the cut.
        cut: the time of the cut; scores may use nothing from it on.
        people: (m,) int64 rows of people with at least one held-out item, ascending.
        held_person, held_item: (pairs,) int64 new favourites, carts and purchases after the cut.
        allowed: (m, items) bool, listed and in stock at the cut and without any event of this person before it.

    >>> from zhiyin.ingest.sample import make
    >>> task = home_task(make(1, people=60, products=96))
    >>> task.score(np.zeros(task.allowed.shape)).ndcg < 0.5
    True
    """

    train: pl.DataFrame
    cut: datetime
    people: NDArray[np.int64]
    held_person: NDArray[np.int64]
    held_item: NDArray[np.int64]
    allowed: NDArray[np.bool_]

    def score(self, scores: NDArray[np.floating]) -> RankingScore:
        """Score (m, items) scores, one row for each of ``people``: NDCG@10 and Recall@10, full ranking."""
        return rank_score(np.where(self.allowed, scores, -np.inf), self._relevant())

    def ndcg(self, scores: NDArray[np.floating], k: int = 10) -> NDArray[np.float64]:
        """Return the NDCG@k of each person, (m,) float64, for intervals."""
        shown = np.where(self.allowed, scores, -np.inf).astype(np.float32)
        return ndcg(top_k(shown, k), sparse.csr_array(self._relevant()))

    def _relevant(self) -> NDArray[np.bool_]:
        relevant = np.zeros(self.allowed.shape, bool)
        relevant[np.searchsorted(self.people, self.held_person), self.held_item] = True
        return relevant


def _live(shop: SampleShop) -> NDArray[np.bool_]:
    items = shop.frames["items"]
    return ((items["created"] < CUTOFF) & (items["stock"] > 0)).to_numpy()


def home_task(shop: SampleShop) -> HomeTask:
    """Return the split of task ``home``; it is a function of the shop alone."""
    events = shop.frames["events"]
    train, after = events.filter(pl.col("time") < CUTOFF), events.filter(pl.col("time") >= CUTOFF)
    allowed = np.tile(_live(shop), (shop.frames["users"].height, 1))
    allowed[numbers(train["user"]), numbers(train["item"])] = False
    known = (shop.frames["users"]["created"] < CUTOFF).to_numpy()
    liked = after.filter(pl.col("type").is_in(POSITIVE_TYPES))
    held = np.zeros(allowed.shape, bool)
    held[numbers(liked["user"]), numbers(liked["item"])] = True
    person, item = np.nonzero(held & allowed & known[:, None])
    people = np.unique(person)
    return HomeTask(train, CUTOFF, people, person, item, allowed[people])


@dataclass(frozen=True)
class ContextTask:
    """Given when, where and in what weather, what will be bought?

    Attributes:
        events: held-out purchases with their logged context, in order of time.
        rows: (m,) int64 their rows in ``frames["events"]``.
        people, items: (m,) int64 who bought what.
        allowed: (items,) bool, listed and in stock at the cut.
    """

    events: pl.DataFrame
    rows: NDArray[np.int64]
    people: NDArray[np.int64]
    items: NDArray[np.int64]
    allowed: NDArray[np.bool_]

    def score(self, scores: NDArray[np.floating]) -> RankingScore:
        """Score (m, items) scores: NDCG@10 and Recall@10 of the bought item among all live items."""
        relevant = np.zeros((len(self.items), len(self.allowed)), bool)
        relevant[np.arange(len(self.items)), self.items] = True
        return rank_score(np.where(self.allowed, scores, -np.inf), relevant)


def context_task(shop: SampleShop) -> ContextTask:
    """Return the split of task ``context``: the purchases of the last 30 days."""
    events = shop.frames["events"].with_row_index("row")
    live = _live(shop)
    bought = events.filter((pl.col("type") == "purchase") & (pl.col("time") >= CUTOFF))
    bought = bought.filter(pl.Series(live[numbers(bought["item"])]))
    rows = bought["row"].cast(pl.Int64).to_numpy()
    return ContextTask(
        bought.drop("row"), rows, numbers(bought["user"]), numbers(bought["item"]), live
    )


@dataclass(frozen=True)
class TieTask:
    """Whom among their ties will each person turn to in the last 30 days?

    Attributes:
        interactions: those before the cut.
        rows: (n,) int64 rows of ``frames["ties"]`` made before the cut.
        user, other: (n,) int64.
        label: (n,) bool, ``user`` did something toward ``other`` after the cut.
    """

    interactions: pl.DataFrame
    rows: NDArray[np.int64]
    user: NDArray[np.int64]
    other: NDArray[np.int64]
    label: NDArray[np.bool_]

    def score(self, scores: NDArray[np.floating]) -> float:
        """Return the mean over people of the AUC of their ties' (n,) scores, ties in score counting half."""
        areas, _ = auc_by_group(scores, self.label, self.user, int(self.user.max()) + 1)
        return round(float(np.nanmean(areas)), 6)


def tie_task(shop: SampleShop) -> TieTask:
    """Return the split of task ``ties``."""
    ties, interactions = shop.frames["ties"], shop.frames["interactions"]
    rows = np.flatnonzero((ties["time"] < CUTOFF).to_numpy())
    user, other = numbers(ties["user"])[rows], numbers(ties["other"])[rows]
    after = interactions.filter(pl.col("time") >= CUTOFF)
    n = shop.frames["users"].height
    turned = np.unique(numbers(after["user"]) * n + numbers(after["other"]))
    before = interactions.filter(pl.col("time") < CUTOFF)
    return TieTask(before, rows, user, other, np.isin(user * n + other, turned))
