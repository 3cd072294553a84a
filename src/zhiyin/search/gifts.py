"""Gifts of which nothing is said but whom they are for: what says so itself first, then what is made for such people."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from zhiyin.search.hits import Hits
from zhiyin.search.item_slots import ItemSlots
from zhiyin.search.listing import most_popular
from zhiyin.search.query.recipients import named_alike, wish_alone
from zhiyin.search.understanding import Slot, Understanding

_SAYS, _IS_FOR = 0.75, 0.5
"""The least relevance of what says the recipient and of what is for such people; popularity is the rest."""


def gift_wish(read: Understanding) -> Slot | None:
    """Return whom a gift is for where a query says no more than that and a price; None for other queries.

    >>> from dataclasses import replace
    >>> whom = Slot("audience", "men", 1, 3, 0.7)
    >>> read = Understanding("送爸爸", slots=(whom,), intent="gift")
    >>> gift_wish(read) == whom, gift_wish(replace(read, said="送爸爸的围巾"))
    (True, None)
    """
    if read.intent != "gift" or len(read.slots) != 1 or read.exclusions or read.cheapness:
        return None
    [slot] = read.slots
    price = (read.price.start, read.price.end) if read.price else (0, 0)
    return slot if slot.name == "audience" and wish_alone(read.said, *price) else None


def gifts_for(
    whom: Slot,
    read: Understanding,
    slots: ItemSlots,
    saying: Callable[[str], NDArray[np.int64]],
    may: NDArray[np.bool_],
    popularity: NDArray[np.floating],
    n: int,
) -> Hits:
    """Return what says that it is for somebody, then what is for such people, each the most popular first.

    Args:
        whom: for whom.
        read: the query.
        slots: what items are.
        saying: returns the items that have a word.
        may: (items,) bool, which may be found.
        popularity: (p,) by item number.
        n: how many at most.
    Complexity: O(items).
    """
    says = np.zeros(may.size, bool)
    for word in named_alike(read.said[whom.start : whom.end]):
        numbers = saying(word)
        says[numbers[numbers < may.size]] = True
    is_for = np.zeros(may.size, bool)
    stated = slots.states("audience", (whom.value,))[: may.size]
    is_for[: stated.size] = stated
    first = most_popular(may & says, popularity, n)
    then = most_popular(may & is_for & ~says, popularity, n - first.numbers.size)
    return Hits(
        np.concatenate([first.numbers, then.numbers]),
        np.concatenate([_above(_SAYS, first.scores), _above(_IS_FOR, then.scores)]),
        np.concatenate([first.matches, then.matches]),
    )


def _above(least: float, shares: NDArray[np.float32]) -> NDArray[np.float32]:
    return (least + (1 - _SAYS) * shares * 0.99).astype(np.float32)
