"""One score that trees put in order: the blend's, given out anew among its first candidates."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.blend import Blend as AffinityBlend
from zhiyin.affinity.friends import Friends
from zhiyin.core import Candidates, Kind, Query
from zhiyin.ranking.blend import BlendWeights, parts_of
from zhiyin.ranking.booster import Booster, families, is_installed
from zhiyin.ranking.features.family import Family, Situation, table
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.features.item_counts import ItemCounts
from zhiyin.ranking.features.social import friends_took
from zhiyin.ranking.ranking_lists import EVENTS, WIDTH

_log = logging.getLogger(__name__)
_COLUMNS = "columns."


@dataclass(frozen=True, eq=False)
class RankerModel:
    """What a training learned of order.

    Attributes:
        text: the trees, as LightGBM writes them.
        columns: what the catalogue said of items.
        counts: what everybody did in the last days.
    """

    text: str
    columns: ItemColumns
    counts: ItemCounts

    @cached_property
    def booster(self) -> Booster:
        """The trees."""
        return Booster(self.text)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        counts = self.counts
        return {
            "trees": np.frombuffer(self.text.encode(), np.uint8),
            "keys": counts.keys,
            "counted": np.array([counts.first, counts.span, counts.n_items, counts.until_us]),
            **{_COLUMNS + name: array for name, array in self.columns.arrays().items()},
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> RankerModel:
        """Open what ``arrays`` gave.

        Raises:
            KeyError: an array is missing.
        """
        own = {name.removeprefix(_COLUMNS): array for name, array in arrays.items()}
        counts = ItemCounts(np.asarray(arrays["keys"]), *arrays["counted"].tolist())
        return cls(arrays["trees"].tobytes().decode(), ItemColumns.from_arrays(own), counts)


class Ranker:
    """Puts the blend's first hundred candidates in the order that trees learned; the blend serves where none were learned.

    The scores are those of the blend, in another order: what comes first by the trees has the highest. So scores stay on one
    scale for what looks at them next, and what the person has or turned down, newer items, and whoever has no history keep
    their own. Reasons tell what speaks for an item in the blend, not in the trees.
    """

    name = "ranker"

    def __init__(
        self,
        blend_weights: BlendWeights,
        affinity: AffinityBlend,
        ranker_model: RankerModel | None,
    ) -> None:
        self._weights = blend_weights
        self._model = ranker_model if is_installed() else None
        self._families: tuple[Family, ...] = ()
        self._friends: Friends | None = None
        if ranker_model is not None and self._model is None:
            _log.warning("the blend ranks, LightGBM is not installed: pip install 'zhiyin[rank]'")
        self._blend = affinity
        if self._model is not None:
            _ = self._model.booster  # read now, not within a request
            self._families = families(list(affinity.parts))
            friends = affinity.parts.get(Friends.name)
            self._friends = friends if isinstance(friends, Friends) else None

    def score(self, query: Query, candidates: Candidates) -> NDArray[np.float32]:
        """Return float32 (n,)."""
        parts = parts_of(candidates, self._weights)
        blend: NDArray[np.float32] = np.sum(list(parts.values()), axis=0, dtype=np.float32)
        model = self._model
        if model is None or query.seeds or not query.fields["event_items"].size:
            return blend
        # The situation moves whole scores, the trees know of none: it is put back afterwards.
        said = parts.get("in_context", np.float32(0))
        plain = (blend - said).astype(np.float32)
        first = self._first(query, candidates, plain)
        if first.size < 2:
            return blend
        features = self._features(model, query, candidates.take(first), plain[first])
        order = np.argsort(-model.booster.scores(features), kind="stable")
        ranked = plain.copy()
        ranked[first[order]] = plain[first]
        return (ranked + said).astype(np.float32)

    def _features(
        self,
        model: RankerModel,
        query: Query,
        listed: Candidates,
        blend: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """Return the (n, f) features of items, best blend first."""
        known, ids = query.fields, listed.ids
        friends = np.empty(0, np.int64)
        if self._friends is not None and query.person is not None:
            friends = np.union1d(self._friends.tied_to(query.person), known["friends"])
            friends = np.setdiff1d(friends, known["closed"], assume_unique=True)
        situation = Situation(
            int(query.time.timestamp() * 1e6),
            known["event_items"][:EVENTS],
            known["event_us"][:EVENTS],
            ids,
            listed.fields["affinity"],
            listed.fields["popularity"],
            blend,
            self._blend.scores_by_part(Asked.by(query))[:, ids],
            friends_took(self._friends, friends, ids),
            model.columns,
            model.counts,
        )
        return table(self._families, situation)

    def _first(
        self, query: Query, candidates: Candidates, scores: NDArray[np.float32]
    ) -> NDArray[np.int64]:
        """Return the places of the candidates that are ranked, best blend first."""
        known = query.fields
        is_new = (candidates.kinds == Kind.ITEM) & (candidates.ids < known["affinity"].size)
        is_new &= ~candidates.are_items_of(known["had"])
        is_new &= ~candidates.are_items_of(known["against"])
        places = np.flatnonzero(is_new)
        return places[np.argsort(-scores[places], kind="stable")[:WIDTH]]
