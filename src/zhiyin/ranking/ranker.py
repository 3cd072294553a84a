"""One score that trees put in order: the blend's, given out anew among its first candidates."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.affinity.asked import Asked
from zhiyin.affinity.blend import Blend as AffinityBlend
from zhiyin.affinity.friends import Friends
from zhiyin.core import NO_TIME, Candidates, Features, Judged, Kind, Query
from zhiyin.core.interactions import Interactions
from zhiyin.ranking.blend import BlendWeights, parts_of
from zhiyin.ranking.booster import Booster, families, is_installed, names_of
from zhiyin.ranking.features.family import DAY_US, WINDOWS_DAYS, Situation, table
from zhiyin.ranking.features.item_columns import ItemColumns
from zhiyin.ranking.features.item_counts import ItemCounts
from zhiyin.ranking.features.social import friends_took
from zhiyin.ranking.ranking_lists import EVENTS, WIDTH
from zhiyin.registry import PartConfig

_log = logging.getLogger(__name__)
_COLUMNS = "columns."


@dataclass(frozen=True, eq=False)
class RankerModel:
    """What a training learned of order.

    Attributes:
        text: the trees, as LightGBM writes them; empty where none pay, and features are only logged.
        columns: what the catalogue said of items.
        counts: what everybody did in the last days.
        surfaces: those that the trees know apart, as a last feature; none where they do not.
    """

    text: str
    columns: ItemColumns
    counts: ItemCounts
    surfaces: tuple[str, ...] = ()

    @classmethod
    def of(cls, columns: ItemColumns, events: Interactions) -> RankerModel:
        """Return what features need when pages are made, without trees; ``events`` are all there are."""
        until_us = int(events.time_us.max(initial=NO_TIME)) + 1
        counts = ItemCounts.of(events, columns.category.size, until_us)
        return cls("", columns, counts.since(until_us - max(WINDOWS_DAYS) * DAY_US))

    @cached_property
    def booster(self) -> Booster:
        """The trees."""
        return Booster(self.text)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a snapshot."""
        return {
            "trees": np.frombuffer(self.text.encode(), np.uint8),
            **({"surfaces": np.array(self.surfaces, np.str_)} if self.surfaces else {}),
            **self.counts.arrays(),
            **{_COLUMNS + name: array for name, array in self.columns.arrays().items()},
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> RankerModel:
        """Open what ``arrays`` gave.

        Raises:
            KeyError: an array is missing.
        """
        own = {name.removeprefix(_COLUMNS): array for name, array in arrays.items()}
        counts = ItemCounts.from_arrays(arrays)
        surfaces = tuple(arrays["surfaces"].tolist()) if "surfaces" in arrays else ()
        return cls(
            arrays["trees"].tobytes().decode(), ItemColumns.from_arrays(own), counts, surfaces
        )


class Orders(Protocol):
    """What puts items in order by their features."""

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a score for each row of (n, f) features, (n,)."""


class Ranker:
    """Puts the blend's first hundred candidates in the order that trees learned; the blend serves where none were learned.

    What was known of each candidate is logged with the page, so that a later training learns from the very numbers that
    served, before there are trees, too.

    The scores are those of the blend, in another order: what comes first by the trees has the highest. So scores stay on one
    scale for what looks at them next, and what the person has or turned down, newer items, and whoever has no history keep
    their own. Reasons tell what speaks for an item in the blend, not in the trees.
    """

    name = "ranker"

    class Config(PartConfig):
        """Options of `Ranker`."""

        logs: bool = Field(True, description="Whether features are logged with pages.")

    def __init__(
        self,
        config: Config,
        blend_weights: BlendWeights,
        affinity: AffinityBlend,
        ranker_model: RankerModel | None,
    ) -> None:
        self._logs = config.logs
        self._weights = blend_weights
        self._blend = affinity
        self._model = ranker_model
        self._booster: Orders | None = None
        if ranker_model is None:
            return
        self._families = families(list(affinity.parts))
        self._names = tuple(names_of(self._families))
        friends = affinity.parts.get(Friends.name)
        self._friends = friends if isinstance(friends, Friends) else None
        if ranker_model.text and not is_installed():
            _log.warning("the blend ranks, LightGBM is not installed: pip install 'zhiyin[rank]'")
        elif ranker_model.text:
            self._booster = ranker_model.booster  # read now, not within a request

    def score(self, query: Query, candidates: Candidates) -> NDArray[np.float32]:
        """Return float32 (n,)."""
        return self.judge(query, candidates).scores

    def parts(self, query: Query, candidates: Candidates) -> dict[str, NDArray[np.float32]]:
        """Return name → (n,) float32 part of the blend's score, which trees give out anew."""
        return parts_of(candidates, self._weights)

    def judge(self, query: Query, candidates: Candidates) -> Judged:
        """Return float32 (n,), and the features of what was ranked where they are logged."""
        parts = parts_of(candidates, self._weights)
        blend: NDArray[np.float32] = np.sum(list(parts.values()), axis=0, dtype=np.float32)
        model, logs = self._model, self._logs and not query.is_preview
        known = query.fields
        if model is None or query.seeds or "affinity" not in known or not known["event_items"].size:
            return Judged(blend, None)
        if self._booster is None and not logs:
            return Judged(blend, None)
        # The situation moves whole scores, the trees know of none: it is put back afterwards.
        said = parts.get("in_context", np.float32(0))
        plain = (blend - said).astype(np.float32)
        first = self._first(query, candidates, plain)
        if first.size < 2:
            return Judged(blend, None)
        values = self._features(model, query, candidates.take(first), plain[first])
        told = Features(self._names, _spread(values, first, len(candidates))) if logs else None
        if self._booster is None:
            return Judged(blend, told)
        asked = with_surface(values, model.surfaces, query.surface)
        order = np.argsort(-self._booster.scores(asked), kind="stable")
        ranked = plain.copy()
        ranked[first[order]] = plain[first]
        return Judged((ranked + said).astype(np.float32), told)

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
            friends_took(self._friends, friends, ids, known["event_items"][:EVENTS], model.counts),
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


def with_surface(
    features: NDArray[np.float32], surfaces: Sequence[str], surface: str
) -> NDArray[np.float32]:
    """Return (n, f) features with the number of a surface as a last one, NaN for an unknown one; as they are without any."""
    if not surfaces:
        return features
    code = surfaces.index(surface) if surface in surfaces else np.nan
    return np.column_stack([features, np.full(len(features), code, np.float32)])


def _spread(values: NDArray[np.float32], rows: NDArray[np.int64], n: int) -> NDArray[np.float32]:
    """Return (n, f) with values at some rows, and NaN elsewhere."""
    wide = np.full((n, values.shape[1]), np.nan, np.float32)
    wide[rows] = values
    return wide
