"""What people search for, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhiyin.apps.iso_times import iso
from zhiyin.core.times import from_us

if TYPE_CHECKING:
    from zhiyin.search.aids.search_aids import SearchFigures


def searches_document(figures: SearchFigures) -> dict[str, Any]:
    """Return how often a text was searched for, and what came of it."""
    told = figures._asdict()
    last_us = told.pop("last_us")
    return {**told, "last": iso(from_us(last_us))}
