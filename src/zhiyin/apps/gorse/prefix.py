"""Where Gorse's routes are."""

from __future__ import annotations

from fastapi import APIRouter

PREFIX = "/api"


def gorse_router() -> APIRouter:
    """Return a router of routes under ``/api``; they are described by Gorse, and not again here."""
    return APIRouter(prefix=PREFIX, include_in_schema=False)
