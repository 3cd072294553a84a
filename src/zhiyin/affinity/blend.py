"""Several models as one: a weighted sum, with weights that depend on how much of a person is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.asked import Asked, Given
from zhiyin.affinity.everybody import Everybody
from zhiyin.affinity.friends import Friends
from zhiyin.affinity.model import AffinityModel
from zhiyin.affinity.opening import opened


@runtime_checkable
class KnowsTies(Protocol):
    """A model that learned who is tied to whom."""

    def tied_to(self, person: int) -> NDArray[np.integer[Any]]:
        """Return to whom a person was tied at the training, (f,) int; nobody where the person is newer."""


@dataclass(frozen=True, slots=True, eq=False)
class Blend:
    """Adds the scores of its parts; a weight is fixed for a length of history, so parts of scores add up as scores do.

    No item of a row speaks for itself: what a part would give it for being there is left out. A part in which an item adds
    to its own score has ``scores_of_others``, which leaves that out.

    Attributes:
        parts: name → model.
        fewest: (s,) int64 ascending, the fewest items of history of each segment.
        weights: (s, n_parts) float32, what a part counts in a segment; one of weight 0 is not asked.

    >>> from zhiyin.affinity.everybody import Everybody
    >>> part = Everybody(np.array([1, 3], np.float32))
    >>> Blend({"popular": part}, np.array([0]), np.array([[0.5]])).scores(Asked.of([])).tolist()
    [0.5, 1.5]
    """

    parts: Mapping[str, AffinityModel]
    fewest: NDArray[np.int64]
    weights: NDArray[np.float32]

    name = "blend"

    @property
    def n_items(self) -> int:
        """Number of items the model knows."""
        return max(part.n_items for part in self.parts.values())

    def scores(self, asked: Asked) -> NDArray[np.float32]:
        """See ``AffinityModel.scores``."""
        total = np.zeros(self.n_items, np.float32)
        for part, weight in self._weighed(asked):
            total += np.float32(weight) * _scores(part, asked)
        return total

    def scores_by_part(self, asked: Asked) -> NDArray[np.float32]:
        """Return what each part adds to ``scores``, (n_parts, n_items) float32; NaN throughout for one that is not asked."""
        segment = self._segment(asked)
        given = np.full((len(self.parts), self.n_items), np.nan, np.float32)
        for place, part in enumerate(self.parts.values()):
            if weight := self.weights[segment, place]:
                given[place] = np.float32(weight) * _scores(part, asked)
        return given

    def explain(self, asked: Asked, ids: NDArray[np.int64]) -> list[Given]:
        """See ``AffinityModel.explain``; each part says what gave its own."""
        return [
            Given(given.kind, given.ids, np.float32(weight) * _of_others(part, given, ids))
            for part, weight in self._weighed(asked)
            for given in part.explain(asked, ids)
        ]

    def tied_to(self, person: int) -> NDArray[np.int64]:
        """See ``KnowsTies.tied_to``."""
        known = [part.tied_to(person) for part in self.parts.values() if hasattr(part, "tied_to")]
        return np.unique(np.concatenate([np.empty(0, np.int64), *known]))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """See ``AffinityModel.arrays``; those of a part are named after its place."""
        own = {
            f"{place}.{name}": array
            for place, part in enumerate(self.parts.values())
            for name, array in part.arrays().items()
        }
        names = np.array(list(self.parts), np.str_)
        models = np.array([part.name for part in self.parts.values()], np.str_)
        return {
            **own,
            "parts": names,
            "models": models,
            "fewest": self.fewest,
            "weights": self.weights,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Blend:
        """Open what ``arrays`` gave; read-only and memory-mapped arrays are used in place."""
        parts: dict[str, AffinityModel] = {}
        kinds = arrays["models"].tolist()
        for place, (name, model) in enumerate(zip(arrays["parts"].tolist(), kinds, strict=True)):
            own = f"{place}."
            parts[name] = opened(
                model,
                {key.removeprefix(own): a for key, a in arrays.items() if key.startswith(own)},
            )
        return cls(parts, np.asarray(arrays["fewest"]), np.asarray(arrays["weights"]))

    def _weighed(self, asked: Asked) -> list[tuple[AffinityModel, float]]:
        segment = self._segment(asked)
        shares = zip(self.parts.values(), self.weights[segment].tolist(), strict=True)
        return [(part, weight) for part, weight in shares if weight]

    def _segment(self, asked: Asked) -> int:
        """Return the segment of the history; of somebody unknown, who has no ties, the first in which items say something."""
        segment = int(segments(self.fewest, np.array([asked.items.size]))[0])
        if asked.person is not None or asked.friends.size or not asked.items.size:
            return segment
        by_items = [not isinstance(part, Everybody | Friends) for part in self.parts.values()]
        says = np.flatnonzero((self.weights[segment:, by_items] != 0).any(axis=1))
        return segment + int(says[0]) if says.size else segment


def _scores(part: AffinityModel, asked: Asked) -> NDArray[np.float32]:
    """Return the scores without what items give themselves."""
    # Asking whether it is a protocol's instance takes longer than some models take to answer.
    of_others = getattr(part, "scores_of_others", part.scores)
    return np.asarray(of_others(asked))


def _of_others(part: AffinityModel, given: Given, ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the amounts without what items give themselves."""
    if not hasattr(part, "scores_of_others"):
        return given.amounts
    return np.where(given.ids[:, None] == ids, 0, given.amounts).astype(np.float32)


def segments(fewest: NDArray[np.int64], length: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Return the segment of each length of history, (n,) int64; below the first it is the first."""
    return np.maximum(np.searchsorted(fewest, length, side="right") - 1, 0)
