"""What a query found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.constraints import Constraint
from zhiyin.search.hits import Hits
from zhiyin.search.understanding import Understanding


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What a query found.

    Attributes:
        read: what was understood of it.
        hits: the items, those that break the least first, then by relevance.
        level: (h,) int8, the step up to which constraints were given up for each hit, 0 for none.
        asked: the constraints that can be held.
        relaxed: those that were given up, and prices in a currency in which nothing is sold.
        broken: (c, h) bool, whether each hit breaks each constraint.
        lacks_meaning: whether words alone were searched, since what embeds the query failed or was late.
        is_listing: whether no goods are named, so that relevance is how popular an item is.
    """

    read: Understanding
    hits: Hits
    level: NDArray[np.int8]
    asked: tuple[Constraint, ...] = ()
    relaxed: tuple[Constraint, ...] = ()
    broken: NDArray[np.bool_] | None = None
    is_listing: bool = False
    lacks_meaning: bool = False

    @classmethod
    def of_nothing(cls, read: Understanding, relaxed: tuple[Constraint, ...] = ()) -> Finding:
        """Return that a query found nothing."""
        hits = Hits(np.empty(0, np.int64), np.empty(0, np.float32), np.empty((0, 0), np.float32))
        return cls(read, hits, np.empty(0, np.int8), relaxed=relaxed)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Finding)
            and (self.read, self.asked, self.relaxed) == (other.read, other.asked, other.relaxed)
            and np.array_equal(self.hits.numbers, other.hits.numbers)
            and np.array_equal(self.hits.scores, other.hits.scores)
            and np.array_equal(self.level, other.level)
        )

    __hash__ = None  # type: ignore[assignment]
