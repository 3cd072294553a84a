"""Whose list is asked for, and what gave the scores: what every affinity model takes and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from zhiyin.core import Query

_Made = TypeVar("_Made")
_ASKED = "asked"

Kind = Literal["item", "person", "friend", "order", "text", "everybody"]
"""What gave a part of a score: an item of the history by what goes with it, by what follows it or by what it is like; a
person of alike taste, a friend; or everybody."""

OF_HISTORY: tuple[Kind, ...] = ("item", "order", "text")
"""What an item of the history gives."""


def _nobody() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A person as the models see one.

    Attributes:
        items: (h,) int64 distinct item numbers, ascending.
        weights: (h,) float32 strengths, > 0: with ``items`` the row, as ``rows.row`` gives it.
        person: number of the person's row in the training data, if it is there.
        recent: (r,) int64 items in the order of time, newest first; one may come again.
        friends: (f,) int64 distinct numbers of people tied to this one, beside those that the training data know of.
        closed: (c,) int64 ascending numbers of people whose rows and ties count for nothing now, whatever was learned.

    >>> Asked.of([3, 5]).weights.tolist()
    [1.0, 1.0]
    """

    items: NDArray[np.int64]
    weights: NDArray[np.float32]
    person: int | None = None
    recent: NDArray[np.int64] = field(default_factory=_nobody)
    friends: NDArray[np.int64] = field(default_factory=_nobody)
    closed: NDArray[np.int64] = field(default_factory=_nobody)
    _made: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asked) and self.person == other.person and all(
            np.array_equal(getattr(self, name), getattr(other, name))
            for name in ("items", "weights", "recent", "friends", "closed")
        )  # fmt: skip

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, items: list[int]) -> Asked:
        """Return somebody unknown who has some items, each alike."""
        distinct = np.unique(np.asarray(items, np.int64))
        return cls(distinct, np.ones(distinct.size, np.float32))

    @classmethod
    def by(cls, query: Query) -> Asked:
        """Return who asks, from the fields that ``fields`` gave to a query."""
        known = query.fields
        if _ASKED in known:
            asked: Asked = known[_ASKED][0]
            return asked
        return cls(
            known["row_items"],
            known["row_weights"],
            None if query.seeds else query.person,
            known.get("recent", _nobody()),
            known.get("friends", _nobody()),
            known.get("closed", _nobody()),
        )

    def fields(self) -> dict[str, NDArray[Any]]:
        """Return what a query carries, for later stages."""
        return {
            "row_items": self.items,
            "row_weights": self.weights,
            "recent": self.recent,
            "friends": self.friends,
            "closed": self.closed,
            _ASKED: np.array([self], object),
        }

    def once(self, model: object, make: Callable[[Asked], _Made]) -> _Made:
        """Return what a model makes of the person, made once for a page: scores and reasons share it.

        Args:
            model: who makes it, one thing a model.
            make: makes it; nobody changes it afterwards.
        """
        if model not in self._made:
            self._made[model] = make(self)
        made: _Made = self._made[model]
        return made

    def is_open(self, people: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
        """Return (p,) bool, which of some people are not closed; quick however many are."""
        return ~are_among(people, self.closed)

    def known(self, n_items: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the row without items at or above ``n_items``."""
        inside = self.items < n_items
        return self.items[inside], self.weights[inside]


def are_among(
    numbers: NDArray[np.integer[Any]], ascending: NDArray[np.integer[Any]]
) -> NDArray[np.bool_]:
    """Return (n,) bool, which of some numbers are among others, which ascend; quick however many are."""
    if not ascending.size:
        return np.zeros(numbers.size, bool)
    place = np.minimum(np.searchsorted(ascending, numbers), ascending.size - 1)
    return np.asarray(ascending[place] == numbers)


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Parts of scores, by who or what gave them.

    Attributes:
        kind: what gave them.
        ids: (g,) int64 numbers of the items or people that gave; empty for ``everybody``.
        amounts: (g, m) float32, or (1, m) for ``everybody``, where m scores are explained.
    """

    kind: Kind
    ids: NDArray[np.int64]
    amounts: NDArray[np.float32]
