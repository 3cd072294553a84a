"""Zhiyin (知音): a social commerce engine that knows its people and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhiyin.core import Context, Event, Item, Page, Person, Query, Reason, Tie
    from zhiyin.errors import ZhiyinError
    from zhiyin.settings import Settings
    from zhiyin.shop import Shop

__version__ = "0.1.0"

_HOMES = {
    "Context": "zhiyin.core",
    "Event": "zhiyin.core",
    "Item": "zhiyin.core",
    "Page": "zhiyin.core",
    "Person": "zhiyin.core",
    "Query": "zhiyin.core",
    "Reason": "zhiyin.core",
    "Settings": "zhiyin.settings",
    "Shop": "zhiyin.shop",
    "Tie": "zhiyin.core",
    "ZhiyinError": "zhiyin.errors",
}

__all__ = [
    "Context",
    "Event",
    "Item",
    "Page",
    "Person",
    "Query",
    "Reason",
    "Settings",
    "Shop",
    "Tie",
    "ZhiyinError",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'zhiyin' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
