"""Long lists by parts, and how much of a list is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query

from zhiyin.errors import InvalidRecord

MOST = 10_000
MostListed = Annotated[int, Query(ge=1)]
Offset = Annotated[int, Query(ge=0, le=1000)]
N = Annotated[int, Query(ge=1, le=1000)]


def position(cursor: str, first: int) -> int:
    """Return after which number a part begins; ``first`` for an empty cursor.

    Raises:
        InvalidRecord: no answer of this server held that cursor.
    """
    if not cursor:
        return first
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise InvalidRecord(
            "this is no cursor",
            where="cursor",
            expected="what the answer before gave, or nothing for the first",
            next_step="begin again without one",
        )
    return int(cursor)


def part(name: str, told: Sequence[Any], last: int | None) -> dict[str, Any]:
    """Return a part of a list, and the cursor of the next, empty where there is none."""
    return {"Cursor": "" if last is None else str(last), name: told}
