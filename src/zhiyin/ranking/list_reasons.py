"""Why something is hot or new, goes into a basket, or is to be bought again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhiyin.core import Candidates, Kind, Query, Reason, Ref, Witness
from zhiyin.portraits.society import Society

_LEAST_RISE = 1.1
_WITNESSES = 3


class ListReasons:
    """Says for each candidate what its source went by, the whole of its score.

    Kinds of reasons: ``rising`` (data ``group``, such as ``city:Hangzhou``, and ``times`` what was to be expected), else
    ``popular``; ``fresh``; ``together`` (evidence: items of the basket, with shares); ``rebuy`` (data ``days`` from one purchase to the
    next, and whether they are the person's ``own``, or else those of all buyers).
    """

    name = "list_reasons"

    def __init__(self, society: Society) -> None:
        self._together = society.together
        self._rebuying = society.rebuying

    def explain(self, query: Query, candidates: Candidates) -> Sequence[tuple[Reason, ...]]:
        """Return a reason for each candidate, none for what none of the three sources proposed."""
        told: list[tuple[Reason, ...]] = [() for _ in range(len(candidates))]
        ways = {
            "trending": self._rising, "fresh": self._new, "together": self._bought, "again": self._again,
        }  # fmt: skip
        for source, reasons in ways.items():
            if source in candidates.sources:
                rows = np.flatnonzero(candidates.sources[source])
                made = reasons(query, candidates.ids[rows])
                for row, reason in zip(rows.tolist(), made, strict=True):
                    told[row] = (*told[row], reason)
        return told

    def _rising(self, query: Query, ids: np.ndarray) -> list[Reason]:
        known = query.fields.get("hot_item", ids[:0])
        if not known.size:
            return [Reason("popular") for _ in ids]
        at = np.searchsorted(known, ids)
        rises = zip(query.fields["hot_rise"][at].tolist(), query.fields["hot_group"][at].tolist(), strict=True)  # fmt: skip
        return [
            Reason("rising", data={"group": group, "times": round(rise, 2)})
            if rise >= _LEAST_RISE
            else Reason("popular")
            for rise, group in rises
        ]

    def _new(self, _query: Query, ids: np.ndarray) -> list[Reason]:
        return [Reason("fresh") for _ in ids]

    def _bought(self, query: Query, ids: np.ndarray) -> list[Reason]:
        basket = np.unique(np.asarray(query.seeds, np.int64))
        place, others, amounts = self._together.given(basket)
        reasons = []
        for item in ids.tolist():
            mine = np.flatnonzero(others == item)
            mine = mine[np.argsort(-amounts[mine], kind="stable")]
            shares = amounts[mine] / max(float(amounts[mine].sum()), 1e-12)
            best = zip(basket[place[mine]].tolist()[:_WITNESSES], shares.tolist(), strict=False)
            witnesses = tuple(Witness(Ref(Kind.ITEM, one), share) for one, share in best)
            reasons.append(Reason("together", evidence=witnesses))
        return reasons

    def _again(self, query: Query, ids: np.ndarray) -> list[Reason]:
        now_us = query.time_us
        bought = self._rebuying.bought(
            query.fields["bought_items"], query.fields["bought_us"], now_us, 1.0
        )
        own = bought.gap_days[np.searchsorted(bought.item, ids)]
        usual = self._rebuying.of_items(ids)[1]
        days = np.where(np.isnan(own), usual, own)
        return [
            Reason("again") if np.isnan(gap) else Reason("rebuy", data={"days": max(round(gap), 1), "own": is_own})
            for gap, is_own in zip(days.tolist(), (~np.isnan(own)).tolist(), strict=True)
        ]  # fmt: skip
