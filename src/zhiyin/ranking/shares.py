"""Why a candidate is on the list: the exact share of its score that each thing gave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import Field

from zhiyin.affinity.model import AffinityModel
from zhiyin.core import Candidates, Kind, Query, Reason, Ref, Witness
from zhiyin.ranking.blend import BlendWeights, parts_of
from zhiyin.registry import PartConfig


class Shares:
    """Splits each score into history, popularity and freshness, and history into the items that it is made of.

    A score is the sum of its parts, so their shares sum to 1. An item of the history may count against a candidate; it
    lowers the share of ``history`` and is not shown as evidence, and a part below 0 is not shown as a reason.
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
        items = query.fields["row_items"]
        given = self._affinity.contributions(items, query.fields["row_weights"], candidates.ids)
        parts = parts_of(candidates, self._weights)
        total = np.sum(list(parts.values()), axis=0)
        scores = np.where(total > 0, total, np.inf)
        history = given / scores  # (h, n)
        top = np.argsort(-history, axis=0, kind="stable")[: self._config.evidence]  # (e, n)
        liked = "similar" if query.seeds else "history"
        kinds = {"affinity": liked, "popularity": "popular", "freshness": "fresh"}
        shares = {kind: (parts[part] / scores).tolist() for part, kind in kinds.items()}
        witnesses = (items[top].T.tolist(), np.take_along_axis(history, top, axis=0).T.tolist())
        return [
            _reasons(
                {kind: column[place] for kind, column in shares.items()},
                liked,
                _witnesses(witnesses[0][place], witnesses[1][place]),
            )
            for place in range(len(candidates))
        ]


def _reasons(
    shares: dict[str, float], liked: str, witnesses: tuple[Witness, ...]
) -> tuple[Reason, ...]:
    found = sorted(((share, kind) for kind, share in shares.items() if share > 0), reverse=True)
    reasons = [Reason(kind, share, witnesses if kind == liked else ()) for share, kind in found]
    return tuple(reasons) or (Reason("discover"),)


def _witnesses(items: list[int], shares: list[float]) -> tuple[Witness, ...]:
    return tuple(
        Witness(Ref(Kind.ITEM, item), share)
        for item, share in zip(items, shares, strict=True)
        if share > 0
    )
