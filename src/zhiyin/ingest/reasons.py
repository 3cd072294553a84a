"""Why a row cannot be taken: the flaws that its fields may have, and the first that it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

SAID = "said "
"""Goes before a field's name in the column that holds what the file said, beside the column of its value."""
REUSED = "event_id: another event has it"
"""Why a record is not stored whose id was given to another user, item or type before."""
_LONGEST_SAID = 40


class Flaw(NamedTuple):
    """What is wrong with a field, and how to say so with what was said.

    >>> Flaw("stock", pl.col("stock") < 0, "stock: {} is negative").reason.format(-1)
    'stock: -1 is negative'
    """

    field: str
    is_wrong: pl.Expr
    reason: str


def reasons(rows: pl.DataFrame, flaws: Sequence[Flaw]) -> pl.Series:
    """Return for each row the reason of its first flaw.

    Args:
        rows: (n, columns) fields, and what was said of them under names that start with `SAID`.
        flaws: in the order in which they count; a null in `is_wrong` means nothing wrong.
    Returns: (n,) String, null where a row is good.
    """
    found: dict[int, str] = {}
    is_wrong = rows.select(flaw.is_wrong.alias(str(place)) for place, flaw in enumerate(flaws))
    for flaw, marks in zip(flaws, is_wrong, strict=True):
        if marks.any():
            positions = marks.arg_true()
            name = SAID + flaw.field
            values = rows[name].gather(positions) if name in rows else positions
            for position, value in zip(positions, values, strict=True):
                found.setdefault(position, flaw.reason.format(str(value)[:_LONGEST_SAID]))
    told = [found.get(row) for row in range(rows.height)] if found else [None] * rows.height
    return pl.Series("reason", told, pl.String)
