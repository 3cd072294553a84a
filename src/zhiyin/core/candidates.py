"""What sources propose: parallel arrays, one row a candidate, never changed in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.core.entity import Kind, Ref
from zhiyin.core.fields import Fields
from zhiyin.errors import BrokenContract

_FUSION_RANK = 60  # the constant of reciprocal rank fusion


def _sealed(array: np.ndarray) -> np.ndarray:
    if not array.flags.writeable:
        return array
    view = array.view()
    view.flags.writeable = False
    return view


@dataclass(frozen=True, slots=True)
class Candidates:
    """Distinct entities with scores and named columns.

    Attributes:
        ids: (n,) int64 entity numbers, at least 0.
        kinds: (n,) uint8 `Kind` of each.
        scores: (n,) float32, higher is better, no NaN.
        fields: name to an array whose first axis has length n, as `Fields`.
        sources: name of a source to bool (n,), true where that source proposed the candidate.

    >>> Candidates.of([4, 2], [0.5, 0.9], source="popular").take(np.array([1])).ids.tolist()
    [2]
    """

    ids: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    scores: NDArray[np.float32]
    fields: Mapping[str, np.ndarray] = field(default_factory=dict)
    sources: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._seal(self.ids, self.kinds, self.scores, self.fields, self.sources)
        self._check()

    def _seal(
        self,
        ids: np.ndarray,
        kinds: np.ndarray,
        scores: np.ndarray,
        fields: Mapping[str, np.ndarray],
        sources: Mapping[str, np.ndarray],
    ) -> None:
        for name, array in (("ids", ids), ("kinds", kinds), ("scores", scores)):
            object.__setattr__(self, name, _sealed(np.asarray(array)))
        for name, columns in (("fields", fields), ("sources", sources)):
            sealed = Fields({key: _sealed(np.asarray(column)) for key, column in columns.items()})
            object.__setattr__(self, name, MappingProxyType(sealed))

    @classmethod
    def _derived(cls, *columns: Any) -> Candidates:
        """Return candidates that are right because those they come from are: nothing is checked again."""
        made = object.__new__(cls)
        made._seal(*columns)
        return made

    def _check(self) -> None:
        n = len(self.ids) if self.ids.ndim == 1 else -1
        wanted = (("ids", np.int64), ("kinds", np.uint8), ("scores", np.float32))
        for name, dtype in wanted:
            array = getattr(self, name)
            if array.shape != (n,) or array.dtype != dtype:
                raise BrokenContract(
                    f"{name} has shape {array.shape} and type {array.dtype}",
                    expected=f"one axis of {np.dtype(dtype).name}, as long as ids",
                )
        for name, column in (*self.fields.items(), *self.sources.items()):
            if column.ndim == 0 or column.shape[0] != n:
                raise BrokenContract(
                    f"column {name} has shape {column.shape}", expected=f"{n} rows"
                )
        if np.isnan(self.scores).any():
            raise BrokenContract("a score is NaN", expected="numbers")
        keys = np.sort(self._keys())
        if n and (self.ids.min() < 0 or (keys[1:] == keys[:-1]).any()):
            raise BrokenContract("ids repeat or are negative", expected="distinct entity numbers")

    def _keys(self) -> NDArray[np.int64]:
        return self.ids * len(Kind) + self.kinds

    @classmethod
    def of(
        cls,
        ids: ArrayLike,
        scores: ArrayLike | None = None,
        *,
        kind: Kind = Kind.ITEM,
        source: str | None = None,
    ) -> Candidates:
        """Return candidates of one kind; scores default to 0."""
        numbers = np.asarray(ids, np.int64)
        n = len(numbers)
        given = np.zeros(n, np.float32) if scores is None else np.asarray(scores, np.float32)
        marks = {source: np.ones(n, bool)} if source else {}
        return cls(numbers, np.full(n, kind, np.uint8), given, {}, marks)

    def __len__(self) -> int:
        return len(self.ids)

    def refs(self) -> list[Ref]:
        """Return each candidate's kind and number."""
        return [Ref(Kind(k), int(i)) for k, i in zip(self.kinds, self.ids, strict=True)]

    def are_items_of(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return bool (n,), true where the candidate is an item whose number is among `numbers`, which ascend."""
        if not len(numbers):
            return np.zeros(len(self), bool)
        place = np.minimum(np.searchsorted(numbers, self.ids), len(numbers) - 1)
        found: NDArray[np.bool_] = (numbers[place] == self.ids) & (self.kinds == Kind.ITEM)
        return found

    def take(self, positions: np.ndarray) -> Candidates:
        """Return the rows at `positions`: distinct int64 positions, or bool (n,)."""
        if positions.dtype == np.bool_ and positions.all():
            return self
        fields = {name: column[positions] for name, column in self.fields.items()}
        sources = {name: marks[positions] for name, marks in self.sources.items()}
        own = (self.ids[positions], self.kinds[positions], self.scores[positions])
        for array in (*own, *fields.values(), *sources.values()):
            array.flags.writeable = False  # a copy that nobody else holds needs no view
        return Candidates._derived(*own, fields, sources)

    def with_scores(self, scores: NDArray[np.float32]) -> Candidates:
        """Return the same candidates with other scores (n,) float32."""
        if scores.shape != self.ids.shape:
            raise BrokenContract(f"scores are {scores.shape}", expected=f"({len(self)},)")
        return Candidates._derived(self.ids, self.kinds, scores, self.fields, self.sources)

    def with_fields(self, fields: Mapping[str, np.ndarray]) -> Candidates:
        """Return the same candidates with more columns.

        Raises:
            BrokenContract: a column has not as many rows as there are candidates.
        """
        for name, column in fields.items():
            if column.shape[:1] != self.ids.shape:
                raise BrokenContract(
                    f"column {name} has shape {column.shape}", expected=f"{len(self)} rows"
                )
        both = {**self.fields, **fields}
        return Candidates._derived(self.ids, self.kinds, self.scores, both, self.sources)

    @staticmethod
    def union(parts: Sequence[Candidates]) -> Candidates:
        """Join what several sources proposed, each entity once, in order of first appearance.

        The scores of sources are on different scales, so the union is scored by reciprocal rank fusion,
        Σ 1 / (60 + rank). Columns are not carried over: hydrators come after.

        References: Cormack, Clarke & Büttcher, SIGIR 2009.
        """
        if not parts:
            return Candidates.of([])
        keys = np.concatenate([part._keys() for part in parts])
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        order = np.argsort(first)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        rows = np.split(place[inverse], np.cumsum([len(part) for part in parts])[:-1])
        scores = np.zeros(len(order))
        sources: dict[str, NDArray[np.bool_]] = {}
        for part, row in zip(parts, rows, strict=True):
            rank = np.empty(len(part))
            rank[np.argsort(-part.scores, kind="stable")] = np.arange(1, len(part) + 1)
            scores[row] += 1 / (_FUSION_RANK + rank)
            for name, marks in part.sources.items():
                sources.setdefault(name, np.zeros(len(order), bool))[row[marks]] = True
        ids, kinds = np.divmod(keys[first[order]], len(Kind))
        return Candidates._derived(
            ids, kinds.astype(np.uint8), scores.astype(np.float32), {}, sources
        )
