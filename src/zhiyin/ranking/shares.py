"""Why a candidate is on the list: the exact share of its score that each thing gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.affinity.model import AffinityModel
from zhiyin.core import Candidates, Kind, Query, Reason, Ref, Witness
from zhiyin.ranking.blend import BlendWeights, parts_of
from zhiyin.registry import PartConfig


class Shares:
    """Splits each score into history, popularity and freshness, and history into the items that it is made of.

    A score is the sum of its parts, so the shares of all parts sum to 1. An item of the history may count against a
    candidate; such parts lower the share of ``history`` and are not shown as evidence.
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
        split = _Split(items, given, parts_of(candidates, self._weights), candidates.scores)
        liked = "similar" if query.seeds else "history"
        return [self._reasons(split, place, liked) for place in range(len(candidates))]

    def _reasons(self, split: _Split, place: int, liked: str) -> tuple[Reason, ...]:
        reasons = []
        kinds = {"affinity": liked, "popularity": "popular", "freshness": "fresh"}
        for part, kind in kinds.items():
            share = split.share(split.parts[part], place)
            if share > 0:
                evidence = self._witnesses(split, place) if part == "affinity" else ()
                reasons.append(Reason(kind, share, evidence))
        reasons.sort(key=lambda reason: -reason.share)
        return tuple(reasons) or (Reason("discover"),)

    def _witnesses(self, split: _Split, place: int) -> tuple[Witness, ...]:
        given = split.given[:, place]
        top = np.argsort(-given, kind="stable")[: self._config.evidence]
        return tuple(
            Witness(Ref(Kind.ITEM, int(split.items[row])), split.share(split.given[row], place))
            for row in top
            if given[row] > 0
        )


@dataclass(frozen=True, slots=True)
class _Split:
    items: NDArray[np.int64]  # (h,)
    given: NDArray[np.float32]  # (h, n)
    parts: dict[str, NDArray[np.float32]]  # name → (n,)
    scores: NDArray[np.float32]  # (n,)

    def share(self, part: NDArray[np.float32], place: int) -> float:
        score = float(self.scores[place])
        return float(part[place]) / score if score > 0 else 0.0
