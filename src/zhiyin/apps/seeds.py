"""What a page starts from: a basket, or what somebody without an id clicked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from zhiyin.errors import InvalidRecord, UnknownEntity


@contextmanager
def naming(field: str) -> Iterator[None]:
    """Let an error about an item that a page starts from name the field that held its id."""
    try:
        yield
    except UnknownEntity as error:
        where = field if error.where == "seeds" else error.where
        raise UnknownEntity(
            error.what, where=where, expected=error.expected, next_step=error.next_step
        ) from error


def seeds_of(
    basket: Sequence[str], session: Sequence[str], surface: str | None
) -> tuple[str, Sequence[str]]:
    """Return the surface, ``together`` for a basket and ``home`` unless given, and the items that its page starts from.

    Raises:
        InvalidRecord: there is a basket and a session.

    >>> seeds_of(["tea"], [], None), seeds_of([], [], "hot")
    (('together', ['tea']), ('hot', []))
    """
    if basket and session:
        raise InvalidRecord(
            "a basket and a session are given",
            where="recommend",
            expected="one of them",
            next_step="ask for two pages",
        )
    return surface or ("together" if basket else "home"), basket or session
