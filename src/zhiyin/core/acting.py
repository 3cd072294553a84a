"""Who acts: a name that goes with what one request or one command does, down to the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ACTOR: ContextVar[str] = ContextVar("actor", default="")


def actor() -> str:
    """Return who acts here: a key's name, or what a door calls itself; empty for whoever uses the library."""
    return _ACTOR.get()


def set_actor(name: str) -> None:
    """Let everything this task or thread does from here on be done by ``name``."""
    _ACTOR.set(name)


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """Let what the block does be done by ``name``.

    >>> with acting_as("li"):
    ...     actor()
    'li'
    """
    token = _ACTOR.set(name)
    try:
        yield
    finally:
        _ACTOR.reset(token)
