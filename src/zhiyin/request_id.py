"""Which request is being answered: a name that goes with what is logged meanwhile, in every thread that works for it."""

from __future__ import annotations

from contextvars import ContextVar

_ID: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the name of the request that is answered here; empty outside of one."""
    return _ID.get()


def set_request_id(name: str) -> None:
    """Let everything this task does from here on, and the threads it hands work to, be for the request ``name``.

    >>> from contextvars import copy_context
    >>> context = copy_context()
    >>> context.run(set_request_id, "r1"), context.run(request_id), request_id()
    (None, 'r1', '')
    """
    _ID.set(name)
