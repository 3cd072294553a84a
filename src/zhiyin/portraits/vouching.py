"""Whom somebody trusts, and by whose word, as far as those people let it be told."""

from __future__ import annotations

from itertools import chain
from typing import Any

from zhiyin.core import Kind
from zhiyin.portraits.consents import Consents
from zhiyin.portraits.society import Society
from zhiyin.privacy.consent import HIDDEN, NAMED
from zhiyin.store.store import Store

_SPARE = 20  # people beyond those asked for, in the place of who hides


def trusted_people(
    store: Store, consents: Consents, society: Society, person: int, n: int
) -> list[dict[str, Any]]:
    """Return whom a person trusts, the most trusted first.

    Who hides now is not among them, nor who blocks, mutes or distrusts the person, or the other way round.

    Args:
        store: of ids.
        consents: what people allow.
        society: whom they trust.
        person: number.
        n: people at most.
    Returns: ``user``; ``trust`` above 0 to 1; ``path``, the ids from the person to the other, each vouching for the next,
        or None where nobody does within three steps, or where the person or one of those between does not let itself be
        named.
    """
    numbers, trust = society.trust.trusted(person, n + _SPARE)
    people = numbers.tolist()
    if not people:
        return []
    vouched = society.trust.vouched(person)
    paths = {one: vouched.path(one) for one in people}
    asked = sorted({person, *people, *chain.from_iterable(paths.values())})
    allows = dict(zip(asked, consents(asked, person).tolist(), strict=True))
    shown = [one for one in people if allows[one] > HIDDEN][:n]
    keys = dict(zip(asked, store.keys(Kind.PERSON, asked), strict=True))

    def told(path: tuple[int, ...]) -> list[str] | None:
        may_tell = len(path) == 2 or all(allows[one] == NAMED for one in path[:-1])
        return [keys[one] for one in path] if path and may_tell else None

    value = dict(zip(people, trust.tolist(), strict=True))
    return [
        {"user": keys[one], "trust": round(value[one], 4), "path": told(paths[one])}
        for one in shown
    ]
