"""What the items of an answer must be, and in which order that is given up where too few are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.item_slots import CONSTRAINING, NO_PRICE, ItemSlots
from zhiyin.search.understanding import PriceRange, Slot, Understanding

ORDER = (("audience", "season", "wish"), ("colour",), ("size", "material"), ("brand",), ("price",))
"""Which constraints are given up together, the first first: soft ones, colour, size and material, brand, and price, which
is widened. What is not wanted stays so."""
WIDER = 0.2
"""By what share of itself each end of a price moves."""
SURE = 0.8
"""From which confidence on a slot is a constraint."""

Name = Literal[
    "audience", "season", "wish", "colour", "size", "material", "brand", "price", "currency"
]


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that items must have.

    Attributes:
        name: a slot's, ``price``, ``wish`` for a price that is no limit, or ``currency`` for one in which nothing is sold.
        values: of which one is enough; of a currency those that are sold in; empty for prices.
        price: the range of a price.
        said: the words of the query that ask for it, for each value.
    """

    name: Name
    values: tuple[str, ...] = ()
    price: PriceRange | None = None
    said: tuple[str, ...] = ()

    @property
    def step(self) -> int:
        """When it is given up, from 1."""
        return next(place for place, names in enumerate(ORDER, 1) if self.name in names)

    def holds(self, slots: ItemSlots) -> NDArray[np.bool_]:
        """Return (n,) bool by item number."""
        if self.price is not None:
            return in_range(slots.price_minor, self.price)
        return slots.has(self.name, self.values)

    def given_up(self) -> Constraint | None:
        """Return what is left of it, None for nothing."""
        if self.name == "price" and self.price is not None:
            return replace(self, price=self.price.widened(WIDER))
        return None


def constraints(read: Understanding) -> list[Constraint]:
    """Return what a query asks for, in the order in which it is given up.

    >>> from zhiyin.search.understanding import Slot
    >>> read = Understanding("", slots=(Slot("brand", "Sony", 0, 4), Slot("colour", "red", 5, 8)), price=PriceRange(None, 900))
    >>> [one.name for one in constraints(read)]
    ['colour', 'brand', 'price']
    """
    of_name: dict[Any, list[Slot]] = {}
    for slot in read.slots:
        if slot.name in CONSTRAINING and not slot.is_excluded and slot.confidence >= SURE:
            of_name.setdefault(slot.name, []).append(slot)
    found = []
    for name, slots in of_name.items():
        told = dict.fromkeys((slot.value, read.said[slot.start : slot.end]) for slot in slots)
        values, said = zip(*told, strict=True)
        found.append(Constraint(name, values, said=said))
    if price := read.price:
        said = (read.said[price.start : price.end],)
        found.append(Constraint("wish" if price.is_soft else "price", price=price, said=said))
    return sorted(found, key=lambda one: one.step)


def in_range(price_minor: NDArray[np.int64], price: PriceRange) -> NDArray[np.bool_]:
    """Return (n,) bool, which prices lie in a range; one that is not known does not."""
    low = 0 if price.low_minor is None else price.low_minor
    high = np.iinfo(np.int64).max if price.high_minor is None else price.high_minor
    return np.asarray((price_minor != NO_PRICE) & (price_minor >= low) & (price_minor <= high))


def levels(asked: Sequence[Constraint], slots: ItemSlots) -> NDArray[np.int8]:
    """Return (n,) int8 by item number: the step up to which constraints must be given up for an item, -1 where none helps.

    Complexity: O(items · constraints).
    """
    level = np.zeros(slots.price_minor.size, np.int8)
    for one in asked:
        broken = ~one.holds(slots)
        level[broken & (level >= 0)] = one.step
        if rest := one.given_up():
            level[~rest.holds(slots)] = -1
    return level
