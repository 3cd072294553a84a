"""What earlier pages of one list showed, so that its next page does not show it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from zhiyin.core.candidates import Candidates
from zhiyin.core.entity import Kind, Ref

_LAST = 0x7F  # the bits of a byte that hold a number's own; the eighth says that more follow


@dataclass(frozen=True, slots=True)
class Shown:
    """A set of entities that travels as a short text.

    Attributes:
        numbers: of each `Kind`, in its order.

    >>> shown = Shown.of([Ref(Kind.ITEM, 300), Ref(Kind.ITEM, 7)])
    >>> Shown.from_bytes(shown.to_bytes()).marks(Candidates.of([7, 8, 300])).tolist()
    [True, False, True]
    """

    numbers: tuple[frozenset[int], ...]

    @classmethod
    def of(cls, refs: Iterable[Ref]) -> Shown:
        """Return the set of some entities."""
        by_kind: list[set[int]] = [set() for _ in Kind]
        for kind, number in refs:
            by_kind[kind].add(number)
        return cls(tuple(map(frozenset, by_kind)))

    def __len__(self) -> int:
        return sum(map(len, self.numbers))

    def __or__(self, other: Shown) -> Shown:
        return Shown(tuple(map(frozenset.union, self.numbers, other.numbers)))

    def marks(self, candidates: Candidates) -> NDArray[np.bool_]:
        """Return bool (n,), true where the candidate is of the set."""
        are = np.zeros(len(candidates), bool)
        for kind, numbers in enumerate(self.numbers):
            if numbers:
                shown = np.fromiter(numbers, np.int64, len(numbers))
                are |= (candidates.kinds == kind) & np.isin(candidates.ids, shown)
        return are

    def to_bytes(self) -> bytes:
        """Return the set in few bytes: of each kind how many there are, and the steps from one to the next.

        Each is a number in base 128, the lowest digit first: an item takes a byte or two.
        """
        told = bytearray()
        for numbers in self.numbers:
            ascending = sorted(numbers)
            for step in (len(ascending), *map(int.__sub__, ascending, (0, *ascending))):
                while step > _LAST:
                    told.append(step & _LAST | _LAST + 1)
                    step >>= 7
                told.append(step)
        return bytes(told)

    @classmethod
    def from_bytes(cls, told: bytes) -> Shown:
        """Return the set that ``to_bytes`` told of.

        Raises:
            ValueError: it is no such text.
        """
        steps = _numbers(told)
        sets, at = [], 0
        for _ in Kind:
            if at >= len(steps) or steps[at] > len(steps) - at - 1:
                raise ValueError("the text is cut off")
            first, at = at + 1, at + 1 + steps[at]
            sets.append(frozenset(accumulate(steps[first:at])))
        if at < len(steps):
            raise ValueError("the text does not end where it should")
        return cls(tuple(sets))


def _numbers(told: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in told:
        value |= (byte & _LAST) << shift
        shift += 7
        if byte <= _LAST:
            numbers.append(value)
            value = shift = 0
    if shift:
        raise ValueError("the text is cut off")
    return numbers
