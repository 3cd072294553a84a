"""Whether the server runs, and whether it can make pages: for whatever watches over it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from zhiyin.apps.api.bodies import Health
from zhiyin.apps.api.problems import problem
from zhiyin.shop import Shop


def health_routes(shop: Shop) -> APIRouter:
    """Return the routes that need no key."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", response_model=Health, response_model_exclude_none=True)
    def healthz() -> Any:
        """Say that the server runs."""
        return {"status": "ok"}

    @router.get("/readyz", response_model=Health, responses={503: {"description": "Not yet"}})
    def readyz() -> Any:
        """Say whether the server can make pages, and from which snapshot: the store answers, and something was trained."""
        shop.store.revision()
        if shop.version is None:
            # Whoever asks only here would never hear that another process has trained meanwhile.
            shop.reload()
        if shop.version is None:
            return problem(503, "nothing was trained yet", "Next: zhiyin train.")
        return {"status": "ready", "snapshot": shop.version}

    return router
