"""Ids that are made of the content of rows: hidden, since who knows the rest of a row could try every person's id."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from zhiyin.privacy.pseudonyms import PLAIN, SIGN, Pseudonyms

_EVENT = re.compile(r"([0-9a-f]{8}[0-9a-f]{24})(-\d+)?")
_COVERED = re.compile(rf"[0-9a-f]{{8}}({SIGN}[0-9a-f]{{32}})(-\d+)?")
_SECOND = 8


def covered(pseudonyms: Pseudonyms, ids: pl.Series) -> pl.Series:
    """Return what stands for ids of ``identity.content_ids``, (n,) String."""
    return pl.Series(ids.name, pseudonyms.cover(ids.to_list()), pl.String)


def covered_events(pseudonyms: Pseudonyms, ids: pl.Series) -> pl.Series:
    """Return what stands for ids of ``identity.event_ids``, (n,) String; they still begin with the second."""
    if pseudonyms is PLAIN:
        return ids
    made = [match for one in ids.to_list() if (match := _EVENT.fullmatch(one))]
    told = pseudonyms.cover(one[1] for one in made)
    names = [
        f"{one[1][:_SECOND]}{cover}{one[2] or ''}" for one, cover in zip(made, told, strict=True)
    ]
    return pl.Series(ids.name, names, pl.String)


def turned_events(
    ids: Sequence[str], seconds: Sequence[int], old: Pseudonyms, new: Pseudonyms
) -> dict[str, str]:
    """Return id → what it becomes with other pseudonyms, of those of some events that were made of their content.

    Args:
        ids: (n,) of events.
        seconds: (n,) since 1970 at which they happened, by which plain ids that were made are known; 0 where unknown.
        old: that the ids were covered with.
        new: that they are to be covered with.
    """
    if old is PLAIN:
        begun = (f"{at:08x}" for at in seconds)
        plain = [one for one, at in zip(ids, begun, strict=True) if _EVENT.fullmatch(one) and one.startswith(at)]  # fmt: skip
        return dict(zip(plain, covered_events(new, pl.Series(plain, dtype=pl.String)), strict=True))
    made = [match for one in ids if (match := _COVERED.fullmatch(one))]
    told = old.uncover(one[1] for one in made)
    plain = [f"{digest}{one[2] or ''}" for one, digest in zip(made, told, strict=True)]
    named = covered_events(new, pl.Series(plain, dtype=pl.String))
    return {one[0]: name for one, name in zip(made, named, strict=True)}
