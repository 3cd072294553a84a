"""Whether the server runs, and whether it can make pages: for whatever watches over it."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import Any

from fastapi import APIRouter

from zhiyin.apps.api.bodies import Health
from zhiyin.apps.api.problems import problem
from zhiyin.errors import ZhiyinError
from zhiyin.shop import Shop

_PATIENCE_S = 5.0
"""How long who asks waits for the index of the search."""


def health_routes(shop: Shop) -> APIRouter:
    """Return the routes that need no key; the index of the search is opened beside them."""
    router = APIRouter(tags=["health"])
    opening = threading.Thread(target=_open_search, args=(shop,), name="warming", daemon=True)
    opening.start()

    @router.get("/healthz", response_model=Health, response_model_exclude_none=True)
    def healthz() -> Any:
        """Say that the server runs, and which of its processes answers."""
        return {"status": "ok", "process": os.getpid()}

    @router.get(
        "/readyz",
        response_model=Health,
        response_model_exclude_none=True,
        responses={503: {"description": "Not yet"}},
    )
    def readyz() -> Any:
        """Say whether the server can make pages, and from which snapshot.

        The store answers, something was trained, and the search has its index.
        """
        shop.store.revision()
        if shop.version is None:
            # Whoever asks only here would never hear that another process has trained meanwhile.
            shop.reload()
        if shop.version is None:
            return problem(503, "nothing was trained yet", "Next: zhiyin train.")
        opening.join(_PATIENCE_S)
        if opening.is_alive():
            return problem(503, "the index of the search is being opened", "Ask again.")
        return {"status": "ready", "snapshot": shop.version}

    return router


def _open_search(shop: Shop) -> None:
    with suppress(ZhiyinError):  # who searches is told
        shop.searching.refresh()
