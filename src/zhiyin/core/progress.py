"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, int], None]
"""Told as long work goes on: how much is done, 0 to 1, and how many rows."""


def untold(done: float, rows: int) -> None:
    """Tell nobody how far the work is."""
