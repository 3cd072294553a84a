"""What people did toward each other, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.history import NO_TIME

TYPES = ("message", "comment", "like", "share", "mention", "gift", "group_buy")
"""What people do toward each other. Any other type counts as well, but without a name of its own."""
PRIVATE = ("message", "gift")
"""Between the two alone."""
PUBLIC = ("comment", "like", "mention")
"""Before the eyes of others."""


@dataclass(frozen=True, slots=True, eq=False)
class Exchanges:
    """A table of what people did toward each other, one array a column.

    Attributes:
        one: (e,) int64 person.
        two: (e,) int64 toward whom.
        type: (e,) str, mostly of ``TYPES``.
        item: (e,) int64, -1 where it is about none.
        time_us: (e,) int64 microseconds since 1970 UTC, ``NO_TIME`` where not known.
        mood: (e,) float32 from -1 to 1, how kind its words are; NaN where not known.

    >>> one, none = np.array([3]), np.array([-1])
    >>> said = Exchanges(one, one + 1, np.array(["message"]), none, one, np.ones(1, np.float32))
    >>> said.before(3).one.size, said.before(4).one.size
    (0, 1)
    """

    one: NDArray[np.int64]
    two: NDArray[np.int64]
    type: NDArray[np.str_]
    item: NDArray[np.int64]
    time_us: NDArray[np.int64]
    mood: NDArray[np.float32]

    @classmethod
    def empty(cls) -> Exchanges:
        """Return a table of nothing."""
        none = np.empty(0, np.int64)
        return cls(none, none, np.empty(0, np.str_), none, none, np.empty(0, np.float32))

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Exchanges:
        """Return the chosen ones; ``chosen`` is (e,) bool or rows in int64."""
        return Exchanges(*(getattr(self, name)[chosen] for name in self.__slots__))

    def before(self, time_us: int) -> Exchanges:
        """Return those known to lie before a time; one whose time is not known is not among them."""
        return self.where((self.time_us != NO_TIME) & (self.time_us < time_us))
