"""Why a candidate is on the list: the exact share of its score that each thing gave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.affinity.asked import OF_HISTORY, Asked, Given
from zhiyin.affinity.model import AffinityModel
from zhiyin.core import Candidates, Kind, Query, Reason, Ref, Witness
from zhiyin.ranking.blend import BlendWeights, parts_of
from zhiyin.registry import PartConfig

_UNKNOWN = {"person": "friend"}
_KINDS = {"friend": "friends", "person": "people", "everybody": "popular"}
_TOLD = 1e-7  # less is rounding


class Shares:
    """Splits each score into history, friends, people alike, popularity, freshness and context, and history into its items.

    A score is the sum of its parts, and the shares are of what speaks for it, so they sum to 1. An item of the history may
    count against a candidate; it lowers the share of ``history`` and is not shown as evidence, and a part below 0 is not
    shown as a reason. Other people are never named.
    """

    name = "shares"

    class Config(PartConfig):
        """Options of `Shares`."""

        evidence: int = Field(3, ge=1, description="How many items of the history a reason names.")

    def __init__(
        self, config: Config, affinity: AffinityModel, blend_weights: BlendWeights
    ) -> None:
        self._config = config
        self._affinity = affinity
        self._weights = blend_weights

    def explain(self, query: Query, candidates: Candidates) -> Sequence[tuple[Reason, ...]]:
        """Return each candidate's reasons with a positive share, largest first; ``discover`` where there is none."""
        asked = Asked.by(query)
        is_judged = "affinity" in query.fields
        given = self._affinity.explain(asked, candidates.ids) if is_judged else []
        items, by_item = _by_item(given, len(candidates))
        parts = parts_of(candidates, self._weights)
        total = np.sum(list(parts.values()), axis=0)
        scores = np.where(total > 0, total, np.inf)
        history = by_item / scores  # (h, n)
        top = np.argsort(-history, axis=0, kind="stable")[: self._config.evidence]  # (e, n)
        liked = "similar" if query.seeds else "history"
        shares = {liked: history.sum(axis=0), "popular": parts["popularity"] / scores}
        shares["fresh"] = parts["freshness"] / scores
        if "in_context" in parts:
            shares["context"] = parts["in_context"] / scores
        for one in given:
            if one.kind not in OF_HISTORY:
                # Who has no history is known by friends alone.
                kind = _KINDS[one.kind if asked.items.size else _UNKNOWN.get(one.kind, one.kind)]
                shares[kind] = shares.get(kind, 0) + one.amounts.sum(axis=0) / scores
        speaking = np.sum([np.maximum(share, 0) for share in shares.values()], axis=0)
        whole = np.where(speaking > 0, speaking, 1)
        history, shares = history / whole, {kind: share / whole for kind, share in shares.items()}
        told = {kind: share.tolist() for kind, share in shares.items()}
        witnesses = (items[top].T.tolist(), np.take_along_axis(history, top, axis=0).T.tolist())
        return [
            _reasons(
                {kind: column[place] for kind, column in told.items()},
                liked,
                _witnesses(witnesses[0][place], witnesses[1][place]),
            )
            for place in range(len(candidates))
        ]


def _by_item(given: Sequence[Given], n: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the items of the history, (h,) int64, and what each gave in all ways together, (h, n) float32."""
    own = [one for one in given if one.kind in OF_HISTORY]
    ids = np.concatenate([np.empty(0, np.int64), *(one.ids for one in own)])
    items, place = np.unique(ids, return_inverse=True)
    amounts = np.zeros((items.size, n), np.float32)
    start = 0
    for one in own:  # the ids of one are distinct
        amounts[place[start : start + one.ids.size]] += one.amounts
        start += one.ids.size
    return items, amounts


def _reasons(
    shares: dict[str, float], liked: str, witnesses: tuple[Witness, ...]
) -> tuple[Reason, ...]:
    told = ((share, kind) for kind, share in shares.items() if share > _TOLD)
    found = sorted(told, reverse=True)
    reasons = [Reason(kind, share, witnesses if kind == liked else ()) for share, kind in found]
    return tuple(reasons) or (Reason("discover"),)


def _witnesses(items: list[int], shares: list[float]) -> tuple[Witness, ...]:
    return tuple(
        Witness(Ref(Kind.ITEM, item), share)
        for item, share in zip(items, shares, strict=True)
        if share > 0
    )
