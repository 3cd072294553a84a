"""Who and what the shop knows: entities are numbers inside, strings only at the edges."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """What an entity is; stored as uint8."""

    ITEM = 0
    POST = 1
    PERSON = 2


class Ref(NamedTuple):
    """One entity: its kind and the int64 number the store gave it, stable for life.

    Numbers of a kind count up from 0, so they index arrays. An entity that is newer than a snapshot has a number
    at or above the snapshot's count.

    >>> Ref(Kind.ITEM, 7)
    Ref(kind=<Kind.ITEM: 0>, number=7)
    """

    kind: Kind
    number: int
